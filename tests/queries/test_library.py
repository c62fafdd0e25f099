from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from comity.graph.errors import ChooseSource, InputError, UnknownActor, UnknownName
from comity.graph.loading import load
from comity.graph.stores import Store, open_store
from comity.queries.dyads import relate
from comity.queries.headers import SORTS, parse_header
from comity.queries.library import library, prepare, query_of, run, warning_of
from comity.queries.rules import rules, with_rules
from tests.graph.facts import reading, stated
from tests.queries.alliances import JULY, alliances_1914, nato
from tests.servers.neo4j import Server

# One set of values under which every query has rows.
GIVEN: dict[str, str] = {
    "a": "DEU",
    "actor": "DEU",
    "b": "ITA",
    "day": "1914-07-28",
    "left": "DEU,ITA",
    "organization": "UPU",
    "right": "COW-AUH,ROU",
    "since": "1880-01-01",
    "source": "test:b",
}
OWN: dict[str, dict[str, str]] = {
    "common_partners": {"day": "1914-12-31"},
    "conflicts": {"actor": "none"},
}


def given_for(name: str) -> dict[str, str]:
    names = {parameter.name for parameter in query_of(name).parameters}
    return {key: value for key, value in {**GIVEN, **OWN.get(name, {})}.items() if key in names}


@pytest.fixture
def both(tmp_path: Path, empty_neo4j: Server) -> Iterator[tuple[Store, Store]]:
    with (
        open_store(str(tmp_path / "store")) as embedded,
        open_store(empty_neo4j.uri, auth=empty_neo4j.auth) as server,
    ):
        yield embedded, server


def test_there_are_questions_enough() -> None:
    assert len(library()) >= 15


@pytest.mark.parametrize("name", library())
def test_every_header_is_whole(name: str) -> None:
    query = query_of(name)
    assert "?" in query.question
    assert query.columns
    assert all(f"${parameter.name}" in query.cypher for parameter in query.parameters)


def test_rules_are_told_once_and_shown_in_place() -> None:
    folder = resources.files("comity.queries") / "cypher"
    files = "".join(entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.is_file())
    for name, rule in rules().items():
        assert f"{{{{{name}}}}}" in files and rule not in files
    assert [name for name, query in library().items() if "{{" in query.cypher] == []
    assert with_rules("WHERE 1 = 1\n  AND {{on_day}}").splitlines()[1:] == [
        "  AND CASE WHEN $possible THEN t.earliest_begin <= $day AND t.latest_end >= $day",
        "           ELSE t.latest_begin <= $day AND t.earliest_end >= $day AND NOT t.disputed END",
    ]
    assert with_rules("{{on_day(since)}}") == with_rules("{{on_day}}").replace("$day", "$since")
    with pytest.raises(ValueError, match="no rule 'on_night' in queries/cypher/rules: of_sources, of_types"):
        with_rules("WHERE {{on_night}}")


def test_every_query_runs_with_its_columns_and_its_plan_can_be_seen(store: Store) -> None:
    # One store for all: the loading takes longer than the questions.
    load(store, alliances_1914())
    for name, query in library().items():
        answer = run(store, name, given_for(name))
        assert answer.rows, name
        declared = [column.name for column in query.columns]
        assert all(list(row) == declared for row in answer.rows)
        # As a stranger's query it is read-only too, and the engine gives exactly the declared columns.
        asked = store.ask(query.cypher, answer.parameters)
        assert all(set(row) == set(declared) for row in asked), name
        assert [[row[column] for column in declared] for row in asked] == [
            list(row.values()) for row in answer.rows
        ]
        store.read(f"EXPLAIN {query.cypher}", answer.parameters)


@pytest.mark.neo4j
def test_both_engines_give_the_same_rows_in_the_same_order(both: tuple[Store, Store]) -> None:
    embedded, server = both
    for store in both:
        load(store, alliances_1914())
    assert embedded.revision() == server.revision()
    for name in library():
        for extra in (
            {},
            {"possible": "yes"},
            {"types": "none"},
            {"layer": "talks", "types": "none"},
            {"layer": "none"},
        ):
            given = {**given_for(name), **extra}
            given = {
                key: given[key]
                for key in given
                if key in {parameter.name for parameter in query_of(name).parameters}
            }
            found = run(embedded, name, given).to_dict()
            assert found == run(server, name, given).to_dict(), (name, extra)
            # `talks` were held on other days than the one asked about.
            assert found["rows"] or extra.get("layer") == "talks", (name, extra)


