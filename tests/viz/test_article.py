"""The page of a text and the facts that were read from it: what stands in it, and how it works in a browser."""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from comity.viz.article import Article, Remark, draw_articles
from tests.viz.histories import HOSTILE
from tests.viz.test_access import faults

TEXT = "Ministers met.\n\nPortugal and Norway held talks on 4 March. They <signed> a pact & left.\nPortugal has no pact with Spain."


def statement(words: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    told = {
        "assertion": "asserted",
        "status": "held",
        "date": "2031-03-04",
        "confidence": 0.8,
        "repair": None,
        "doubts": [],
    }
    return {"start": start, "end": start + len(words), **told, **more}


def fact(kind: str, *statements: dict[str, Any], **more: Any) -> dict[str, Any]:
    parties = [{"actor": "PRT", "role": "host"}, {"actor": "NOR", "role": "guest"}]
    told = {
        "kind": kind,
        "types": ["ministerial"],
        "name": "",
        "parties": parties,
        "date": "2031-03-04",
        "confidence": 0.8,
        "status": "held",
    }
    return {**told, "statements": list(statements), **more}


TALKS = fact("talks", statement("Ministers met."), statement("Portugal and Norway held talks on 4 March."))
PACT = fact(
    "agreement",
    statement(
        "They <signed> a pact", confidence=0.3, status="signed", date="", doubts=["Who they are is inferred."],
        repair={"was": "20 31", "rule": "split-digits"},
    ),
    types=["other"], name="A <pact>", confidence=0.3, date="", status="signed",
)  # fmt: skip
OVER = fact("drill", statement("talks on 4 March. They <signed>"))
ARTICLE = Article(
    "A meeting",
    TEXT,
    "papers/a.txt",
    "2031-03",
    facts=(TALKS, PACT, OVER),
    denied=(fact("agreement", statement("Portugal has no pact with Spain.")),),
    repairs=(Remark(66, 73, "“4 March” was mended"),),
    left_out=(Remark(0, 9, "nobody knows <who>"),),
)


def plain(page: str) -> str:
    """The text of the article in the page, without what was put into it."""
    paragraphs = re.findall(r'<div class="row"><p>(.*?)</p>', page, re.DOTALL)
    without_links = [re.sub(r'<a class="ref.*?</a>', "", each) for each in paragraphs]
    return "".join(re.sub(r"<[^>]*>", "", each) for each in without_links)


def test_equal_input_gives_equal_bytes() -> None:
    assert draw_articles([ARTICLE]) == draw_articles([ARTICLE])


def test_the_policy_names_what_stands_in_the_page() -> None:
    page = draw_articles([ARTICLE])
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    parts = re.findall(r"<(script|style)>(.*?)</\1>", page, re.DOTALL)
    assert {name for name, _ in parts} == {"script", "style"}
    for _, text in parts:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert not re.search(r"\sstyle=|\son[a-z]+=", page.partition("<body>")[2].partition("<script>")[0])


def test_the_text_stays_whole_however_passages_overlap() -> None:
    shown = plain(draw_articles([ARTICLE]))
    assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == TEXT.replace("\n\n", "\n")


def test_hostile_texts_stay_texts() -> None:
    named = {**TALKS, "name": HOSTILE, "statements": [{**TALKS["statements"][0], "doubts": [HOSTILE]}]}
    page = draw_articles([replace(ARTICLE, title=HOSTILE, file=HOSTILE, text=HOSTILE * 3, facts=(named,))])
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_every_link_leads_somewhere() -> None:
    page = draw_articles([ARTICLE, ARTICLE])
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_several_articles_share_a_page() -> None:
    page = draw_articles([ARTICLE, ARTICLE])
    assert page.count("<article>") == 2
    assert 'id="fact-6"' in page
    assert "<title>2 articles</title>" in page


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Iterator[Page]:
    """The page in a browser, which asks for nothing and complains of nothing."""
    file = tmp_path / "article.html"
    file.write_text(draw_articles([ARTICLE]), encoding="utf-8")
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("request", lambda request: seen.append(request.url))
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1400, "height": 500})
    page.goto(file.as_uri())
    yield page
    assert [one for one in seen if not one.startswith(file.as_uri())] == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1400])
def test_no_serious_fault_and_nothing_beyond_the_side(
    opened: Page, width: int, scheme: Literal["light", "dark"]
) -> None:
    opened.emulate_media(color_scheme=scheme)
    opened.set_viewport_size({"width": width, "height": 800})
    assert faults(opened) == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_words_lead_to_their_fact_and_back(opened: Page) -> None:
    opened.locator("mark", has_text="a pact").click()
    assert opened.evaluate("location.hash") == "#fact-3"
    opened.locator("#fact-1 .statements a").nth(1).click()
    assert opened.evaluate("location.hash") == "#words-1-2"
    expect(opened.locator("mark.lit").first).to_contain_text("Ministers")
    opened.locator("a.ref", has_text="2").first.click()
    expect(opened.locator("#fact-2")).to_be_focused()


@pytest.mark.browser
def test_the_keyboard_goes_from_fact_to_fact_and_counts_what_is_checked(opened: Page) -> None:
    opened.keyboard.press("n")
    expect(opened.locator("#fact-1")).to_be_focused()
    opened.keyboard.press("n")
    opened.keyboard.press("x")
    expect(opened.locator("#fact-2 input")).to_be_checked()
    expect(opened.locator("#progress")).to_have_text("1 of 3 facts checked")
    opened.keyboard.press("p")
    expect(opened.locator("#fact-1")).to_be_focused()
