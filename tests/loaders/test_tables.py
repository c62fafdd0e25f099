"""Tables as they are published, and as they should not be."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from comity.graph.errors import TableError
from comity.graph.model import Rejected
from comity.loaders.tables import Form, Row, Table

FORM = Form(("id", "name"))
PLAIN = 'id,name\n1,Åland\n2,"with, comma"\n'


def written(folder: Path, content: bytes | str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(content: bytes, *names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.removesuffix("\n").encode(),
        gzip.compress(PLAIN.encode()),
        zipped(PLAIN.encode(), "inside.csv"),
    ],
    ids=["plain", "byte order mark", "CRLF", "CR", "no last line end", "gzip", "zip"],
)
def test_a_table_is_read_however_it_is_packed(tmp_path: Path, content: bytes) -> None:
    table = Table(written(tmp_path, content), FORM)
    rows = [row for row in table.rows() if isinstance(row, Row)]
    assert [(row.number, row["id"], row["name"]) for row in rows] == [
        (2, "1", "Åland"),
        (3, "2", "with, comma"),
    ]
    assert len(table.sha256) == 64


def test_columns_are_found_by_name_in_any_order(tmp_path: Path) -> None:
    table = Table(written(tmp_path, "more,name,id\nx,Åland,1\n"), FORM)
    [row] = table.rows()
    assert isinstance(row, Row)
    assert (row["id"], row["name"], row.get("more"), row.get("none")) == ("1", "Åland", "x", "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("id;name\n1;x\n", "has no column id, name: its header says id;name"),
        ("1,x\n2,y\n", "has no column id, name"),
        (PLAIN.encode("utf-16"), "is no text (it has a zero byte"),
        (PLAIN.encode("latin-1"), "is not in the encoding UTF-8 (row 2"),
        (b"id,name\n" + b"1,x\n" * 70_000 + b"2,\xff\n", "row 70002"),
        (b"id,name\n1,\0\n", "zero byte"),
        (gzip.compress(PLAIN.encode() * 100)[:-20], "damaged or cut off"),
        (zipped(b"", "a.csv", "b.csv"), "holds 2 files"),
        ("id,name\n1," + "x" * 1_100_000 + "\n", "a line of more than 1,048,576 characters near row 2"),
        ('id,name\n1,"never closed\n2,x\n3,y\n', "a quotation mark in row 2 is never closed"),
    ],
    ids=[
        "empty", "other separator", "no header", "UTF-16", "Latin-1", "late bad byte", "zero byte", "cut gzip", "two files",
        "one line", "open quotation mark",
    ],
)  # fmt: skip
def test_what_is_no_such_table_ends_in_one_clear_error(
    tmp_path: Path, content: bytes | str, said: str
) -> None:
    path = written(tmp_path, content)
    with pytest.raises(TableError) as caught:
        Table(path, FORM)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = written(tmp_path, gzip.compress(b"id,name\n" + b"1,x\n" * 40_000_000, compresslevel=9), "bomb.gz")
    with pytest.raises(TableError, match="unpacks to more than 200 times its size"):
        Table(bomb, FORM)


def test_a_row_that_does_not_fit_is_rejected_and_the_rest_goes_on(tmp_path: Path) -> None:
    table = Table(written(tmp_path, 'id,name\n1,x\n2\n3,x,y\n\n4,"x"z\n5,y\n'), FORM)
    rows = list(table.rows())
    assert [row["id"] for row in rows if isinstance(row, Row)] == ["1", "5"]
    assert [(row.place, row.reason[:21]) for row in rows if isinstance(row, Rejected)] == [
        ("row 3", "it has 1 cells, and t"),
        ("row 4", "it has 3 cells, and t"),
        ("row 6", "its quotation marks a"),
    ]


def test_a_table_without_header_is_known_by_its_width(tmp_path: Path) -> None:
    form = Form(("id", "name"), "\t", header=False, quoted=False)
    [row] = Table(written(tmp_path, '1\t"x\n'), form).rows()
    assert isinstance(row, Row)
    assert (row.number, row["name"]) == (1, '"x')
    with pytest.raises(TableError, match="has 3 columns where 2 are published"):
        Table(written(tmp_path, "1\tx\ty\n"), form)


def test_a_separator_at_the_end_of_the_header_alone_makes_no_column(tmp_path: Path) -> None:
    rows = list(Table(written(tmp_path, "id,name,\n1,x\n2,y,\n3\n"), FORM).rows())
    assert [(row["id"], row["name"]) for row in rows if isinstance(row, Row)] == [("1", "x"), ("2", "y")]
    assert [row.reason for row in rows if isinstance(row, Rejected)] == [
        "it has 1 cells, and the table has 3 columns"
    ]


def test_a_long_cell_is_a_cell(tmp_path: Path) -> None:
    form = Form(("id", "name"), "\t", header=False, quoted=False)
    rows = list(Table(written(tmp_path, "1\t" + "x" * 300_000 + "\n2\ty\n"), form).rows())
    assert [row["id"] for row in rows if isinstance(row, Row)] == ["1", "2"]


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped(PLAIN.encode(), "inside.csv"))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # mark its one file as encrypted
        content[content.index(signature) + flags] |= 1
    with pytest.raises(TableError, match="is damaged or cut off"):
        Table(written(tmp_path, bytes(content), "secret.zip"), FORM)


def test_what_a_rejected_row_says_is_kept(tmp_path: Path) -> None:
    table = Table(written(tmp_path, 'id,name\n4,"x"z\n' + "5," + "y" * 3_000 + ",z\n"), FORM)
    disorder, long = [row for row in table.rows() if isinstance(row, Rejected)]
    assert disorder.record == '4,"x"z'
    assert long.record.endswith("yyy […]")


@pytest.mark.parametrize(
    ("content", "header", "length"),
    [
        ("a,b\n1,2\n3,4\n", True, 2),
        ("a,b\r\n1,2\r\n3,4", True, 2),
        ("1,2\n3,4\n", False, 2),
        ("a,b\n", True, 0),
    ],
)
def test_its_length_is_known_before_it_is_read(
    tmp_path: Path, content: str, header: bool, length: int
) -> None:
    table = Table(written(tmp_path, content.encode()), Form(("a", "b"), header=header))
    assert table.length == length
    assert len(list(table.rows())) == length