def rows(store: Store, name: str, **given: Any) -> list[list[Any]]:
    return [list(row.values()) for row in run(store, name, given).rows]


def test_answers_worked_by_hand(store: Store) -> None:
    load(store, alliances_1914())
    assert rows(store, "partners", actor="DEU", types="defence", day=JULY) == [
        ["COW-AUH", "Austria-Hungary", 3, ["test:dual-alliance", "test:romanian", "test:triple-alliance"]],
        ["ITA", "Italy", 2, ["test:romanian", "test:triple-alliance"]],
        ["ROU", "Romania", 1, ["test:romanian"]],
    ]
    assert rows(store, "common_partners", a="GBR", b="FRA", day=JULY) == [["RUS", "Russia", 1, 1]]
    assert rows(store, "ego", actor="GBR", day=JULY) == [
        ["GBR", "JPN", 1, ["test:anglo-japanese"]],
        ["GBR", "PRT", 1, ["test:anglo-portuguese"]],
    ]
    assert rows(store, "changes", since="1914-07-28", day="1914-10-15") == [
        ["gained", "BGR", "COW-AUH", ["test:austro-bulgarian"]],
        ["gained", "BGR", "DEU", ["test:german-bulgarian"]],
        ["gained", "BGR", "TUR", ["test:ottoman-bulgarian"]],
        ["gained", "DEU", "TUR", ["test:german-ottoman"]],
        ["gained", "ROU", "RUS", ["test:russo-romanian"]],
    ]
    # Romania left its allies of 1883 in August 1916, and what Italy had left by then went with that treaty.
    assert [row[:3] for row in rows(store, "changes", since="1914-12-31", day="1916-12-31")] == [
        ["lost", "COW-AUH", "ITA"], ["lost", "COW-AUH", "ROU"], ["lost", "DEU", "ITA"],
        ["lost", "DEU", "ROU"], ["lost", "ITA", "ROU"], ["lost", "ROU", "RUS"],
    ]  # fmt: skip
    assert rows(store, "members", organization="UPU", day=JULY)[0][:4] == [
        "DEU",
        "Germany",
        ["full"],
        "1875-07-01/..",
    ]
    # Germany, Austria-Hungary, Italy and Romania are all tied; only Britain and Russia stand between the two coalitions.
    assert rows(store, "brokers", left="GBR,FRA", right="DEU,COW-AUH,ROU", types="none", day="1914-12-31") == [
        ["RUS", "Russia", 2, 1, 2],
    ]  # fmt: skip
    assert [row[1:7] for row in rows(store, "never_held")] == [
        ["test:black-sea", "Black-Sea", "signed", None, None, ["ROU", "TUR"]],
        ["test:naval-convention", "Naval-Convention", "negotiating", "1914-05", None, ["GBR", "RUS"]],
        ["test:pola", "Pola", "planned", "1914-05-01", "1914-09", ["COW-AUH", "DEU"]],
    ]
    span = "[1912-02-08..1912-02-09]/[1912-02-09..1912-02-11]"
    assert [row[1:] for row in rows(store, "conflicts")] == [
        [
            "test:black-sea",
            "Black-Sea",
            "signed",
            ["[1914-08-03..1914-08-05]"],
            ["ROU", "TUR"],
            ["test:a", "test:b"],
        ],
        ["test:haldane-mission", "Haldane-Mission", "begin", [span], ["DEU", "GBR"], ["test:a", "test:b"]],
        ["test:haldane-mission", "Haldane-Mission", "end", [span], ["DEU", "GBR"], ["test:a", "test:b"]],
    ]
    assert rows(store, "conflicts", actor="JPN") == []
    assert [row[:2] for row in rows(store, "pairs", types="defence", day=JULY, top=3)] == [
        ["COW-AUH", "DEU"], ["COW-AUH", "ITA"], ["DEU", "ITA"],
    ]  # fmt: skip
    assert rows(store, "reach", types="none", day=JULY) == [["UPU", "Universal Postal Union", 3, 0, 6]]


