"""Actors: countries and organizations with the spells of their existence, their names and codes by date, and who followed them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.graph.dates import When

Label = Literal["Country", "Organization"]


@dataclass(frozen=True, slots=True)
class Spell:
    """A time during which a state system (`cow`, `gw`, `iso`), or comity where none lists the actor, has it exist."""

    system: str
    span: When


@dataclass(frozen=True, slots=True)
class Name:
    """A name and when it was in use; without a span it names the actor at any time."""

    text: str
    span: When | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A code in a system and when it names the actor; without a span it does at any time."""

    system: str
    code: str
    span: When | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """An actor that continued another, wholly or in part, and since when."""

    id: str
    since: When


@dataclass(frozen=True, slots=True)
class Capital:
    """The last capital of a country, or the seat of an organization, in degrees north and east."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Actor:
    """A country (one number of the Correlates of War system is one country) or an organization.

    `names` stand in order of preference: of those in use on a day the first is the one to show.
    """

    id: str
    label: Label
    name: str
    names: tuple[Name, ...] = ()
    codes: tuple[Code, ...] = ()
    spells: tuple[Spell, ...] = ()
    successors: tuple[Succession, ...] = ()
    wikidata: str | None = None
    capital: Capital | None = None

    @property
    def systems(self) -> tuple[str, ...]:
        """The systems that know the actor by a spell or a code, in alphabetical order."""
        return tuple(sorted({spell.system for spell in self.spells} | {code.system for code in self.codes}))

    def name_on(self, day: date) -> str:
        """The name to show for that day; the actor's own name where none is known to have been in use."""
        for name in self.names:
            if name.span is None or name.span.possibly_on(day):
                return name.text
        return self.name

    def code(self, system: str, day: date | None = None) -> str | None:
        """The actor's first code in the system, held on the day if one is given; None where it has none."""
        for code in self.codes:
            if code.system == system and (day is None or code.span is None or code.span.possibly_on(day)):
                return code.code
        return None
