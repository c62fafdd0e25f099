"""The log of a running service: one line an event on standard error, for people or as JSON, each of a request with its id."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from comity.service.settings import ServiceSettings


def start_log(settings: ServiceSettings) -> None:
    """Log in the form of the settings, also what libraries log."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if settings.log == "json" else _line
    )
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=max(level, logging.INFO), handlers=[_Passing()], force=True)
    # The driver tells of every attempt to reconnect; what comes of them is logged with the request.
    logging.getLogger("neo4j").setLevel(logging.ERROR)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)


_BARE = re.compile(r"[^\s\"'=\\\x00-\x1f\x7f-\xa0]+")
"""Texts that can stand in a line as they are."""


def _line(logger: Any, method: str, event: MutableMapping[str, Any]) -> str:
    """What is logged, as a line for people; a traceback stands on lines of its own. structlog's own form for people takes three times as long."""
    failed = event.pop("exception", "")
    head = f"{event.pop('timestamp')} [{event.pop('level')}] {event.pop('event')}"
    told = "".join([f" {name}={_shown(value)}" for name, value in event.items()])
    return f"{head}{told}\n{failed}" if failed else head + told


def _shown(value: Any) -> str:
    return repr(value) if isinstance(value, str) and not _BARE.fullmatch(value) else str(value)


class _Passing(logging.Handler):
    """Hands what libraries log to the one log."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger().log(
            record.levelno,
            record.getMessage(),
            logger=record.name,
            **({"exc_info": record.exc_info} if record.exc_info else {}),
        )
