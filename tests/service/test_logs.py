"""The log of the service: one line an event, whatever is in it."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from comity.service.logs import start_log
from comity.service.settings import ServiceSettings


@pytest.fixture(autouse=True)
def given_back() -> Iterator[None]:
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    structlog.reset_defaults()
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


def test_a_line_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    start_log(ServiceSettings())
    log = structlog.get_logger()
    log.info("request", path="/api/x?as_of=%0A", status=200, ms=0.1)
    log.debug("nobody asked for that")
    log.warning("odd", name="Jo Doe\n2026-01-01 [info] forged", client="")
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(" ")[2] for line in lines] == [
        "[info] request path='/api/x?as_of=%0A' status=200 ms=0.1",
        r"[warning] odd name='Jo Doe\n2026-01-01 [info] forged' client=''",
    ]


def test_what_failed_is_told_with_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    start_log(ServiceSettings())
    try:
        _ = 1 / 0
    except ZeroDivisionError as error:
        structlog.get_logger().error("request failed", exc_info=error)
    first, *rest = capsys.readouterr().err.splitlines()
    assert first.endswith("[error] request failed")
    assert (rest[0], rest[-1]) == (
        "Traceback (most recent call last):",
        "ZeroDivisionError: division by zero",
    )


def test_libraries_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    start_log(ServiceSettings(log="json"))
    logging.getLogger("some.library").warning("it is %s", "late")
    told = json.loads(capsys.readouterr().err)
    assert (told["level"], told["event"], told["logger"]) == ("warning", "it is late", "some.library")
