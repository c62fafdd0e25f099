import csv
import io
from pathlib import Path

import pytest

from comity.queries.measures import MEASURES
from comity.queries.texts import hash_of
from tests.cli.conftest import Run

TEXT = "In October 1904 the two fleets met off the coast.\r\nNobody else was there.\n"
DOSSIER = f"""\
dossier: fleets
title: A drill and a pact
sources:
  report: {{title: A report, publisher: The Admiralty, sha256: {hash_of(TEXT)}}}
  paper: {{title: A newspaper}}
facts:
  manoeuvres:
    kind: drill
    types: [sea]
    title: Manoeuvres of 1904
    parties: [FRA, RUS]
    accounts:
      - source: report
        place: {{start: 0, end: 49, sha256: {hash_of(TEXT[:49])}}}
        says: {{held: 1904-10}}
  pact:
    kind: agreement
    types: [defence]
    title: A pact
    parties: [FRA, RUS]
    accounts:
      - {{source: paper, says: {{in_force: 1894/1917}}}}
"""
DRILL = ("--layer", "drill", "--as-of", "1904")


@pytest.fixture
def fleets(run: Run, store_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COMITY_STORE", store_url)
    Path("fleets.yaml").write_text(DOSSIER, encoding="utf-8")
    Path("texts").mkdir()
    Path("texts/any.txt").write_bytes(TEXT.encode())
    loaded = run("load", "dossier", "fleets.yaml")
    assert loaded.code == 0, loaded.err
    return run


def test_why_leads_from_the_number_to_the_words(fleets: Run) -> None:
    answer = fleets("why", "France", *DRILL, "--texts", "texts")
    assert answer.code == 0, answer.err
    lines = answer.out.splitlines()
    assert lines[0] == "France (FRA): degree 1, rank 1"
    assert "  without it: degree none: not in the network" in lines
    assert "  • The Admiralty, “A report”, characters 0–49" in lines
    assert "    “In October 1904 the two fleets met off the coast.”" in lines
    assert any(line.startswith("    known since 20") for line in lines)
    assert "  who says so:" in lines
    assert "    says: parties FRA party, RUS party; held 1904-10; types sea" in [
        line.replace("participant", "party") for line in lines
    ]


def test_without_the_text_why_says_that_it_is_not_at_hand(fleets: Run) -> None:
    answer = fleets("why", "FRA", *DRILL)
    assert "the text is not at hand" in answer.out
    assert "two fleets" not in answer.out
    Path("texts/any.txt").write_bytes(TEXT.replace("two", "ten").encode())
    assert "not at hand" in fleets("why", "FRA", *DRILL, "--texts", "texts").out


def test_why_for_programs(fleets: Run) -> None:
    document = fleets("why", "FRA", *DRILL, "--texts", "texts", "--format", "json").json
    (statement,) = document["evidence"]["fleets:manoeuvres"]["statements"]
    assert statement["words"] == {"found": "exact", "text": TEXT[:49], "note": ""}
    rows = fleets("why", "FRA", *DRILL, "--texts", "texts", "--format", "csv").out.splitlines()
    assert rows[0] == "tie,title,says_so,says,statement,source,cite,place,found,words,known_since"
    assert TEXT[:49] in rows[1]


def test_an_actor_without_a_number_is_no_error(fleets: Run) -> None:
    answer = fleets("why", "GBR", *DRILL)
    assert (answer.code, answer.out.splitlines()[0]) == (
        0,
        "United Kingdom (GBR): degree none: not in the network",
    )


def test_trace_leads_from_the_words_to_the_numbers(fleets: Run) -> None:
    answer = fleets("trace", "fleets:report:10-20", *DRILL)
    assert answer.code == 0, answer.err
    assert "nobody else says so: without it there is no such fact" in answer.out
    # Each measure of the two that met.
    assert f"{2 * len(MEASURES)} numbers would be different without it" in answer.out
    moved = fleets("trace", "fleets:report", *DRILL, "--format", "json").json["moved"]
    assert {(one["measure"], one["actor"]) for one in moved} >= {("degree", "FRA"), ("pagerank", "RUS")}
    assert "no statement of this source stands there" in fleets("trace", "fleets:report:49-60", *DRILL).out
    other_layer = fleets("trace", "fleets:report:10-20", "--as-of", "1904").out
    assert "these do: fleets:manoeuvres (drill). Ask with --layer drill" in other_layer
    fleets("retract", "fleets:report")
    assert "no statement of this source is live" in fleets("trace", "fleets:report", *DRILL).out
    assert "there is no source 'fleets:nothing'" in fleets("trace", "fleets:nothing", *DRILL).err
    assert "is no passage" in fleets("trace", "report", *DRILL).err


def test_the_map_shows_words_of_texts_at_hand(fleets: Run) -> None:
    assert fleets("map", "-o", "with.html", *DRILL, "--texts", "texts").code == 0
    assert fleets("map", "-o", "without.html", *DRILL).code == 0
    assert "two fleets met" in Path("with.html").read_text(encoding="utf-8")
    assert "two fleets met" not in Path("without.html").read_text(encoding="utf-8")


def test_trace_says_what_to_ask_instead(fleets: Run) -> None:
    assert "as a whole only, by `comity trace fleets:paper`" in fleets("trace", "fleets:paper:0-10").out
    early = fleets("trace", "fleets:report", *DRILL, "--known-on", "2001-01-01").out
    assert "nothing of this source was known on 2001-01-01. It was first recorded on 20" in early
    assert "comity log" not in early
    assert "choose from: fleets:paper, fleets:report" in fleets("trace", "fleets:papre").err


def test_trace_as_csv_has_the_facts_though_no_number_moves(fleets: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(fleets("trace", "fleets:report", "--format", "csv", *DRILL).out)))
    assert [(row["about"], row["fact"], row["alone"]) for row in rows[:1]] == [
        ("fact", "fleets:manoeuvres", "true")
    ]
    assert {row["about"] for row in rows[1:]} == {"number"}
    later = fleets("trace", "fleets:report", "--format", "csv", "--layer", "drill", "--as-of", "1950").out
    rows = list(csv.DictReader(io.StringIO(later)))
    assert {row["about"] for row in rows} == {"fact"}


def test_a_map_of_a_day_before_anything_was_known_says_that_it_is_empty(fleets: Run) -> None:
    answer = fleets("map", "-o", "early.html", *DRILL, "--known-on", "2001-01-01")
    assert answer.code == 0
    assert "The map is empty: no fact of drill is known on 2001-01-01" in answer.err