def test_a_chain_goes_over_distinct_actors_and_what_has_expired_is_no_link(store: Store) -> None:
    load(store, alliances_1914())
    # In 1914 France reaches Italy by way of Russia and Romania; in 1859 they were allied themselves.
    assert rows(store, "chain", a="FRA", b="ITA", types="defence", day="1914-12-31") == [
        [3, ["FRA", "RUS", "ROU", "ITA"], [["test:franco-russian"], ["test:russo-romanian"], ["test:romanian"]]],
    ]  # fmt: skip
    assert rows(store, "chain", a="FRA", b="ITA", types="defence", day=JULY) == []
    assert rows(store, "chain", a="FRA", b="ITA", day="1859-06-24") == [
        [1, ["FRA", "ITA"], [["test:franco-sardinian"]]]
    ]
    # Two chains, though Germany and Austria-Hungary share three treaties with each other.
    assert rows(store, "chain", a="COW-AUH", b="TUR", types="defence", day="1914-12-31") == [
        [2, ["COW-AUH", "BGR", "TUR"], [["test:austro-bulgarian"], ["test:ottoman-bulgarian"]]],
        [2, ["COW-AUH", "DEU", "TUR"],
         [["test:dual-alliance", "test:romanian", "test:triple-alliance"], ["test:german-ottoman"]]],
    ]  # fmt: skip
    assert rows(store, "chain", a="FRA", b="FRA", day=JULY) == []


def test_evidence_stands_in_order_though_only_some_has_an_offset(store: Store) -> None:
    load(store, alliances_1914())
    found = rows(store, "evidence", a="GBR", b="DEU", layer="talks")
    assert [(row[0], row[2]) for row in found] == [
        ("test:haldane-mission", "test:a"), ("test:haldane-mission", "test:b"),
        ("test:kiel", "test:a"), ("test:kiel", "test:b"),
    ]  # fmt: skip


def test_many_actors_come_with_a_note(store: Store) -> None:
    actors = "USA CAN BHS CUB HTI DOM JAM TTO BRB DMA GRD LCA VCT ATG KNA MEX BLZ GTM HND SLV NIC CRI PAN COL VEN GUY SUR ECU PER BRA BOL PRY"
    europe = "GBR IRL NLD BEL LUX FRA MCO LIE CHE ESP AND PRT DEU POL AUT HUN CZE SVK ITA SMR MLT ALB MKD HRV MNE SRB BIH GRC CYP BGR"
    load(
        store,
        reading([stated("west", actors, ["in_force 1948/.."]), stated("east", europe, ["in_force 1949/.."])]),
    )
    assert "networkx" in run(store, "betweenness", {"day": "2000-01-01"}).note
    assert "networkx" in warning_of(store, "betweenness", {"day": "2000-01-01"})
    assert warning_of(store, "betweenness", {"day": "1948-06-01"}) == ""
    assert run(store, "degree", {"day": "2000-01-01"}).note == warning_of(store, "degree") == ""


def test_counting_refuses_to_mix_collections_and_chooses_when_told(store: Store) -> None:
    load(store, alliances_1914())
    table = [stated("dual", "COW-AUH DEU", ["in_force 1879/1918"], collection="cow", method="table")]
    load(store, reading(table, whole=False, collection="cow"))
    with pytest.raises(ChooseSource, match="cow"):
        run(store, "degree", {"day": JULY})
    assert rows(store, "degree", day=JULY, sources="cow") == [
        ["COW-AUH", "Austria-Hungary", 1], ["DEU", "Germany", 1],
    ]  # fmt: skip
    assert len(rows(store, "degree", day=JULY, sources="dossiers")) == 11
    assert dict(row[::2] for row in rows(store, "strength", day=JULY, sources="all"))["COW-AUH"] == 7
    with pytest.raises(UnknownName, match="atop"):
        run(store, "degree", {"sources": "atop"})


