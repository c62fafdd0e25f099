"""Small statements for tests, written in one line each."""

from collections.abc import Iterable, Sequence

from comity.graph.dates import When
from comity.graph.kinds import kind_of
from comity.graph.model import Party, Place, Source, Statement, Step
from comity.graph.reading import Reading

COLLECTION = "test"


def party(spec: str, role: str = "party") -> Party:
    """`JPN`, `JPN:host` or `TUR@1952-02-18/..`."""
    rest, _, dates = spec.partition("@")
    actor, _, own = rest.partition(":")
    return Party(actor, own or role, None, When.parse(dates) if dates else None)


def step(spec: str) -> Step:
    """`signed 1949-04-04`, or `suspended 1986-08/.. NZL USA` for a step between parties."""
    name, when, *between = spec.split()
    return Step(name, When.parse(when), tuple(between))


def stated(
    fact: str,
    parties: str,
    steps: Sequence[str],
    *,
    source: str = "a",
    kind: str = "agreement",
    types: Sequence[str] = ("defence",),
    method: str = "curated",
    collection: str = COLLECTION,
    **properties: str,
) -> Statement:
    """One statement of a source about a fact, in the shorthand of `party` and `step`."""
    return Statement(
        fact=f"{collection}:{fact}",
        kind=kind,
        source=f"{collection}:{source}",
        place=Place(f"page {len(fact)}"),
        types=tuple(types),
        titles=(fact.title(),),
        parties=tuple(party(spec, kind_of(kind).default_role) for spec in parties.split()),
        steps=tuple(map(step, steps)),
        properties=tuple((name, (value,)) for name, value in sorted(properties.items())),
        method=method,
    )


def reading(statements: Iterable[Statement], *, whole: bool = True, collection: str = COLLECTION) -> Reading:
    """The statements as a loader would give them, with a source for each that they name."""
    told = sorted(statements, key=lambda statement: statement.fact)
    sources = tuple(
        Source(name, f"Source {name}") for name in sorted({statement.source for statement in told})
    )
    return Reading(collection, sources, told, whole=whole)
