"""The shape of what is asked and answered in the W3C's Reconciliation Service API 0.2."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from comity.service.asking import LONGEST
from comity.service.documents import Document


class Property(BaseModel):
    """A property that a query wants matched; `as_of` says when the name was in use, `system` that it is a code of this system."""

    pid: str
    v: Any = None


class ReconciliationQuery(BaseModel):
    """One name to look for."""

    model_config = ConfigDict(extra="ignore")

    query: str = Field(max_length=LONGEST)
    type: str | list[str] | None = None
    limit: int = Field(default=10, ge=1, le=100)
    properties: list[Property] = []
    type_strict: str | None = None


class ExtendProperty(BaseModel):
    """A property to extend by."""

    model_config = ConfigDict(extra="ignore")

    id: str


class Extension(BaseModel):
    """Which actors are to be extended by which properties."""

    model_config = ConfigDict(extra="ignore")

    ids: list[str] = Field(max_length=10_000)
    properties: list[ExtendProperty] = Field(max_length=50)


class Entity(Document):
    """A type or property: its id and name."""

    id: str
    name: str


class Feature(Document):
    """What an actor was matched by (`matched`), and whether the graph has it (`held`)."""

    id: Literal["matched", "held"]
    value: str | bool


class Candidate(Document):
    """An actor that a name may mean; `match` where it is the only one that bears that name."""

    id: str
    name: str
    description: str
    type: list[Entity]
    score: float
    match: bool
    features: list[Feature]


class Found(Document):
    """The actors that one name may mean, the best match first."""

    result: list[Candidate]


class Text(Document):
    """A value that is a text."""

    text: str = Field(alias="str")


class Number(Document):
    """A value that is a number."""

    number: float = Field(alias="float")


class Extended(Document):
    """Properties of actors: for each actor, for each property, its values."""

    meta: list[Entity]
    rows: dict[str, dict[str, list[Text | Number]]]


class Suggestion(Document):
    """An actor, type or property that begins, or goes on, like what was typed; `notable` where the graph has the actor."""

    id: str
    name: str
    description: str
    type: list[Entity] | None = None
    notable: bool | None = None


class Suggested(Document):
    """What may be meant by what was typed so far."""

    result: list[Suggestion]


class Proposed(Document):
    """Properties by which a table of actors can be extended."""

    limit: int
    type: str | None = None
    properties: list[Entity]


class View(Document):
    """Where an actor is shown to people; `{{id}}` stands for its id."""

    url: str


class Preview(Document):
    """Where a few lines about an actor are, to be shown in a frame of that size."""

    url: str
    width: int
    height: int


class Address(Document):
    """Where a part of the service is."""

    service_url: str
    service_path: str


class Suggesting(Document):
    """Where suggestions are."""

    entity: Address
    type: Address
    property: Address


class Extending(Document):
    """Where it is said by what a table can be extended."""

    propose_properties: Address
    property_settings: list[Any]


class Manifest(Document):
    """What the service is, and where its parts are."""

    versions: list[str]
    name: str
    identifierSpace: str  # noqa: N815
    schemaSpace: str  # noqa: N815
    documentation: str
    defaultTypes: list[Entity]  # noqa: N815
    view: View
    preview: Preview
    suggest: Suggesting
    extend: Extending
    batchSize: int  # noqa: N815


Reconciled = Manifest | Extended | dict[str, Found]
"""What is answered at the one address: by what is asked the manifest, properties of actors, or for each name the actors it may mean."""
