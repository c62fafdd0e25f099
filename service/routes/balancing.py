"""How balanced friends and foes are: on a day, and in each year."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from comity.graph.errors import ChooseSource
from comity.graph.slices import history_of, take
from comity.queries.balance.balances import Blocs, SignedTie, balance, balance_yearly
from comity.queries.balance.balances import described as described_balance
from comity.queries.yearly import span_of
from comity.service.answers import Answer, file_forms, give
from comity.service.asking import Asked, Graph, KindName, Text
from comity.service.documents import Document, Revision
from comity.service.limits import check_balance
from comity.service.places import COMPUTING

router = APIRouter(tags=["structure"], dependencies=[COMPUTING])

_TABLES = file_forms("csv", "parquet")


class Balance(Document):
    """How balanced friends and foes are."""

    positive_ties: dict[str, Any]
    negative_ties: dict[str, Any]
    both: str
    revision: Revision
    actors: int
    positive: int
    negative: int
    ambivalent: int
    all_positive: int = Field(alias="+++")
    one_negative: int = Field(alias="++-")
    two_negative: int = Field(alias="+--")
    all_negative: int = Field(alias="---")
    balance_triangles: float | None
    balance_walks: float | None
    balance_frustration: float | None
    frustration_lower: int
    frustration_upper: int
    frustration_exact: bool
    blocs: list[Blocs]
    contradicting: list[SignedTie]
    left_out: list[SignedTie]


_Layers = Annotated[list[KindName], Query(description="The layers of negative ties.", examples=[["dispute"]])]  # fmt: skip
_NegativeTypes = Annotated[list[Text], Query(description="Only negative ties of these types.")]  # fmt: skip
_NegativeSources = Annotated[list[Text], Query(description="Where negative ties come from.")]  # fmt: skip
_Both = Annotated[Literal["drop", "negative", "positive", "facts"], Query(description="What becomes of a pair that is tied both ways.")]  # fmt: skip


@router.get("/balance", response_model=Balance, responses=_TABLES)
def read_balance(
    request: Request,
    held: Graph,
    question: Asked,
    negative_layer: _Layers = ["dispute"],  # noqa: B006
    negative_type: _NegativeTypes = [],  # noqa: B006
    negative_source: _NegativeSources = [],  # noqa: B006
    both: _Both = "drop",
) -> Response:
    """Say how balanced friends and foes are: is the friend of a friend a friend, and a foe's foe? As a table it is the ties against it."""
    hostile = _hostile(question, negative_layer, negative_type, negative_source)

    def read() -> dict[str, Any]:
        friends = take(held.store, question)
        with _negative_sources():
            foes = take(held.store, hostile)
        return balance(friends, foes, both).to_dict()

    found, revision = held.steadily(read)
    rows = [
        {"why": why, **tie}
        for why in ("contradicting", "left_out")
        for tie in found[why]
    ]  # fmt: skip
    columns = ("why", *SignedTie.__slots__)
    return give(request, Answer(revision, found, rows, columns))


class BalancedYears(Document):
    """How balanced friends and foes were in each year; a year without numbers is one of which no source tells."""

    positive_ties: dict[str, Any]
    negative_ties: dict[str, Any]
    both: str
    revision: Revision
    rows: list[dict[str, float | int | bool | None]]


@router.get("/balance/years", response_model=BalancedYears, responses=_TABLES)
def read_balance_by_year(
    request: Request,
    held: Graph,
    question: Asked,
    negative_layer: _Layers = ["dispute"],  # noqa: B006
    negative_type: _NegativeTypes = [],  # noqa: B006
    negative_source: _NegativeSources = [],  # noqa: B006
    both: _Both = "drop",
    first: Annotated[int | None, Query(alias="from", ge=1, le=9998, description="The first year.", examples=[2000])] = None,
    last: Annotated[int | None, Query(alias="to", ge=1, le=9998, description="The last year.", examples=[2005])] = None,
) -> Response:  # fmt: skip
    """Say for each year how balanced friends and foes were."""
    hostile = _hostile(question, negative_layer, negative_type, negative_source)

    def read() -> dict[str, Any]:
        histories = [history_of(held.store, question, question.layers)]
        with _negative_sources():
            histories.append(history_of(held.store, hostile, hostile.layers))
        begin, end = span_of(first, last, *histories)
        check_balance(begin, end)
        years = balance_yearly(histories[0], histories[1], (question, hostile), begin, end, both)
        columns = dict.fromkeys(name for year in years if year.degrees for name in year.degrees.to_dict())
        told = [
            replace(each, sources=history.sources)
            for each, history in zip((question, hostile), histories, strict=True)
        ]
        return {
            **described_balance(told[0], told[1], both),
            "rows": [
                {"year": year.year, **(columns if year.degrees is None else year.degrees.to_dict())} for year in years
            ],
        }  # fmt: skip

    found, revision = held.steadily(read)
    columns = tuple(found["rows"][0]) if found["rows"] else ("year",)
    return give(request, Answer(revision, {**found, "revision": revision}, found["rows"], columns))


def _hostile(question: Asked, layers: list[str], types: list[str], sources: list[str]) -> Asked:
    """The question of negative ties: by the same day, policy and convention."""
    return replace(
        question, layers=tuple(dict.fromkeys(layers)), types=tuple(dict.fromkeys(types)), rule="every-pair", sources=tuple(sources)
    )  # fmt: skip


@contextmanager
def _negative_sources() -> Iterator[None]:
    """Where sources of negative ties have to be chosen, the parameter that does so is another."""
    try:
        yield
    except ChooseSource as error:
        raise ChooseSource(str(error).replace("--source", "--negative-source")) from None
