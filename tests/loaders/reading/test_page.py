"""The examples of docs/reading.md are what the reader does, those where it goes wrong among them."""

import re
from pathlib import Path

import pytest

from comity.loaders.reading.document import read_document
from comity.loaders.reading.draft import Draft, ReadFact
from comity.loaders.reading.readers import Options, reader_of
from comity.loaders.reading.texts import text_of

pytest.importorskip("spacy", reason="needs comity[reader]")

PAGE = Path(__file__).parents[3] / "docs" / "reading.md"


def examples() -> list[tuple[str, str]]:
    """Each row of the tables between the marks: the words, and what they are read as."""
    blocks = re.findall(r"<!-- examples -->\n(.*?)<!-- end -->", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    rows = [line.strip("|").split("|") for block in blocks for line in block.splitlines()[2:]]
    return [(row[0].strip(), row[1].strip()) for row in rows]


def told(draft: Draft) -> str:
    facts = [f"{_of(fact)} {fact.status} {fact.date}".strip() for fact in draft.facts]
    return "; ".join([*facts, *(f"denied: {_of(fact)}" for fact in draft.denied)]) or "–"


def _of(fact: ReadFact) -> str:
    return f"{fact.kind} {' '.join(party.actor for party in fact.parties)}"


@pytest.mark.parametrize(("words", "read_as"), examples(), ids=[words[:40] for words, _ in examples()])
def test_the_page_tells_what_the_reader_does(words: str, read_as: str) -> None:
    draft = read_document(text_of("words.txt", words.encode()), reader_of("comity", Options()))
    assert told(draft) == read_as


def test_the_page_shows_both_sides() -> None:
    assert len(examples()) >= 12
