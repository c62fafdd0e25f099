"""comity balance, as it is typed."""

import csv
from io import StringIO

import pytest

from comity.graph.loading import load
from comity.graph.stores import open_store
from tests.cli.conftest import Run
from tests.graph.facts import reading, stated


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


@pytest.mark.usefixtures("here")
def test_without_a_source_of_foes_it_is_refused(run: Run) -> None:
    assert "no loaded source tells of dispute" in run("balance").err
    assert "a yearly series has the numbers" in run("balance", "--from", "1900", "--limit", "3").err


@pytest.mark.usefixtures("before_the_war")
def test_where_sources_of_foes_have_to_be_chosen_the_option_is_named(run: Run, powers_folder: str) -> None:
    quarrel = stated(
        "quarrel",
        "FRA GBR",
        ["held 1898"],
        kind="dispute",
        types=["verbal"],
        method="table",
        collection="other",
    )
    with open_store(powers_folder) as store:
        load(store, reading([quarrel], collection="other"))
    assert "choose with --negative-source" in run("balance", "--source", "test", "--as-of", "1900").err
