"""Whole articles: what must be found in them, what must not, and that every place and repair is what it is said to be."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from comity.loaders.reading.candidate import Reader
from comity.loaders.reading.document import About, read_document
from comity.loaders.reading.draft import Draft
from comity.loaders.reading.readers import Options, reader_of
from comity.loaders.reading.texts import read_text
from tests.loaders.reading.gold import ATLANTIC, FOLDER, MISSION, MISSION_MAY, Gold


@pytest.fixture(scope="session")
def own() -> Reader:
    """comity's own reader, made once."""
    pytest.importorskip("spacy")
    return reader_of("comity", Options())


@pytest.fixture(scope="session")
def mission(own: Reader, data_folder: Path) -> Draft:
    """The article of January 2017, read without being told its date."""
    return read_document(read_text(str(data_folder / "mission" / "article.txt")), own, About())


@pytest.fixture(scope="session")
def atlantic(own: Reader) -> Draft:
    """The invented article."""
    return read_document(read_text(str(FOLDER / "atlantic.txt")), own, About())


def missed(draft: Draft, golds: Sequence[Gold]) -> list[Gold]:
    return [gold for gold in golds if not any(gold.found_in(fact) for fact in draft.facts)]


def pairs(draft: Draft) -> set[tuple[str, str]]:
    return {(fact.kind, " ".join(sorted(party.actor for party in fact.parties))) for fact in draft.facts}


def sha256(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def test_the_gold_stands_where_it_says(mission: Draft) -> None:
    assert [gold for gold in MISSION if sha256(mission.text[gold.start : gold.end]) != gold.sha256] == []


def test_the_article_of_2017_gives_eleven_of_its_twelve_relations(mission: Draft) -> None:
    assert len(missed(mission, MISSION)) <= 1, missed(mission, MISSION)


def test_the_article_of_2017_gives_nothing_between_those_it_only_speaks_of(mission: Draft) -> None:
    assert not [
        fact for fact in mission.facts if {"CHN", "PRK", "KOR"} & {party.actor for party in fact.parties}
    ]
    told = {(gold.kind, gold.parties) for gold in MISSION}
    assert pairs(mission) - told - MISSION_MAY == set()


def test_the_invented_article_gives_eight_of_its_nine_relations(atlantic: Draft) -> None:
    assert len(missed(atlantic, ATLANTIC)) <= 1, missed(atlantic, ATLANTIC)


def test_the_invented_article_gives_nothing_that_it_denies(atlantic: Draft) -> None:
    told = {(gold.kind, gold.parties) for gold in ATLANTIC}
    assert pairs(atlantic) - told == set()
    assert {("agreement", "PRT RUS")} <= {
        (fact.kind, " ".join(sorted(party.actor for party in fact.parties))) for fact in atlantic.denied
    }


@pytest.mark.parametrize("name", ["mission", "atlantic"])
def test_every_place_is_exact_and_every_repair_is_listed(request: pytest.FixtureRequest, name: str) -> None:
    draft: Draft = request.getfixturevalue(name)
    for fact in (*draft.facts, *draft.denied):
        for mention in fact.mentions:
            words = draft.text[mention.start : mention.end]
            assert sha256(words) == mention.sha256
            assert words == words.strip()
    assert draft.corrections
    for correction in draft.corrections:
        assert draft.text[correction.start : correction.end] == correction.was
        assert correction.rule
    for garbled in ("65438", "KLOC", "20 1"):
        places = [place for place in range(len(draft.text)) if draft.text.startswith(garbled, place)]
        listed = [(one.start, one.end) for one in draft.corrections]
        assert [place for place in places if not any(start <= place < end for start, end in listed)] == []
