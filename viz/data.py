"""What the page knows, as one JSON value: actors, ties with all their phases, facts with their evidence, sources.

Texts, dates and sets of phases that stand many times are listed once and named by number, so that two centuries fit on a page.
Days are proleptic Gregorian ordinals (`date.toordinal`); 1 and 3652059 stand for "no bound".
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from comity.graph.dates import When
from comity.graph.kinds import Kind, kind_of, kinds
from comity.graph.model import Party, Source, Statement
from comity.graph.resolve import Fact, FactStep, Resolved, State
from comity.graph.slices import Certainty, History
from comity.graph.ties import Tie
from comity.viz.basemap import basemap
from comity.viz.layout import seat_actors, seat_pacts
from comity.viz.network import build_network
from comity.viz.projection import WIDTH
from comity.viz.wording import in_words

_LONGEST_LABEL = 34


@dataclass(slots=True)
class _Listed:
    """A list in which every value stands once; asking for a value's number adds it."""

    values: list[Any] = field(default_factory=list)
    numbers: dict[Any, int] = field(default_factory=dict)

    def number(self, key: Any, value: Any = None) -> int:
        if key not in self.numbers:
            self.numbers[key] = len(self.values)
            self.values.append(key if value is None else value)
        return self.numbers[key]


@dataclass(slots=True)
class _Lists:
    """The lists that the facts and ties of a page share."""

    actors: dict[str, int]
    sources: _Listed = field(default_factory=_Listed)
    whens: _Listed = field(default_factory=_Listed)
    phases: _Listed = field(default_factory=_Listed)
    sets: _Listed = field(default_factory=_Listed)

    def when(self, when: When) -> int:
        """A date as EDTF and in plain words."""
        return self.whens.number(when.text, [when.text, in_words(when)])


