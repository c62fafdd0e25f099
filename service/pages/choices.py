"""What the forms offer to choose from when they ask which ties count."""

from collections.abc import Mapping
from dataclasses import dataclass

from comity.graph.kinds import kinds
from comity.graph.model import DOSSIERS
from comity.graph.slices import CONVENTIONS, Question
from comity.graph.stores.base import Store
from comity.graph.ties import RULES
from comity.queries.asking import EVERY_TYPE
from comity.queries.inventory import COLLECTIONS

RULES_TOLD = {
    "every-pair": "each two parties",
    "host-guest": "the host with each other party",
    "pledger-pledged": "who pledges with each other party",
    "organization": "each country with each organization",
}
"""What the rules make ties of, in words."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from, and what is chosen."""

    layers: Mapping[str, str]
    types: Mapping[str, str]
    sources: tuple[str, ...]
    rules: Mapping[str, str]
    conventions: Mapping[str, str]
    chosen_type: str


def choices(store: Store, question: Question) -> Choices:
    """The choices for a question: the types are those of its layers, the sources those that are loaded."""
    loaded = [row["collection"] for row in store.read(COLLECTIONS)]
    types = {name: about for layer in question.layers for name, about in kinds()[layer].types.items()}
    return Choices(
        layers={kind.name: kind.plural for kind in kinds().values()},
        types={EVERY_TYPE: "every type", **types},
        sources=(DOSSIERS, *loaded),
        rules={name: RULES_TOLD.get(name, name) for name in RULES},
        conventions=CONVENTIONS,
        chosen_type=question.types[0] if len(question.types) == 1 else EVERY_TYPE,
    )
