"""From a number back to the words, and from a passage on to the numbers."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.graph.curation import judge
from comity.graph.dates import When
from comity.graph.errors import InputError, UnknownActor, UnknownName
from comity.graph.identity import Judgement, Verdict
from comity.graph.loading import load
from comity.graph.model import Statement
from comity.graph.slices import Question, take
from comity.graph.stores import Store, open_store
from comity.loaders.dossier import open_bundled
from comity.queries.chain import Standing, why
from comity.queries.evidence import Evidence
from comity.queries.measures import MEASURES, measure_of
from comity.queries.networks import to_networkx
from comity.queries.ranking import rank
from comity.queries.texts import Found
from comity.queries.tracing import Passage, trace
from tests.graph.facts import reading, stated
from tests.queries.alliances import JULY, alliances, alliances_1914, day

DRILLS = Question(layers=("drill",), as_of=When.parse("2016"))
ALLIANCES = Question(types=("defence",), as_of=day(JULY))
PASSAGE = Passage.parse("japan-europe:article:2558-3647")


@pytest.fixture
def japan(store: Store) -> Store:
    load(store, open_bundled("japan-europe").reading())
    return store


def test_the_chain_leads_to_the_exact_words_of_the_article(japan: Store, data_folder: Path) -> None:
    text = (data_folder / "mission" / "article.txt").read_bytes().decode()
    chain = why(japan, DRILLS, measure_of("degree"), "JPN", texts=data_folder / "mission")
    assert chain.standing == Standing(2, 3)
    (drill,) = (tie for tie in chain.ties if tie.fact == "japan-europe:guardian-north-16")
    assert (drill.partners, drill.without) == (("GBR",), Standing(1, 4))
    evidence = chain.evidence[drill.fact]
    (article,) = (item for item in evidence.statements if item.source == "japan-europe:article")
    assert (article.words.found, article.words.text) == (Found.EXACT, text[2558:3647])
    assert article.words.text.startswith("2065438+06161On October 24th, Japan Air Self-Defense Force")
    assert {repaired for repaired, _, _ in article.repaired} == {"arrival", "under_way"}
    assert article.known_since
    assert {conflict.property for conflict in evidence.conflicts} >= {"begin", "arrival"}


def test_without_the_text_the_chain_says_that_it_is_not_at_hand(japan: Store) -> None:
    chain = why(japan, DRILLS, measure_of("degree"), "JPN")
    (article,) = (
        item
        for item in chain.evidence["japan-europe:guardian-north-16"].statements
        if item.source == "japan-europe:article"
    )
    assert (article.words.found, article.words.text) == (Found.NOT_AT_HAND, "")
    document = chain.to_dict()
    assert json.loads(json.dumps(document)) == document


def test_an_actor_that_is_not_in_the_slice_has_no_number_but_what_might_give_it_one(japan: Store) -> None:
    chain = why(japan, replace(DRILLS, as_of=When.parse("2016-10-30")), measure_of("degree"), "JPN")
    assert (chain.standing, chain.ties) == (Standing(None, None), ())
    assert chain.possible == ("japan-europe:guardian-north-16", "japan-europe:keen-sword-2016")
    with pytest.raises(UnknownActor):
        why(japan, DRILLS, measure_of("degree"), "NOBODY")


def test_betweenness_is_the_sum_of_its_passages(store: Store) -> None:
    load(store, alliances_1914())
    december = replace(ALLIANCES, as_of=When.parse("1914-12-31"))
    chain = why(store, december, measure_of("betweenness"), "ROU")
    assert chain.standing.value == pytest.approx(10 / 66)
    assert chain.passages_in_all == len(chain.passages) == 10
    assert sum(passage.share for passage in chain.passages) == pytest.approx(10 / 66)
    (first, *_) = chain.passages
    assert (first.left, first.right) == ("BGR", "FRA")
    assert set(first.facts) <= chain.evidence.keys()


@pytest.mark.parametrize("name", MEASURES)
def test_a_number_without_a_tie_is_that_of_the_slice_without_it(store: Store, name: str) -> None:
    load(store, alliances_1914())
    measure = measure_of(name)
    slice = take(store, ALLIANCES)
    chain = why(store, ALLIANCES, measure, "GBR")
    assert {tie.fact for tie in chain.ties} == {"test:anglo-portuguese", "test:anglo-japanese"}
    for tie in chain.ties:
        left = replace(slice, ties=tuple(each for each in slice.ties if each.fact != tie.fact))
        rows = {row.actor: row for row in rank(left, measure).rows}
        assert tie.without.value == pytest.approx(rows["GBR"].value, abs=1e-9)
        assert tie.without.rank == rows["GBR"].rank


@pytest.mark.parametrize("name", ["eigenvector", "strength"])
def test_what_partners_add_sums_to_the_value(store: Store, name: str) -> None:
    load(store, alliances_1914())
    chain = why(store, ALLIANCES, measure_of(name), "DEU")
    assert sum(share for _, share in chain.partners) == pytest.approx(chain.standing.value)
    assert {actor for actor, _ in chain.partners} == {"COW-AUH", "ITA", "ROU"}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_store(str(tmp_path_factory.mktemp("chain") / "store"))


@given(
    pairs=st.lists(
        st.lists(
            st.sampled_from(["FRA", "GBR", "JPN", "USA", "DEU", "ITA"]), min_size=2, max_size=3, unique=True
        ),
        min_size=1,
        max_size=7,
    )
)
@settings(max_examples=15)
def test_shares_of_passages_sum_to_betweenness_on_any_network(shared: Store, pairs: list[list[str]]) -> None:
    told = [stated(f"fact{at}", " ".join(pair), ["in_force 1950/.."]) for at, pair in enumerate(pairs)]
    load(shared, reading(told))
    asked = Question(as_of=When.parse("1960-01-01"))
    graph = to_networkx(take(shared, asked))
    measure = measure_of("betweenness")
    for actor, value in measure.function(graph).items():
        chain = why(shared, asked, measure, actor)
        if chain.passages_in_all == len(chain.passages):
            assert sum(passage.share for passage in chain.passages) == pytest.approx(value)


def test_a_passage_that_others_confirm_moves_no_number(japan: Store) -> None:
    found = trace(japan, PASSAGE, DRILLS)
    (drill,) = found.facts
    assert (drill.fact, drill.alone, drill.pairs) == (
        "japan-europe:guardian-north-16",
        False,
        (("GBR", "JPN"),),
    )
    assert "japan-europe:diplomat-2016" in drill.also
    assert ("under_way", "2016-10-24") in drill.says
    assert ("location", "north-east of Japan", "") in drill.changes
    assert (found.moved, found.resting) == ((), 2)
    document = found.to_dict()
    assert json.loads(json.dumps(document)) == document


def test_a_passage_reaches_every_number_that_would_be_another_without_it(store: Store) -> None:
    told = [
        *(replace(one, source="test:c") if number % 3 else one for number, one in enumerate(alliances())),
        stated("dual-alliance", "DEU COW-AUH", ["in_force 1879-10-07/1914-07-01"], source="d"),
    ]
    load(store, reading(told))
    now = {name: rank(take(store, ALLIANCES), measure).rows for name, measure in MEASURES.items()}
    for source in ("test:a", "test:c", "test:d"):
        found = trace(store, Passage(source), ALLIANCES)
        assert any(fact.alone for fact in found.facts) is (source != "test:d")
        load(store, reading([statement for statement in told if statement.source != source]))
        other = take(store, ALLIANCES)
        for name, measure in MEASURES.items():
            before = {row.actor: Standing(row.value, row.rank) for row in now[name]}
            after = {row.actor: Standing(row.value, row.rank) for row in rank(other, measure).rows}
            none = Standing(None, None)
            assert {one.actor: (one.now, one.without) for one in found.moved if one.measure == name} == {
                actor: (before.get(actor, none), after.get(actor, none))
                for actor in before.keys() | after.keys()
                if before.get(actor, none) != after.get(actor, none)
            }
        load(store, reading(told))


@pytest.mark.parametrize(
    ("start", "end", "touched"), [(0, 2558, False), (0, 2559, True), (3646, 9999, True), (3647, 3648, False)]
)
def test_spans_are_half_open(start: int, end: int, touched: bool) -> None:
    (told,) = (
        statement
        for statement in open_bundled("japan-europe").statements
        if statement.place.start == 2558 and statement.source == "japan-europe:article"
    )
    assert Passage("japan-europe:article", start, end).holds(told) is touched
    assert not Passage("japan-europe:other", start, end).holds(told)


def test_a_passage_that_cannot_be_is_explained(japan: Store) -> None:
    for text in ("article", "japan-europe:article:5", "japan-europe:article:9-5", "a b:c"):
        with pytest.raises(InputError):
            Passage.parse(text)
    with pytest.raises(UnknownName, match="japan-europe:article"):
        trace(japan, Passage.parse("japan-europe:artikel"), DRILLS)
    assert str(PASSAGE) == "japan-europe:article:2558-3647"


@st.composite
def accounts(draw: st.DrawFn) -> list[Statement]:
    """What several sources say of one fact: of other parties, of other dates, of other types, or nothing but a name."""
    told = []
    for source in "abcdef"[: draw(st.integers(2, 6))]:
        others = draw(
            st.lists(
                st.sampled_from(["GBR", "RUS@1938/1939", "RUS", "ITA"]),
                max_size=3,
                unique_by=lambda one: one[:3],
            )
        )
        named = ["FRA", *others] if source == "a" or draw(st.booleans()) else others
        steps = draw(
            st.lists(st.sampled_from(["in_force 1936/..", "in_force 1937/1941", "signed 1935"]), max_size=1)
        )
        types = draw(st.sampled_from([(), ("defence",), ("neutrality",)]))
        told.append(stated("pact", " ".join(named), steps, types=types, source=source))
    first = replace(told[0], parties=stated("pact", "FRA RUS", []).parties)
    return [replace(first, steps=stated("pact", "", ["in_force 1936/.."]).steps), *told[1:]]


@given(told=accounts())
@settings(max_examples=15)
def test_adding_a_statement_takes_nothing_from_the_evidence_of_others(
    shared: Store, told: list[Statement]
) -> None:
    asked = Question(as_of=When.parse("1940-01-01"), certainty="possible")
    seen: dict[str, Evidence] = {}
    for number in range(1, len(told) + 1):
        load(shared, reading(told[:number]))
        chain = why(shared, asked, measure_of("degree"), "FRA")
        if "test:pact" not in chain.evidence:
            return  # the accounts together leave no tie of France, and so no number
        found = {item.statement: item for item in chain.evidence["test:pact"].statements}
        assert found.keys() == {statement.id for statement in told[:number]}
        assert seen.items() <= found.items()
        seen = found


def test_who_says_so_are_those_that_name_the_actor(store: Store) -> None:
    told = [
        stated(
            "club",
            "OAS:organization USA:member VEN:member",
            ["in_force 1948/.."],
            kind="membership",
            types=["full"],
        ),
        stated(
            "club", "OAS:organization VEN:member@1948/2019", [], kind="membership", types=["full"], source="b"
        ),
        stated("club", "OAS:organization", ["signed 1948"], kind="membership", types=[], source="c"),
    ]
    load(store, reading(told))
    asked = Question(layers=("membership",), as_of=When.parse("2021-06-01"), certainty="possible")
    (tie,) = why(store, asked, measure_of("degree"), "VEN").ties
    assert (tie.told_by, tie.denied_by) == ((told[0].id,), (told[1].id,))
    (tie,) = why(store, asked, measure_of("degree"), "USA").ties
    assert (tie.told_by, tie.denied_by) == ((told[0].id,), ())
    earlier = replace(asked, as_of=When.parse("2000-06-01"))
    (tie,) = why(store, earlier, measure_of("degree"), "VEN").ties
    assert set(tie.told_by) == {told[0].id, told[1].id}


def test_a_fact_that_was_judged_to_be_one_says_by_whom(store: Store) -> None:
    told = [
        stated("pact", "FRA RUS", ["in_force 1936/.."]),
        stated("treaty", "FRA RUS", ["in_force 1936/.."]),
    ]
    load(store, reading(told))
    judgement = Judgement("test:pact", "test:treaty", Verdict.SAME, "somebody", 0.95, "one signing")
    judge(store, [judgement])
    asked = Question(as_of=When.parse("1940-01-01"))
    evidence = why(store, asked, measure_of("degree"), "FRA").evidence["test:pact"]
    assert (evidence.ids, evidence.judgements) == (("test:pact", "test:treaty"), (judgement,))
    assert {evidence.title, *evidence.other_titles} == {"Pact", "Treaty"}
    apart = why(store, replace(asked, applied_from=0.99), measure_of("strength"), "FRA")
    assert {fact: found.judgements for fact, found in apart.evidence.items()} == {
        "test:pact": (),
        "test:treaty": (),
    }
