"""What the page can tell of every fact: its parties, its steps, what each source says and where they disagree.

The page reads this only when somebody asks for it, so that it need not wait for it before it draws.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from comity.graph.accounts import Resolved, State
from comity.graph.kinds import kind_of
from comity.graph.model import Party, Source, Statement, Step
from comity.graph.resolve import Fact
from comity.graph.steps import FactStep
from comity.queries.texts import words_of
from comity.viz.lists import Lists, trimmed


def fact_evidence(fact: Fact, lists: Lists) -> list[Any]:
    """[parties, steps, statements, disputes]; parties, steps and what is said are numbers of the lists."""
    return trimmed(
        [
            [_party(party, lists) for party in fact.parties],
            [_step(step, lists) for step in fact.steps],
            [_statement(statement, fact, lists) for statement in fact.statements],
            list(_disputes(fact, lists)),
        ]
    )


def shared_lists(lists: Lists) -> dict[str, list[Any]]:
    """The lists that the facts' evidence points into."""
    return {
        "parties": lists.parties.values,
        "says": lists.steps.values,
        "manners": lists.manners.values,
        "places": lists.places.values,
        "sources": [_source(name, lists.picture.source_details.get(name)) for name in lists.sources.values],
    }


def _source(name: str, source: Source | None) -> dict[str, str]:
    if source is None:
        return {"id": name, "title": name}
    content = {
        "id": name, "title": source.title, "publisher": source.publisher, "date": source.date,
        "version": source.version, "url": source.url, "citation": source.citation, "licence": source.licence,
    }  # fmt: skip
    return {key: value for key, value in content.items() if value}


def _party(party: Party, lists: Lists) -> int:
    """The number of [actor or its id where it has no tie, role, pledges or None, date or None], trimmed at the end."""
    content: list[Any] = [lists.actor(party.actor), party.role]
    if party.pledges is not None or party.dates:
        content.append(None if party.pledges is None else list(party.pledges))
    if party.dates:
        content.append(lists.when(party.dates))
    return lists.parties.number((party.actor, party.role, party.pledges, party.dates), content)


def _step(step: FactStep, lists: Lists) -> int:
    """The number of [name, date, the parties it is confined to, whether it is disputed], trimmed at the end."""
    disputed = int(step.state is State.CONFLICT)
    key = (step.name, step.when.text, step.between, disputed)
    content = [step.name, lists.when(step.when), _between(step.between, lists), disputed]
    return lists.steps.number(key, trimmed(content, least=2))


def _said(step: Step, lists: Lists) -> int:
    """As for a fact's step; what one source says is not disputed by itself."""
    key = (step.name, step.when.text, step.between, 0)
    return lists.steps.number(
        key, trimmed([step.name, lists.when(step.when), _between(step.between, lists)], least=2)
    )


def _between(between: tuple[str, ...], lists: Lists) -> list[Any]:
    return [lists.actor(actor) for actor in between]


def _disputes(fact: Fact, lists: Lists) -> Iterator[list[Any]]:
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


def _statement(statement: Statement, fact: Fact, lists: Lists) -> list[Any]:
    """[manner, place, parties, says, the rest by name]; names, types and parties only where it states others than the fact has."""
    same_parties = set(statement.parties) == set(fact.parties)
    method = "" if statement.method == "curated" else statement.method
    confidence = None if statement.confidence == 1 else statement.confidence
    manner = (statement.source, method, confidence)
    return trimmed(
        [
            lists.manners.number(
                manner, trimmed([lists.sources.number(statement.source), method, confidence])
            ),
            lists.place(str(statement.place)),
            [] if same_parties else [_party(party, lists) for party in statement.parties],
            [_said(step, lists) for step in statement.steps],
            _rest(statement, fact, lists),
        ]
    )


def _rest(statement: Statement, fact: Fact, lists: Lists) -> dict[str, Any] | None:
    same_names = len(fact.statements) == 1 or statement.titles == fact.titles[:1]
    same_types = set(statement.types) == set(fact.types)
    source = lists.picture.source_details.get(statement.source)
    content: dict[str, Any] = {
        "words": words_of(statement, source, lists.picture.texts).text,
        "names": [] if same_names else list(statement.titles),
        "types": [] if same_types else list(statement.types),
        "properties": [[name, list(values)] for name, values in statement.properties],
        "repairs": [[repair.property, repair.was, repair.rule] for repair in statement.repairs],
    }
    return {key: value for key, value in content.items() if value not in ([], "")} or None
