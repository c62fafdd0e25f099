"""Who is named where: countries, their adjectives and capitals, seats of government, forces, organizations and people.

The names are those of the crosswalk, of `data/names.csv` (adjectives, capitals, seats, forces, and what an ambiguous name means in
prose) and of `data/people.csv`, to which a user adds a table of the same form. What a name means depends on the day: `Germany` of
1961 is the Federal Republic, and a minister speaks for a country while in office.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from comity.graph.crosswalk import crosswalk, fold
from comity.graph.dates import When
from comity.graph.errors import InputError
from comity.loaders.reading.candidate import Span


class Form(StrEnum):
    """In what way words name an actor."""

    NAME = "name"
    ADJECTIVE = "adjective"
    PREFIX = "prefix"
    """As in Franco-British."""
    CAPITAL = "capital"
    SEAT = "seat"
    """The Kremlin."""
    FORCES = "forces"
    PERSON = "person"
    SURNAME = "surname"
    """A person's last name, which counts after a title only."""
    NONE = "none"
    """No actor, though one's name is in it: the South China Sea."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name an actor, from `start` to `end` in the text."""

    start: int
    end: int
    actor: str
    form: Form


@dataclass(frozen=True, slots=True)
class _Entry:
    actor: str
    form: Form
    span: When | None
    exact: str = ""
    """The words as they must be written, where only case tells US from us."""


_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’](?![sS]\b)[^\W_]+)*")
_SHORT = re.compile(r"[A-Z.]{2,6}")
_TWINS = re.compile(
    r"\b(North|South|East|West) and (?:North|South|East|West) ((?:Korea|Vietnam|Yemen|German)\w*)"
)
_JOINED = re.compile(r"[\s\-‐–]{1,2}")


class Names:
    """The names that can be recognised in a text."""

    def __init__(self, people: Iterable[tuple[str, str, str]] = ()) -> None:
        self._entries: defaultdict[tuple[str, ...], list[_Entry]] = defaultdict(list)
        self._longest: dict[str, int] = {}
        for text, means, form, span in _rows("names"):
            for actor in self._meant(means):
                self._add(text, _Entry(actor, Form(form), _when(span)))
        own = set(self._entries)
        for text, entry in _of_the_crosswalk():
            if _key(text) not in own:  # what the table says of a name goes before
                self._add(text, entry)
        own = set(self._entries)
        for name, actor, span in (*people, *((row[0], row[1], row[2]) for row in _rows("people"))):
            if _key(name) not in own:
                self._add(name, _Entry(actor, Form.PERSON, _when(span)))
                last = name.split()[-1]
                if last != name and _key(last) not in own:
                    self._add(last, _Entry(actor, Form.SURNAME, _when(span)))

    def mentions(self, text: str, days: Sequence[When] = ()) -> list[Mention]:
        """The names in the text, the longest at each place, as the first of the days that settles it understands them."""
        words = list(_WORD.finditer(text))
        folded = [fold(word.group()) or word.group() for word in words]
        found: list[Mention] = []
        place = 0
        while place < len(words):
            length = self._longest.get(folded[place], 0)
            capital = words[place].group()[0].isupper()
            for size in range(min(length, len(words) - place), 0 if capital else 1, -1):
                entries = self._entries.get(tuple(folded[place : place + size]))
                if entries and not capital:  # translated texts write people's names small
                    entries = [entry for entry in entries if entry.form is Form.PERSON]
                start, end = words[place].start(), words[place + size - 1].end()
                if not entries or not _together(text, words[place : place + size]):
                    continue
                mention = _understood(entries, text[start:end], start, end, days)
                if mention is not None and not _is_month(text, start, end):
                    found.append(mention)
                    place += size
                    break
            else:
                place += 1
        for twins in _TWINS.finditer(text):  # North and South Korea
            first = self.mentions(f"{twins[1]} {twins[2]}", days)
            found += [Mention(twins.start(), twins.end(), each.actor, each.form) for each in first]
        return found

    def _meant(self, means: str) -> Iterator[str]:
        if not means or means in crosswalk():
            yield means
            return
        yield f"={means}"  # a name whose actor depends on the day

    def _add(self, text: str, entry: _Entry) -> None:
        key = _key(text)
        if not key:
            return
        exact = text if _SHORT.fullmatch(text) else ""
        self._entries[key].append(_Entry(entry.actor, entry.form, entry.span, exact))
        self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))
        if entry.form is Form.ADJECTIVE and not text.endswith(("s", "sh", "ch", "ese")):
            plural = _key(f"{text}s")  # the Germans
            self._entries[plural].append(_Entry(entry.actor, entry.form, entry.span))
            self._longest[plural[0]] = max(self._longest.get(plural[0], 0), len(plural))


@cache
def bundled() -> Names:
    """The names that comity brings, read once."""
    return Names()


_SMALL = re.compile(r"\b[a-z]+ [a-z]+\b")


def small_names(text: str) -> Iterator[Span]:
    """The names of people in the table that stand in the text in small letters, as machine translation leaves them."""
    place = 0
    while found := _SMALL.search(text, place):
        if found[0] in _people_in_small_letters():
            yield Span(found.start(), found.end())
            place = found.end()
        else:
            place = text.index(" ", found.start())


@cache
def _people_in_small_letters() -> frozenset[str]:
    """Names of two words, none of them one of plain English."""
    names = (row[0] for row in _rows("people"))
    return frozenset(name.lower() for name in names if re.fullmatch(r"[A-Z][a-z]{2,} [A-Z][a-z]{2,}", name))


