"""The shape of answers, for the documentation of the API: what the library's values are put into."""

from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Row = TypeVar("Row")

Revision = Annotated[str, Field(description="The revision of the graph that the answer is of.", examples=["0" * 64])]  # fmt: skip


class Document(BaseModel):
    """An answer, with nothing in it that is not documented."""

    model_config = ConfigDict(extra="forbid")


class Told(Document):
    """On what terms facts are told."""

    policy: str = Field(description="How disagreement of sources was settled.", examples=["strict"])
    same_from: float = Field(description="The confidence from which facts judged to be the same are one.")
    known_on: str | None = Field(None, description="The day of record; left out where it is the present one.")
    revision: Revision


class OfQuestion(Told):
    """Of which ties an answer is."""

    layer: str = Field(description="Kinds of facts, joined by +.", examples=["agreement"])
    types: list[str] = Field(description="Types that count; empty: all.")
    rule: str = Field(description="How facts make ties.", examples=["every-pair"])
    sources: list[str] = Field(description="Dossiers, data sets or sources that were used.")
    as_of: str = Field(description="The day or span, in EDTF.", examples=["2016-12-31"])
    convention: str | None = Field(None, description="Which days of a span count; left out for a day.")
    slice: str = Field(description="certain or possible ties.")


class Listed(Document, Generic[Row]):
    """A page of a list."""

    revision: Revision
    total: int = Field(description="How many rows there are in all.")
    next: str | None = Field(description="The address of the next page; null on the last one.")
    rows: list[Row]


class ListedOnTerms(Told, Generic[Row]):
    """A page of a list of what is told."""

    total: int = Field(description="How many rows there are in all.")
    next: str | None = Field(description="The address of the next page; null on the last one.")
    rows: list[Row]


class ListedOfQuestion(OfQuestion, Generic[Row]):
    """A page of a list about ties."""

    total: int = Field(description="How many rows there are in all.")
    next: str | None = Field(description="The address of the next page; null on the last one.")
    rows: list[Row]


class Cited(Document):
    """How a source is cited, and its address."""

    cite: str
    url: str


class Named(Document):
    """An actor and its name."""

    actor: str
    name: str
