"""What the page knows, as one JSON value: actors, ties with all their phases, facts with their evidence, sources.

Texts, dates and sets of phases that stand many times are listed once and named by number, so that two centuries fit on a page.
Days are proleptic Gregorian ordinals (`date.toordinal`); 1 and 3652059 stand for "no bound".
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from comity.graph.dates import FIRST_DAY
from comity.graph.kinds import Kind, kind_of, kinds
from comity.graph.resolve import Fact
from comity.graph.slices import History, today
from comity.graph.ties import Tie
from comity.viz.arrangement import arrange
from comity.viz.basemap import basemap
from comity.viz.evidence import fact_evidence, shared_lists
from comity.viz.layout import seat_actors, seat_pacts
from comity.viz.lists import Lists, trimmed
from comity.viz.network import build_network, measured, radius, radius_of
from comity.viz.picture import Picture, Sizing, Standing
from comity.viz.projection import WIDTH, Spot
from comity.viz.rules import OtherRules, other_rules, pair_of
from comity.viz.wording import in_words

_LONGEST_LABEL = 34


def page_data(picture: Picture) -> dict[str, Any]:
    """All that the page shows of a history."""
    history = picture.history
    shown = {end for tie in history.ties for end in (tie.left, tie.right)}
    seats = seat_actors(history, shown)
    network = build_network(seats, history.actors, picture.sizes, history.ties)
    nodes, edges, *_, options = network.get_network_data()
    lists = Lists({node["id"]: at for at, node in enumerate(nodes)}, picture)
    hubs = seat_pacts(history, seats)
    spots = {name: seat.spot for name, seat in seats.items()}
    arranged = arrange(history.ties, picture.as_of, spots, hubs)
    facts = [_fact(fact, _hub(fact.id, hubs, arranged), lists) for fact in history.facts]
    others = other_rules(history)
    ties = list(_ties([*(edge["tie"] for edge in edges), *others.beyond], history.facts, others, lists))
    evidence = [fact_evidence(fact, lists) for fact in history.facts]
    return {
        "title": picture.title,
        "asOf": {
            "text": picture.as_of.text,
            "words": in_words(picture.as_of),
            "days": [picture.as_of.earliest_begin.toordinal(), picture.as_of.latest_end.toordinal()],
        },
        "certainty": picture.certainty,
        "rule": history.rule,
        "rules": list(others.rules),
        "collections": list(history.sources),
        "policy": str(history.policy),
        "sameFrom": history.applied_from,
        "knownOn": history.known_on.isoformat() if history.known_on else "",
        "revision": history.revision,
        "measures": [
            _measure(sizing, [node["id"] for node in nodes], history) for sizing in picture.measures
        ],
        "standing": _standing(picture.standing, lists) if picture.standing else None,
        "only": _only(picture),
        "world": {"width": WIDTH, **basemap()},
        "kinds": [_kind(kind) for kind in kinds().values()],
        "options": json.loads(options),
        "actors": [{**_node(node), "arranged": arranged[node["id"]]} for node in nodes],
        "facts": facts,
        "types": lists.types.values,
        "ties": ties,
        "statuses": lists.statuses.values,
        "phases": lists.phases.values,
        "sets": lists.sets.values,
        "evidence": {"facts": evidence, "whens": lists.whens.values, **shared_lists(lists)},
    }


def short_title(title: str) -> str:
    """A title fit to stand on a map: without its bracket, or the bracket alone where that is the short name."""
    plain, opening, rest = title.partition(" (")
    if len(plain) <= _LONGEST_LABEL:
        return plain
    inside = rest.partition(")")[0]
    if opening and 0 < len(inside) <= _LONGEST_LABEL:
        return inside
    cut = plain[:_LONGEST_LABEL].rpartition(" ")[0] or plain[:_LONGEST_LABEL]
    return f"{cut}…"


def _only(picture: Picture) -> list[Any] | None:
    """The type to which the page's filter is set, with its kind's number; none where no fact has it and all would vanish."""
    if picture.only is None:
        return None
    kind, name = picture.only
    there = any(fact.kind == kind and name in fact.types for fact in picture.history.facts)
    return [list(kinds()).index(kind), name] if there else None


def _node(node: Mapping[str, Any]) -> dict[str, Any]:
    """A pyvis node without what is the same for all."""
    kept = ("id", "label", "x", "y", "around")
    content = {name: node[name] for name in kept if name in node}
    if node["group"] != "Country":
        content["group"] = node["group"]
    if any(node["aside"]):
        content["aside"] = node["aside"]
    if node["how"] != "place":
        content["how"] = node["how"]
    return content


def _measure(sizing: Sizing, actors: Sequence[str], history: History) -> dict[str, Any]:
    """A measure by actor: values (none where it is not measured), radii, and where there is doubt ranges and the radii of the most."""
    values, most = measured(sizing.values, actors)
    content: dict[str, Any] = {
        "name": sizing.name,
        "values": [values.get(actor) for actor in actors],
        "radii": [radius_of(history.actors.get(actor), values.get(actor), most) for actor in actors],
    }
    ranges = {actor: sizing.ranges[actor] for actor in actors if actor in sizing.ranges}
    if any(least != highest for least, highest in ranges.values()):
        content["ranges"] = [ranges.get(actor) for actor in actors]
        content["outer"] = [
            round(radius(ranges[actor][1], most), 2) if actor in ranges else 0 for actor in actors
        ]
    return content


def _standing(standing: Standing, lists: Lists) -> dict[str, Any]:
    """Ranks by actor as [rank or 0, for so many years, …]."""
    ranks = {
        lists.actors[actor]: [
            number for rank, years in groupby(of) for number in (rank or 0, len(list(years)))
        ]
        for actor, of in sorted(standing.ranks.items())
        if actor in lists.actors
    }
    return {"name": standing.measure, "first": standing.first, "ranks": ranks}


def _kind(kind: Kind) -> dict[str, Any]:
    return {
        "name": kind.name,
        "plural": kind.plural,
        "about": kind.about,
        "colour": kind.colour,
        "types": dict(kind.types),
        "steps": {step.name: step.about for step in kind.steps.values()},
        "roles": dict(kind.roles),
    }


def _ties(ties: list[Tie], facts: Sequence[Fact], others: OtherRules, lists: Lists) -> Iterator[list[Any]]:
    """Ties by fact, set of phases and other rules that join the two, as bits (viz/rules.py):
    [fact, phases, directed, types or -1 for the fact's, [left, right, left, right, …], rules if any, types by every account if not all].
    """
    pairs: dict[tuple[str, str, str, bool, tuple[str, ...]], list[Tie]] = defaultdict(list)
    for tie in ties:
        pairs[tie.fact, tie.left, tie.right, tie.directed, tie.types].append(tie)
    numbers = {fact.id: number for number, fact in enumerate(facts)}
    rows: dict[tuple[int, int, bool, tuple[str, ...], int, tuple[str, ...]], list[int]] = defaultdict(list)
    for (fact, left, right, directed, types), phases in pairs.items():
        key = tuple(_phase(tie, lists) for tie in phases)
        phase_set = lists.sets.number(key, [lists.phases.number(phase) for phase in key])
        mask = others.masks.get(pair_of(phases[0]), 0)
        sure = tuple(name for name in types if phases[0].surely_of((name,)))
        row = rows[numbers[fact], phase_set, directed, types, mask, sure]
        row += [lists.actors[left], lists.actors[right]]
    for (number, phase_set, directed, types, mask, sure), ends in rows.items():
        listed = lists.types.number(types) if types != facts[number].types else -1
        surely = lists.types.number(sure) if sure != types else None
        yield trimmed([number, phase_set, int(directed), listed, ends, mask, surely], least=5)


def _phase(tie: Tie, lists: Lists) -> tuple[int, ...]:
    """A phase: the number of its status, and the four bounds of its time."""
    begin, end = tie.when.begin, tie.when.end
    if not tie.sure:
        # No day is certain in a time, or of a tie, that may not be at all; an end that may lie before every day says so.
        end = (FIRST_DAY, end[1])
    status = lists.statuses.number((tie.status, tie.in_effect))
    return (status, *(day.toordinal() for day in (*begin, *end)))


def _hub(fact: str, hubs: Mapping[str, Spot], arranged: Mapping[str, tuple[int, int]]) -> list[int]:
    """Where the mark of a pact stands: [x, y, around] on the map, [x, y] in the network; nothing for what is no pact."""
    spot = hubs.get(fact)
    return [spot.x, spot.y, spot.around, *arranged[fact]] if spot else []


def _fact(fact: Fact, hub: list[int], lists: Lists) -> list[Any]:
    """[id, kind, title, types, last step, place of its mark as a pact, label of that, other names], trimmed at the end."""
    steps, status = list(kind_of(fact.kind).steps), fact.status_on(today().earliest_begin)
    return trimmed(
        [
            fact.id,
            list(kinds()).index(fact.kind),
            fact.title,
            lists.types.number(tuple(fact.types)),
            steps.index(status) if status in steps else -1,
            hub or 0,
            short_title(fact.title) if hub else "",
            list(fact.titles[1:]),
        ]
    )
