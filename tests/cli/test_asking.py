from pathlib import Path

import pytest

from comity.queries.library import library
from tests.cli.conftest import Run

LONG_AGO = ("--as-of", "1980-01-01")


def test_rank_prints_what_was_asked_and_the_ranking(run: Run, loaded: str) -> None:
    revision = run("status", "--format", "json").json["revision"]
    answer = run("rank", *LONG_AGO, "--format", "json")
    assert answer.code == 0, answer.err
    assert list(answer.json) == [
        "measure", "engine", "layer", "types", "rule", "sources", "as_of", "slice", "policy", "same_from", "revision", "rows",
    ]  # fmt: skip
    assert answer.json == {
        "measure": "degree",
        "engine": "networkx",
        "layer": "agreement",
        "types": ["defence"],
        "rule": "every-pair",
        "sources": ["small"],
        "as_of": "1980-01-01",
        "slice": "certain",
        "policy": "strict",
        "same_from": 0.9,
        "revision": revision,
        "rows": [
            {"actor": "USA", "name": "United States", "rank": 1, "value": 3},
            {"actor": "FRA", "name": "France", "rank": 2, "value": 2},
            {"actor": "GBR", "name": "United Kingdom", "rank": 2, "value": 2},
            {"actor": "JPN", "name": "Japan", "rank": 4, "value": 1},
        ],
    }
    table = run("rank", *LONG_AGO)
    head = (
        "measure   degree\n"
        "layer     agreement, types defence, rule every-pair\n"
        "sources   small\n"
        "as of     1980-01-01, slice certain, policy strict\n"
        f"revision  {revision}\n"
        "\n"
    )
    assert table.out.startswith(head)
    assert table.out.splitlines()[8].split() == ["USA", "United", "States", "1", "3"]


def test_the_library_and_rank_count_alike(run: Run, loaded: str) -> None:
    ranked = run("rank", *LONG_AGO, "--format", "json").json["rows"]
    asked = run("query", "degree", "-p", "day=1980-01-01", "--format", "json").json
    assert asked == [{"actor": row["actor"], "name": row["name"], "degree": row["value"]} for row in ranked]


def test_cypher_gives_a_list_of_rows(run: Run, loaded: str) -> None:
    text = "MATCH (a:Country)-[t:DRILL]-(b) WHERE a.id = $who RETURN b.id AS partner, t.latest_begin AS begun"
    answer = run("cypher", text, "-p", "who=JPN", "--format", "json")
    assert answer.json == [{"partner": "GBR", "begun": "2016-10-24"}]
    piped = run("cypher", "-", "-p", "who=JPN", "--format", "csv", given=text)
    assert piped.out == "partner,begun\r\nGBR,2016-10-24\r\n"


def test_parameters_are_json_where_they_can_be(run: Run, here: Path) -> None:
    given = ("-p", "a=5", "-p", 'b=["x", 1]', "-p", "c=2016-10-24", "-p", 'd="5"', "-p", "e=a=b")
    answer = run(
        "cypher", "RETURN $a + 1 AS a, $b AS b, $c AS c, $d AS d, $e AS e", *given, "--format", "json"
    )
    assert answer.json == [{"a": 6, "b": ["x", 1], "c": "2016-10-24", "d": "5", "e": "a=b"}]


def test_cypher_only_reads_and_only_so_much(run: Run, loaded: str) -> None:
    before = run("status", "--format", "json").json
    for text in (
        "MATCH (n) DETACH DELETE n",
        "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
        "nonsense",
    ):
        answer = run("cypher", text)
        assert answer.code == 1
        assert answer.out == ""
        assert answer.err.startswith("Error: ")
        assert "Traceback" not in answer.err
    many = run("cypher", "UNWIND range(1, 50) AS n RETURN n", "--max-rows", "49")
    assert many.code == 1
    assert "more than 49 rows" in many.err
    assert (
        len(run("cypher", "UNWIND range(1, 50) AS n RETURN n", "--max-rows", "50", "--format", "json").json)
        == 50
    )
    assert run("status", "--format", "json").json == before


def test_a_query_that_takes_too_long_is_ended(run: Run, loaded: str) -> None:
    endless = "UNWIND range(1, 30000) AS a UNWIND range(1, 30000) AS b WITH a, b WHERE a * b = -1 RETURN count(*) AS n"
    answer = run("cypher", endless, "--timeout", "0.2")
    assert answer.code == 1
    assert "longer than 0.2 seconds" in answer.err


