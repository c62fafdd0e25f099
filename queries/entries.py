"""A fact as an entry of a history or profile: what it is, how far it came and when, and who disagrees on what."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.graph.accounts import STRICT, Policy
from comity.graph.coverage import loaded_sources
from comity.graph.crosswalk import crosswalk
from comity.graph.dates import FIRST_DAY, LAST_DAY
from comity.graph.errors import UnknownActor
from comity.graph.facts import check_names, read_facts
from comity.graph.identity import APPLIED_FROM
from comity.graph.judgements import read_identity
from comity.graph.kinds import kind_of
from comity.graph.model import Source
from comity.graph.resolve import Fact
from comity.graph.slices import ActorNode, read_actors
from comity.graph.statements import read_sources
from comity.graph.stores.base import Store
from comity.graph.ties import Tie
from comity.queries.telling import Telling


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says."""

    source: str
    value: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A property on which sources disagree, with what each of them says."""

    property: str
    accounts: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step of the status: when it was taken (EDTF), how the accounts of it stand, and the parties it is confined to."""

    name: str
    when: str
    state: str
    between: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyTaking:
    """A party, with its own dates (EDTF) where it has any."""

    actor: str
    role: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact as it is listed.

    `when` is the time in effect in EDTF, empty where the fact has not come into effect; `states` says for its beginning, its
    end and each further property how the accounts stand: confirmed, majority, unique, missing or conflict.
    """

    fact: str
    collection: str
    kind: str
    title: str
    other_titles: tuple[str, ...]
    types: tuple[str, ...]
    status: str
    when: str
    steps: tuple[StepTaken, ...]
    parties: tuple[PartyTaking, ...]
    properties: dict[str, tuple[str, ...]]
    states: dict[str, str]
    conflicts: tuple[Disagreement, ...]
    sources: tuple[str, ...]


def entry_of(fact: Fact, day: date) -> Entry:
    """The fact as an entry, with its status on the day."""
    outcome = {"status": fact.outcome} if fact.outcome.accounts else {}
    resolved = {**outcome, "begin": fact.begin, "end": fact.end, **fact.properties}
    return Entry(
        fact=fact.id,
        collection=fact.collection,
        kind=fact.kind,
        title=fact.title,
        other_titles=fact.titles[1:],
        types=fact.types,
        status=fact.status_on(day),
        when=fact.span.text if fact.span else "",
        steps=tuple(StepTaken(step.name, step.when.text, str(step.state), step.between) for step in fact.steps),
        parties=tuple(
            PartyTaking(party.actor, party.role, party.dates.text if party.dates else "") for party in fact.parties
        ),
        properties={name: found.values for name, found in fact.properties.items() if name != "parties"},
        states={name: str(found.state) for name, found in resolved.items()},
        conflicts=tuple(_disagreements(fact)),
        sources=fact.sources,
    )  # fmt: skip


def _disagreements(fact: Fact) -> Iterable[Disagreement]:
    for name, found in fact.disputed.items():
        said = sorted({(account.source, account.value) for account in found.accounts})
        yield Disagreement(name, tuple(Said(source, value) for source, value in said))


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """The facts by the first day that anything is told of; those of which no day is told come first."""
    return sorted(facts, key=lambda fact: (_first_day(fact), fact.id))


def _first_day(fact: Fact) -> date:
    days = [step.when.earliest_begin for step in fact.steps]
    return min((day for day in days if day != FIRST_DAY), default=FIRST_DAY)


def is_open(fact: Fact, day: date) -> bool:
    """Whether it was announced, planned or agreed by the day, and is neither in effect by then, nor called off, nor over.

    What was planned for a time that has passed stays open until a source tells what came of it.
    """
    if fact.span is not None and fact.span.earliest_begin <= day:
        return False
    steps = kind_of(fact.kind).steps
    # The date of a plan is the time planned for: when the plan was made, nobody tells.
    told = [
        steps[step.name]
        for step in fact.steps
        if not step.between and (step.when.earliest_begin <= day or steps[step.name].plan)
    ]
    over = any(step.closes or step.cancels for step in told)
    return not over and any(not (step.effective or step.interrupts) for step in told)


@dataclass(frozen=True, slots=True)
class Known:
    """What a profile or a history is made of: the actors under their names of the day, the facts, all sources, and who tells of the day."""

    actors: dict[str, ActorNode]
    facts: list[Fact]
    sources: dict[str, Source]
    telling: Telling


def read_known(
    store: Store, actors: Sequence[str], day: date, known_on: date | None, policy: Policy, applied_from: float
) -> Known:
    """Read what is known of these actors; to have it of one revision is the caller's affair (`read_steadily`)."""
    return Known(
        read_actors(store, day),
        facts_of(store, actors, known_on, policy, applied_from),
        read_sources(store, known_on),
        Telling(loaded_sources(store, (), known_on), day),
    )


def facts_of(
    store: Store,
    actors: Sequence[str],
    known_on: date | None = None,
    policy: Policy = STRICT,
    applied_from: float = APPLIED_FROM,
    *,
    kinds: Sequence[str] = (),
    sources: Sequence[str] = (),
) -> list[Fact]:
    """Every fact to which one of the actors is a party, resolved, in the order of the ids.

    Of certain kinds and sources only, as `read_facts` has it, where some are named: what others say is left out.
    """
    check_names(store, kinds, sources)
    if known_on is None:
        query = "MATCH (f:Fact)-[:PARTY]->(a:Country|Organization) WHERE a.id IN $actors RETURN DISTINCT f.id AS fact"
        rows = store.read(query, {"actors": list(actors)})
    else:
        # Facts that no live statement speaks of any more have no node: their statements have to be searched.
        query = "MATCH (s:Statement) WHERE any(x IN $marks WHERE s.states CONTAINS x) RETURN DISTINCT s.fact AS fact"
        rows = store.read(query, {"marks": [f'"actor":"{actor}"' for actor in actors]})
    # A stored fact stands for all that are one with it as they are stored; another threshold may set them apart.
    found = sorted(read_identity(store.read).widened(row["fact"] for row in rows))
    if not found:
        return []
    wanted = set(actors)
    facts = read_facts(
        store, kinds=kinds, facts=found, sources=sources, known_on=known_on, policy=policy, applied_from=applied_from
    )  # fmt: skip
    return [fact for fact in facts if wanted & {party.actor for party in fact.parties}]


def node_of(actors: Mapping[str, ActorNode], id: str, day: date | None = None) -> ActorNode:
    """The actor in the store; one that only the crosswalk knows has no facts here, and the name of the day (today's, if none is given).

    `UnknownActor` for any other id.
    """
    if id in actors:
        return actors[id]
    try:
        known = crosswalk().actor(id)
    except UnknownActor as error:
        raise UnknownActor(f"{error}; `comity find TEXT` looks a name or code up") from None
    return ActorNode(known.id, known.label, known.name_on(day) if day else known.name)


def standing(ties: Iterable[Tie], day: date, pair: Collection[str] = ()) -> list[tuple[Tie, bool]]:
    """The ties in effect on the day, each with whether that is certain; between the two of the pair only, if one is given."""
    return [
        (tie, tie.surely_within(day, day))
        for tie in ties
        if tie.in_effect and tie.when.possibly_on(day) and (not pair or {tie.left, tie.right} == set(pair))
    ]


def bound(day: date) -> str:
    """A bound as it is written into files: ISO 8601, empty where there is no bound."""
    return "" if day in (FIRST_DAY, LAST_DAY) else day.isoformat()
