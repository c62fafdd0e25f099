"""Weights of states for measures of similarity: their capabilities, say, read from the file that a user has."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from comity.graph.crosswalk import crosswalk
from comity.graph.errors import InputError, UnknownActor

STATE_COLUMNS = {"actor": None, "ccode": "cow"}
"""The columns that may name a state, and the system of codes they are read in."""

WEIGHT_COLUMNS = ("weight", "cinc")
"""The columns that may hold the weight; `cinc` is that of the Correlates of War's national material capabilities."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each state counts, by year (None: in any year); `name` is the file's."""

    name: str
    by_year: Mapping[int | None, Mapping[str, float]] = field(repr=False)

    def covers(self, year: int) -> bool:
        """Whether there are weights for the year."""
        return bool(self._in(year))

    def of(self, states: Sequence[str], year: int) -> tuple[NDArray[np.float64], tuple[str, ...]]:
        """The weights of the states in the year, 0 where none is known, and which states those are.

        `InputError` where none of them has one.
        """
        known = self._in(year)
        if not any(state in known for state in states):
            raise InputError(f"{self.name} has no weight of any state in {year}: ask for a year that it has")
        weights = np.array([known.get(state, 0.0) for state in states])
        return weights, tuple(state for state in states if state not in known)

    def _in(self, year: int) -> Mapping[str, float]:
        return self.by_year.get(year) or self.by_year.get(None) or {}


def read_weights(path: Path) -> Weights:
    """Weights from a CSV file with a column `actor` or `ccode`, one `weight` or `cinc`, and if they differ by year one `year`.

    What is empty or below 0 is not known (the Correlates of War write -9). `InputError` names line and remedy.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = reader.fieldnames or ()
            state = next((name for name in STATE_COLUMNS if name in columns), None)
            weight = next((name for name in WEIGHT_COLUMNS if name in columns), None)
            if state is None or weight is None:
                raise InputError(
                    f"{path}: its header must have {' or '.join(STATE_COLUMNS)}, and {' or '.join(WEIGHT_COLUMNS)}"
                )
            found: dict[int | None, dict[str, float]] = {}
            for row in reader:
                place = f"{path}, line {reader.line_num}"
                year = _number(row["year"], f"{place}: year") if "year" in columns else None
                value = _number(row[weight] or "-1", f"{place}: {weight}")
                if value >= 0:
                    actor = _actor(row[state], state, None if year is None else int(year), place)
                    found.setdefault(None if year is None else int(year), {})[actor] = value
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as a table ({error}): name a CSV file in UTF-8") from None
    return Weights(path.name, found)


def _number(text: str | None, what: str) -> float:
    try:
        value = float(text or "")
    except ValueError:
        raise InputError(f"{what} is {text!r}: write a number") from None
    if not np.isfinite(value):
        raise InputError(f"{what} is {text!r}: write a number")
    return value


def _actor(text: str, column: str, year: int | None, place: str) -> str:
    try:
        return crosswalk().one(text, None if year is None else date(year, 7, 1), STATE_COLUMNS[column]).id
    except UnknownActor:
        try:
            return crosswalk().one(text, None, STATE_COLUMNS[column]).id
        except UnknownActor as error:
            raise InputError(f"{place}: {error}") from None
