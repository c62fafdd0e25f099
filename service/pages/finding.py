"""What someone looks for who writes a few letters into the search box: actors by any name or code, and facts by their titles."""

from dataclasses import dataclass

from comity.graph.actors import Actor
from comity.graph.crosswalk import SYSTEMS, crosswalk, fold
from comity.graph.dates import When
from comity.graph.stores.base import Row, Store

MOST = 40
"""Actors, and facts, that are shown of those found."""


WORDS = 12
"""Words of what is looked for that count: no title needs more."""


@dataclass(frozen=True, slots=True)
class FoundActor:
    """An actor that was found: by which name or code, and whether some fact of the store has it as a party."""

    id: str
    label: str
    name: str
    by: str
    held: bool


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact that was found."""

    id: str
    kind: str
    title: str
    status: str
    parties: int


def find_actors(store: Store, text: str, on: When | None) -> list[FoundActor]:
    """The actors that the text names on the date (None: ever): exactly first, then those with a name that begins with it or has it inside."""
    wanted = fold(text)
    if not wanted:
        return []
    held = {
        row["id"]: (label, row["name"], row["names"] or [])
        for label in ("Country", "Organization")
        for row in store.read(f"MATCH (a:{label}) RETURN a.id AS id, a.name AS name, a.names AS names")
    }
    system, _, code = text.partition(":")
    named = crosswalk().lookup(code, on, system) if system in SYSTEMS else crosswalk().lookup(text, on)
    exact = {actor.id for actor in named}
    found: list[tuple[int, str, FoundActor]] = []
    for actor in crosswalk().actors():
        names = [actor.id, *(name.text for name in actor.names if _holds(actor, name.span, on))]
        place, by = _best(wanted, names)
        if actor.id in exact:
            place, by = 0, by if place == 0 else text
        if place < 3:
            found.append(
                (place, actor.id, FoundActor(actor.id, actor.label, actor.name, by, actor.id in held))
            )
    for id, (label, name, others) in held.items():
        if id not in crosswalk():
            place, by = _best(wanted, [id, name, *others])
            if place < 3:
                found.append((place, id, FoundActor(id, label, name, by, True)))
    found.sort(key=lambda one: (one[0], not one[2].held, one[1]))
    return [actor for *_, actor in found]


def find_facts(store: Store, text: str) -> tuple[list[FoundFact], bool]:
    """Facts one of whose titles has every word of the text, or whose id it is, and whether there are more than are given."""
    wanted = text.lower().split()[:WORDS]
    if not wanted:
        return [], False
    rows: list[Row] = store.read(
        "MATCH (f:Fact) WHERE f.id = $text OR any(title IN f.titles WHERE all(word IN $words WHERE toLower(title) CONTAINS word)) "
        "OPTIONAL MATCH (f)-[p:PARTY]->() RETURN f.id AS id, f.kind AS kind, f.title AS title, f.status AS status, "
        "count(p) AS parties ORDER BY id LIMIT $most",
        {"text": text, "words": wanted, "most": MOST + 1},
    )
    return [FoundFact(**row) for row in rows[:MOST]], len(rows) > MOST


def _best(wanted: str, names: list[str]) -> tuple[int, str]:
    """How well the best of the names fits (0 exactly, 1 its beginning, 2 inside, 3 not), and which it is."""
    places = [(_place(wanted, fold(name)), number) for number, name in enumerate(names)]
    place, number = min(places)
    return place, names[number]


def _place(wanted: str, name: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if len(wanted) > 2 and wanted in name else 3


def _holds(actor: Actor, span: When | None, on: When | None) -> bool:
    """Whether a name was in use on the date: by its own span, or while the actor existed."""
    if on is None:
        return True
    spans = [span] if span else [spell.span for spell in actor.spells]
    return not spans or any(one.possibly_within(on.earliest_begin, on.latest_end) for one in spans)
