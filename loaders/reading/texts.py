"""Texts to read: from a file, the standard input or a folder; of HTML the main content, of PDF the text layer.

Spans count Unicode code points of `Text.text`, in which newlines stay as they were. What cannot be read is refused with the remedy.
"""

import codecs
import hashlib
import logging
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from comity.graph.errors import InputError
from comity.loaders.reading.english import not_english
from comity.loaders.reading.pages import page

LARGEST = 50_000_000
"""Bytes of a file, at most."""
LARGEST_PAGE = 5_000_000
"""Bytes of an HTML page, at most: finding the main content takes minutes beyond."""
LONGEST = 2_000_000
"""Characters of a text, at most: about a thousand pages."""

STANDARD_INPUT = "-"

_BINARY = "{} holds no text that can be read, but binary data; give plain text, HTML or PDF"


@dataclass(frozen=True, slots=True)
class Text:
    """A text and what is known of it.

    `sha256` is of the text in UTF-8: the one that spans count in. `original_sha256` is of the bytes it came from. Title, date (EDTF) and
    publisher are given only where the file tells them. `own_text` is False where the text had to be taken out of HTML, PDF or another encoding, so
    that it must be kept for its spans to mean anything.
    """

    name: str
    text: str
    sha256: str
    original_sha256: str
    title: str = ""
    date: str = ""
    publisher: str = ""
    own_text: bool = True
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Faulty:
    """A file of a folder that could not be read, and why."""

    name: str
    error: InputError


def read_text(name: str) -> Text:
    """The text of a file, or of the standard input (`-`); `InputError` names the file, the fault and the remedy."""
    if name == STANDARD_INPUT:
        return text_of("standard input", sys.stdin.buffer.read(LARGEST + 1))
    path = Path(name)
    try:
        if path.is_dir():
            raise InputError(f"{name} is a folder; name a file of it, or read the folder as a whole")
        with path.open("rb") as file:
            return text_of(name, file.read(LARGEST + 1))
    except OSError as error:
        raise InputError(
            f"{name} cannot be read ({error.strerror}); check the name and your rights"
        ) from None


def read_all(names: Iterable[str]) -> Iterator[Text | Faulty]:
    """The texts of files and of the files in folders, in the order given, in a folder in that of their names.

    A file that cannot be read is given as `Faulty`, and the rest go on. A folder without files is an `InputError`.
    """
    for name in names:
        for each in _files(name):
            try:
                yield read_text(each)
            except InputError as error:
                yield Faulty(each, error)


def text_of(name: str, content: bytes) -> Text:
    """The text of a file's bytes; `name` is for the messages, and its ending tells HTML from plain text."""
    if len(content) > LARGEST:
        raise InputError(f"{name} has more than {LARGEST:,} bytes; split it into documents")
    if not content.strip():
        raise InputError(f"{name} is empty; give a file with a text")
    found = _of_pdf(name, content) if content.startswith(b"%PDF-") else _of_characters(name, content)
    found = replace(found, sha256=_sha256(found.text.encode()), original_sha256=_sha256(content))
    _check(name, found.text)
    return found


def _files(name: str) -> list[str]:
    path = Path(name)
    if name == STANDARD_INPUT or not path.is_dir():
        return [name]
    files = sorted(
        each
        for each in path.rglob("*")
        if each.is_file() and not any(part.startswith(".") for part in each.relative_to(path).parts)
    )
    if not files:
        raise InputError(f"{name} holds no files; name a folder with texts")
    return [str(each) for each in files]


