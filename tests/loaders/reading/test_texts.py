"""Texts from files, standard input, pages, PDF files and folders; and what is refused, with the remedy."""

import hashlib
import io
import os
import sys
import tracemalloc
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from comity.graph.errors import InputError
from comity.loaders.reading.texts import LARGEST_PAGE, LONGEST, Faulty, Text, read_all, read_text, text_of

PROSE = "On 24 October 2016, the air forces of the two countries began a drill that had been planned for a year.\r\nIt was the first of its kind.\n"
CHINESE = "日本和法国于二零一七年一月举行了会谈。双方同意加强合作。"
ARABIC = "التقى وزيرا خارجية اليابان وفرنسا في باريس واتفقا على تعزيز التعاون بين البلدين."
HEBREW = "שרי החוץ של יפן וצרפת נפגשו בפריז והסכימו לחזק את שיתוף הפעולה בין שתי המדינות."
RUSSIAN = "Министры иностранных дел Японии и Франции встретились в Париже и договорились о сотрудничестве."
FRENCH = (
    "Les ministres des affaires étrangères du Japon et de la France se sont réunis à Paris et ont décidé de renforcer leur coopération. "
    "Les deux parties ont signé un accord sur la fourniture de biens et de services, qui avait été négocié pendant une année entière. "
    "Elles se sont félicitées des exercices communs de leurs marines, et sont convenues de se retrouver bientôt à Tokyo pour en parler encore."
)

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="{charset}">
<title>A drill — The Daily Example</title>
{head}
</head><body>
<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>
<article><h1>A drill</h1>
<p>On 24 October 2016, the air forces of the two countries began a drill that had been planned for a year — the café’s regulars noticed.</p>
<p>It was the first of its kind, and both ministers said that it would not be the last. They will meet again in Rome before the summer.</p>
</article>
<aside><time datetime="2001-01-01">an old story</time></aside>
<footer>Copyright of the example. All rights reserved. Privacy policy.</footer>
</body></html>"""


def _page(head: str = "", charset: str = "utf-8") -> bytes:
    return PAGE.format(head=head, charset=charset).encode(charset)


def _pdf(pages: list[list[str]], title: str = "") -> bytes:
    """A small PDF file by hand, with a text layer of these lines."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj T*\n" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td\n{shown}ET".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    objects.append(b"<< /Title (%s) >>" % title.encode())
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(objects),
        start,
    )
    return bytes(out)


LINES = ["On 24 October 2016, the air forces of the two", "countries began a drill in the north of Japan."]


def test_plain_text_keeps_every_character(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_bytes(PROSE.encode())
    found = read_text(str(file))
    digest = hashlib.sha256(PROSE.encode()).hexdigest()
    assert found == Text(str(file), PROSE, digest, digest)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    found = text_of("story.txt", b"\xef\xbb\xbf" + PROSE.encode())
    assert found.text == PROSE
    assert found.sha256 == hashlib.sha256(PROSE.encode()).hexdigest() != found.original_sha256
    assert found.own_text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_unicode_is_read(encoding: str) -> None:
    found = text_of("story.txt", PROSE.encode(encoding))
    assert (found.text, found.own_text, found.warnings) == (PROSE, False, ())
    assert found.sha256 == hashlib.sha256(PROSE.encode()).hexdigest()


def test_western_european_text_is_read_with_a_warning() -> None:
    text = PROSE + "The café’s regulars noticed.\n"
    found = text_of("story.txt", text.encode("cp1252"))
    assert found.text == text
    assert not found.own_text
    assert "Windows-1252" in found.warnings[0] and "check the accents" in found.warnings[0]


def test_the_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PROSE.encode())))
    assert read_text("-").text == PROSE


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_page_gives_its_main_content(charset: str) -> None:
    found = text_of("page", _page(charset=charset))
    assert "planned for a year — the café’s regulars noticed." in found.text
    assert "They will meet again in Rome" in found.text
    for beside in ("Home", "Privacy", "old story", "<"):
        assert beside not in found.text
    assert found.title == "A drill — The Daily Example"
    assert (found.date, found.publisher, found.own_text) == ("", "", False)
    assert text_of("page", _page(charset=charset)) == found


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2016-10-25T09:00:00+09:00">', "2016-10-25"),
        ('<meta name="DC.date.issued" content="2016-10">', "2016-10"),
        ('<meta name="citation_publication_date" content="2016/10/25">', "2016-10-25"),
        ('<meta itemprop="datePublished" content="2016-10-25">', "2016-10-25"),
        ('<time itemprop="datePublished" datetime="2016-10-25">25 October</time>', "2016-10-25"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": "NewsArticle", "datePublished": "2016-10-25T01:00Z"}]}</script>', "2016-10-25"),
        ('<script type="application/ld+json">not json</script>', ""),
        ('<meta property="article:modified_time" content="2016-10-25">', ""),
        ('<meta name="date" content="25 October 2016">', ""),
        ('<meta name="date" content="2016-13-45">', ""),
    ],
)  # fmt: skip
def test_a_page_s_date_is_what_it_tells_and_never_a_guess(head: str, date: str) -> None:
    assert text_of("page.html", _page(head)).date == date


