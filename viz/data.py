"""What the page knows, as one JSON value: actors, ties with all their phases, facts with their evidence, sources.

Texts, dates and sets of phases that stand many times are listed once and named by number, so that two centuries fit on a page.
Days are proleptic Gregorian ordinals (`date.toordinal`); 1 and 3652059 stand for "no bound".
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from comity.graph.accounts import Resolved, State
from comity.graph.dates import FIRST_DAY, When
from comity.graph.kinds import Kind, kind_of, kinds
from comity.graph.model import Party, Source, Statement
from comity.graph.resolve import Fact, FactStep
from comity.graph.ties import Tie
from comity.queries.texts import words_of
from comity.viz.basemap import basemap
from comity.viz.layout import seat_actors, seat_pacts
from comity.viz.network import build_network
from comity.viz.picture import Picture
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
    picture: Picture
    sources: _Listed = field(default_factory=_Listed)
    whens: _Listed = field(default_factory=_Listed)
    statuses: _Listed = field(default_factory=_Listed)
    phases: _Listed = field(default_factory=_Listed)
    sets: _Listed = field(default_factory=_Listed)

    def when(self, when: When) -> int:
        """A date as EDTF and in plain words; the page itself has words for a plain day."""
        plain = when.text == when.earliest_begin.isoformat() and when.begin == when.end
        return self.whens.number(when.text, [when.text] if plain else [when.text, in_words(when)])


def page_data(picture: Picture) -> dict[str, Any]:
    """All that the page shows of a history."""
    history = picture.history
    shown = {end for tie in history.ties for end in (tie.left, tie.right)}
    seats = seat_actors(history, shown)
    network = build_network(seats, history.actors, picture.sizes, history.ties)
    nodes, edges, *_, options = network.get_network_data()
    lists = _Lists({node["id"]: at for at, node in enumerate(nodes)}, picture)
    hubs = seat_pacts(history, seats)
    facts = [_fact(fact, lists) for fact in history.facts]
    numbers = {fact.id: at for at, fact in enumerate(history.facts)}
    for name, spot in hubs.items():
        hub = facts[numbers[name]]
        hub |= {"label": short_title(hub["title"]), "hub": [spot.x, spot.y, spot.around]}
    return {
        "title": picture.title,
        "asOf": {
            "text": picture.as_of.text,
            "words": in_words(picture.as_of),
            "days": [picture.as_of.earliest_begin.toordinal(), picture.as_of.latest_end.toordinal()],
        },
        "certainty": picture.certainty,
        "rule": history.rule,
        "collections": list(history.sources),
        "revision": history.revision,
        "size": picture.size_name,
        "only": _only(picture),
        "world": {"width": WIDTH, **basemap()},
        "kinds": [_kind(kind) for kind in kinds().values()],
        "options": json.loads(options),
        "actors": [_node(node) for node in nodes],
        "facts": facts,
        "ties": list(_ties([edge["tie"] for edge in edges], history.facts, lists)),
        "statuses": lists.statuses.values,
        "phases": lists.phases.values,
        "sets": lists.sets.values,
        "whens": lists.whens.values,
        "sources": [_source(name, picture.source_details.get(name)) for name in lists.sources.values],
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
    kept = ("id", "label", "x", "y", "around", "size", "measure")
    content = {name: node[name] for name in kept if name in node}
    if node["group"] != "Country":
        content["group"] = node["group"]
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
        key = tuple(_phase(tie, lists) for tie in phases)
        phase_set = lists.sets.number(key, [lists.phases.number(phase) for phase in key])
        row = rows[numbers[fact], phase_set, directed, types]
        row += [lists.actors[left], lists.actors[right]]
    for (number, phase_set, directed, types), ends in rows.items():
        yield [number, phase_set, int(directed), 0 if types == facts[number].types else list(types), ends]


def _phase(tie: Tie, lists: _Lists) -> tuple[int, ...]:
    """A phase: the number of its status, and the four bounds of its time."""
    begin, end = tie.when.begin, tie.when.end
    if not tie.when.sure or tie.disputed:
        # No day is certain in a time, or of a tie, that may not be at all; an end that may lie before every day says so.
        end = (FIRST_DAY, end[1])
    status = lists.statuses.number((tie.status, tie.in_effect))
    return (status, *(day.toordinal() for day in (*begin, *end)))


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
        "disputes": list(_disputes(fact, lists)),
        "statements": [_statement(statement, fact, lists) for statement in fact.statements],
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
    """[name, date, the parties it is confined to, whether it is disputed], without what is missing at the end."""
    content: list[Any] = [step.name, lists.when(step.when)]
    if step.between or step.state is State.CONFLICT:
        content.append(_between(step.between, lists))
    return [*content, 1] if step.state is State.CONFLICT else content


def _between(between: tuple[str, ...], lists: _Lists) -> list[Any]:
    return [lists.actors.get(actor, actor) for actor in between]


def _disputes(fact: Fact, lists: _Lists) -> Iterator[list[Any]]:
    """Everything on which sources disagree: [name, [[what is said, source], …], the parties it is confined to]."""
    steps = kind_of(fact.kind).steps
    disputed: list[tuple[str, Resolved, tuple[str, ...]]] = [
        (name, resolved, ()) for name, resolved in fact.disputed.items() if name not in steps
    ]
    # `disputed` puts all steps of a name together; here every suspension stands with its own accounts. A step in effect is
    # disputed as begin and end, unless it is confined to some of the parties.
    disputed += [
        (step.name, step.resolved, step.between)
        for step in fact.steps
        if step.state is State.CONFLICT and (step.between or not steps[step.name].effective)
    ]
    # What took place on one day or another is disputed as begin and end by the same accounts: they are shown once.
    alike: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for at, (name, resolved, between) in enumerate(disputed):
        told = tuple(dict.fromkeys((account.value, account.source) for account in resolved.accounts))
        alike[told, between, "time in effect" if name in ("begin", "end") else at].append(name)
    for (told, between, _), names in alike.items():
        accounts = [[value, lists.sources.number(source)] for value, source in told]
        content: list[Any] = [" and ".join(names), accounts]
        yield [*content, _between(between, lists)] if between else content


def _statement(statement: Statement, fact: Fact, lists: _Lists) -> dict[str, Any]:
    """A statement; names, types and parties only where it states others than the fact has."""
    same_names = len(fact.statements) == 1 or statement.titles == fact.titles[:1]
    same_types = set(statement.types) == set(fact.types)
    same_parties = set(statement.parties) == set(fact.parties)
    content: dict[str, Any] = {
        "source": lists.sources.number(statement.source),
        "place": str(statement.place),
        "words": words_of(
            statement, lists.picture.source_details.get(statement.source), lists.picture.texts
        ).text,
        "method": "" if statement.method == "curated" else statement.method,
        "confidence": None if statement.confidence == 1 else statement.confidence,
        "says": [
            [step.name, lists.when(step.when), *([_between(step.between, lists)] if step.between else [])]
            for step in statement.steps
        ],
        "names": [] if same_names else list(statement.titles),
        "types": [] if same_types else list(statement.types),
        "parties": [] if same_parties else [_party(party, lists) for party in statement.parties],
        "properties": [[name, list(values)] for name, values in statement.properties],
        "repairs": [[repair.property, repair.was, repair.rule] for repair in statement.repairs],
    }
    return {key: value for key, value in content.items() if value not in ([], "", None)}
