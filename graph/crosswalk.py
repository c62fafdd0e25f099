"""The dated crosswalk of actors: which actor, or actors, an id, a name or a code means, in any system and at any date."""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files

from comity.graph.actors import Actor, Capital, Code, Label, Name, Spell, Succession
from comity.graph.dates import FIRST_DAY, LAST_DAY, When
from comity.graph.errors import AmbiguousActor, UnknownActor, UnknownName

SYSTEMS = {
    "cow": "Correlates of War, number of a state",
    "cow-abbr": "Correlates of War, three letters of a state",
    "cow-igo": "Correlates of War, abbreviation of an intergovernmental organization",
    "gw": "Gleditsch and Ward, number of a state",
    "gw-abbr": "Gleditsch and Ward, three letters of a state",
    "iso3": "ISO 3166-1 alpha-3",
    "iso2": "ISO 3166-1 alpha-2",
    "iso-numeric": "ISO 3166-1 numeric",
    "iso3166-3": "ISO 3166-3, codes withdrawn from ISO 3166-1",
    "cameo": "CAMEO, countries and international organizations, as in GDELT and ICEWS",
    "fips": "FIPS 10-4, as in the geography of GDELT",
    "wikidata": "Wikidata item",
}
"""The systems of codes that `Crosswalk.lookup` can be confined to."""

_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "&": " and "}
)
_SILENT = re.compile(r"['’‘ʻʼ`´.]")  # Cote d'Ivoire is also written Cote Divoire, and the U.S. the US
_SAINT = re.compile(r"\b(?:st\b\.?|ste\b\.?)")
_NO_WORD = re.compile(r"[\W_]+")

_Held = tuple[Actor, When | None]


