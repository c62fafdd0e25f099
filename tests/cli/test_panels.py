"""comity panel and comity diff, as they are typed."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("here")

YEARS = ("--from", "1959", "--to", "1961")


def test_a_panel_prints_the_first_of_each_period(run: Run) -> None:
    answer = run("panel", "degree", "betweenness", *YEARS)
    assert answer.code == 0
    assert "measures  degree, betweenness, every year" in answer.out
    assert [line.split()[:3] for line in answer.out.splitlines() if line.startswith("1960")] == [
        ["1960", "degree", "4"], ["1960", "betweenness", "4"],
    ]  # fmt: skip


def test_json_and_files_have_every_row(run: Run, tmp_path: Path) -> None:
    answer = run("panel", "degree", *YEARS, "--type", "all", "--format", "json")
    document = answer.json
    assert (document["every"], document["periods"], document["left_out"]) == ("year", 3, [])
    file = tmp_path / "panel.csv"
    assert run("panel", "degree", *YEARS, "--type", "all", "-o", str(file)).code == 0
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["actor"], int(row["time"]), int(row["degree"])) for row in rows] == [
        (row["actor"], row["time"], row["degree"]) for row in document["rows"]
    ]
    meta = json.loads(Path(f"{file}.meta.json").read_text(encoding="utf-8"))
    assert meta["measures"] == {"degree": "number of distinct partners"}
    assert meta["revision"] == document["revision"]
    assert meta["cite"]


def test_a_panel_cites_the_sources_of_its_own_ties(run: Run, tmp_path: Path) -> None:
    def cited(*arguments: str) -> list[str]:
        assert run("panel", "degree", *arguments, "-o", str(tmp_path / "panel.csv")).code == 0
        found = json.loads((tmp_path / "panel.csv.meta.json").read_text(encoding="utf-8"))["cite"]
        assert isinstance(found, list)
        return found

    paper, treaty = "“A newspaper”", "“The treaty itself”, 1960-01-19"
    assert cited("--from", "1955", "--to", "1958", "--type", "all") == [paper]
    assert cited("--from", "1955", "--to", "1960", "--type", "all") == [paper, treaty]
    assert cited("--from", "1955", "--to", "1960", "--type", "all", "--convention", "first-day") == [paper]


def test_named_actors_with_their_doubt(run: Run) -> None:
    rows = run("panel", "degree", *YEARS, "--actor", "Japan", "--doubt", "--format", "json").json["rows"]
    assert {row["actor"] for row in rows} == {"JPN"}
    assert {"degree_least", "degree_most", "degree_rank_best", "degree_rank_worst"} <= set(rows[0])


def test_a_panel_is_drawn(run: Run, tmp_path: Path) -> None:
    answer = run("panel", "degree", *YEARS, "--plot", str(tmp_path / "ranks.svg"))
    assert (answer.code, answer.out) == (0, "")
    assert (tmp_path / "ranks.svg").read_bytes().startswith(b"<?xml")


def test_a_chart_that_fails_takes_no_table_with_it(run: Run, tmp_path: Path) -> None:
    file, chart = tmp_path / "panel.csv", tmp_path / "ranks.svg"
    chart.symlink_to(tmp_path / "nowhere" / "ranks.svg")  # no folder is missing until it is written
    answer = run("panel", "degree", *YEARS, "-o", str(file), "--plot", str(chart))
    assert answer.code == 1
    assert file.exists()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ((), 2, "name a measure"),
        (("degree", "--as-of", "1960"), 2, "a panel is of all years"),
        (("degree", "--seed", "1"), 2, "nothing is sampled without --doubt"),
        (("degree", "--doubt", "--seed", "-1"), 2, "-1 is not in the range x>=0"),
        (("degree", "--every", "change", "--convention", "first-day"), 2, "leave --convention out"),
        (("degree", "--plot", "x.jpg", "-o", "x.csv"), 1, "no chart is drawn as .jpg"),
        (("fame",), 1, "there is no measure 'fame'"),
        (("degree", "--from", "1961", "--to", "1960"), 1, "give the earlier one first"),
    ],
)
def test_what_makes_no_panel_is_refused(run: Run, arguments: tuple[str, ...], code: int, told: str) -> None:
    answer = run("panel", *arguments)
    assert (answer.code, told in answer.err) == (code, True), answer.err
    assert not list(Path().iterdir())


def test_a_difference_of_two_dates(run: Run) -> None:
    answer = run("diff", "1955-01-01", "1965-01-01")
    assert answer.code == 0
    assert "1 gained, 0 lost" in answer.out
    assert "come      JPN" in answer.out
    document = run("diff", "1955-01-01", "1965-01-01", "--format", "json").json
    assert [(pair["left"], pair["right"]) for pair in document["gained"]] == [("JPN", "USA")]
    assert (document["before"]["as_of"], document["after"]["as_of"]) == ("1955-01-01", "1965-01-01")


def test_two_networks_can_differ_in_other_things(run: Run) -> None:
    document = run("diff", "type=defence", "type=all", "--as-of", "2000-01-01", "--format", "json").json
    assert (document["before"]["types"], document["after"]["types"]) == (["defence"], [])
    both = run("diff", "1955-01-01,certainty=possible", "1955-01-01", "--format", "json").json
    assert (both["before"]["slice"], both["after"]["slice"]) == ("possible", "certain")
    answer = run("diff", "colour=red", "1955-01-01")
    assert answer.code == 1
    assert "two networks can differ in as-of, source, known-on" in answer.err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("1955", "1965", "--as-of", "1960"), 2, "each network has its own: leave --as-of out"),
        (("type=all", "type=defence", "--type", "all"), 2, "leave --type out"),
        (("certainty=possible", "certainty=certain", "--possible"), 2, "leave --certain/--possible out"),
        (("1955,as-of=1956", "1965"), 1, "has as-of twice"),
        (("1955", "1965", "--seed", "-1"), 2, "-1 is not in the range x>=0"),
    ],
)
def test_what_makes_no_difference_is_refused(
    run: Run, arguments: tuple[str, ...], code: int, told: str
) -> None:
    answer = run("diff", *arguments)
    assert (answer.code, told in answer.err) == (code, True), answer.err


def test_an_option_that_one_side_leaves_open_says_something(run: Run) -> None:
    document = run(
        "diff", "1955-01-01", "certainty=possible", "--as-of", "1965-01-01", "--format", "json"
    ).json
    assert (document["before"]["as_of"], document["after"]["as_of"]) == ("1955-01-01", "1965-01-01")


def test_a_difference_is_drawn(run: Run, tmp_path: Path) -> None:
    assert run("diff", "1955-01-01", "1965-01-01", "--plot", str(tmp_path / "moves.png")).code == 0
    assert (tmp_path / "moves.png").read_bytes().startswith(b"\x89PNG")
