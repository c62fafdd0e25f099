"""comity similarity and comity balance, as they are typed."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from comity.graph.loading import load
from comity.graph.model import Source
from comity.graph.reading import Reading
from comity.graph.stores import open_store
from tests.cli.conftest import Run
from tests.queries.balance.networks import powers


@pytest.fixture
def before_the_war(
    run: Run, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store with the relations of the powers, told of 1872 to 1918."""
    folder = str(tmp_path_factory.mktemp("powers") / "store")
    with open_store(folder) as store:
        told = sorted(powers(), key=lambda statement: statement.fact)
        load(store, Reading("test", (Source("test:a", "A table", coverage="1872/1918"),), told))
    monkeypatch.setenv("COMITY_STORE", folder)


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
        (("balance",), "no loaded source tells of dispute"),
        (("balance", "--from", "1900", "--limit", "3"), "a yearly series has the numbers"),
    ],
)
@pytest.mark.usefixtures("here")
def test_what_cannot_be_answered_is_refused(run: Run, arguments: tuple[str, ...], told: str) -> None:
    answer = run(*arguments)
    assert answer.code != 0
    assert told in answer.err


@pytest.mark.usefixtures("before_the_war")
def test_the_balance_of_a_day_with_blocs_and_evidence(run: Run) -> None:
    answer = run("balance", "--type", "all", "--as-of", "1880-01-01")
    assert answer.code == 0, answer.err
    assert "7 triangles: 1 +++, 0 ++-, 4 +--, 2 ---" in answer.out
    assert "index 1 of 9 ties" in answer.out
    assert "COW-AUH, DEU, RUS  against  FRA, GBR" in answer.out
    assert "test:gbr-fra-1872" in answer.out
    rows = list(
        csv.DictReader(
            StringIO(run("balance", "--type", "all", "--as-of", "1880-01-01", "--format", "csv").out)
        )
    )
    assert [(row["why"], row["left"], row["right"], row["sign"]) for row in rows] == [
        ("contradicting", "FRA", "GBR", "-1")
    ]


@pytest.mark.usefixtures("before_the_war")
def test_the_balance_of_every_year(run: Run) -> None:
    answer = run("balance", "--type", "all", "--from", "1870", "--to", "1914", "--format", "json")
    rows = {row["year"]: row for row in answer.json["rows"]}
    assert rows[1870]["balance_triangles"] is None
    assert rows[1914]["balance_triangles"] == rows[1914]["balance_walks"] == 1
    assert rows[1875]["balance_triangles"] == pytest.approx(5 / 7)
    assert answer.json["positive_ties"]["as_of"] == "1870/1914"
    assert "Of 2 years no source tells of both signs" in answer.err


@pytest.mark.usefixtures("before_the_war")
def test_states_count_by_weight(run: Run) -> None:
    Path("w.csv").write_text("actor,weight\nGBR,1\nFRA,1\nDEU,2\n", encoding="utf-8")
    answer = run("similarity", "GBR", "FRA", "--as-of", "1908", "--weights", "w.csv", "--format", "json")
    # An entente: each is committed to itself by 3 and to the other by 1, of a weight of 4.
    assert answer.json["valued"]["s-absolute"] == pytest.approx(1 - 2 * 4 / 12)
    assert "weights   w.csv; not known" in run("similarity", "--as-of", "1908", "--weights", "w.csv").out
