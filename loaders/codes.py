"""Who is meant by a code or name in a table, on the date of its row: one actor, or the reason why nobody can say.

The crosswalk decides. Where it does not know, a mapping that a person added does: that is kept with the statement as a repair.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from comity.graph.crosswalk import Crosswalk, crosswalk
from comity.graph.dates import When
from comity.graph.mappings import Key, key_of
from comity.graph.model import Rejected, Repair

NAMES = ""
"""The system of names: everything that an actor is called, whatever the language of codes."""

MAPPED = "mapping"
"""The rule by which a mapping that a person added replaces a value."""

_MOST_KNOWN = 200_000
"""Values that are remembered, at most: some tens of megabytes."""


@dataclass(frozen=True, slots=True)
class Found:
    """The one actor that is meant, by its id, and the repair if it is meant by a mapping."""

    actor: str
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that means nobody, or several: why, and whom it may mean."""

    value: str
    system: str
    reason: str
    candidates: tuple[str, ...] = ()

    def rejected(self, place: str, record: str, *, part: bool = False) -> Rejected:
        """The record, or with `part` only the party, as it goes into quarantine."""
        return Rejected(place, self.reason, self.value, self.system, self.candidates, record, part)


class Codes:
    """Looks values up by the crosswalk and by mappings; remembers what it has found, as tables repeat themselves."""

    def __init__(self, mappings: Mapping[Key, str] | None = None, world: Crosswalk | None = None) -> None:
        self._world = world or crosswalk()
        self.learn(mappings or {})

    def learn(self, mappings: Mapping[Key, str]) -> None:
        """Use these mappings from now on, and no earlier ones."""
        self._mappings = dict(mappings)
        self._known: dict[tuple[str, str, When | None], Found | Unknown] = {}

    def find(self, value: str, system: str = NAMES, when: When | None = None) -> Found | Unknown:
        """The actor that the value means in the system (`cow`, `cameo` …; names without) at some moment of the time.

        A value that means one actor at other times only is taken for it: a source's own codes are read from its first year on, and the
        audit shows who was not there yet.
        """
        known = self._known.get((value, system, when))
        if known is None:
            if len(self._known) >= _MOST_KNOWN:  # a stream of events has new dates for ever
                self._known.clear()
            known = self._known[value, system, when] = self._find(value, system, when)
        return known

    def _find(self, value: str, system: str, when: When | None) -> Found | Unknown:
        mapped = self._mappings.get(key_of(system, value))
        if mapped is not None:
            return Found(mapped, (Repair("parties", value, MAPPED),))
        what = f"{system} code" if system else "name"
        if not value.strip():
            return Unknown(value, system, f"no {what} is given")
        found = self._world.lookup(value, when, system or None) or self._world.lookup(
            value, None, system or None
        )
        if len(found) == 1:
            return Found(found[0].id)
        if not found:
            return Unknown(value, system, f"nobody has the {what} {value!r}")
        several = tuple(actor.id for actor in found)
        return Unknown(value, system, f"the {what} {value!r} fits several actors", several)
