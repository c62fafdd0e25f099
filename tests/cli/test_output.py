import csv
import io
import json
from datetime import date
from typing import Any

import pytest

from comity.cli.output import show
from comity.queries.cells import cell, csv_text

ROWS: list[dict[str, Any]] = [
    {"actor": "CIV", "name": "Côte d’Ivoire", "value": 0.123456789, "since": date(1960, 8, 7)},
    {"actor": "USA", "name": 'The "States", united', "value": 2, "since": None},
]


def test_csv_is_rfc_4180() -> None:
    text = csv_text(ROWS, ("actor", "name", "value", "since"))
    assert text.splitlines(keepends=True) == [
        "actor,name,value,since\r\n",
        "CIV,Côte d’Ivoire,0.123456789,1960-08-07\r\n",
        'USA,"The ""States"", united",2,\r\n',
    ]
    assert list(csv.DictReader(io.StringIO(text, newline="")))[1]["name"] == 'The "States", united'


def test_csv_has_its_header_without_rows(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    show("csv", [], ("actor", "value"))
    assert capsysbinary.readouterr().out == b"actor,value\r\n"


def test_json_is_one_document_with_iso_dates(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    show("json", ROWS)
    printed = capsysbinary.readouterr()
    assert json.loads(printed.out) == [
        {"actor": "CIV", "name": "Côte d’Ivoire", "value": 0.123456789, "since": "1960-08-07"},
        {"actor": "USA", "name": 'The "States", united', "value": 2, "since": None},
    ]
    assert "Côte".encode() in printed.out
    assert printed.err == b""


def test_tables_are_plain_text_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    show("table", ROWS, head=["what was asked"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "what was asked"
    assert lines[1].split() == ["actor", "name", "value", "since"]
    assert lines[3].split() == ["CIV", "Côte", "d’Ivoire", "0.1235", "1960-08-07"]
    assert not any("\x1b" in line or line != line.rstrip() for line in lines)


def test_a_table_in_a_pipe_is_as_wide_as_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    show("table", [{"title": "long " * 60}])
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_an_empty_table_says_so_beside_the_data(capsys: pytest.CaptureFixture[str]) -> None:
    show("table", [], ("actor",))
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "(no rows)\n")


def test_signs_that_steer_a_terminal_are_not_printed() -> None:
    assert cell("\x1b[31mred", brief=True) == "\N{REPLACEMENT CHARACTER}[31mred"
    assert cell("\x1b[31mred") == "\x1b[31mred"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "yes"),
        (1.0, "1"),
        (0.00001234, "1.234e-05"),
        (["a", "b"], "a; b"),
        (None, ""),
        ({"a": 1}, '{"a": 1}'),
    ],
)
def test_cells_for_people(value: object, text: str) -> None:
    assert cell(value, brief=True) == text
