"""What a request asks for: which ties count, in the words and with the defaults of the command line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, Query, Request
from pydantic import Field, StringConstraints

from comity.graph.accounts import Policy
from comity.graph.dates import parse_day
from comity.graph.identity import APPLIED_FROM
from comity.graph.kinds import kinds
from comity.graph.slices import CONVENTIONS, Question
from comity.graph.ties import RULES
from comity.queries.asking import question_of
from comity.service.held import Held
from comity.service.problems import WrongParameter

LONGEST = 500
"""Characters of a parameter: longer ones are no names."""


async def held(request: Request) -> Held:
    """The graph of this service. Like all that takes no time it is no thread's work: each way into one costs more than this does."""
    graph: Held = request.app.state.held
    return graph


Graph = Annotated[Held, Depends(held)]

Text = Annotated[str, StringConstraints(max_length=LONGEST)]


def one_of(names: Iterable[str]) -> dict[str, Any]:
    """What the documentation says of a text that is one of these; that it is none, the library tells, with those there are."""
    return {"json_schema_extra": {"enum": list(names)}}


KindName = Annotated[Text, Field(**one_of(kinds()))]

AsOf = Annotated[str | None, Query(max_length=LONGEST, description="A day, month, year or closed span in EDTF; today where there is none.", examples=["2016-12-31"])]  # fmt: skip
Day = Annotated[str | None, Query(max_length=LONGEST, description="A day; today where there is none.", examples=["2016-12-31"])]  # fmt: skip
KnownOn = Annotated[str | None, Query(max_length=LONGEST, description="Use what the store held at the end of this day.", examples=["2030-01-01"])]  # fmt: skip
PolicyText = Annotated[str, Query(max_length=LONGEST, description="How disagreement of sources is settled: strict, majority, earliest, latest or trusted:SOURCE,SOURCE.", examples=["strict", "majority"], json_schema_extra={"pattern": "^(strict|majority|earliest|latest|trusted:.+)$"})]  # fmt: skip
SameFrom = Annotated[float, Query(ge=0, le=1, description="Facts judged to be the same count as one from this confidence on.")]  # fmt: skip
Layers = Annotated[list[KindName], Query(description="Kinds of facts, each with a `layer=`; agreement where none is named.", examples=[["agreement"]])]  # fmt: skip
Kinds = Annotated[list[KindName], Query(alias="layer", description="Only facts of these kinds, each with a `layer=`.", examples=[["drill"]])]  # fmt: skip
Types = Annotated[list[Text], Query(description="Types; `all` for every one. Of agreements defence, else all, where none is named.", examples=[["all"]])]  # fmt: skip
Sources = Annotated[list[Text], Query(description="Dossiers, data sets or single sources; all dossiers or the one data set where none is named.", examples=[["dossiers"]])]  # fmt: skip
RuleName = Annotated[str, Query(max_length=LONGEST, description="How a fact of several parties makes ties.", examples=["every-pair"], **one_of(RULES))]  # fmt: skip
ConventionName = Annotated[str, Query(max_length=LONGEST, description="Which days of a span count.", examples=["any-day"], **one_of(CONVENTIONS))]  # fmt: skip
Certain = Annotated[Literal["certain", "possible"], Query(description="Ties in force whatever the unknown dates are, or those that may have been.")]  # fmt: skip


def _question(
    layer: Layers = [],  # noqa: B006
    type: Types = [],  # noqa: B006
    source: Sources = [],  # noqa: B006
    rule: RuleName = "every-pair",
    as_of: AsOf = None,
    convention: ConventionName = "any-day",
    certainty: Certain = "certain",
    policy: PolicyText = "strict",
    same_from: SameFrom = APPLIED_FROM,
    known_on: KnownOn = None,
) -> Question:
    return question_of(
        as_of, layers=layer, types=type, sources=source, rule=rule, convention=convention, certainty=certainty,
        policy=policy, known_on=known_on, applied_from=same_from,
    )  # fmt: skip


Asked = Annotated[Question, Depends(_question)]
"""The ties that a request asks about."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms facts are told: how disagreement is settled, what was known when, and from which confidence on facts are one."""

    policy: Policy
    known_on: date | None
    same_from: float

    def to_dict(self) -> dict[str, Any]:
        """As they stand in an answer."""
        known = {"known_on": self.known_on.isoformat()} if self.known_on else {}
        return {"policy": str(self.policy), "same_from": self.same_from, **known}


def _terms(
    policy: PolicyText = "strict", same_from: SameFrom = APPLIED_FROM, known_on: KnownOn = None
) -> Terms:
    return Terms(Policy.parse(policy), _day(known_on), same_from)


OnTerms = Annotated[Terms, Depends(_terms)]
"""The terms on which a request wants facts told."""


def _as_of_day(as_of: Day = None) -> date | None:
    return _day(as_of)


OnDay = Annotated[date | None, Depends(_as_of_day)]
"""The day that a request asks about; None for today."""


def _day(text: str | None) -> date | None:
    return parse_day(text) if text else None


async def only_documented(request: Request) -> None:
    """Refuse parameters that nothing reads: a slip of the pen would be an answer to another question."""
    route = request.scope["route"]
    known = _parameters(request.app).get(route.name)
    unknown = [name for name in request.query_params if known is not None and name not in known]
    if unknown and known is not None:
        raise WrongParameter(
            f"there is no parameter {unknown[0]!r} here; choose from: {', '.join(sorted(known)) or '(none)'}"
        )


async def wanted_form(
    format: Annotated[str | None, Query(max_length=LONGEST, description="The form of the answer, for links; else it is the one that Accept names.", examples=["json"])] = None,
) -> None:  # fmt: skip
    """Document the parameter that `comity.service.answers.wanted` reads."""


def _parameters(app: FastAPI) -> dict[str, frozenset[str]]:
    """The names of the query parameters of every operation, by its name."""
    if not hasattr(app.state, "parameters"):
        app.state.parameters = {
            operation["operationId"]: frozenset(
                one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"
            )
            for path in app.openapi()["paths"].values()
            for operation in path.values()
        }
    found: dict[str, frozenset[str]] = app.state.parameters
    return found
