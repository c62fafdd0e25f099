"""The kinds of facts, read from kinds/*.yaml: the one place that names labels, types, steps, roles, properties and colours."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from comity.graph.errors import UnknownName


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
    pledged: bool = False
    """Whether parties pledge something to each other: then types are what each party pledges."""

    @property
    def default_role(self) -> str:
        """The role of a party for which none is written."""
        return next(iter(self.roles))

    def joined(self, left: str, right: str) -> bool:
        """Whether a party of the one role and a party of the other make a tie, in this order."""
        return (left, right) in self.joins


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by name, in the order in which they are listed to people."""
    folder = resources.files("comity.graph") / "kinds"
    files = {
        file.name.removesuffix(".yaml"): file for file in folder.iterdir() if file.name.endswith(".yaml")
    }
    read = {
        name: yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for name, file in files.items()
    }
    return {name: _kind(name, read[name]) for name in sorted(read, key=lambda name: read[name]["place"])}


def kind_of(name: str) -> Kind:
    """The kind of that name; `UnknownName` lists the kinds."""
    found = kinds().get(name)
    if found is None:
        raise UnknownName("kind", name, kinds())
    return found


def _kind(name: str, data: dict[str, Any]) -> Kind:
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
        pledged=data.get("pledged", False),
    )