@pytest.mark.parametrize("layer", ["drill", "agreement"])
def test_other_layers_take_all_types(run: Run, here: Path, layer: str) -> None:
    asked = run("rank", "--layer", layer, "--as-of", "2016", "--format", "json").json
    assert asked["types"] == (["defence"] if layer == "agreement" else [])
    everything = run("rank", "--layer", layer, "--type", "all", "--as-of", "2016", "--format", "json").json
    assert everything["types"] == []


def test_several_layers_and_every_option(run: Run, here: Path) -> None:
    answer = run(
        "rank", "strength", "--layer", "agreement", "--layer", "drill", "--type", "defence", "--type", "air",
        "--rule", "every-pair", "--source", "small:paper", "--source", "small:other", "--as-of", "2016-10-24", "--possible",
        "--policy", "trusted:small:other", "--known-on", "2099-01-01", "--limit", "2", "--format", "json",
    )  # fmt: skip
    assert answer.code == 0, answer.err
    document = answer.json
    assert len(document["rows"]) == 2
    assert {**document, "rows": [], "revision": ""} == {
        "measure": "strength",
        "engine": "networkx",
        "layer": "agreement+drill",
        "types": ["defence", "air"],
        "rule": "every-pair",
        "sources": ["small:other", "small:paper"],
        "as_of": "2016-10-24",
        "slice": "possible",
        "policy": "trusted:small:other",
        "same_from": 0.9,
        "known_on": "2099-01-01",
        "revision": "",
        "rows": [],
    }


def test_certain_and_possible_differ(run: Run, here: Path) -> None:
    drill = ("rank", "--layer", "drill", "--as-of", "2016-10-23", "--format", "json")
    assert run(*drill, "--certain").json["rows"] == []
    assert [row["actor"] for row in run(*drill, "--possible").json["rows"]] == ["GBR", "JPN"]


def test_a_long_ranking_is_cut_in_a_table_only(run: Run, here: Path) -> None:
    cut = run("rank", *LONG_AGO, "--limit", "1")
    assert len(cut.out.splitlines()) == 9
    assert cut.err == "… and 3 more (--limit 0 shows all)\n"
    assert len(run("rank", *LONG_AGO, "--format", "csv").out.splitlines()) == 5


def test_an_empty_slice_is_an_empty_answer(run: Run, here: Path) -> None:
    answer = run("rank", "--as-of", "1900")
    assert (answer.code, answer.err) == (0, "(no rows)\n")
    assert run("rank", "--as-of", "1900", "--format", "csv").out == "actor,name,rank,value\r\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("popularity",), "there is no measure 'popularity'; choose from: degree, strength, eigenvector"),
        (("--layer", "marriage"), "there is no kind 'marriage'; choose from: agreement, drill"),
        (("--type", "love"), "there is no type of agreement 'love'; choose from: "),
        (("--rule", "none"), "there is no rule 'none'; choose from: every-pair, host-guest"),
        (("--source", "atop"), "there is no loaded source of agreement 'atop'; choose from: small"),
        (("--policy", "loudest"), "there is no policy 'loudest'; choose from: strict"),
        (("--as-of", "yesterday"), "yesterday"),
        (("--known-on", "2016"), "is not one day"),
    ],
)
def test_unknown_names_list_the_known_ones(
    run: Run, here: Path, arguments: tuple[str, ...], words: str
) -> None:
    answer = run("rank", *arguments)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("Error: ")
    assert words in answer.err


def test_every_query_is_listed_and_explained(run: Run) -> None:
    listed = run("query", "--list", "--format", "json").json
    assert [row["query"] for row in listed] == list(library())
    assert list(listed[0]) == ["query", "question", "parameters", "columns"]
    table = run("query", "--list")
    assert all(name in table.out for name in library())
    one = run("query", "history", "--list")
    assert "id of the one actor" in one.out
    assert "in_effect" in one.out


def test_queries_take_names_of_actors(run: Run, here: Path) -> None:
    by_name = run("query", "history", "-p", "a=Japan", "-p", "b=cow:200", "--format", "json")
    assert by_name.code == 0, by_name.err
    assert {row["title"] for row in by_name.json} == {"Guardian"}
    assert by_name.json == run("query", "history", "-p", "a=JPN", "-p", "b=GBR", "--format", "json").json


