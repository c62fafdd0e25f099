from pathlib import Path

from tests.cli.conftest import Run

LONG_AGO = ("--as-of", "1980-01-01")


def test_communities_are_printed_with_what_was_asked(run: Run, here: Path) -> None:
    answer = run("communities", *LONG_AGO)
    assert answer.code == 0, answer.err
    assert "method    Louvain, resolution 1, best of 20 (seeds 0 to 19)\n" in answer.out
    # One pact of three, and Japan beside it: m = 4, and one community is as good as any.
    assert "modularity" in answer.out
    assert "USA" in answer.out
    document = run("communities", *LONG_AGO, "--format", "json").json
    assert document["algorithm"] == "louvain"
    assert (document["as_of"], document["seed"], document["runs"]) == ("1980-01-01", 0, 20)
    members = [actor for community in document["communities"] for actor in community["members"]]
    assert sorted(members) == ["FRA", "GBR", "JPN", "USA"]


def test_a_csv_has_a_row_for_each_actor(run: Run, here: Path) -> None:
    lines = run("communities", *LONG_AGO, "--format", "csv").out.splitlines()
    assert lines[0] == "actor,name,community"
    assert [line.split(",")[0] for line in lines[1:]] == ["FRA", "GBR", "JPN", "USA"]


def test_two_dates_are_compared(run: Run, here: Path) -> None:
    change = ("communities", *LONG_AGO, "--compare-with", "2000-01-01")
    table = run(*change)
    assert table.code == 0, table.err
    assert "as of     1980-01-01" in table.out
    assert "as of     2000-01-01" in table.out
    assert "Of the 4 actors in both: adjusted Rand index " in table.out
    document = run(*change, "--format", "json").json
    assert sum(move["actors"] for move in document["moves"]) == document["likeness"]["actors"] == 4
    rows = run(*change, "--format", "csv").out.splitlines()
    assert rows[0] == "actor,name,before,after"
    # Germany is a party since 1990: before, it is in no community.
    assert next(row for row in rows if row.startswith("DEU")).split(",")[2] == ""


def test_nobody_in_both(run: Run, here: Path) -> None:
    answer = run("communities", "--as-of", "1900", "--compare-with", "1980-01-01")
    assert answer.code == 0
    assert "No actor is in both." in answer.out
