"""Whether a value says more than that actors have many or few partners: values held against networks rewired at random."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.graph.errors import NotOffered, UnknownName
from comity.graph.slices import Question, Slice
from comity.queries.communities import detect, modularity_of
from comity.queries.fast.measuring import measure_all
from comity.queries.fast.networks import Networks
from comity.queries.measures import MEASURES, measure_of
from comity.queries.measures.measure import NOTHING, SAME_VALUE, Measure
from comity.queries.networks import Network, to_networkx
from comity.queries.plain import plain
from comity.queries.ranks import ranked
from comity.queries.rewiring import SWAPS, Pairs, rewire
from comity.queries.structure.cohesion import mean_clustering, transitivity
from comity.queries.structure.mixing import degree_assortativity
from comity.queries.structure.whole import Whole

SAMPLES = 999
"""Networks to compare with: with one more, the one that is asked about, p is a multiple of 1/1000."""

_TOGETHER = 128
"""Networks that are measured together: enough to share work, little enough for the memory."""

NetworkNumber = Callable[[Network], float | None]
"""A number of a whole network; None where it is not defined."""


@dataclass(frozen=True, slots=True)
class Significance:
    """A value, and what it is in networks rewired at random: their mean and standard deviation, and how often it is reached.

    `p_high` is the share of networks with a value as large or larger, `p_low` of those with one as small or smaller, the network itself
    counted among them; `z` is None where all have the same value.
    """

    value: float
    expected: float
    deviation: float
    z: float | None
    p_high: float
    p_low: float


@dataclass(frozen=True, slots=True)
class ActorSignificance:
    """The significance of one actor's value, and its rank in the network that is asked about."""

    actor: str
    name: str
    rank: int
    significance: Significance

    def to_dict(self) -> dict[str, Any]:
        """As one row."""
        return {"actor": self.actor, "name": self.name, "rank": self.rank, **plain(self.significance)}


@dataclass(frozen=True, slots=True)
class NetworkSignificance:
    """The significance of a number of the whole network; None where the number is not defined."""

    number: str
    significance: Significance | None

    def to_dict(self) -> dict[str, Any]:
        """As one row."""
        return {"number": self.number, **(plain(self.significance) if self.significance else {})}


@dataclass(frozen=True, slots=True)
class Significances:
    """Values held against `samples` random networks, for each of which `proposed` swaps were proposed and the share `done` done."""

    measure: str
    question: Question
    revision: str
    samples: int
    seed: int
    proposed: int
    done: float
    rows: tuple[ActorSignificance | NetworkSignificance, ...]

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return {
            "measure": self.measure,
            **self.question.describe(),
            "revision": self.revision,
            "null_model": "double-edge swaps",
            **{name: getattr(self, name) for name in ("samples", "seed", "proposed", "done")},
            "rows": [row.to_dict() for row in self.rows],
        }


def significance_of_actors(
    slice: Slice, measure: Measure, *, samples: int = SAMPLES, seed: int = 0, swaps: int = SWAPS
) -> Significances:
    """The significance of each actor's value against networks in which everybody has as many partners, the largest value first.

    `NotOffered` for measures that count partners, of which all networks have as many, or facts, of which they know none; `InputError`
    where nothing can be rewired.
    """
    if not _can_be_tested(measure):
        raise NotOffered(
            f"{measure.name} tells of an actor's partners or facts, and rewiring keeps the number of partners and knows no facts: "
            "ask of another measure, such as betweenness or clustering"
        )
    network = to_networkx(slice)
    drawn = rewire(network, samples, seed=seed, swaps=swaps)
    own, *_ = values = _values(measure, drawn.actors, np.concatenate([drawn.original, drawn.pairs]))
    placed = ranked(
        dict(zip(drawn.actors, own.tolist(), strict=True)), same=measure.same, nothing=measure.nothing
    )
    places = {actor: place for place, actor in enumerate(drawn.actors)}
    rows = [
        ActorSignificance(
            actor,
            slice.actors[actor].name,
            rank,
            held_against(value, values[1:, places[actor]], same=measure.same, nothing=measure.nothing),
        )
        for actor, rank, value in placed
    ]
    return Significances(
        measure.name, slice.question, slice.revision, samples, seed, drawn.proposed, drawn.done, tuple(rows)
    )  # fmt: skip