def test_members_are_read_from_everything_loaded_whichever_ties_count(store: Store) -> None:
    pacts = [
        stated("1", "BEL JPN", ["in_force 1950/.."], method="table", collection="pacts"),
        stated("2", "BEL KOR", ["in_force 1950/.."], method="table", collection="pacts"),
    ]
    members = [stated("3", "BEL NATO:organization", ["in_force 1949/.."], kind="membership", types=["full"],
                      method="table", collection="members")]  # fmt: skip
    load(store, reading(pacts, collection="pacts"))
    load(store, reading(members, collection="members"))
    for sources in ("default", "pacts"):
        assert rows(store, "reach", day="1995-06-01", sources=sources) == [
            ["NATO", "North Atlantic Treaty Organization", 1, 0, 2]
        ]
        found = rows(store, "brokers", left="NATO", right="NATO", day="1995-06-01", sources=sources)
        assert [row[0] for row in found] == ["JPN", "KOR"]


def test_a_default_type_gives_way_to_a_layer_that_does_not_know_it(store: Store) -> None:
    load(store, alliances_1914())
    assert rows(store, "degree", layer="talks", day="1914-06-25") == [
        ["DEU", "Germany", 1], ["GBR", "United Kingdom", 1],
    ]  # fmt: skip
    with pytest.raises(UnknownName, match="there is no type of talks 'defence'; choose from: 2\\+2"):
        run(store, "degree", {"layer": "talks", "types": "defence"})


def test_a_default_type_gives_way_where_agreements_are_not_alone(store: Store) -> None:
    pact = stated("pact", "FRA GBR", ["in_force 1904/.."])
    entente = stated("entente", "GBR RUS", ["in_force 1907/.."], types=["entente"])
    drill = stated("drill", "FRA RUS", ["held 1914-07-28"], kind="drill", types=["sea"])
    load(store, reading([pact, entente, drill]))
    assert len(rows(store, "degree", day=JULY)) == 2
    for layer in ("agreement,drill", "none", "all"):
        assert [row[2] for row in rows(store, "degree", day=JULY, layer=layer)] == [2, 2, 2]
    assert [row[2] for row in rows(store, "degree", day=JULY, layer="none", types="defence")] == [1, 1]
    assert len(rows(store, "degree", day=JULY, types="all")) == 3


def test_all_and_none_are_every_layer(store: Store) -> None:
    load(store, alliances_1914())
    everything = {
        "layer": "agreement,drill,talks,membership,representation,dispute", "types": "none", "day": JULY,
    }  # fmt: skip
    expected = rows(store, "degree", **everything)
    assert ["UPU", "Universal Postal Union", 3] in expected
    for word in ("none", "all"):
        assert rows(store, "degree", day=JULY, layer=word, types=word) == expected
    assert rows(store, "by_status", kinds="all") == rows(store, "by_status", kinds="none")


def test_an_end_to_come_has_not_come_yet(store: Store) -> None:
    told = [
        stated("later", "ESP ITA", ["in_force 2020/2035"]),
        stated("over", "ESP PRT", ["in_force 2010/2015"]),
    ]
    load(store, reading(told))
    assert rows(store, "by_status", day="2026-01-01") == [
        ["agreement", "ended", 1, ["test:over"]],
        ["agreement", "in_force", 1, ["test:later"]],
    ]
    assert rows(store, "by_status", day="2036-01-01") == [
        ["agreement", "ended", 2, ["test:later", "test:over"]]
    ]
    assert rows(store, "by_status", day="2012-01-01") == [
        ["agreement", "in_force", 1, ["test:over"]],
        ["agreement", "missing", 1, ["test:later"]],
    ]
    found = relate(store, "ESP", "ITA", as_of=date(2026, 1, 1))
    assert ([entry.status for entry in found.facts], [one.certain for one in found.in_force]) == (
        ["in_force"],
        [True],
    )


def test_only_full_members_count(store: Store) -> None:
    load(store, reading(nato()))
    assert rows(store, "reach", day="1995-06-01") == [
        ["NATO", "North Atlantic Treaty Organization", 3, 0, 1],
        ["UPU", "Universal Postal Union", 2, 0, 4],
    ]
    # Both blocs are those who are full members: Poland, a partner, is no part of the one.
    found = rows(store, "brokers", left="NATO", right="JPN", day="1995-06-01")
    assert [(row[0], row[2]) for row in found] == [("USA", 2)]
    assert [(row[0], row[2]) for row in rows(store, "members", organization="NATO", day="1995-06-01")] == [
        ("GBR", ["full"]), ("POL", ["partner"]), ("TUR", ["full"]), ("USA", ["full"]),
    ]  # fmt: skip


