"""Looking for actors by any name or code: those that have it, then those whose names begin like it or are written much like it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from comity.graph.crosswalk import SYSTEMS, crosswalk, fold, fold_code
from comity.graph.dates import When
from comity.graph.errors import UnknownName
from comity.graph.stores.base import Store

CUTOFF = 75.0
"""Names that are less alike than this, of 100, are other names."""

_EXACT, _BEGINS, _LIKE = 100.0, 80.0, 0.9
"""What a name scores that is the one looked for; that begins like it, at least; and what share of its likeness any other does."""


@dataclass(frozen=True, slots=True)
class Match:
    """An actor that was found: what of it matched (a name, an id, or a code as `cow:740`), in use when (EDTF; empty: always), and how well.

    `score` is 100 where that is what was looked for. `held` is whether the store has the actor.
    """

    actor: str
    label: str
    name: str
    matched: str
    when: str
    score: float
    held: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name, id or code of an actor, folded as it is looked up."""

    folded: str
    text: str
    span: When | None
    actor: str
    label: str
    name: str
    system: str = ""


def find_actors(
    store: Store, text: str, on: When | None = None, *, system: str | None = None, label: str | None = None
) -> tuple[Match, ...]:
    """Every actor that the text may mean, each by what fits best, the best first; with a date by what was in use at some moment of it.

    With a system only its codes are looked at, and have to be the same. `label` is Country or Organization.
    """
    if system is not None and system not in SYSTEMS:
        raise UnknownName("system of codes", system, SYSTEMS)
    if label is not None and label not in ("Country", "Organization"):
        raise UnknownName("label", label, ("Country", "Organization"))
    own, held = _own(store)
    entries = [
        entry
        for entry in (*_known(), *own)
        if (label is None or entry.label == label)
        and (on is None or entry.span is None or entry.span.possibly_within(on.earliest_begin, on.latest_end))
        and (system is None or entry.system == system)
    ]
    best: dict[str, Match] = {}
    for entry, score in _scored(entries, text, codes_only=system is not None):
        match = Match(
            entry.actor, entry.label, entry.name, entry.text, entry.span.text if entry.span else "", round(score, 1),
            entry.actor in held,
        )  # fmt: skip
        if entry.actor not in best or score > best[entry.actor].score:
            best[entry.actor] = match
    return tuple(sorted(best.values(), key=lambda one: (-one.score, not one.held, one.actor)))


def _scored(entries: list[_Entry], text: str, *, codes_only: bool) -> Iterator[tuple[_Entry, float]]:
    sought, code = (
        fold(text),
        fold_code(text.partition(":")[2] if text.partition(":")[0] in SYSTEMS else text),
    )
    system = text.partition(":")[0] if text.partition(":")[0] in SYSTEMS else ""
    names = []
    for entry in entries:
        if entry.system:
            if entry.folded == code and system in ("", entry.system):
                yield entry, _EXACT
        elif entry.folded == sought or entry.text == text:
            yield entry, _EXACT
        elif not codes_only:
            names.append(entry)
            if sought and (entry.folded.startswith(sought) or f" {sought}" in entry.folded):
                yield entry, _BEGINS + (_EXACT - _BEGINS - 1) * len(sought) / len(entry.folded)
    folded = [entry.folded for entry in names]
    found = process.extract(sought, folded, scorer=fuzz.token_sort_ratio, limit=None, score_cutoff=CUTOFF)
    yield from ((names[place], _LIKE * score) for _, score, place in found)


@lru_cache(maxsize=1)
def _known() -> tuple[_Entry, ...]:
    """Everything by which the crosswalk knows actors."""
    return tuple(
        entry
        for actor in crosswalk().actors()
        for entry in (
            _Entry(fold(actor.id), actor.id, None, actor.id, actor.label, actor.name),
            *(_Entry(fold(name.text), name.text, name.span, actor.id, actor.label, actor.name) for name in actor.names),
            *(
                _Entry(fold_code(code.code), f"{code.system}:{code.code}", code.span, actor.id, actor.label, actor.name, code.system)
                for code in actor.codes
            ),
        )
    )  # fmt: skip


def _own(store: Store) -> tuple[list[_Entry], set[str]]:
    """What names the actors that only a dossier knows, and the ids of all actors of the store."""
    found: list[_Entry] = []
    held: set[str] = set()
    for label in ("Country", "Organization"):
        query = f"MATCH (a:{label}) RETURN collect([a.id, a.name, coalesce(a.names, [])]) AS found"
        for id, name, names in store.read(query)[0]["found"]:
            held.add(id)
            if id not in crosswalk():
                found += _entries(id, label, name, names)
    return found, held


def _entries(id: str, label: str, name: str, names: Iterable[str]) -> Iterator[_Entry]:
    for text in dict.fromkeys((id, name, *names)):
        yield _Entry(fold(text), text, None, id, label, name)
