"""The page for everyone: axe-core finds no serious fault, and the keyboard reaches everything."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from comity.viz.picture import Sizing, Standing
from tests.viz.browsing import opened_at

pytestmark = pytest.mark.browser

STATES = {
    "as it opens": "",
    "with an actor": "#look=actor:JPN",
    "with a disputed fact": "#look=fact:t:guardian-north-16",
    "with a span in the network": "#day=2016-01-01/2016-12-31&view=network",
}


@pytest.fixture
def full_map(make_map: Callable[..., Path]) -> Path:
    """A map with all that there can be."""
    return make_map(
        others=(Sizing("fame", {"JPN": 3.0, "USA": 1.0}, {"JPN": (2.0, 5.0)}),),
        standing=Standing("fame", 2013, {"JPN": [None, 2, 2, 1]}),
    )


def faults(page: Page) -> list[str]:
    """The rules that are broken seriously or worse, with where."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("address", STATES.values(), ids=STATES)
def test_no_serious_fault(
    page: Page, full_map: Path, address: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    with opened_at(page, full_map, address) as opened:
        opened.set_viewport_size({"width": width, "height": 800})
        opened.locator("#legend").evaluate("(legend) => { legend.open = true; }")
        opened.locator("#table summary").click()
        opened.locator("#source option").nth(1).wait_for(state="attached")
        assert faults(opened) == []


def test_the_dialog_has_no_serious_fault(opened: Page) -> None:
    opened.get_by_role("button", name="Cite this view").click()
    expect(opened.locator("#cite-box")).to_be_visible()
    assert faults(opened) == []


def test_the_tab_key_reaches_every_control_and_shows_where_it_is(opened: Page) -> None:
    controls = set(
        opened.evaluate(
            """[...document.querySelectorAll("button, input, select, summary, [tabindex='0']")]
               .filter((one) => one.checkVisibility() && !one.disabled).map((one) => one.id || one.textContent)"""
        )
    )
    outlined: dict[str, bool] = {}
    for _ in range(len(controls) + 8):
        opened.keyboard.press("Tab")
        name, shown = opened.evaluate(
            """(() => { const one = document.activeElement;
               return [one.id || one.textContent, getComputedStyle(one).outlineStyle !== "none"]; })()"""
        )
        # A field for a date has several stops, the last of which is a button within it.
        outlined[name] = shown or outlined.get(name, False)
    assert controls - set(outlined) == set()
    assert all(outlined[name] for name in controls)


def test_nothing_moves_where_motion_is_not_wanted(opened: Page) -> None:
    opened.locator("#map").focus()
    assert opened.evaluate("showView('network'), view.share") == 1
