"""The header of a Cypher file: its question, parameters and columns, written as comments that comity reads.

    // QUESTION, on one line or several
    // param: NAME SORT [= DEFAULT] — ABOUT
    // column: NAME — ABOUT
    // limit: ROWS — ABOUT

A line that starts with three spaces after the slashes goes on with the one above it. A parameter without a default must be
given. `limit` is the number of rows above which the answer comes with the words after it.
"""

import re
from dataclasses import dataclass, replace

SORTS = {
    "actor": "id, code or name of an actor in the store, such as JPN or NATO",
    "actors": "ids, codes or names of actors, with commas between them",
    "day": "YYYY-MM-DD, or today",
    "flag": "yes or no",
    "integer": "a whole number, not negative",
    "kinds": "kinds of facts, such as agreement or drill, with commas between them; all or none for all",
    "layers": "kinds of facts whose ties are meant, with commas between them; all or none for all",
    "organization": "id, code or name of an organization in the store, such as NATO",
    "source": "id of a source in the store, such as treaties:nato-members",
    "sources": "dossiers or data sets, with commas between them; dossiers for all dossiers, all for everything, "
    "default for all dossiers or else the one data set",
    "types": "types of the kinds that are asked for, such as defence, with commas between them; all or none for all",
}
"""The sorts of parameters and how their values are written."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query: its name, its sort, its default as text (None where it must be given), what it means."""

    name: str
    sort: str
    about: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a query's answer."""

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a Cypher file says of itself."""

    question: str
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()
    limit: int | None = None
    limit_about: str = ""


_PARAMETER = re.compile(r"(?P<name>\w+) (?P<sort>\w+)(?: = (?P<default>.+?))? — (?P<about>.+)")
_COLUMN = re.compile(r"(?P<name>\w+) — (?P<about>.+)")
_LIMIT = re.compile(r"(?P<rows>\d+) — (?P<about>.+)")


def parse_header(text: str) -> Header:
    """The header of a Cypher file's text; `ValueError` names the line that breaks the form."""
    header = Header("")
    for line in _logical_lines(text):
        key, colon, rest = line.partition(": ")
        if colon and key == "param":
            found = _matched(_PARAMETER, rest, line)
            if found["sort"] not in SORTS:
                raise ValueError(f"no such sort of parameter: {line!r}")
            header = replace(header, parameters=(*header.parameters, Parameter(**found.groupdict())))
        elif colon and key == "column":
            found = _matched(_COLUMN, rest, line)
            header = replace(header, columns=(*header.columns, Column(**found.groupdict())))
        elif colon and key == "limit":
            found = _matched(_LIMIT, rest, line)
            header = replace(header, limit=int(found["rows"]), limit_about=found["about"])
        else:
            header = replace(header, question=f"{header.question} {line}".strip())
    return header


def _logical_lines(text: str) -> list[str]:
    """The comment lines at the top, without slashes, each with the lines that go on with it."""
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        if line.startswith("//   ") and lines:
            lines[-1] = f"{lines[-1]} {line[2:].strip()}"
        elif line.strip() != "//":
            lines.append(line[2:].strip())
    return lines


def _matched(pattern: re.Pattern[str], text: str, line: str) -> re.Match[str]:
    found = pattern.fullmatch(text)
    if found is None:
        raise ValueError(f"not in the form of a header: {line!r}")
    return found
