"""All engines that offer a measure give one number: on the alliances of 1914, known graphs and random dated networks."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.graph.accounts import Policy
from comity.graph.crosswalk import crosswalk
from comity.graph.curation import judge
from comity.graph.dates import When
from comity.graph.errors import NotOffered, StoreError, UnknownName
from comity.graph.identity import Judgement, Verdict
from comity.graph.loading import load
from comity.graph.model import Statement
from comity.graph.slices import Question, Slice, take
from comity.graph.stores import Store, open_store
from comity.queries.egos import ego_of
from comity.queries.engines import ENGINES, REFERENCE, engine_of
from comity.queries.engines.cypher import CypherEngine
from comity.queries.engines.engine import Engine
from comity.queries.fast.engine import MEASURED
from comity.queries.measures import MEASURES, measure_of
from comity.queries.ranking import rank
from tests.graph.facts import reading, stated
from tests.queries.alliances import BETWEENNESS_IN_DECEMBER, DECEMBER, JULY, alliances_1914, day
from tests.queries.slices import tie
from tests.queries.test_centrality import DAY, facts
from tests.servers.neo4j import Server

EXACT = 1e-9
"""What all engines are held to, but for a measure of which one states another tolerance."""


def has_gds(store: Store) -> bool:
    return store.engine == "neo4j" and bool(
        store.read("SHOW PROCEDURES YIELD name WHERE name = 'gds.kcore.stream' RETURN name")
    )


def engines(store: Store) -> list[Engine]:
    """Those that can work on this store; on a server those alone that ask it, as all others do the same on every store."""
    if store.engine != "neo4j":
        return [engine_of(name, store) for name in ENGINES if name != "gds"]
    return [engine_of(name, store) for name in ("cypher", *(["gds"] if has_gds(store) else []))]


def assert_all_agree(store: Store, slice: Slice) -> None:
    for engine in engines(store):
        for name in engine.tolerances:
            measure = measure_of(name)
            tolerance, nothing = engine.tolerances[name], max(1e-12, engine.nothing(measure))
            expected = rank(slice, measure)
            found = rank(slice, measure, engine)
            assert found.engine == engine.name
            values = {row.actor: row.value for row in found.rows}
            assert values == pytest.approx(
                {row.actor: row.value for row in expected.rows}, rel=tolerance, abs=nothing
            ), (engine.name, name)
            if measure.whole:
                assert found.rows == expected.rows
                assert all(isinstance(row.value, int) for row in found.rows)


@pytest.mark.parametrize("on", [JULY, DECEMBER])
def test_on_the_alliances_of_1914(store: Store, on: date) -> None:
    load(store, alliances_1914())
    assert_all_agree(store, take(store, Question(types=("defence",), as_of=day(on))))


def test_each_gives_the_values_worked_by_hand_and_the_same_ranks(store: Store) -> None:
    load(store, alliances_1914())
    slice = take(store, Question(types=("defence",), as_of=day(DECEMBER)))
    reference = rank(slice, measure_of("betweenness"))
    for engine in engines(store):
        found = rank(slice, measure_of("betweenness"), engine)
        values = {row.actor: row.value for row in found.rows}
        assert values == pytest.approx(BETWEENNESS_IN_DECEMBER, abs=EXACT), engine.name
        assert [(row.actor, row.rank) for row in found.rows] == [
            (row.actor, row.rank) for row in reference.rows
        ]


def as_facts(graph: "nx.Graph[Any]") -> list[Statement]:
    """The graph as defence pacts of two, its nodes named by states of today."""
    states = [actor.id for actor in crosswalk().actors() if len(actor.id) == 3]
    names = dict(zip(graph, states, strict=False))
    return [
        stated(f"tie-{place:03}", f"{names[left]} {names[right]}", ["in_force 1999/.."])
        for place, (left, right) in enumerate(graph.edges)
    ]


@pytest.mark.parametrize(
    ("graph", "most"),
    [
        (nx.krackhardt_kite_graph(), 6),
        (nx.florentine_families_graph(), 6),
        (nx.karate_club_graph(), 17),
        (nx.star_graph(5), 5),
        (nx.disjoint_union(nx.complete_graph(4), nx.cycle_graph(5)), 3),
        (nx.path_graph(2), 1),
    ],
    ids=["kite", "florence", "karate", "star", "clique and cycle", "one pair"],
)
def test_on_known_graphs(store: Store, graph: "nx.Graph[Any]", most: int) -> None:
    load(store, reading(as_facts(graph)))
    slice = take(store, Question(types=("defence",), as_of=day(date(2000, 6, 1))))
    assert rank(slice, measure_of("degree")).rows[0].value == most
    assert_all_agree(store, slice)


def test_where_accounts_differ_on_types_and_on_whether_it_was_held(store: Store) -> None:
    def told(
        fact: str, parties: str, *accounts: str, kind: str = "agreement", step: str = "in_force 1999/.."
    ) -> list[Statement]:
        return [
            stated(fact, parties, [step], source=f"s{number}", types=account.split(), kind=kind)
            for number, account in enumerate(accounts)
        ]

    pacts = [
        *told("either", "FRA RUS", "defence", "offence"),
        *told("other", "FRA GBR", "defence", "neutrality"),
        *told("both", "FRA ITA", "defence", "defence offence"),
        *told("plain", "DEU ITA", "offence"),
    ]
    drills = [
        *told("north", "FRA GBR", "air", kind="drill", step="held 2000-05/2000-07"),
        stated("north", "FRA GBR", ["cancelled 2000-04"], source="b", types=["air"], kind="drill"),
        *told("south", "ITA GBR", "air", kind="drill", step="held 2000-05/2000-07"),
    ]
    load(store, reading([*pacts, *drills]))
    on = day(date(2000, 6, 1))
    certain = take(store, Question(types=("defence", "offence"), as_of=on))
    assert [tie.fact for tie in certain.ties] == ["test:both", "test:either", "test:plain"]
    possible = take(store, Question(types=("defence", "offence"), as_of=on, certainty="possible"))
    assert len(possible.ties) == 4
    held = take(store, Question(layers=("drill",), as_of=on))
    assert [tie.fact for tie in held.ties] == ["test:south"]
    for slice in (certain, possible, held, take(store, Question(types=("offence",), as_of=on))):
        assert_all_agree(store, slice)
    ego = ego_of(store, "FRA", certain.question, ["test"], certain.actors)
    assert [pair[:2] for pair in ego.ties] == [("FRA", "ITA"), ("FRA", "RUS")]


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(told=facts(), types=st.sampled_from(((), ("defence",))), possible=st.booleans())
def test_on_random_dated_networks(
    store: Store, told: list[Statement], types: tuple[str, ...], possible: bool
) -> None:
    load(store, reading(told))  # the same collection: each example takes the place of the one before
    question = Question(types=types, as_of=day(DAY), certainty="possible" if possible else "certain")
    assert_all_agree(store, take(store, question))


@pytest.mark.neo4j
def test_gds_measures_any_slice_and_leaves_nothing_behind(gds_store: Store) -> None:
    load(gds_store, alliances_1914())
    of_a_year = Question(
        rule="pledger-pledged",
        as_of=When.parse("1914"),
        policy=Policy.parse("majority"),
        certainty="possible",
    )
    slice = take(gds_store, of_a_year)
    assert len(slice.members) > 10
    gds = engine_of("gds", gds_store)
    for name in gds.tolerances:
        assert gds.values(measure_of(name), slice) == pytest.approx(
            REFERENCE.values(measure_of(name), slice), abs=EXACT
        )
    assert gds_store.read("CALL gds.graph.list() YIELD graphName RETURN graphName") == []


@pytest.mark.neo4j
def test_gds_drops_the_projection_also_after_an_error(
    gds_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(gds_store, alliances_1914())
    slice = take(gds_store, Question(types=("defence",), as_of=day(JULY)))
    read = gds_store.read

    def failing(cypher: str, parameters: Any = None) -> Any:
        if "stream" in cypher and cypher.startswith("CALL"):
            raise KeyboardInterrupt
        return read(cypher, parameters)

    monkeypatch.setattr(gds_store, "read", failing)
    with pytest.raises(KeyboardInterrupt):
        engine_of("gds", gds_store).values(measure_of("degree"), slice)
    assert read("CALL gds.graph.list() YIELD graphName RETURN graphName") == []


def test_cypher_says_what_it_cannot_be_asked(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store")) as store:
        load(store, alliances_1914())
        asked = Question(
            types=("defence",),
            as_of=When.parse("1914"),
            rule="pledger-pledged",
            policy=Policy.parse("majority"),
            applied_from=0.5,
            known_on=date(2999, 1, 1),
        )
        slice = take(store, replace(asked, known_on=None))
        slice = replace(slice, question=replace(slice.question, known_on=asked.known_on))
        cypher = engine_of("cypher", store)
        with pytest.raises(NotOffered) as refusal:
            cypher.values(measure_of("degree"), slice)
        assert str(refusal.value) == (
            "the engine cypher asks the ties that are stored, which cannot tell of several days (--as-of 1914); "
            "nor of --rule pledger-pledged; nor of --policy majority; nor of --same-from 0.5; nor of --known-on 2999-01-01: "
            "ask without, or use --engine networkx or fast"
        )
        # A year is a day by two of its conventions.
        first = take(store, Question(types=("defence",), as_of=When.parse("1914"), convention="last-day"))
        assert cypher.values(measure_of("degree"), first) == REFERENCE.values(measure_of("degree"), first)


def test_cypher_cannot_take_a_stored_tie_apart(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store")) as store:
        load(store, reading([stated("pact", "FRA RUS", ["in_force 1894/.."])], collection="test"))
        load(
            store,
            reading(
                [stated("pact", "FRA RUS", ["in_force 1894/.."], collection="other")], collection="other"
            ),
        )
        question = Question(types=("defence",), as_of=day(JULY))
        degree, cypher = measure_of("degree"), engine_of("cypher", store)
        apart = take(store, replace(question, sources=("test",)))
        assert cypher.values(degree, apart) == {"FRA": 1, "RUS": 1}
        with pytest.raises(
            NotOffered, match=r"single sources within a dossier or data set \(--source test:a\)"
        ):
            cypher.values(degree, take(store, replace(question, sources=("test:a",))))
        judge(store, [Judgement("test:pact", "other:pact", Verdict.SAME, "somebody")])
        assert cypher.values(degree, take(store, question)) == {"FRA": 1, "RUS": 1}
        with pytest.raises(NotOffered, match=r"facts are judged to be the same \(\w+:pact\)"):
            cypher.values(degree, take(store, replace(question, sources=("test",))))


def test_cypher_notices_that_the_store_has_changed(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store")) as store:
        load(store, alliances_1914())
        slice = take(store, Question(types=("defence",), as_of=day(JULY)))
        load(
            store,
            reading([stated("later", "FRA ESP", ["in_force 1900/.."], collection="more")], collection="more"),
        )
        with pytest.raises(StoreError, match="ask again"):
            engine_of("cypher", store).values(measure_of("degree"), slice)


def test_cypher_warns_of_what_takes_long() -> None:
    class Large(CypherEngine):
        def __init__(self) -> None:
            pass

    many = [tie(f"A{place}", f"B{place}") for place in range(40)]
    small, large = Slice(Question(), tuple(many[:20]), {}, {}), Slice(Question(), tuple(many), {}, {})
    assert "networkx" in Large().warning(measure_of("betweenness"), large)
    assert Large().warning(measure_of("betweenness"), small) == ""
    assert Large().warning(measure_of("degree"), large) == Large().warning(measure_of("core"), large) == ""


def test_an_engine_refuses_what_it_does_not_offer(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store")) as store:
        load(store, alliances_1914())
        slice = take(store, Question(types=("defence",), as_of=day(JULY)))
        with pytest.raises(
            NotOffered, match=r"cypher does not offer pagerank, only degree, .*facts: use --engine"
        ):
            engine_of("cypher", store).values(measure_of("pagerank"), slice)
        with pytest.raises(NotOffered, match="gds does not offer eigenvector"):
            engine_of("gds", store).values(measure_of("eigenvector"), slice)
        with pytest.raises(
            NotOffered, match="is no Neo4j server, and so has no Graph Data Science: load into a server"
        ):
            engine_of("gds", store).values(measure_of("degree"), slice)
        with pytest.raises(
            UnknownName, match="there is no engine 'spark'; choose from: networkx, fast, cypher, gds"
        ):
            engine_of("spark", store)


@pytest.mark.neo4j
def test_a_server_without_gds_says_what_to_install(empty_neo4j: Server) -> None:
    with open_store(empty_neo4j.uri, auth=empty_neo4j.auth) as store:
        load(store, alliances_1914())
        slice = take(store, Question(types=("defence",), as_of=day(JULY)))
        if has_gds(store):
            pytest.skip("the server that NEO4J_URI names has Graph Data Science")
        with pytest.raises(NotOffered, match=r"has no gds.kcore.stream: install Neo4j's Graph Data Science"):
            engine_of("gds", store).values(measure_of("core"), slice)


@pytest.mark.parametrize("name", ENGINES)
def test_nobody_has_no_values_by_any_engine(tmp_path: Path, name: str) -> None:
    with open_store(str(tmp_path / "store")) as store:
        engine = engine_of(name, store)
        for measure in engine.tolerances:
            assert engine.values(measure_of(measure), Slice(Question(), (), {}, {})) == {}


def test_networkx_offers_every_measure_and_fast_those_that_it_has_in_arrays() -> None:
    assert set(ENGINES["networkx"].tolerances) == set(MEASURES)
    assert set(ENGINES["fast"].tolerances) == set(MEASURED)
    by_fact = {name for name, measure in MEASURES.items() if measure.by_fact}
    assert by_fact == {"facts", "collaboration", "bipartite-betweenness"}
    assert not by_fact & set(MEASURED)


def test_iterated_eigenvectors_alone_are_less_precise() -> None:
    loose = {
        (engine.name, name)
        for engine in ENGINES.values()
        for name, tolerance in engine.tolerances.items()
        if tolerance > EXACT
    }
    assert loose == {("fast", "eigenvector")}
