"""What a request asks for: which ties count, in the words and with the defaults of the command line."""

from typing import Annotated, Literal

from fastapi import Depends, Query, Request

from comity.graph.identity import APPLIED_FROM
from comity.graph.slices import Question
from comity.queries.asking import question_of
from comity.service.held import Held


def held(request: Request) -> Held:
    """The graph of this service."""
    graph: Held = request.app.state.held
    return graph


Graph = Annotated[Held, Depends(held)]


def _question(
    layer: Annotated[list[str], Query(description="Kinds of facts; agreement where none is named.")] = [],  # noqa: B006
    type: Annotated[list[str], Query(description="Types; `all` for every one. Of agreements defence, else all, where none is named.")] = [],  # noqa: B006
    source: Annotated[list[str], Query(description="Dossiers, data sets or single sources; all dossiers or the one data set where none is named.")] = [],  # noqa: B006
    rule: Annotated[str, Query(description="How a fact of several parties makes ties.")] = "every-pair",
    as_of: Annotated[str | None, Query(description="A day, month, year or closed span in EDTF; today where there is none.", examples=["2016-12-31"])] = None,
    convention: Annotated[str, Query(description="Which days of a span count: any-day, first-day or last-day.")] = "any-day",
    certainty: Annotated[Literal["certain", "possible"], Query(description="Ties in force whatever the unknown dates are, or those that may have been.")] = "certain",
    policy: Annotated[str, Query(description="How disagreement of sources is settled: strict, majority, earliest, latest or trusted:SOURCE,SOURCE.")] = "strict",
    same_from: Annotated[float, Query(ge=0, le=1, description="Facts judged to be the same count as one from this confidence on.")] = APPLIED_FROM,
    known_on: Annotated[str | None, Query(description="Use what the store held at the end of this day.")] = None,
) -> Question:  # fmt: skip
    return question_of(
        as_of, layers=layer, types=type, sources=source, rule=rule, convention=convention, certainty=certainty,
        policy=policy, known_on=known_on, applied_from=same_from,
    )  # fmt: skip


Asked = Annotated[Question, Depends(_question)]
"""The ties that a request asks about."""