def test_a_query_says_what_it_lacks(run: Run, here: Path) -> None:
    assert "choose from: betweenness, brokers" in run("query", "gossip").err
    assert "history needs a: " in run("query", "history", "-p", "b=JPN").err
    assert "no parameter of history 'c'" in run("query", "history", "-p", "c=JPN").err
    assert run("query", "history", "-p", "JPN").code == 2


def test_names_of_several_actors_are_an_error_that_lists_all(run: Run, here: Path) -> None:
    answer = run("query", "history", "-p", "a=Korea", "-p", "b=JPN")
    assert answer.code == 1
    assert answer.err == (
        "Error: 'Korea' names KOR (South Korea), PRK (North Korea); write the id of the one that is meant\n"
    )


def test_json_has_no_number_that_json_does_not_know(run: Run, loaded: str) -> None:
    assert run("cypher", "RETURN 0.0 / 0.0 AS x, 1.5 AS y", "--format", "json").json == [
        {"x": None, "y": 1.5}
    ]
    assert run("cypher", "RETURN $x AS x", "-p", "x=NaN", "--format", "json").json == [{"x": "NaN"}]


def test_a_name_with_a_comma_is_one_actor(run: Run, loaded: str) -> None:
    answer = run("query", "partners", "-p", "actor=Korea, North", "--format", "json")
    assert "PRK" in answer.err or answer.json == []
    assert "KOR, PRK" not in answer.err


def test_layers_and_types_are_taken_once_and_checked(run: Run, loaded: str) -> None:
    twice = run("rank", "--layer", "agreement", "--layer", "agreement", "--format", "json").json
    assert (twice["layer"], twice["types"]) == ("agreement", ["defence"])
    assert run("rank", "--type", "all", "--type", "nonsense").code == 1
    assert run("rank", "--as-of", "").code == 1


@pytest.mark.parametrize("engine", ["networkx", "fast", "cypher"])
def test_engines_rank_alike_and_are_named(run: Run, here: Path, engine: str) -> None:
    plain = run("rank", "betweenness", *LONG_AGO, "--format", "json").json
    document = run("rank", "betweenness", *LONG_AGO, "--engine", engine, "--format", "json").json
    assert document.pop("engine") == engine
    assert plain.pop("engine") == "networkx"
    for row, expected in zip(document.pop("rows"), plain.pop("rows"), strict=True):
        assert row == {**expected, "value": pytest.approx(expected["value"], abs=1e-9)}
    assert document == plain
    table = run("rank", "betweenness", *LONG_AGO, "--engine", engine).out
    assert (f"engine    {engine}\n" in table) == (engine != "networkx")


def test_engines_say_what_they_do_not_offer(run: Run, here: Path) -> None:
    for arguments, said in (
        (("core", "--engine", "cypher"), "the engine cypher does not offer core"),
        (("degree", "--engine", "gds"), "has no Graph Data Science"),
        (("degree", "--engine", "cypher", "--as-of", "1990"), "cannot tell of several days (--as-of 1990)"),
        (("degree", "--engine", "abacus"), "there is no engine 'abacus'"),
    ):
        answer = run("rank", *LONG_AGO, *arguments)
        assert answer.code == 1
        assert said in answer.err
    assert run("rank", "--doubt", "--engine", "fast").code == 2


@pytest.mark.parametrize(
    "arguments",
    [("rank",), ("count",), ("conflicts",), ("relate", "JPN", "GBR"), ("show", "JPN")],
    ids=" ".join,
)
def test_that_nothing_was_recorded_yet_is_said(run: Run, loaded: str, arguments: tuple[str, ...]) -> None:
    answer = run(*arguments, "--known-on", "2000-01-01")
    assert "none: nothing of this was recorded by 2000-01-01" in answer.out + answer.err


def test_years_without_a_tie_have_no_rows(run: Run, loaded: str) -> None:
    answer = run("panel", "degree", "--from", "1700", "--to", "1702")
    assert (answer.code, answer.err) == (0, "(no rows)\n")
    assert answer.out.endswith("\n\n") and "revision" in answer.out
