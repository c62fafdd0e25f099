"""Sizes of actors, their doubt, and the chart of ranks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from comity.graph.dates import When
from comity.graph.errors import UnknownName
from comity.graph.loading import load
from comity.graph.slices import Question
from comity.graph.stores import open_store
from comity.queries.measures import measure_of
from comity.viz.data import page_data
from comity.viz.picture import Sizing, Standing, picture_of
from tests.graph.facts import reading, stated
from tests.viz.browsing import opened_at
from tests.viz.histories import picture

FAME = Sizing("fame", {"JPN": 3.0, "USA": 1.0}, {"JPN": (2.0, 5.0), "USA": (1.0, 1.0)})
RANKS: dict[str, list[int | None]] = {"JPN": [None, 2, 2, 1], "USA": [1, 1, 1, 2], "XXX": [1, 1, 1, 1]}


def test_every_measure_has_values_and_radii_for_every_actor() -> None:
    page = page_data(picture(others=(FAME,)))
    degree, fame = page["measures"]
    ids = [actor["id"] for actor in page["actors"]]
    assert degree["values"][ids.index("USA")] == 7
    assert degree["values"][ids.index("XAA")] is None
    assert "ranges" not in degree
    assert fame["ranges"][ids.index("JPN")] == (2.0, 5.0)
    assert fame["outer"][ids.index("JPN")] > 0
    assert max(fame["radii"]) == fame["radii"][ids.index("JPN")]


def test_ranks_are_kept_as_runs_of_years() -> None:
    page = page_data(picture(standing=Standing("fame", 2013, RANKS)))
    ids = [actor["id"] for actor in page["actors"]]
    assert page["standing"] == {
        "name": "fame", "first": 2013, "ranks": {ids.index("JPN"): [0, 1, 2, 2, 1, 1], ids.index("USA"): [1, 3, 2, 1]},
    }  # fmt: skip


@pytest.mark.browser
def test_another_measure_is_shown_with_its_doubt(page: Page, make_map: Callable[..., Path]) -> None:
    with opened_at(page, make_map(others=(FAME,))) as opened:
        before = opened.evaluate("[actorOf.get('JPN').size, actorOf.get('USA').size]")
        opened.locator("#size").select_option(label="Size: fame")
        after = opened.evaluate("[actorOf.get('JPN').size, actorOf.get('USA').size]")
        assert before[0] < before[1] and after[0] > after[1]
        assert opened.evaluate("actorOf.get('JPN').outer > actorOf.get('JPN').size")
        point = opened.evaluate("comity.positionOf('JPN')")
        opened.mouse.move(point["x"], point["y"])
        assert opened.locator("#tip").inner_text().split("\n") == ["Japan", "Fame: 3, 2 to 5 in doubt"]
        assert "A ring around a disc" in opened.locator("#sizes").inner_text()


@pytest.mark.browser
def test_partners_are_counted_for_the_day_shown(opened: Page) -> None:
    opened.locator("#size").select_option(label="Size: partners on the day shown")
    assert opened.evaluate("actorOf.get('CAN').measure") == 5
    opened.locator("#day").fill("1930-01-01")
    opened.locator("#day").dispatch_event("change")
    assert opened.evaluate("[actorOf.get('CAN').measure, actorOf.get('FRA').measure]") == [0, 1]


@pytest.mark.browser
def test_ranks_of_those_looked_at_stand_in_one_chart(page: Page, make_map: Callable[..., Path]) -> None:
    with opened_at(page, make_map(standing=Standing("fame", 2013, RANKS)), "#look=actor:JPN") as opened:
        chart = opened.locator("#evidence .standing")
        assert chart.get_attribute("aria-label") == "Rank by fame, 2013 to 2016. Japan: best 1, last 1."
        opened.evaluate("location.hash = 'look=actor:USA'")
        expect(opened.locator("#evidence-title")).to_have_text("United States")
        assert opened.locator("#evidence .chart-key span").all_inner_texts() == ["United States", "Japan"]
        opened.get_by_role("button", name="Only this").click()
        assert opened.locator("#evidence .chart-key span").all_inner_texts() == ["United States"]
        opened.evaluate("location.hash = 'look=actor:AUS'")
        expect(opened.locator("#evidence-title")).to_have_text("Australia")
        assert opened.locator("#evidence .standing").count() == 0


@pytest.mark.parametrize("named", [(), ("members", "pacts")])
def test_actors_are_sized_by_the_sources_of_the_slice_though_others_tell_of_more_layers(
    tmp_path: Path, named: tuple[str, ...]
) -> None:
    pact = stated("1", "FRA RUS", ["in_force 1894/1917"], method="table", collection="pacts")
    member = stated("2", "FRA NATO:organization", ["in_force 1890/.."], kind="membership", types=["full"],
                    method="table", collection="members")  # fmt: skip
    with open_store(str(tmp_path / "store")) as store:
        load(store, reading([pact], collection="pacts"))
        load(store, reading([member], collection="members"))
        question = Question(as_of=When.parse("1900"), sources=named)
        made = picture_of(store, question, [measure_of("degree")], "Two data sets")
        assert made.history.sources == ("members", "pacts")
        assert made.sizes == {"FRA": 1, "RUS": 1}
        with pytest.raises(UnknownName, match="no loaded source of agreement 'members'"):
            picture_of(store, Question(sources=("members",)), [measure_of("degree")], "Without pacts")