def _of_characters(name: str, content: bytes) -> Text:
    for sign, what in {
        b"PK\x03\x04": "a compressed file, such as a Word document",
        b"\xd0\xcf\x11\xe0": "an old Word document",
    }.items():
        if content.startswith(sign):
            raise InputError(f"{name} is {what}; save it as plain text, HTML or PDF")
    html = name.lower().endswith((".html", ".htm", ".xhtml")) or re.match(
        rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b",
        content[:5000],
        re.IGNORECASE | re.DOTALL,
    )
    text, encoding, warnings = _decoded(name, content, bool(html))
    if not html:
        return Text(name, text, "", "", own_text=encoding == "utf-8", warnings=warnings)
    if len(content) > LARGEST_PAGE:
        raise InputError(
            f"{name} has more than the {LARGEST_PAGE:,} bytes of a page; save its text and split it"
        )
    found = page(name, text)
    return Text(
        name, found.text, "", "", found.title, found.date, found.publisher, own_text=False, warnings=warnings
    )


def _decoded(name: str, content: bytes, html: bool) -> tuple[str, str, tuple[str, ...]]:
    """The characters, the encoding, and what a person should know of how it was found."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            return _strict(name, content.removeprefix(mark), encoding), encoding, ()
    declared = (
        re.search(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", content[:5000], re.IGNORECASE)
        if html
        else None
    )
    if declared:
        encoding = _known(declared[1].decode("ascii"))
        if encoding:
            try:
                return content.decode(encoding), encoding, ()
            except UnicodeDecodeError:
                pass  # pages lie: what follows finds out
    nulls = content[:4000].count(0)
    if nulls > 0.3 * len(content[:4000]):
        encoding = "utf-16-be" if content[:2000:2].count(0) > content[1:2000:2].count(0) else "utf-16-le"
        return _strict(name, content, encoding), encoding, ()
    try:
        return content.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        pass
    text = content.decode("cp1252", "replace")
    if nulls or _unprintable(text) > 0.01:
        raise InputError(_BINARY.format(name))
    if sum(not sign.isascii() for sign in text[:20_000]) > 0.2 * len(text[:20_000]):
        raise InputError(f"{name} is neither UTF-8 nor Western European; save it again as UTF-8")
    warning = f"{name} is not UTF-8: it was read as Western European (Windows-1252); check the accents"
    return text, "cp1252", (warning,)


def _known(encoding: str) -> str:
    # HTML's rule: who writes iso-8859-1 means Windows-1252.
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return ""
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _strict(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise InputError(
            f"{name} begins like {encoding.upper()} but is not: save it again as UTF-8"
        ) from None


def _of_pdf(name: str, content: bytes) -> Text:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        raise InputError(
            f"{name} is a PDF file, which needs the extra: pip install 'comity[reader]'"
        ) from None
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every small fault in a file
    length = 0
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{name} is locked with a password; save it without one")
        pages = list[str]()
        for each in reader.pages:
            pages.append(each.extract_text().rstrip())
            length += len(pages[-1])
            if length > LONGEST:
                break  # it will be refused; the rest need not be read
        title = str((reader.metadata and reader.metadata.title) or "").strip()
    except InputError:
        raise
    except (PyPdfError, Exception) as error:
        raise InputError(
            f"{name} is a damaged PDF file, or one that cannot be read ({error}); save it again as PDF or as text"
        ) from None
    text = "\n".join(pages)
    if sum(sign.isalpha() for sign in text) < 20:
        raise InputError(
            f"{name} has no text layer: its pages are pictures; let a text recognition (OCR) add one"
        )
    # What a font does not map to a character comes out as half of a pair.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Text(name, text, "", "", title, own_text=False)


def _check(name: str, text: str) -> None:
    """Refuses what is no English prose, or too much of it."""
    if len(text) > LONGEST:
        raise InputError(f"{name} has more than the {LONGEST:,} characters that are read at once; split it")
    sample = text[:200_000]
    if not sample.strip():
        raise InputError(f"{name} holds nothing but blanks; give a file with a text")
    if "\0" in sample or _unprintable(sample) > 0.01:
        raise InputError(_BINARY.format(name))
    reason = not_english(sample)
    if reason:
        raise InputError(f"{name} {reason}; give an English text or translation")


def _unprintable(text: str) -> float:
    sample = text[:20_000]
    return sum(unicodedata.category(sign) == "Cc" and sign not in "\t\n\r\f\v\x85" for sign in sample) / max(
        1, len(sample)
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
