from pathlib import Path

import pytest

from tests.cli.conftest import Run

DOSSIER = """\
dossier: doubtful
title: Pacts of which too little is known
sources:
  paper: {title: A newspaper}
facts:
  sure:
    kind: agreement
    types: [defence]
    title: A pact beyond doubt
    parties: [FRA, GBR]
    accounts: [{source: paper, says: {in_force: 1950/..}}]
  year:
    kind: agreement
    types: [defence]
    title: A pact of some day in 1960
    parties: [JPN, USA]
    accounts: [{source: paper, says: {in_force: 1960/..}}]
  joined:
    kind: agreement
    types: [defence]
    title: A pact that somebody joined
    parties: [FRA, GBR, {actor: USA, dates: 1960/..}]
    accounts: [{source: paper, says: {in_force: 1955/..}}]
"""
ASKED = ("--as-of", "1960-07-01")


@pytest.fixture
def doubtful(run: Run, store_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COMITY_STORE", store_url)
    Path("doubtful.yaml").write_text(DOSSIER, encoding="utf-8")
    assert run("load", "dossier", "doubtful.yaml").code == 0
    return run


def test_a_ranking_in_doubt_shows_ranges_and_how_they_were_found(doubtful: Run) -> None:
    answer = doubtful("rank", "degree", *ASKED, "--doubt", "--format", "json").json
    assert (answer["choices"], answer["settlements"], answer["seed"], answer["error"]) == (2, 4, None, 0.0)
    rows = {row["actor"]: row for row in answer["rows"]}
    assert (rows["FRA"]["value"], rows["FRA"]["value_least"], rows["FRA"]["value_most"]) == (1, 1, 2)
    assert (rows["USA"]["rank"], rows["USA"]["rank_best"], rows["USA"]["rank_worst"]) == (None, 1, 3)
    table = doubtful("rank", "degree", *ASKED, "--doubt")
    assert "doubt     2 open choices, all 4 settlements tried" in table.out
    assert "1–2" in table.out
    header = doubtful("rank", "degree", *ASKED, "--doubt", "--format", "csv").out.splitlines()[0]
    assert header.startswith("actor,name,rank,value,value_least,value_most,rank_best,rank_worst")


def test_samples_are_declared(doubtful: Run) -> None:
    table = doubtful("rank", "betweenness", *ASKED, "--doubt", "--samples", "3", "--seed", "5")
    assert "values and ranks from 3 sampled settlements (seed 5)" in table.out
    assert "with probability 0.5 at most" in table.out


def test_what_moves_an_actor_is_explained_with_its_sources(doubtful: Run) -> None:
    answer = doubtful("rank", "degree", *ASKED, "--explain", "United States")
    assert "What moves USA most" in answer.out
    assert "whether United States took part on 1960-07-01 (known: 1960/..)" in answer.out
    assert "“A newspaper”" in answer.out
    explained = doubtful("rank", "degree", *ASKED, "--explain", "usa", "--format", "json").json["explained"]
    assert [one["fact"] for one in explained["influences"]] == ["doubtful:joined", "doubtful:year"]
    assert "CHE has no tie in this slice" in doubtful("rank", *ASKED, "--explain", "CHE").err


def test_a_slice_without_doubt_says_so(doubtful: Run) -> None:
    table = doubtful("rank", "--as-of", "1970-01-01", "--doubt")
    assert "nothing is open" in table.out


def test_counts_go_from_least_to_most(doubtful: Run) -> None:
    answer = doubtful("count", *ASKED, "--format", "json").json
    assert answer["rows"] == [
        {
            "convention": "", "actors_least": 2, "actors_most": 4, "pairs_least": 1, "pairs_most": 4,
            "facts_least": 2, "facts_most": 3,
        }
    ]  # fmt: skip
    table = doubtful("count", "--as-of", "1960")
    assert [line.split()[0] for line in table.out.splitlines()[-3:]] == ["any-day", "first-day", "last-day"]
    assert "2–4" in doubtful("count", *ASKED).out


def test_options_that_would_say_nothing_are_refused(doubtful: Run) -> None:
    for arguments in (
        ("count", "--possible"),
        ("count", "--certain"),
        ("rank", "--samples", "5"),
        ("rank", "--seed", "3"),
    ):
        answer = doubtful(*arguments)
        assert answer.code == 2
        assert arguments[1] in answer.err
    chosen = doubtful("count", "--as-of", "1960", "--convention", "last-day", "--format", "json").json
    assert [row["convention"] for row in chosen["rows"]] == ["last-day"]


def test_what_bears_on_a_choice_is_named(doubtful: Run) -> None:
    table = doubtful("rank", "degree", *ASKED, "--explain", "USA").out
    assert "    party USA party 1960/..  “A newspaper”" in table
    assert "    begin 1960/..  “A newspaper”" in table


def test_a_convention_is_written_into_the_answer(doubtful: Run) -> None:
    asked = ("--as-of", "1960", "--convention", "last-day")
    assert doubtful("rank", *asked, "--format", "json").json["convention"] == "last-day"
    assert "convention last-day" in doubtful("rank", *asked).out
    assert "choose from: any-day, first-day, last-day" in doubtful("rank", *asked[:3], "lastday").err
