import hashlib
from pathlib import Path

import pytest

from comity.graph.errors import InputError
from comity.graph.model import Place, Source, Statement
from comity.queries.texts import Found, hash_of, read_texts, texts_of, words_of

TEXT = "Erste Zeile.\r\nŌ-mi 近江 ist “weit”.\n😀 Schluß"


def source(text: str = TEXT) -> Source:
    return Source("test:a", "A text", sha256=hash_of(text))


def statement(start: int | None, end: int | None, sha256: str = "", words: str = "") -> Statement:
    return Statement("test:fact", "talks", "test:a", Place("", start, end, sha256), words=words)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "any name").write_bytes(TEXT.encode())
    (tmp_path / "other.txt").write_text("something else")
    return tmp_path


@pytest.mark.parametrize(
    ("start", "end"), [(0, 12), (12, 14), (14, 18), (0, len(TEXT)), (len(TEXT) - 8, len(TEXT))]
)
def test_words_are_the_exact_characters(folder: Path, start: int, end: int) -> None:
    texts = texts_of(folder, {"test:a": source()})
    found = words_of(statement(start, end, hash_of(TEXT[start:end])), source(), texts)
    assert (found.found, found.text) == (Found.EXACT, TEXT[start:end])


def test_without_the_text_it_is_not_at_hand(tmp_path: Path) -> None:
    for texts in ({}, texts_of(tmp_path, {"test:a": source()})):
        found = words_of(statement(0, 5), source(), texts)
        assert (found.found, found.text) == (Found.NOT_AT_HAND, "")
        assert "not at hand" in found.note


def test_a_text_that_was_changed_is_another_text(folder: Path) -> None:
    file = folder / "deep" / "any name"
    file.write_bytes(TEXT.replace("\r\n", "\n").encode())
    assert (
        words_of(statement(0, 5), source(), texts_of(folder, {"test:a": source()})).found is Found.NOT_AT_HAND
    )


def test_words_with_another_hash_are_not_shown(folder: Path) -> None:
    texts = texts_of(folder, {"test:a": source()})
    for place in (statement(0, 5, hash_of("Zweit")), statement(0, 5000)):
        found = words_of(place, source(), texts)
        assert (found.found, found.text) == (Found.CHANGED, "")


def test_words_that_a_statement_carries_are_shown_if_their_hash_is_right() -> None:
    assert words_of(statement(None, None, words="Erste"), source(), {}).found is Found.CARRIED
    assert words_of(statement(0, 5, hash_of("Zweit"), "Erste"), source(), {}).found is Found.CHANGED


def test_what_has_no_place_or_no_hash_says_so() -> None:
    assert words_of(statement(None, None), source(), {}).found is Found.NO_SPAN
    assert words_of(statement(0, 5), Source("test:a", "A text"), {}).found is Found.NOT_AT_HAND


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder"):
        read_texts(tmp_path / "nowhere", set())


def test_a_byte_order_mark_may_be_part_of_the_text_or_not(tmp_path: Path) -> None:
    marked = b"\xef\xbb\xbf" + TEXT.encode()
    (tmp_path / "marked").write_bytes(marked)
    assert read_texts(tmp_path, {hash_of(TEXT)}) == {hash_of(TEXT): TEXT}
    digest = hashlib.sha256(marked).hexdigest()
    assert read_texts(tmp_path, {digest}) == {digest: "\ufeff" + TEXT}
