"""Who is meant in a dossier: actors by their ids, those that only the dossier knows, and the parties of a fact."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import cast

from comity.graph.actors import Actor, Code, Label, Name
from comity.graph.crosswalk import crosswalk
from comity.graph.dates import FIRST_DAY, LAST_DAY
from comity.graph.errors import UnknownActor
from comity.graph.kinds import Kind
from comity.graph.model import Party
from comity.loaders import form, values
from comity.loaders.faults import one_of, quoted
from comity.loaders.spots import Spot

_LONGEST_NAME = 100


def own_actors(spot: Spot) -> Iterator[Actor]:
    """The actors that the dossier brings along."""
    for key, entry in spot.entries("an id, a label and a name for each actor"):
        if not re.fullmatch(form.ACTOR_ID, key):
            entry.wrong(f"{quoted(key)} is no actor's id; use capital letters, digits and '-', such as NATO")
        elif key in crosswalk():
            entry.wrong(f"comity knows {key} already; remove it here, or use another id for another actor")
        fields = entry.fields(form.names("actor"), form.required("actor"), "label: Organization")
        label, name = values.text(fields, "label"), values.text(fields, "name")
        if label and label not in form.LABELS:
            fields["label"].wrong(one_of(label, "label", list(form.LABELS)))
        wikidata = values.word(fields.get("wikidata"), form.WIKIDATA, "an item of Wikidata such as Q7184")
        codes = (Code("wikidata", wikidata),) if wikidata else ()
        yield Actor(
            key, cast(Label, label), name, names=(Name(name),), codes=codes, wikidata=wikidata or None
        )


def parties(spot: Spot, kind: Kind, types: tuple[str, ...], own: frozenset[str]) -> tuple[Party, ...]:
    """The parties listed here; `own` are the ids that the dossier brings along."""
    found: list[Party] = []
    spots: list[Spot] = []
    for entry in spot.items("[JPN, GBR]"):
        party = _party(entry, kind, types, own)
        if party:
            found.append(party)
            spots.append(entry)
    if spot.is_list and not found:
        spot.wrong("no party is listed; write actors' ids such as [JPN, GBR]")
    _check_once(found, spots)
    return tuple(found)


def _check_once(found: list[Party], spots: list[Spot]) -> None:
    """That no actor is a party twice on the same day, as far as the dates are certain: years may touch."""
    ends: dict[str, date] = {}
    spans = [
        (party.dates.latest_begin, party.dates.earliest_end, place)
        if party.dates
        else (FIRST_DAY, LAST_DAY, place)
        for place, party in enumerate(found)
    ]
    for begin, end, place in sorted(spans):
        actor = found[place].actor
        if begin > end:
            continue  # so uncertain that no day is surely within
        if actor in ends and begin <= ends[actor]:
            spots[place].wrong(
                f"{actor} is a party twice at the same time; remove one, or give both dates apart"
            )
        ends[actor] = max(end, ends.get(actor, FIRST_DAY))


def check_parties(spot: Spot, kind: Kind, found: tuple[Party, ...]) -> None:
    """That the parties of a fact can be tied to each other."""
    if not found:
        return
    if len({party.actor for party in found}) < 2:
        spot.wrong("fewer than two parties; write at least two different actors")
    elif kind.directed and not any(
        kind.joined(left.role, right.role) or kind.joined(right.role, left.role)
        for left, right in combinations(found, 2)
    ):
        one, other = min(kind.joins)
        spot.wrong(f"nothing ties these parties; give one the role {one} and another the role {other}")


def _party(spot: Spot, kind: Kind, types: tuple[str, ...], own: frozenset[str]) -> Party | None:
    if spot.is_text:
        actor = _actor(spot, own)
        return Party(actor, kind.default_role) if actor else None
    fields = spot.fields(form.names("party"), form.required("party"), "{actor: JPN}")
    actor = _actor(fields["actor"], own) if "actor" in fields else ""
    role = fields["role"].text() if "role" in fields else kind.default_role
    if role and role not in kind.roles:
        fields["role"].wrong(one_of(role, f"role in {kind.plural}", list(kind.roles)))
    dates = values.when(fields["dates"]) if "dates" in fields else None
    if dates and not dates.is_interval:
        fields["dates"].wrong(
            f"one date only; write {dates}/.. (still a party), {dates}/ (end unknown) or {dates}/END"
        )
    pledges = None
    if "pledges" in fields:
        if not kind.pledged:
            fields["pledges"].wrong(f"parties to {kind.plural} pledge nothing; remove it")
        pledges = values.types(fields["pledges"], kind, types)
    return Party(actor, role, pledges, dates) if actor else None


def _actor(spot: Spot, own: frozenset[str]) -> str:
    actor = spot.text(example="an actor's id such as JPN")
    if actor and actor not in own and actor not in crosswalk():
        spot.wrong(_who(actor))
    return actor


def _who(text: str) -> str:
    """That the text is no id, and the ids of those it may mean."""
    found = crosswalk().lookup(text) if len(text) <= _LONGEST_NAME else ()
    if not found:
        try:
            crosswalk().actor(text[:_LONGEST_NAME])
        except UnknownActor as error:
            return (
                f"{error}; write an id (`comity find TEXT` gives it), or describe the actor under 'actors:'"
            )
    several = " or ".join(f"{actor.id} for {actor.name}" for actor in found[:8])
    return f"{quoted(text)} is no actor's id; write {several}"
