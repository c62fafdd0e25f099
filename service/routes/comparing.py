"""Networks held against others: rewired at random, and of another time, source or day of record."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from comity.graph.slices import take
from comity.queries.asking import changes_of, varied
from comity.queries.differences import Correlation, Move, Pair, difference
from comity.queries.measures import MEASURES, measure_of
from comity.queries.plain import plain
from comity.queries.significance import NETWORK_NUMBERS, significance_of
from comity.service.answers import Answer, file_forms, give
from comity.service.asking import LONGEST, Asked, Graph, one_of
from comity.service.documents import Document, OfQuestion
from comity.service.places import COMPUTING
from comity.service.problems import WrongParameter
from comity.service.routes.measures import Seed

router = APIRouter(tags=["structure"], dependencies=[COMPUTING])

_TABLES = file_forms("csv", "parquet")


class SignificantValue(Document):
    """A value held against random networks."""

    actor: str | None = None
    name: str | None = None
    rank: int | None = None
    number: str | None = None
    value: float | None = None
    expected: float | None = None
    deviation: float | None = None
    z: float | None = None
    p_high: float | None = None
    p_low: float | None = None


class Significances(OfQuestion):
    """Values held against random networks."""

    measure: str
    null_model: str
    samples: int
    seed: int
    proposed: int
    done: float
    rows: list[SignificantValue]


@router.get("/significance/{number}", response_model=Significances, responses=_TABLES)
def test_significance(
    request: Request,
    held: Graph,
    question: Asked,
    number: Annotated[str, Path(max_length=LONGEST, description="A measure of actors, or a number of the whole network.", examples=["transitivity"], **one_of([*MEASURES, *NETWORK_NUMBERS]))],
    samples: Annotated[int, Query(ge=1, le=999, description="Networks to compare with.", examples=[99])] = 99,
    swaps: Annotated[int, Query(ge=1, le=20, description="Swaps proposed for each of them, per tie.")] = 10,
    seed: Seed = 0,
) -> Response:  # fmt: skip
    """Hold values against networks rewired at random: do they say more than how many partners each actor has?"""
    found, revision = held.steadily(
        lambda: significance_of(
            take(held.store, question), number, samples=samples, seed=seed, swaps=swaps
        ).to_dict()
    )
    return give(request, Answer(revision, found, found["rows"], tuple(SignificantValue.model_fields)))


class Difference(Document):
    """What differs between two networks."""

    before: OfQuestion
    after: OfQuestion
    measure: str
    actors_gained: list[str]
    actors_lost: list[str]
    gained: list[Pair]
    lost: list[Pair]
    kept: int
    turnover: float | None
    correlation: Correlation
    moves: list[Move]


_Side = "a date, or what else it has of its own: `source=treaties`, `known-on=2025-01-01`, `type=defence`, with commas between"


@router.get("/diff", response_model=Difference, responses=_TABLES)
def compare_networks(
    request: Request,
    held: Graph,
    question: Asked,
    before: Annotated[str, Query(max_length=LONGEST, description=f"The one network: {_Side}.", examples=["1990-01-01"])],
    after: Annotated[str, Query(max_length=LONGEST, description=f"The other: {_Side}.", examples=["2016-12-31"])],
    measure: Annotated[str, Query(max_length=LONGEST, description="A measure of actors.", examples=["degree"], **one_of(MEASURES))] = "degree",
    permutations: Annotated[int, Query(ge=1, le=10_000, description="Relabellings of the QAP test.", examples=[1000])] = 1000,
    seed: Seed = 0,
) -> Response:  # fmt: skip
    """What differs between two networks: of two dates, two sources, two days of record. As a table it is the pairs gained and lost."""
    sides = changes_of(before), changes_of(after)
    if "as_of" in request.query_params and any("as_of" in side for side in sides):
        raise WrongParameter("each network has a day of its own: leave as_of= out")
    chosen = measure_of(measure)

    def read() -> Mapping[str, Any]:
        then, now = (take(held.store, varied(question, side)) for side in sides)
        return difference(then, now, chosen, permutations=permutations, seed=seed).to_dict()

    found, revision = held.steadily(read)
    rows = [{"change": name, **plain(pair)} for name in ("gained", "lost") for pair in found[name]]
    return give(request, Answer(revision, found, rows, ("change", "left", "right", "facts")))
