from pathlib import Path

from comity.queries.structure import CHARACTERISTICS
from tests.cli.conftest import Run

MODERN = ("--as-of", "2000-01-01")
YEAR = ("--as-of", "2016")


def test_structure_tells_every_number(run: Run, here: Path) -> None:
    answer = run("structure", *MODERN, "--format", "json")
    assert answer.code == 0, answer.err
    assert [row["name"] for row in answer.json["rows"]] == list(CHARACTERISTICS)
    found = {row["name"]: row["value"] for row in answer.json["rows"]}
    # A club of four and Japan beside it.
    assert (found["actors"], found["pairs"], found["component-sizes"]) == (5, 7, [5])
    assert found["density"] == 7 / 10
    assert found["ei-index"] is None
    lines = [" ".join(line.split()) for line in run("structure", *MODERN).out.splitlines()]
    assert "density 0.7 tied pairs over all pairs" in lines
    rows = run("structure", *MODERN, "--format", "csv").out.splitlines()
    assert rows[:2] == ["name,value,about", "actors,5,actors that have a tie"]


def test_structure_of_groups(run: Run, here: Path) -> None:
    answer = run("structure", *MODERN, "--group", "europe=FRA,GBR,DEU", "--format", "json").json
    assert answer["groups"] == {"europe": ["DEU", "FRA", "GBR"]}
    # Within: three in Europe, and Japan with the United States; between: the United States with the three.
    assert {row["name"]: row["value"] for row in answer["rows"]}["ei-index"] == -1 / 7
    assert (
        "group     europe: 3 of 3 actors in the network"
        in run("structure", *MODERN, "--group", "europe=FRA,GBR,DEU").out
    )


def test_layers_side_by_side(run: Run, here: Path) -> None:
    asked = ("layers", "--layer", "agreement", "--layer", "drill", *YEAR)
    answer = run(*asked, "--format", "json")
    assert answer.code == 0, answer.err
    rows = {row["actor"]: row for row in answer.json["rows"]}
    assert rows["JPN"] == {
        "actor": "JPN", "name": "Japan", "values": {"agreement": 1, "drill": 1}, "aggregated": 2, "overlapping": 2,
        "participation": 1.0,
    }  # fmt: skip
    assert rows["USA"]["values"] == {"agreement": 4, "drill": None}
    assert answer.json["overlaps"][0]["jaccard"] == 0
    csv = run(*asked, "--format", "csv").out.splitlines()
    assert csv[0] == "actor,name,agreement,drill,aggregated,overlapping,participation"
    assert csv[1] == "JPN,Japan,1,1,2,2,1.0"
    table = run(*asked, "--limit", "2")
    assert table.out.splitlines()[-2].split() == ["JPN", "Japan", "1", "1", "2", "2", "1"]
    assert "… and 3 more (--limit 0 shows all)" in table.err


def test_layers_by_another_measure_and_against_each_other(run: Run, here: Path) -> None:
    asked = ("--layer", "agreement", "--layer", "drill", *YEAR)
    assert run("layers", "harmonic", *asked, "--format", "json").json["measure"] == "harmonic"
    lines = run("layers", "--overlap", *asked).out.splitlines()
    assert lines[-2].split()[:5] == ["agreement", "drill", "7", "1", "0"]


def test_one_layer_is_refused(run: Run, here: Path) -> None:
    answer = run("layers", *YEAR)
    assert answer.code == 1
    assert "name two or more, as in --layer agreement --layer drill" in answer.err
