"""Faults of a file that a person wrote, collected so that all of them can be shown at once: file, line, field, remedy."""

from difflib import get_close_matches
from typing import NoReturn

from comity.graph.errors import DossierError

MOST = 50
"""Faults after which reading stops: a person mends a few at a time, and noise has no end of them."""

_LONGEST_QUOTE = 60
_LONGEST_FAULT = 1_000
_MOST_COMPARED = 1_000  # likeness is costly: fifty faults must not take seconds


class Faults:
    """The faults and warnings found in one file so far; `page` is where its form is explained, `start` how to begin one."""

    def __init__(
        self, name: str, page: str = "docs/dossier.md", start: str = "start from `comity new FILE`"
    ) -> None:
        self.name = quoted(name, "", 200)
        self.page = page
        self.start = start
        self._faults: dict[str, int] = {}
        self._warnings: dict[str, int] = {}

    def add(self, line: int, field: str, problem: str) -> None:
        """Note a fault; `DossierError` once there are so many that reading on makes no sense."""
        self._faults.setdefault(self._line(line, field, problem), line)
        if len(self._faults) >= MOST:
            self._stop(f"{self.name}:{line}: reading stopped here after {MOST} faults; mend these first")

    def fatal(self, line: int, field: str, problem: str) -> NoReturn:
        """Note a fault after which nothing more can be read."""
        self._faults.setdefault(self._line(line, field, problem), line)
        self._stop()

    def warn(self, line: int, field: str, problem: str) -> None:
        """Note what is allowed and yet likely to be a slip."""
        if len(self._warnings) < MOST:
            self._warnings.setdefault(self._line(line, field, problem), line)

    def check(self) -> None:
        """`DossierError` if there were faults."""
        if self._faults:
            self._stop()

    @property
    def warnings(self) -> tuple[str, ...]:
        """The warnings in the order of the file."""
        return tuple(sorted(self._warnings, key=lambda text: self._warnings[text]))

    def _stop(self, *more: str) -> NoReturn:
        raise DossierError([*sorted(self._faults, key=lambda text: self._faults[text]), *more])

    def _line(self, line: int, field: str, problem: str) -> str:
        place = f"{self.name}:{line}: " + (f"{field}: " if field else "")
        return (place + " ".join(problem.split()))[:_LONGEST_FAULT]


def quoted(text: str, mark: str = "'", longest: int = _LONGEST_QUOTE) -> str:
    """The text between marks, on one line, cut to a length that can be read, signs that cannot be shown replaced."""
    shown = text if len(text) <= longest else text[: longest - 1] + "…"
    if not shown.isprintable():
        shown = "".join(sign if sign.isprintable() else "�" for sign in shown)
    return mark + shown + mark


def one_of(given: str, what: str, known: list[str]) -> str:
    """That the word is not one of the known ones, and which was likely meant."""
    close = get_close_matches(given[:_LONGEST_QUOTE], known[:_MOST_COMPARED], 1)
    meant = f"did you mean {close[0]}? " if close else ""
    return f"there is no {what} {quoted(given)}; {meant}choose from: {', '.join(known) or '(none)'}"