def test_actors_may_be_named_and_an_optional_one_may_be_left_out(store: Store) -> None:
    load(store, alliances_1914())
    by_id = run(store, "brokers", {"left": "DEU,ITA", "right": "COW-AUH,ROU", "day": JULY})
    assert run(store, "brokers", {"left": "Germany,Italy", "right": "cow:300,Romania", "day": JULY}) == by_id
    assert rows(store, "conflicts", actor="Germany") == rows(store, "conflicts", actor="DEU") != []
    assert len(rows(store, "conflicts", actor="none")) == len(rows(store, "conflicts")) == 3
    with pytest.raises(UnknownActor, match="ATLANTIS"):
        run(store, "conflicts", {"actor": "ATLANTIS"})


def test_what_is_not_in_the_store_is_said(store: Store) -> None:
    load(store, alliances_1914())
    with pytest.raises(
        InputError, match="there is no source 'nope' in this store: `comity query sources` lists"
    ):
        run(store, "source_says", {"source": "nope"})
    with pytest.raises(
        InputError, match="JPN is not an organization: give id, code or name of an organization"
    ):
        run(store, "members", {"organization": "JPN"})


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("fame", {}, "there is no query 'fame'; choose from: betweenness, "),
        ("degree", {"year": "1914"}, "there is no parameter of degree 'year'; choose from: layer, types, day"),
        ("chain", {"a": "DEU"}, "chain needs b: id of the other .*give it with -p b=…"),
        ("degree", {"day": "1914"}, "degree, day: '1914' is not one day: write it as YYYY-MM-DD"),
        ("degree", {"possible": "perhaps"}, "degree, possible: 'perhaps' is not yes or no"),
        ("pairs", {"top": "-1"}, "pairs, top: '-1' is not a whole number"),
        ("degree", {"layer": "treaty"}, "there is no kind 'treaty'; choose from: agreement, drill"),
        ("brokers", {"left": "", "right": "DEU"}, "brokers, left: give ids, codes or names of actors"),
        ("ego", {"actor": " "}, "ego, actor: give one by its id"),
        ("ego", {"actor": "none", "day": "1"}, "ego, day: '1' is not one day"),
        ("changes", {"since": "1914-07-28", "day": "1914-07-28"}, "since: 1914-07-28 is not before 1914-07-28"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_a_remedy(name: str, given: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        prepare(query_of(name), given)


def test_an_actor_without_facts_is_named(store: Store) -> None:
    load(store, alliances_1914())
    with pytest.raises(UnknownActor, match="no fact in this store has BTN as a party: `comity find TEXT`"):
        run(store, "ego", {"actor": "BTN"})


def test_values_may_be_texts_or_of_their_sort() -> None:
    as_text = prepare(
        query_of("brokers"), {"left": "DEU, ITA", "right": "GBR", "day": "1914-07-28", "possible": "Yes"}
    )
    typed = prepare(
        query_of("brokers"),
        {"left": ["DEU", "ITA"], "right": ["GBR"], "day": date(1914, 7, 28), "possible": True},
    )
    assert as_text == typed
    assert as_text["layer"] == ["AGREEMENT"]
    assert prepare(query_of("pairs"), {"top": 3})["top"] == 3


def test_a_name_may_be_written_with_hyphens() -> None:
    assert query_of("common-partners") is query_of("common_partners")


def test_a_header_can_go_on_on_the_next_line() -> None:
    header = parse_header(
        "// Who?\n//\n// param: top integer = 5 — so many\n//   at most\n// limit: 3 — too\n//   much\nRETURN 1"
    )
    assert header.question == "Who?"
    assert (header.parameters[0].about, header.parameters[0].default) == ("so many at most", "5")
    assert (header.limit, header.limit_about) == (3, "too much")


@pytest.mark.parametrize(
    "line", ["param: top number — n", "param: top integer", "column: top", "limit: many — n"]
)
def test_a_header_that_breaks_the_form_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"header|sort"):
        parse_header(f"// Who?\n// {line}\nRETURN 1")


def test_every_sort_is_used_somewhere() -> None:
    assert {parameter.sort for query in library().values() for parameter in query.parameters} == set(SORTS)