def test_a_page_tells_its_title_and_publisher() -> None:
    head = '<meta property="og:title" content="Two air forces"><meta property="og:site_name" content="The Daily Example">'
    found = text_of("page.html", _page(head))
    assert (found.title, found.publisher) == ("Two air forces", "The Daily Example")
    linked = '<script type="application/ld+json">{"@type": "Article", "headline": "Two forces", "publisher": {"name": "Example"}}</script>'
    found = text_of("page.html", _page(linked))
    assert (found.title, found.publisher) == ("Two forces", "Example")


def test_a_pdf_file_gives_its_text_layer() -> None:
    found = text_of("story.pdf", _pdf([LINES, ["They ended it on 6 November."]], "A drill"))
    assert found.text == "\n".join([*LINES, "They ended it on 6 November."])
    assert (found.title, found.date, found.own_text) == ("A drill", "", False)


def test_a_pdf_file_without_text_is_refused() -> None:
    with pytest.raises(InputError, match=r"scan\.pdf has no text layer.*OCR"):
        text_of("scan.pdf", _pdf([[]]))


def test_a_locked_pdf_file_is_refused() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_pdf([LINES]))))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    with pytest.raises(InputError, match=r"story\.pdf is locked with a password; save it without one"):
        text_of("story.pdf", locked.getvalue())


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "a.txt is empty"),
        ("a.txt", b" \r\n\t ", "a.txt is empty"),
        ("a.txt", "\u2003\u2003".encode(), "nothing but blanks"),
        ("a.bin", bytes(range(256)) * 50, "binary data"),
        ("a.bin", b"\x00\x01\x02\x03" * 500, "binary data"),
        ("a.txt", PROSE.encode() + b"\x00\x01" * 100, "binary data"),
        ("a.txt", b"\xff\xfe\x00", "begins like UTF-16"),
        ("a.docx", b"PK\x03\x04" + b"x" * 100, "Word document; save it as plain text"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"x" * 100, "old Word document"),
        ("a.pdf", b"%PDF-1.4\nnothing", "damaged PDF"),
        ("a.pdf", _pdf([LINES])[:300], "PDF"),
        ("a.html", b"<html><body><script>x</script></body></html>", "no main content"),
        ("a.html", b"<!-- nothing -->", "a.html"),
        ("a.txt", b"12 34 56 78\n" * 20, "no words"),
        ("a.txt", CHINESE.encode(), "not in English: most of it is in Chinese script"),
        ("a.txt", CHINESE.encode("utf-16"), "Chinese script"),
        ("a.txt", (CHINESE * 20).encode("gb18030"), "neither UTF-8 nor Western European"),
        ("a.txt", ARABIC.encode(), "Arabic script"),
        ("a.txt", HEBREW.encode(), "Hebrew script"),
        ("a.txt", RUSSIAN.encode(), "Cyrillic script"),
        ("a.txt", FRENCH.encode(), "does not seem to be in English"),
        ("a.html", _page() * 10_000, f"more than the {LARGEST_PAGE:,} bytes of a page"),
        (
            "a.txt",
            PROSE.encode() * 100_000,
            f"more than the {LONGEST:,} characters that are read at once; split it",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_remedy(name: str, content: bytes, message: str) -> None:
    with pytest.raises(InputError) as refused:
        text_of(name, content)
    assert message in str(refused.value)
    assert str(refused.value).startswith(name)


def test_names_that_are_no_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_text(str(tmp_path / "nothing.txt"))
    with pytest.raises(InputError, match="is a folder"):
        read_text(str(tmp_path))
    with pytest.raises(InputError, match="holds no files"):
        list(read_all([str(tmp_path)]))


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="the rights of files do not bind this user"
)
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text(PROSE)
    file.chmod(0)
    with pytest.raises(InputError, match="check the name and your rights"):
        read_text(str(file))


def test_a_folder_is_read_in_order_and_a_faulty_file_does_not_stop_it(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text(PROSE)
    (tmp_path / "b" / "one.html").write_bytes(_page())
    (tmp_path / "b" / "two.pdf").write_bytes(_pdf([LINES]))
    (tmp_path / "c.txt").write_text("")
    (tmp_path / ".hidden").write_text("not looked at")
    (tmp_path / "d.txt").write_text(PROSE)
    found = list(read_all([str(tmp_path), str(tmp_path / "a.txt")]))
    names = [Path(each.name).relative_to(tmp_path).as_posix() for each in found]
    assert names == ["a.txt", "b/one.html", "b/two.pdf", "c.txt", "d.txt", "a.txt"]
    faulty = [each for each in found if isinstance(each, Faulty)]
    assert [str(each.error) for each in faulty] == [f"{tmp_path / 'c.txt'} is empty; give a file with a text"]


def test_ten_megabytes_are_refused_without_much_memory(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    file.write_text(PROSE * 100_000)
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="split it"):
            read_text(str(file))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * file.stat().st_size