def significance_of_network(
    slice: Slice,
    numbers: Mapping[str, NetworkNumber],
    *,
    samples: int = SAMPLES,
    seed: int = 0,
    swaps: int = SWAPS,
) -> Significances:
    """The significance of numbers of the whole network, given as functions by their names, as `significance_of_actors` has it for actors.

    A random network for which a number is not defined is left out of its comparison.
    """
    network = to_networkx(slice)
    drawn = rewire(network, samples, seed=seed, swaps=swaps)
    networks = drawn.networks()
    rows = []
    for name, function in numbers.items():
        own = function(network)
        values = [function(other) for other in networks] if own is not None else []
        defined = np.array([value for value in values if value is not None])
        rows.append(
            NetworkSignificance(
                name, held_against(own, defined) if own is not None and len(defined) else None
            )
        )
    names = ", ".join(numbers)
    return Significances(
        names, slice.question, slice.revision, samples, seed, drawn.proposed, drawn.done, tuple(rows)
    )


def _can_be_tested(measure: Measure) -> bool:
    return not measure.counts and not measure.by_fact


def _values(measure: Measure, actors: tuple[str, ...], pairs: Pairs) -> NDArray[np.float64]:
    """The values of all actors in each network; every tie counts once."""
    found = []
    for first in range(0, len(pairs), _TOGETHER):
        ends = np.sort(pairs[first : first + _TOGETHER], axis=2)
        keys, columns = np.unique(ends[:, :, 0] * len(actors) + ends[:, :, 1], return_inverse=True)
        weights = np.zeros((len(ends), len(keys)), dtype=np.int64)
        np.put_along_axis(weights, columns.reshape(ends.shape[:2]), 1, axis=1)
        networks = Networks(actors, np.stack([keys // len(actors), keys % len(actors)], axis=1), weights)
        found.append(measure_all([measure], networks)[measure.name])
    return np.concatenate(found)


def held_against(
    value: float, drawn: NDArray[np.float64], *, same: float = SAME_VALUE, nothing: float = NOTHING
) -> Significance:
    """A value held against those drawn at random.

    The value counts as one of them, so that p is never 0 and holds its level [1]_. Values that differ by rounding are equal.

    References
    ----------
    .. [1] B. V. North, D. Curtis, P. C. Sham, "A note on the calculation of empirical P values from Monte Carlo procedures",
       American Journal of Human Genetics 71 (2002) 439-441.

    Examples
    --------
    >>> import numpy as np
    >>> found = held_against(5.0, np.array([1.0, 2.0, 3.0]))
    >>> found.expected, found.deviation, found.z, found.p_high, found.p_low
    (2.0, 1.0, 3.0, 0.25, 1.0)
    """
    margin = max(nothing, same * abs(value))
    expected = float(drawn.mean())
    deviation = float(drawn.std(ddof=1)) if len(drawn) > 1 else 0.0
    if deviation <= margin:
        deviation = 0.0
    number = len(drawn) + 1
    return Significance(
        value=value,
        expected=expected,
        deviation=deviation,
        z=(value - expected) / deviation if deviation else None,
        p_high=(1 + int((drawn >= value - margin).sum())) / number,
        p_low=(1 + int((drawn <= value + margin).sum())) / number,
    )


def _of_structure(characteristic: Callable[[Whole], float | None]) -> NetworkNumber:
    return lambda network: characteristic(Whole(network, network.to_directed(as_view=True), {}))


def _modularity(network: Network) -> float | None:
    return modularity_of(network, detect(network, seed=0))


NETWORK_NUMBERS: dict[str, NetworkNumber] = {
    "transitivity": _of_structure(transitivity),
    "mean-clustering": _of_structure(mean_clustering),
    "degree-assortativity": _of_structure(degree_assortativity),
    "modularity": _modularity,
}
"""Numbers of a whole network: three of its structure, and the modularity of what one run of Louvain's method finds."""


def significance_of(
    slice: Slice, name: str, *, samples: int = SAMPLES, seed: int = 0, swaps: int = SWAPS
) -> Significances:
    """The significance of the number of the whole network, or the measure of actors, that has the name; `UnknownName` lists them."""
    if name in NETWORK_NUMBERS:
        number = {name: NETWORK_NUMBERS[name]}
        return significance_of_network(slice, number, samples=samples, seed=seed, swaps=swaps)
    try:
        measure = measure_of(name)
    except UnknownName:
        offered = [measure.name for measure in MEASURES.values() if _can_be_tested(measure)]
        raise UnknownName("measure or number of a network", name, [*offered, *NETWORK_NUMBERS]) from None
    return significance_of_actors(slice, measure, samples=samples, seed=seed, swaps=swaps)
