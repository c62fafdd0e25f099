"""The shape of what editors send and of what they are told, for the documentation of the API."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from comity.graph.model import SHORTEST_ID
from comity.service.documents import Document, Revision
from comity.service.progress import MEDIA_TYPE

Name = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Reason = Annotated[str, StringConstraints(max_length=5000)]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Subject(_Asked):
    """A dossier, a source or a statement, and why."""

    name: Name = Field(examples=["treaties:nato-members"])
    reason: Reason = ""


class Decision(_Asked):
    """What is held to be right of a fact on which sources disagree, and why."""

    fact: Name = Field(examples=["japan-europe:guardian-north-16"])
    says: dict[Name, Name] = Field(
        min_length=1,
        max_length=50,
        description="Property and value, as `comity decide` takes them: a step with its date in EDTF, `types`, `parties` …",
        examples=[{"under_way": "2016-10-24"}],
    )
    reason: Reason = Field(min_length=1)


class JudgedPair(_Asked):
    """Whether two facts are one, and why."""

    left: Name = Field(examples=["japan-europe:acsa-france"])
    right: Name = Field(examples=["treaties:anzus"])
    verdict: Literal["same", "different", "unsure"]
    confidence: float = Field(1.0, ge=0, le=1)
    reason: Reason = ""


class Withdrawal(_Asked):
    """The decision or judgement that is taken back, by its id or the beginning of it, and why."""

    id: Annotated[str, StringConstraints(min_length=SHORTEST_ID, max_length=64, pattern="^[0-9a-f]+$")] = (
        Field(examples=["3f195d02c1da"])
    )
    reason: Reason = ""


class Loaded(Document):
    """What a load did, in facts: read = stored + unchanged + skipped + rejected; `retracted` are those that it does not tell any more."""

    dossier: str
    warnings: list[str]
    read: int
    stored: int
    unchanged: int
    skipped: int
    rejected: int
    retracted: int
    revision: Revision


class Planned(Document):
    """What a load would do: the facts that it would add, change or retract, and how many would stay as they are.

    `described` are the sources, and actors of the dossier's own, whose description would be new, another or gone.
    """

    dossier: str
    warnings: list[str]
    added: list[str]
    changed: list[str]
    retracted: list[str]
    unchanged: int
    described: list[str]


class MadeDecision(Document):
    """A decision: its id, by which it can be withdrawn, and the property that it settles."""

    id: str
    property: str


class Decided(Document):
    """What was decided, and in whose name."""

    fact: str
    decisions: list[MadeDecision]
    by: str
    revision: Revision


class JudgedDocument(Document):
    """The judgement's id, by which it can be withdrawn, and whether it was recorded, was there already, or replaced an earlier one."""

    id: str
    recorded: int
    unchanged: int
    replaced: int
    revision: Revision


OF_LOADS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": Loaded | Planned,
        "description": "What the load did, or with `dry_run` would do.",
        "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
    }
}