class Crosswalk:
    """A table of actors, looked up by id, name or code."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._actors = {actor.id: actor for actor in actors}
        self._names: defaultdict[str, list[_Held]] = defaultdict(list)
        self._codes: defaultdict[tuple[str | None, str], list[_Held]] = defaultdict(list)
        self._predecessors: defaultdict[str, list[Actor]] = defaultdict(list)
        for actor in self._actors.values():
            existence = _existence(actor)
            # An id names its country at any time; an organization's is an abbreviation others may have had before.
            self._names[fold(actor.id)].append((actor, existence))
            for name in actor.names:
                self._names[fold(name.text)].append((actor, name.span or existence))
            for code in actor.codes:
                bare = fold_code(code.code)
                self._codes[code.system, bare].append((actor, code.span))
                self._codes[None, bare].append((actor, code.span or existence))  # whatever the system
            for succession in actor.successors:
                self._predecessors[succession.id].append(actor)

    def actor(self, id: str) -> Actor:
        """The actor with exactly that id; `UnknownActor` otherwise."""
        try:
            return self._actors[id]
        except KeyError:
            raise UnknownActor(self._unknown(id)) from None

    def actors(self) -> tuple[Actor, ...]:
        """All actors, countries first, in the order of their ids."""
        return tuple(self._actors.values())

    def __contains__(self, id: object) -> bool:
        return id in self._actors

    def lookup(
        self, text: str, on: date | When | None = None, system: str | None = None
    ) -> tuple[Actor, ...]:
        """Every actor that the text means, in the order of their ids; none where nobody has that name or code.

        With a system only its codes are looked at, else ids, names and the codes of all systems. With a date (a day,
        or a time such as the year 1990) a name or code counts if it held at some moment of it.

            >>> [actor.id for actor in crosswalk().lookup("Germany", When.parse("1990"))]
            ['COW-GFR', 'DDR', 'DEU']
        """
        return _holders(self._candidates(text, system), on)

    def one(self, text: str, on: date | When | None = None, system: str | None = None) -> Actor:
        """The one actor that the text means; `UnknownActor` if there is none, `AmbiguousActor` listing them if several.

        An id written out exactly, and no system named, means that actor and no other.
        """
        candidates = self._candidates(text, system)
        found = _holders(candidates, on)
        if system is None and any(actor.id == text for actor in found):
            return self._actors[text]
        if len(found) == 1:
            return found[0]
        if found:
            several = ", ".join(f"{actor.id} ({actor.name})" for actor in found)
            raise AmbiguousActor(f"{text!r} names {several}; write the id of the one that is meant")
        if candidates:
            others = ", ".join(f"{actor.id} ({actor.name})" for actor in _holders(candidates, None))
            raise UnknownActor(f"{text!r} names nobody at {on}; at another time it names {others}")
        raise UnknownActor(self._unknown(text, system))

    def predecessors(self, id: str) -> tuple[Actor, ...]:
        """The actors that the actor with that id continued, wholly or in part."""
        return tuple(self._predecessors.get(self.actor(id).id, ()))

    def _candidates(self, text: str, system: str | None) -> list[_Held]:
        if system is not None:
            if system not in SYSTEMS:
                raise UnknownName("system of codes", system, SYSTEMS)
            return self._codes.get((system, fold_code(text)), [])
        found = list(self._names.get(fold(text), ()))
        if not found and text.count(",") == 1:  # Korea, Republic of
            last, first = text.split(",")
            found = list(self._names.get(fold(f"{first} {last}"), ()))
        return found + self._codes.get((None, fold_code(text)), [])

    def _unknown(self, text: str, system: str | None = None) -> str:
        if not text.strip():
            return "nobody is named: give an id, a code or a name, such as JPN, cow:740 or Japan"
        if system is not None:
            return f"no actor has the {system} code {text!r}"
        near = get_close_matches(fold(text), self._names, n=5, cutoff=0.75)
        meant = sorted({f"{actor.id} ({actor.name})" for key in near for actor, _ in self._names[key]})
        return f"there is no actor {text!r}" + (f"; did you mean {', '.join(meant)}?" if meant else "")


@lru_cache(maxsize=1)
def crosswalk() -> Crosswalk:
    """The bundled table, read once."""
    names, codes, spells, successors = (
        _grouped(table) for table in ("names", "codes", "spells", "successors")
    )
    actors: list[Actor] = []
    label: Label
    for label, table in (("Country", "countries"), ("Organization", "organizations")):
        for row in _rows(table):
            id, name, wikidata, *life, place, latitude, longitude = row
            own_codes = [Code(system, code, _span(span)) for system, code, span in codes.get(id, ())]
            if wikidata:
                own_codes.append(Code("wikidata", wikidata))
            actors.append(
                Actor(
                    id=id,
                    label=label,
                    name=name,
                    names=tuple(Name(text, _span(span)) for text, span in names.get(id, ())),
                    codes=tuple(own_codes),
                    spells=tuple(
                        Spell(system, When.parse(span))
                        for system, span in (*spells.get(id, ()), *(("comity", span) for span in life))
                    ),
                    successors=tuple(
                        Succession(other, When.parse(since)) for other, since in successors.get(id, ())
                    ),
                    wikidata=wikidata or None,
                    capital=Capital(place, float(latitude), float(longitude)),
                )
            )
    return Crosswalk(actors)


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """What two ways of writing a name have in common: case, accents, punctuation, “the”, St. and & left aside.

    >>> fold("The St. Kitts & Nevis") == fold("Saint Kitts and Nevis")
    True
    """
    low = text.casefold()
    if not low.isascii():
        low = "".join(sign for sign in unicodedata.normalize("NFKD", low) if not unicodedata.combining(sign))
    low = _SILENT.sub("", _SAINT.sub("saint ", low.translate(_LETTERS)))
    words = _NO_WORD.sub(" ", low).split()
    return " ".join(word for word in words if word != "the") or " ".join(words)


def fold_code(code: str) -> str:
    """Codes are written in either case, numbers with or without leading zeros."""
    bare = code.strip().casefold()
    return (bare.lstrip("0") or "0") if bare.isdecimal() else bare


def _existence(actor: Actor) -> When | None:
    if actor.label == "Country":
        return None
    return actor.spells[0].span if actor.spells else None


def _holders(candidates: list[_Held], on: date | When | None) -> tuple[Actor, ...]:
    if on is None:
        first, last = FIRST_DAY, LAST_DAY
    elif isinstance(on, When):
        first, last = on.earliest_begin, on.latest_end
    else:
        first, last = on, on
    found = {
        actor.id: actor for actor, span in candidates if span is None or span.possibly_within(first, last)
    }
    return tuple(found[id] for id in sorted(found))


def _span(text: str) -> When | None:
    return When.parse(text) if text else None


def _grouped(table: str) -> dict[str, list[list[str]]]:
    """The rows of a table by the id in their first column, without it."""
    groups: defaultdict[str, list[list[str]]] = defaultdict(list)
    for id, *rest in _rows(table):
        groups[id].append(rest)
    return groups


def _rows(table: str) -> Iterator[list[str]]:
    text = files("comity.graph").joinpath("data", f"{table}.csv").read_text(encoding="utf-8")
    rows = csv.reader(text.splitlines())
    next(rows)
    return rows