def read_people(file: Path) -> list[tuple[str, str, str]]:
    """A user's own table of people, a CSV file with the columns name, actor and span (EDTF), as `data/people.csv`.

    `InputError` names the line that cannot be read and what to write.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines)
            rows = [(reader.line_num, row) for row in reader]
    except UnicodeDecodeError:
        raise InputError(f"{file} is not UTF-8; save it in that encoding") from None
    except csv.Error as error:
        raise InputError(
            f"{file}:{reader.line_num}: this is no line of a CSV table ({error}); correct it"
        ) from None
    if not rows or [cell.strip() for cell in rows[0][1]] != ["name", "actor", "span"]:
        raise InputError(f"{file}: write the columns name,actor,span in the first line")
    return [_person(row, f"{file}:{number}") for number, row in rows[1:] if row]


def _person(row: Sequence[str], place: str) -> tuple[str, str, str]:
    cells = [cell.strip() for cell in row]
    if len(cells) != 3 or not cells[0]:
        raise InputError(
            f"{place}: write a name, an actor's id and a span, such as Fumio Kishida,JPN,2012-12-26/2017-08-03"
        )
    name, actor, span = cells
    try:
        if span:
            When.parse(span)
        return name, crosswalk().actor(actor).id, span
    except InputError as error:
        raise InputError(f"{place}: {error}") from None


def _understood(
    entries: Sequence[_Entry], written: str, start: int, end: int, days: Sequence[When]
) -> Mention | None:
    fitting = [
        entry
        for entry in entries
        if not entry.exact or entry.exact.replace(".", "") == written.replace(".", "")
    ]
    if not fitting:
        return None
    forms = sorted({entry.form for entry in fitting}, key=list(Form).index)
    for form in forms:
        of_form = [entry for entry in fitting if entry.form is form]
        actor = _actor(of_form, days)
        if actor is not None:
            return Mention(start, end, actor, form)
    return None


def _actor(entries: Sequence[_Entry], days: Sequence[When]) -> str | None:
    """The one actor that is meant on the first day that settles it; without a day, the one of today, or the only one there ever was."""
    for day in days:
        actors = {
            actor for entry in entries if _holds(entry.span, day) for actor in _resolved(entry.actor, day)
        }
        if len(actors) == 1:
            return actors.pop()
    if entries[0].form is Form.SURNAME:
        actors = {entry.actor for entry in entries}  # counts where all who bore it spoke for one
        return actors.pop() if len(actors) == 1 else None
    actors = {
        actor
        for entry in entries
        if entry.span is None or entry.span.possibly_within(_TODAY.earliest_begin, _TODAY.latest_end)
        for actor in _resolved(entry.actor, _TODAY)
    } or {actor for entry in entries for actor in _resolved(entry.actor, None)}
    return actors.pop() if len(actors) == 1 else None


def _holds(span: When | None, day: When) -> bool:
    return span is None or span.possibly_within(day.earliest_begin, day.latest_end)


@cache
def _resolved(actor: str, day: When | None) -> tuple[str, ...]:
    if not actor.startswith("="):
        return (actor,)
    own = [row for row in _rows("names") if row[0] == actor[1:] and row[2] == Form.NAME]
    rows = [row for row in own if day is None or not row[3] or _holds(_when(row[3]), day)]
    if rows:
        return tuple(dict.fromkeys(row[1] for row in rows))
    found = crosswalk().lookup(actor[1:], day) or crosswalk().lookup(actor[1:])
    return tuple(one.id for one in found)


_TODAY = When.parse("2025")


def _is_month(text: str, start: int, end: int) -> bool:
    """May and March are people only where no number of a day or year stands beside them."""
    if text[start:end] not in ("May", "March", "April", "June", "August"):
        return False
    return re.search(
        r"\d(?:st|nd|rd|th)?(?: of)? $|\b(?:in|of|since|until|by) $", text[:start], re.IGNORECASE
    ) is not None or (re.match(r",? \d", text[end:]) is not None)


def _together(text: str, words: Sequence[re.Match[str]]) -> bool:
    """Whether nothing but a space or hyphen stands between the words."""
    return all(
        _JOINED.fullmatch(text, left.end(), right.start())
        or text[left.end() : right.start()] in ("'", "’", ". ")
        for left, right in pairwise(words)
    )


@cache
def _key(text: str) -> tuple[str, ...]:
    return tuple(fold(word.group()) or word.group() for word in _WORD.finditer(text.removeprefix("the ")))


@cache
def _when(span: str) -> When | None:
    return When.parse(span) if span else None


@cache
def _rows(table: str) -> tuple[tuple[str, ...], ...]:
    text = files("comity.loaders.reading").joinpath("data", f"{table}.csv").read_text(encoding="utf-8")
    rows = csv.reader(text.splitlines())
    next(rows)
    return tuple(tuple(row) for row in rows)


def _of_the_crosswalk() -> Iterator[tuple[str, _Entry]]:
    for actor in crosswalk().actors():
        life = actor.spells[0].span if actor.label == "Organization" and actor.spells else None
        for name in actor.names:
            if not re.search(r"[(),/\d]", name.text):
                yield name.text, _Entry(actor.id, Form.NAME, name.span or life)
        if actor.label == "Organization" and actor.id.isalpha():
            yield actor.id, _Entry(actor.id, Form.NAME, life)
