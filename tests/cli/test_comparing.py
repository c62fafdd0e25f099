"""comity similarity, as it is typed."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.usefixtures("here")
def test_two_states_by_every_measure(run: Run) -> None:
    answer = run("similarity", "Japan", "France", "--as-of", "2016")
    assert answer.code == 0, answer.err
    assert "Japan (JPN) and France (FRA)" in answer.out
    assert "types defence, offence, neutrality, nonaggression, consultation, entente" in answer.out
    document = run("similarity", "Japan", "France", "--as-of", "2016", "--format", "json").json
    # Japan: itself and the United States. France: itself, Germany, the United Kingdom and the United States. One in common.
    assert document["valued"]["s-absolute"] == pytest.approx(1 - 2 * 4 / document["states"])
    assert (document["own_cell"], document["sources"]) == ("the strongest commitment", ["small"])


@pytest.mark.usefixtures("here")
def test_dyads_from_either_end(run: Run) -> None:
    answer = run("similarity", "--limit", "2", "--as-of", "2016", "--measure", "pi")
    assert [line.split()[:2] for line in answer.out.splitlines() if line.strip().startswith("1 ")] == [
        ["1", "DEU"], ["1", "DEU"],
    ]  # fmt: skip
    assert "The least alike" in answer.out
    assert "between (--limit 0 shows all)" in answer.err
    rows = list(csv.DictReader(StringIO(run("similarity", "JPN", "--as-of", "2016", "--format", "csv").out)))
    assert {row["left"] for row in rows} == {"JPN"}
    assert len(rows) > 190


@pytest.mark.usefixtures("before_the_war")
def test_every_year_of_two_states(run: Run) -> None:
    answer = run("similarity", "GBR", "FRA", "--from", "1871", "--to", "1908", "--format", "csv")
    rows = {row["year"]: row for row in csv.DictReader(StringIO(answer.out))}
    assert rows["1871"]["kappa"] == rows["1871"]["states"] == ""
    assert float(rows["1872"]["s_absolute"]) < float(rows["1908"]["s_absolute"])
    assert "Of 1 years nothing is told" in answer.err
    related = run("relate", "GBR", "FRA").out
    assert "similarity      test, alliance commitments from 1872 to 1918: kappa" in related


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("similarity", "USA", "--from", "1900"), "a yearly history is of two states"),
        (("similarity", "USA", "JPN", "--measure", "pi"), "two states are told by every measure"),
        (("similarity", "USA", "JPN", "--from", "1960", "--as-of", "1960"), "all years from --from to --to"),
        (("similarity", "--measure", "affinity"), "there is no measure of similarity"),
        (("similarity", "--type", "trade"), "trade is no commitment on the scale"),
    ],
)
@pytest.mark.usefixtures("here")
def test_what_cannot_be_answered_is_refused(run: Run, arguments: tuple[str, ...], told: str) -> None:
    answer = run(*arguments)
    assert answer.code != 0
    assert told in answer.err


@pytest.mark.usefixtures("before_the_war")
def test_states_count_by_weight(run: Run) -> None:
    Path("w.csv").write_text("actor,weight\nGBR,1\nFRA,1\nDEU,2\n", encoding="utf-8")
    answer = run("similarity", "GBR", "FRA", "--as-of", "1908", "--weights", "w.csv", "--format", "json")
    # An entente: each is committed to itself by 3 and to the other by 1, of a weight of 4.
    assert answer.json["valued"]["s-absolute"] == pytest.approx(1 - 2 * 4 / 12)
    assert "weights   w.csv; not known" in run("similarity", "--as-of", "1908", "--weights", "w.csv").out
