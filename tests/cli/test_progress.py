"""The line that tells how far a work has come, on a terminal and elsewhere."""

import io
import sys

import pytest

from comity.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def told(monkeypatch: pytest.MonkeyPatch, total: int) -> str:
    """What stands on a terminal in the course of a work that has come to 500."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    with progress("gdelt", total) as advance:
        advance(100)
        advance(500)
    return terminal.getvalue()


def test_with_a_total_it_tells_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    text = told(monkeypatch, 2000)
    assert "gdelt: 500 of about 2,000 records" in text
    assert "/s" in text
    assert "left" in text


def test_without_a_total_it_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    text = told(monkeypatch, 0)
    assert "gdelt: 500 records" in text
    assert "left" not in text


def test_where_nobody_looks_on_it_tells_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with progress("gdelt", 2000) as advance:
        advance(500)
    assert capsys.readouterr() == ("", "")
