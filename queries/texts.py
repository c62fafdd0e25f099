"""The texts that sources were read from, and the words in them: shown only after their hashes have been checked.

comity keeps offsets and hashes of texts that are not its own to publish. Who has the text puts it into a folder; it is found
there by its hash, whatever its name.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from comity.graph.errors import InputError
from comity.graph.model import Source, Statement

LARGEST = 50_000_000
"""Bytes of a file that is looked at, at most: a larger one is no document."""


class Found(StrEnum):
    """How the words of a statement were come by."""

    EXACT = "exact"
    """Read in the very text that the source was read from; the words have the hash that was kept."""
    CARRIED = "carried"
    """The statement carries them itself, as their licence or their author allows."""
    NOT_AT_HAND = "not at hand"
    """Nobody gave a folder, or no file in it is the text."""
    CHANGED = "changed"
    """The text is there, but the words at that place are others."""
    NO_SPAN = "no span"
    """The statement does not say where in a text it stands."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a statement, how they were come by, and a sentence for people where there are none."""

    found: Found
    text: str = ""
    note: str = ""


def read_texts(folder: Path, wanted: Collection[str]) -> dict[str, str]:
    """The texts below the folder whose SHA-256 is wanted, by that hash.

    The hash is of the bytes, newlines untouched; a byte order mark at the beginning may or may not count as part of the text.
    `InputError` where there is no folder.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder; name the folder that holds the texts")
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if len(found) == len(wanted):
            break
        if not path.is_file() or path.stat().st_size > LARGEST:
            continue
        content = path.read_bytes()
        for version in {content, content.removeprefix(b"\xef\xbb\xbf")}:
            digest = hashlib.sha256(version).hexdigest()
            if digest in wanted and digest not in found:
                try:
                    found[digest] = version.decode("utf-8")
                except UnicodeDecodeError:
                    continue  # the hash of a file that is no text, such as a PDF
    return found


def texts_of(folder: Path | None, sources: Mapping[str, Source]) -> dict[str, str]:
    """The texts of these sources that are in the folder, by their hash; none where there is no folder."""
    wanted = {source.sha256 for source in sources.values() if source.sha256}
    return read_texts(folder, wanted) if folder else {}


def words_of(statement: Statement, source: Source | None, texts: Mapping[str, str]) -> Words:
    """The words of a statement, checked against the hashes that were kept.

    Spans are half-open offsets of Unicode code points into the text that was read, newlines untouched.
    """
    place = statement.place
    if statement.words:
        if place.sha256 and hash_of(statement.words) != place.sha256:
            return Words(
                Found.CHANGED, "", "the words kept with the statement are not those whose hash it gives"
            )
        return Words(Found.CARRIED, statement.words)
    if place.start is None or place.end is None:
        told = "the place is named" if place.text else "the source is cited as a whole"
        return Words(Found.NO_SPAN, "", f"{told}: of its words neither span nor hash was kept")
    sha256 = source.sha256 if source else ""
    if not sha256:
        return Words(Found.NOT_AT_HAND, "", "the text's hash was not kept, so no file can be known to be it")
    text = texts.get(sha256)
    if text is None:
        return Words(
            Found.NOT_AT_HAND,
            "",
            f"the text is not at hand: name a folder that holds it (SHA-256 {sha256[:12]}…)",
        )
    words = text[place.start : place.end]
    if len(words) != place.end - place.start:
        return Words(Found.CHANGED, "", f"the text ends at character {len(text)}, before the place does")
    if place.sha256 and hash_of(words) != place.sha256:
        return Words(Found.CHANGED, "", "the words at this place have another hash than those that were read")
    return Words(Found.EXACT, words)


def hash_of(words: str) -> str:
    """The SHA-256 of words in UTF-8."""
    return hashlib.sha256(words.encode()).hexdigest()
