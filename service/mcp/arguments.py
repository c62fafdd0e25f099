"""What tools are called with: strict, described for a language model, with the defaults of the command line."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from comity.graph.accounts import Policy
from comity.graph.dates import parse_day
from comity.graph.identity import APPLIED_FROM
from comity.graph.kinds import kinds
from comity.graph.slices import CONVENTIONS, Question, today
from comity.graph.statements import read_sources
from comity.graph.stores.read_only import ReadOnly
from comity.graph.ties import RULES
from comity.queries.asking import question_of
from comity.queries.measures import MEASURES


@dataclass(frozen=True, slots=True)
class Graph:
    """What a tool works on: the graph, and a folder with the texts of sources, where there is one."""

    store: ReadOnly
    texts: Path | None = None

    def citations(self, known_on: date | None = None) -> dict[str, str]:
        """How to cite every source that the graph has had, by id, as described on the day of record: an answer keeps those that it names."""
        return {id: source.cite() for id, source in read_sources(self.store, known_on).items()}


def one_of(names: Iterable[str]) -> dict[str, Any]:
    """For the schema: the names that there are. Other ones are refused by what looks them up, which says what was meant."""
    return {"enum": list(names)}


def _several(given: Any) -> Any:
    """Several names where one was written, or a list as a text: models do both."""
    if not isinstance(given, str):
        return given
    if given.lstrip().startswith("["):
        try:
            return json.loads(given)
        except ValueError:
            return [given]
    return [given] if given.strip() else []


Name = Annotated[str, Field(max_length=200)]
Names = Annotated[tuple[Name, ...], BeforeValidator(_several), Field(max_length=50)]
Layers = Annotated[tuple[Annotated[Name, Field(json_schema_extra=one_of(kinds()))], ...], BeforeValidator(_several), Field(max_length=10)]  # fmt: skip
Actor = Annotated[Name, Field(min_length=1)]
"""An id, code or name of an actor."""

_NOW, _TODAY = "now", "today"


class Arguments(BaseModel):
    """Arguments by name; others are refused, and null is as good as leaving one out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _given(cls, data: Any) -> Any:
        return {name: value for name, value in data.items() if value is not None} if isinstance(data, Mapping) else data  # fmt: skip


class Record(Arguments):
    """Which record is asked, and how disagreement in it is settled."""

    policy: Name = Field(
        "strict",
        description="How disagreement of sources is settled: `strict` (it stays unsettled, what is disputed is only possible), `majority`, "
        "`earliest`, `latest` or `trusted:SOURCE,SOURCE`.",
    )
    known_on: Name = Field(
        _NOW, description="Use only what the graph held at the end of this day (YYYY-MM-DD); `now` for all."
    )
    same_from: float = Field(
        APPLIED_FROM, ge=0, le=1, description="Facts that were judged to be one count as one from this confidence on."
    )  # fmt: skip

    def record(self) -> dict[str, Any]:
        """The same as the library takes it."""
        return {"policy": Policy.parse(self.policy), "known_on": self.day_of_record, "applied_from": self.same_from}  # fmt: skip

    @property
    def day_of_record(self) -> date | None:
        """The day at whose end the record is asked; None for now."""
        return None if self.known_on == _NOW else parse_day(self.known_on)

    def terms(self) -> dict[str, Any]:
        """The same as it stands in an answer."""
        return {"policy": self.policy, "known_on": self.known_on, "same_from": self.same_from}


class OnDay(Record):
    """The record, and a day for which it is asked what was in force."""

    as_of: Name = Field(_TODAY, description="The day for which it is told what is in force: YYYY-MM-DD, or `today`.")  # fmt: skip

    @property
    def day(self) -> date:
        """The day asked about."""
        return today().earliest_begin if self.as_of == _TODAY else parse_day(self.as_of)


class OfSlice(Record):
    """Which ties count."""

    layers: Layers = Field(
        (), description="Kinds of facts whose ties count; `agreement` where none is named."
    )
    types: Names = Field(
        (),
        description="Only ties of these types (describe_graph lists them), or `all`. Where none is named: of agreements those of "
        "`defence`, of other layers all.",
    )
    as_of: Name = Field(
        _TODAY,
        description="When, in EDTF: a day (2016-12-31), a month (2016-12), a year (2016) or a closed span (2014/2016); or `today`.",
    )
    certainty: Literal["certain", "possible"] = Field(
        "certain",
        description="`certain`: ties in force whatever the unknown dates are, disputed by no source. `possible`: also those that may "
        "have been. Say in your answer which one you asked for.",
    )
    sources: Names = Field(
        (), description="Only these dossiers, data sets or single sources; all dossiers or the one data set where none is named."
    )  # fmt: skip
    rule: Name = Field(
        "every-pair",
        description="How a fact of several parties makes ties: each two of them (`every-pair`), the host with each guest "
        "(`host-guest`), who pledges with each other party (`pledger-pledged`), or each country with the organization.",
        json_schema_extra=one_of(RULES),
    )
    convention: Name = Field(
        "any-day",
        description="Of a month, year or span: a tie counts that holds on any day of it, on the first or on the last.",
        json_schema_extra=one_of(CONVENTIONS),
    )

    def question(self) -> Question:
        """The question that is meant."""
        return question_of(
            None if self.as_of == _TODAY else self.as_of,
            layers=self.layers, types=self.types, sources=self.sources, rule=self.rule, convention=self.convention,
            certainty=self.certainty, **self.record(),
        )  # fmt: skip


Measured = Annotated[Name, Field(json_schema_extra=one_of(MEASURES))]
"""The name of a measure."""
