import json
from typing import Any

import pytest

from comity.graph.dates import When
from comity.viz.data import page_data, short_title
from tests.viz.histories import DAY, SIZES, SOURCES, history


def data(**changes: Any) -> dict[str, Any]:
    arguments: dict[str, Any] = {
        "as_of": DAY, "sizes": SIZES, "size_name": "degree", "certainty": "certain", "title": "Test",
        "source_details": SOURCES, **changes,
    }  # fmt: skip
    return page_data(history(), **arguments)


def fact(page: dict[str, Any], key: str) -> dict[str, Any]:
    return next(entry for entry in page["facts"] if entry["id"] == f"t:{key}")


def test_it_is_json_and_the_same_for_the_same_history() -> None:
    assert json.dumps(data(), allow_nan=False) == json.dumps(data())


def test_every_tie_and_phase_is_there() -> None:
    page = data()
    phases = sum(len(page["sets"][row[1]]) * len(row[4]) // 2 for row in page["ties"])
    assert phases == len(history().ties)


def test_phases_carry_the_four_bounds() -> None:
    page = data()
    number = page["facts"].index(fact(page, "doubtful-treaty"))
    [row] = [row for row in page["ties"] if row[0] == number]
    [phase] = [page["phases"][at] for at in page["sets"][row[1]]]
    when = When.parse("1990/")
    bounds = [day.toordinal() for day in (*when.begin, *when.end)]
    assert list(phase) == ["in_force", True, *bounds]


def test_conflicts_stand_with_every_account() -> None:
    page = data()
    [[name, accounts]] = fact(page, "guardian-north-16")["conflicts"]
    assert name == "beginning"
    named = {(value, page["sources"][source]["title"]) for value, source in accounts}
    assert named == {
        ("2016-10-24/2016-11-06", "A newspaper of the day"),
        ("2016-10-22/2016-11-06", "The treaty's text"),
    }


def test_a_statement_keeps_place_words_repairs_and_confidence() -> None:
    statements = fact(data(), "guardian-north-16")["statements"]
    paper = next(statement for statement in statements if "words" in statement)
    assert paper["place"] == "characters 10–36"
    assert paper["words"] == "The drill began on Monday."
    assert paper["repairs"] == [["held", "201610 October 24th", "joined-digits"]]
    assert paper["confidence"] == 0.9


def test_a_source_without_details_goes_by_its_id() -> None:
    page = data(source_details={})
    assert {source["title"] for source in page["sources"]} == {"t:treaty", "t:paper", "t:bad"}


def test_types_stand_on_the_tie_only_where_they_differ_from_the_facts() -> None:
    assert {row[3] for row in data()["ties"]} == {0}


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Rio Treaty", "Rio Treaty"),
        ("Inter-American Treaty of Reciprocal Assistance (Rio Treaty)", "Rio Treaty"),
        ("UKUSA Agreement (Five Eyes)", "UKUSA Agreement"),
        ("Treaty of Amity and Cooperation in Southeast Asia", "Treaty of Amity and Cooperation…"),
        ("x" * 50, "x" * 34 + "…"),
        ("", ""),
    ],
)
def test_titles_are_cut_to_fit_on_a_map(title: str, label: str) -> None:
    assert short_title(title) == label
