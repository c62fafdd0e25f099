"""Small histories for the tests of the map, made of statements without a store."""

from collections.abc import Iterable
from typing import Any

from comity.graph.dates import When
from comity.graph.model import Party, Place, Repair, Source, Statement, Step
from comity.graph.resolve import resolve_all
from comity.graph.slices import ActorNode, History
from comity.graph.ties import derive_ties
from comity.queries.texts import hash_of
from comity.viz.picture import Picture

HOSTILE = "<script>alert(1)</script>"

ACTORS = {
    actor.id: actor
    for actor in (
        ActorNode("AUS", "Country", "Australia", -35.28, 149.13),
        ActorNode("BEL", "Country", "Belgium", 50.85, 4.35),
        ActorNode("CAN", "Country", "Canada", 45.42, -75.7),
        ActorNode("CZE", "Country", "Czechia", 50.08, 14.43),
        ActorNode("FRA", "Country", "France", 48.85, 2.35),
        ActorNode("GBR", "Country", "United Kingdom", 51.5, -0.13),
        ActorNode("JPN", "Country", "Japan", 35.68, 139.75),
        ActorNode("USA", "Country", "United States", 38.9, -77.04),
        ActorNode("CLUB", "Organization", "The Club"),
        ActorNode("EU", "Organization", "European Union", 50.85, 4.35),
        ActorNode("NATO", "Organization", "North Atlantic Treaty Organization", 50.88, 4.42),
        ActorNode("XAA", "Country", HOSTILE),
    )
}

SOURCES = {
    source.id: source
    for source in (
        Source("t:treaty", "The treaty's text", "NATO", "1949-04-04", url="https://example.org/treaty"),
        Source("t:paper", "A newspaper of the day", "The Paper", "2016-10-25"),
        Source("t:bad", HOSTILE, HOSTILE, url="javascript:alert(1)"),
    )
}

DAY = When.parse("2016-12-31")


def told(
    fact: str,
    kind: str,
    parties: str,
    steps: Iterable[tuple[str, str]],
    source: str = "treaty",
    **more: object,
) -> Statement:
    """A statement; parties are `JPN` or `JPN:host`."""
    split = [spec.partition(":") for spec in parties.split()]
    default = {"membership": "member", "drill": "participant", "talks": "participant"}.get(kind, "party")
    fields: dict[str, object] = {
        "types": ("defence",) if kind == "agreement" else (),
        "titles": (fact.replace("-", " ").capitalize(),),
        "place": Place("Article 5"),
        **more,
    }
    return Statement(
        fact=f"t:{fact}",
        kind=kind,
        source=f"t:{source}",
        parties=tuple(Party(actor, role or default) for actor, _, role in split),
        steps=tuple(Step(name, When.parse(when)) for name, when in steps),
        **fields,  # type: ignore[arg-type]
    )


def statements() -> list[Statement]:
    """A pact of five, parallel ties, a drill told in two ways, an end, a plan, a doubt, memberships, and hostile names."""
    return [
        told("north-atlantic-treaty", "agreement", "BEL CAN FRA GBR USA", [("in_force", "1949-08-24/..")]),
        told(
            "security-treaty",
            "agreement",
            "JPN USA",
            [("signed", "1960-01-19"), ("in_force", "1960-06-23/..")],
        ),
        told("acsa", "agreement", "JPN USA", [("in_force", "1996-10-22/..")], types=("logistics",)),
        told("pacific-pact", "agreement", "AUS USA", [("in_force", "1952-04-29/..")]),
        told("lapsed-treaty", "agreement", "CZE FRA", [("in_force", "1924-01-25/1939-03-15")]),
        told("planned-pact", "agreement", "FRA JPN", [("announced", "2016-12-01")]),
        told("doubtful-treaty", "agreement", "CZE GBR", [("in_force", "1990/")]),
        told(
            "guardian-north-16",
            "drill",
            "GBR:guest JPN:host",
            [("held", "2016-10-24/2016-11-06")],
            source="paper",
            words="The drill began on Monday.",
            repairs=(Repair("held", "201610 October 24th", "joined-digits"),),
            place=Place("", 10, 36, hash_of("The drill began on Monday.")),
            confidence=0.9,
        ),
        told("guardian-north-16", "drill", "GBR:guest JPN:host", [("held", "2016-10-22/2016-11-06")]),
        told("talks", "talks", "JPN NATO", [("held", "2017-01-05")], source="paper"),
        told(
            "membership-of-nato",
            "membership",
            "NATO:organization BEL GBR USA",
            [("in_force", "1949-08-24/..")],
        ),
        told(
            "membership-of-the-eu", "membership", "EU:organization BEL FRA", [("in_force", "1993-11-01/..")]
        ),
        told("club", "membership", "CLUB:organization CAN GBR", [("in_force", "1980/..")]),
        told(
            "hostile",
            "agreement",
            "USA XAA",
            [("in_force", "2000/..")],
            source="bad",
            titles=(HOSTILE,),
            words=HOSTILE,
            place=Place(HOSTILE),
        ),
    ]


def history(extra: Iterable[Statement] = ()) -> History:
    """The history that the statements give."""
    facts = tuple(resolve_all([*statements(), *extra]))
    organizations = {actor.id for actor in ACTORS.values() if actor.label == "Organization"}
    return History(
        facts, tuple(derive_ties(facts, "every-pair", organizations)), ACTORS, ("t",), "every-pair", "abc123"
    )


SIZES = {"USA": 7.0, "JPN": 1.0, "GBR": 4.0, "FRA": 4.0, "BEL": 4.0, "CAN": 4.0, "AUS": 1.0, "CZE": 0.0}


def picture(extra: Iterable[Statement] = (), **changes: Any) -> Picture:
    """A picture of the small history, with these changes."""
    fields: dict[str, Any] = {
        "history": history(extra), "as_of": DAY, "title": "Test", "sizes": SIZES, "size_name": "degree",
        "source_details": SOURCES, **changes,
    }  # fmt: skip
    return Picture(**fields)
