"""Opening a map in the browser, where nothing but the file may be asked for and nothing may be said on the console."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Dialog, Page, expect

# How long a wait may last on a busy machine; a condition that holds is not waited for.
expect.set_options(timeout=30_000)


def await_picture(page: Page) -> None:
    """Wait for the first picture. The page's policy forbids the evaluation that a waiting of the browser itself would come to."""
    for _ in range(1500):
        if page.evaluate("window.comity.firstPicture !== null"):
            return
        page.wait_for_timeout(20)
    raise AssertionError("the map draws nothing")


@contextmanager
def opened_at(
    page: Page, file: Path, address: str = "", *, motion: Literal["reduce", "no-preference"] = "reduce"
) -> Iterator[Page]:
    """The map, opened; a message on the console, an error, an alert or a request for anything but the file fails the test."""
    seen: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("console", lambda message: seen.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: seen.append(f"error: {error}"))
    page.on("dialog", dismissed)
    page.on("request", lambda request: seen.append(f"request: {request.url}"))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', (event) => console.log('policy', event.violatedDirective))"
    )
    page.emulate_media(reduced_motion=motion)
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(file.as_uri() + address)
    await_picture(page)
    yield page
    own = f"request: {file.as_uri()}"
    unexpected = [
        entry for entry in seen if entry.partition("#")[0] != own and not entry.startswith("request: blob:")
    ]
    assert not unexpected, unexpected


def click_tie(page: Page, left: str, right: str, kind: str) -> None:
    """Click the middle of a tie."""
    point = page.evaluate("(tie) => comity.middleOf(...tie)", [left, right, kind])
    page.mouse.click(point["x"], point["y"])
    expect(page.locator("#evidence")).to_be_visible()


def click_actor(page: Page, name: str) -> None:
    """Click an actor."""
    point = page.evaluate("(name) => comity.positionOf(name)", name)
    page.mouse.click(point["x"], point["y"])
    expect(page.locator("#evidence")).to_be_visible()


def drawn(page: Page) -> set[tuple[str, str, str]]:
    """Every line that is drawn, as its layer, its state and its ends."""
    lines = page.evaluate("comity.drawn()")
    return {(line["kind"], line["state"], "–".join(sorted(line["ends"]))) for line in lines}