def page_data(
    history: History,
    *,
    as_of: When,
    sizes: Mapping[str, float],
    size_name: str,
    certainty: Certainty,
    title: str,
    source_details: Mapping[str, Source],
) -> dict[str, Any]:
    """All that the page shows of a history."""
    shown = {end for tie in history.ties for end in (tie.left, tie.right)}
    seats = seat_actors(history, shown)
    network = build_network(seats, history.actors, sizes, history.ties)
    nodes, edges, *_, options = network.get_network_data()
    lists = _Lists({node["id"]: at for at, node in enumerate(nodes)})
    hubs = seat_pacts(history, seats)
    facts = [_fact(fact, lists) for fact in history.facts]
    numbers = {fact.id: at for at, fact in enumerate(history.facts)}
    for name, spot in hubs.items():
        hub = facts[numbers[name]]
        hub |= {"label": short_title(hub["title"]), "hub": [spot.x, spot.y, spot.around]}
    return {
        "title": title,
        "asOf": {"text": as_of.text, "words": in_words(as_of), "days": _days(as_of)},
        "certainty": certainty,
        "rule": history.rule,
        "collections": list(history.sources),
        "revision": history.revision,
        "size": size_name,
        "world": {"width": WIDTH, **basemap()},
        "kinds": [_kind(kind) for kind in kinds().values()],
        "options": json.loads(options),
        "actors": [_node(node) for node in nodes],
        "facts": facts,
        "ties": list(_ties([edge["tie"] for edge in edges], history.facts, lists)),
        "phases": lists.phases.values,
        "sets": lists.sets.values,
        "whens": lists.whens.values,
        "sources": [_source(name, source_details.get(name)) for name in lists.sources.values],
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


def _days(when: When) -> list[int]:
    return [when.earliest_begin.toordinal(), when.latest_end.toordinal()]


def _node(node: Mapping[str, Any]) -> dict[str, Any]:
    """A pyvis node without what is the same for all."""
    kept = ("id", "label", "group", "x", "y", "around", "size", "measure")
    content = {name: node[name] for name in kept if name in node}
    if any(node["aside"]):
        content["aside"] = node["aside"]
    if node["how"] != "place":
        content["how"] = node["how"]
    return content


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


def _source(name: str, source: Source | None) -> dict[str, str]:
    if source is None:
        return {"id": name, "title": name}
    content = {
        "id": name, "title": source.title, "publisher": source.publisher, "date": source.date,
        "version": source.version, "url": source.url, "citation": source.citation, "licence": source.licence,
    }  # fmt: skip
    return {key: value for key, value in content.items() if value}


def _ties(ties: list[Tie], facts: Sequence[Fact], lists: _Lists) -> Iterator[list[Any]]:
    """Ties by fact and set of phases: [fact, phases, directed, types or 0 for the fact's, [left, right, left, right, …]]."""
    pairs: dict[tuple[str, str, str, bool, tuple[str, ...]], list[Tie]] = defaultdict(list)
    for tie in ties:
        pairs[tie.fact, tie.left, tie.right, tie.directed, tie.types].append(tie)
    numbers = {fact.id: number for number, fact in enumerate(facts)}
    rows: dict[tuple[int, int, bool, tuple[str, ...]], list[int]] = defaultdict(list)
    for (fact, left, right, directed, types), phases in pairs.items():
        key = tuple(
            (tie.status, tie.in_effect, *(day.toordinal() for day in (*tie.when.begin, *tie.when.end)))
            for tie in phases
        )
        phase_set = lists.sets.number(key, [lists.phases.number(phase) for phase in key])
        row = rows[numbers[fact], phase_set, directed, types]
        row += [lists.actors[left], lists.actors[right]]
    for (number, phase_set, directed, types), ends in rows.items():
        yield [number, phase_set, int(directed), 0 if types == facts[number].types else list(types), ends]


def _fact(fact: Fact, lists: _Lists) -> dict[str, Any]:
    content = {
        "id": fact.id,
        "kind": list(kinds()).index(fact.kind),
        "title": fact.title,
        "names": list(fact.titles[1:]),
        "types": list(fact.types),
        "status": fact.status,
        "parties": [_party(party, lists) for party in fact.parties],
        "steps": [_step(step, lists) for step in fact.steps],
        "conflicts": [
            [name, [[value, lists.sources.number(source)] for value, source in accounts]]
            for name, accounts in _conflicts(fact)
        ],
        "statements": [_statement(statement, lists) for statement in fact.statements],
    }
    return {key: value for key, value in content.items() if value not in ([], "")}


def _party(party: Party, lists: _Lists) -> list[Any]:
    """[actor or its id where it has no tie, role, pledges or None, date or None], without what is missing at the end."""
    content: list[Any] = [lists.actors.get(party.actor, party.actor), party.role]
    if party.pledges is not None or party.dates:
        content.append(None if party.pledges is None else list(party.pledges))
    if party.dates:
        content.append(lists.when(party.dates))
    return content


def _step(step: FactStep, lists: _Lists) -> list[Any]:
    content: list[Any] = [step.name, lists.when(step.when), step.state.value]
    return [*content, _between(step.between, lists)] if step.between else content


def _between(between: tuple[str, ...], lists: _Lists) -> list[Any]:
    return [lists.actors.get(actor, actor) for actor in between]


def _conflicts(fact: Fact) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Everything on which sources disagree, with every account of it: what is said and by which source."""
    named: dict[str, Resolved] = {"beginning": fact.begin, "end": fact.end, **fact.properties}
    for name, resolved in named.items():
        if resolved.state is State.CONFLICT:
            yield name, list(dict.fromkeys((account.value, account.source) for account in resolved.accounts))
    steps = kind_of(fact.kind).steps
    for step in fact.steps:
        # The conflict of a step in effect is that of its beginning or end, told above.
        if step.state is State.CONFLICT and (step.between or not steps[step.name].effective):
            yield (
                step.name,
                [
                    (told.when.text, statement.source)
                    for statement in fact.statements
                    for told in statement.steps
                    if (told.name, told.between) == (step.name, step.between)
                ],
            )


def _statement(statement: Statement, lists: _Lists) -> dict[str, Any]:
    content: dict[str, Any] = {
        "source": lists.sources.number(statement.source),
        "place": str(statement.place),
        "words": statement.words,
        "method": "" if statement.method == "curated" else statement.method,
        "confidence": None if statement.confidence == 1 else statement.confidence,
        "says": [
            [step.name, lists.when(step.when), *([_between(step.between, lists)] if step.between else [])]
            for step in statement.steps
        ],
        "properties": [[name, list(values)] for name, values in statement.properties],
        "repairs": [[repair.property, repair.was, repair.rule] for repair in statement.repairs],
    }
    return {key: value for key, value in content.items() if value not in ([], "", None)}
