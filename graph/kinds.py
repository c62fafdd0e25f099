"""The kinds of facts, read from kinds/*.yaml: the one place that names labels, types, steps, roles, properties and colours."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from comity.graph.errors import UnknownName

COMMON_PROPERTIES = ("title", "types", "parties")
"""What an account may state of any kind of fact."""


@dataclass(frozen=True, slots=True)
class StepKind:
    """One step of a status, such as `signed`.

    `reading` is set where the step means that the fact is in effect: `from` (a single date is the beginning, the end
    is not told) or `within` (a single date bounds the whole). A `plan` is dated by the time planned for.
    """

    name: str
    about: str
    reading: str = ""
    plan: bool = False
    interrupts: bool = False
    closes: bool = False
    cancels: bool = False

    @property
    def effective(self) -> bool:
        """Whether the fact is in effect at this step."""
        return bool(self.reading)


@dataclass(frozen=True, slots=True)
class PropertyKind:
    """A property of a kind of fact: its value is a `text`, a `date` or a list of `names`."""

    name: str
    value: str
    about: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of fact. `label` is its edges' label; `joins` the pairs of roles that make a tie; order of steps is a life's."""

    name: str
    label: str
    plural: str
    about: str
    colour: str
    types: Mapping[str, str]
    steps: Mapping[str, StepKind]
    roles: Mapping[str, str]
    joins: frozenset[tuple[str, str]]
    properties: Mapping[str, PropertyKind]
    directed: bool = False
    longest_days: int | None = None

    @property
    def default_role(self) -> str:
        """The role of a party for which none is written."""
        return next(iter(self.roles))

    @property
    def pledged(self) -> bool:
        """Whether parties pledge something to each other: then types are what each party pledges."""
        return self.name == "agreement"

    def joined(self, left: str, right: str) -> bool:
        """Whether a party of the one role and a party of the other make a tie, in this order."""
        return (left, right) in self.joins


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by name, in the order in which they are listed to people."""
    folder = resources.files("comity.graph") / "kinds"
    order = ("agreement", "drill", "talks", "membership", "representation", "dispute")
    return {name: _read(name, (folder / f"{name}.yaml").read_text(encoding="utf-8")) for name in order}


def kind_of(name: str) -> Kind:
    """The kind of that name; `UnknownName` lists the kinds."""
    found = kinds().get(name)
    if found is None:
        raise UnknownName("kind", name, kinds())
    return found


def _read(name: str, text: str) -> Kind:
    data: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    directed = data.get("directed", False)
    joins = {(left, right) for left, right in data["joins"]}
    return Kind(
        name=name,
        label=data["label"],
        plural=data["plural"],
        about=data["about"],
        colour=data["colour"],
        types=data["types"],
        steps={step: StepKind(step, **fields) for step, fields in data["steps"].items()},
        roles=data["roles"],
        joins=frozenset(joins if directed else joins | {(right, left) for left, right in joins}),
        properties={key: PropertyKind(key, **fields) for key, fields in data["properties"].items()},
        directed=directed,
        longest_days=data.get("longest_days"),
    )
