from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_find_lists_all_that_fit(run: Run) -> None:
    assert [row["actor"] for row in run("find", "Germany", "--as-of", "1990", "--format", "json").json] == [
        "COW-GFR", "DDR", "DEU",
    ]  # fmt: skip
    assert [
        row["actor"] for row in run("find", "germany", "--as-of", "2020-01-01", "--format", "json").json
    ] == ["DEU"]


def test_find_reads_a_code_in_a_system(run: Run) -> None:
    answer = run("find", "740", "--system", "cow", "--format", "json")
    assert list(answer.json[0]) == ["actor", "label", "name", "existed", "codes"]
    assert answer.json[0]["actor"] == "JPN"
    assert {"system": "cow", "code": "740", "span": None} in answer.json[0]["codes"]


def test_find_as_a_table_and_as_csv(run: Run) -> None:
    table = run("find", "NATO")
    assert "North Atlantic Treaty Organization" in table.out
    assert run("find", "NATO", "--format", "csv").out.startswith("actor,label,name,existed,codes\r\nNATO,")


def test_find_says_who_may_have_been_meant(run: Run) -> None:
    answer = run("find", "Germny")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("Error: there is no actor 'Germny'; did you mean ")
    assert "DEU (Germany)" in answer.err


def test_find_knows_its_systems(run: Run) -> None:
    answer = run("find", "740", "--system", "post")
    assert answer.code == 1
    assert "there is no system of codes 'post'; choose from: cow" in answer.err


def test_find_needs_no_store(run: Run, tmp_path: Path) -> None:
    assert run("find", "Japan").code == 0
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("when", ["1990-13", "soon"])
def test_find_wants_a_date(run: Run, when: str) -> None:
    answer = run("find", "Germany", "--as-of", when)
    assert answer.code == 1
    assert "write EDTF" in answer.err


def test_relate_tells_every_fact_between_two(run: Run, loaded: str) -> None:
    answer = run("relate", "Japan", "iso2:gb", "--as-of", "2016-10-24", "--format", "json")
    assert answer.code == 0, answer.err
    assert list(answer.json) == [
        "left", "right", "as_of", "policy", "same_from", "revision", "untold", "note", "in_force", "by_source", "announced", "facts", "partners", "organizations",
            "similarity", "sources",
    ]  # fmt: skip
    assert answer.json["left"] == {"actor": "JPN", "name": "Japan"}
    (fact,) = answer.json["facts"]
    assert fact["title"] == "Guardian"
    assert [conflict["property"] for conflict in fact["conflicts"]] == ["begin"]
    assert answer.json["partners"] == [
        {"actor": "USA", "name": "United States", "by_left": ["small:pact"], "by_right": ["small:club"]}
    ]


def test_relate_as_a_table_and_as_csv(run: Run, here: Path) -> None:
    table = run("relate", "JPN", "GBR", "--as-of", "2016-10-24")
    assert table.out.startswith("Japan (JPN) and United Kingdom (GBR), as of 2016-10-24, policy strict\n")
    assert "partners        1 in common: USA\n" in table.out
    rows = run("relate", "JPN", "GBR", "--format", "csv").out.splitlines()
    assert rows[0] == "fact,kind,title,types,status,when,conflicts,sources"
    assert rows[1].startswith("small:drill,drill,Guardian,air,held,")


def test_relate_wants_two_actors_and_a_day(run: Run, here: Path) -> None:
    assert "given twice" in run("relate", "JPN", "Japan").err
    assert "'Korea' names KOR (South Korea), PRK (North Korea)" in run("relate", "Korea", "JPN").err
    assert "there is no actor 'Atlantis'" in run("relate", "Atlantis", "JPN").err
    assert "is not one day" in run("relate", "JPN", "GBR", "--as-of", "2016").err


def test_show_tells_all_about_an_actor(run: Run, loaded: str) -> None:
    answer = run("show", "USA", "--as-of", "1980-01-01", "--format", "json")
    assert answer.code == 0, answer.err
    assert list(answer.json)[:4] == ["actor", "label", "name", "as_of"]
    (layer,) = answer.json["layers"]
    assert (layer["kind"], layer["partners"], layer["facts"]) == ("agreement", ["FRA", "GBR", "JPN"], 2)
    assert [fact["fact"] for fact in answer.json["facts"]] == ["small:club", "small:pact"]


def test_show_as_a_table_and_as_csv(run: Run, here: Path) -> None:
    table = run("show", "United States", "--as-of", "1980-01-01")
    assert table.out.startswith("United States (USA), Country, as of 1980-01-01, policy strict\n")
    assert "agreement" in table.out
    assert "Treaty of Mutual Cooperation" in table.out
    assert len(run("show", "USA", "--format", "csv").out.splitlines()) == 3


def test_show_of_an_actor_without_facts_here(run: Run, here: Path) -> None:
    answer = run("show", "Fiji", "--format", "json")
    assert answer.code == 0
    assert answer.json["facts"] == []


def test_a_policy_settles_what_two_histories_show(run: Run, here: Path) -> None:
    answer = run(
        "relate", "JPN", "GBR", "--as-of", "2016-10-24", "--policy", "earliest", "--format", "json"
    ).json
    assert answer["policy"] == "earliest"
    assert answer["facts"][0]["when"].startswith("2016-10-23")
    assert run("show", "JPN", "--policy", "earliest", "--format", "json").json["policy"] == "earliest"
    assert (
        "there is no source to trust 'nobody'"
        in run("relate", "JPN", "GBR", "--policy", "trusted:nobody").err
    )
