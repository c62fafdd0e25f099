"""The log of a running service: one line an event on standard error, for people or as JSON, each of a request with its id."""

import logging
import sys

import structlog

from comity.service.settings import ServiceSettings


def start_log(settings: ServiceSettings) -> None:
    """Log in the form of the settings, also what libraries log."""
    colours = sys.stderr.isatty()
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if settings.log == "json"
        else structlog.dev.ConsoleRenderer(colors=colours)
    )
    errors = [structlog.processors.format_exc_info] if settings.log == "json" else []
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *errors,
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


class _Passing(logging.Handler):
    """Hands what libraries log to the one log."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger().log(
            record.levelno,
            record.getMessage(),
            logger=record.name,
            **({"exc_info": record.exc_info} if record.exc_info else {}),
        )
