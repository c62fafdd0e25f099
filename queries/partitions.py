"""How alike two partitions of the same actors are: adjusted Rand index, mutual information, variation of information."""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Partition: TypeAlias = Mapping[str, Hashable]
"""The group of each actor."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two partitions are, of the `actors` that are in both.

    `adjusted_rand` is 1 for equal ones and 0 for what chance would give; `mutual_information` is normalised, from 0 to 1;
    `variation_of_information` is a distance in nats, 0 for equal ones and ln n at most.
    """

    actors: int
    adjusted_rand: float
    mutual_information: float
    variation_of_information: float


def alike(one: Partition, other: Partition) -> Likeness | None:
    """How alike two partitions are, of the actors in both; None where there are none.

    Parameters
    ----------
    one, other : mapping
        The group of each actor. Groups are compared by their members alone; what they are called does not matter.

    Returns
    -------
    Likeness
        The adjusted Rand index [1]_, mutual information divided by the mean of the two entropies [2]_, and the variation of
        information [3]_ in nats.

    Notes
    -----
    Equal partitions have 1, 1 and 0, also those that put everybody into one group, or each into a group of its own. Where only one of
    the two puts everybody into one group, the index and the mutual information are 0: it tells nothing of the other.

    References
    ----------
    .. [1] L. Hubert, P. Arabie, "Comparing partitions", Journal of Classification 2 (1985) 193-218.
    .. [2] L. Danon, A. Díaz-Guilera, J. Duch, A. Arenas, "Comparing community structure identification", Journal of Statistical
       Mechanics (2005) P09008.
    .. [3] M. Meilă, "Comparing clusterings: an information based distance", Journal of Multivariate Analysis 98 (2007) 873-895.

    Examples
    --------
    >>> one = {"DEU": 1, "ITA": 1, "FRA": 2, "RUS": 2}
    >>> found = alike(one, {"DEU": "a", "ITA": "a", "FRA": "b", "RUS": "c"})
    >>> round(found.adjusted_rand, 6), round(found.mutual_information, 6), round(found.variation_of_information, 6)
    (0.571429, 0.8, 0.346574)
    """
    shared = sorted(set(one) & set(other))
    if not shared:
        return None
    cells = Counter((one[actor], other[actor]) for actor in shared)
    rows, columns = Counter(one[actor] for actor in shared), Counter(other[actor] for actor in shared)
    apart, left, right = (_entropy(count.values(), len(shared)) for count in (cells, rows, columns))
    common = max(left + right - apart, 0.0)
    return Likeness(
        actors=len(shared),
        adjusted_rand=_adjusted_rand(cells, rows, columns),
        mutual_information=2 * common / (left + right) if left + right > 0 else 1.0,
        variation_of_information=max(2 * apart - left - right, 0.0),
    )


def _adjusted_rand(
    cells: Mapping[tuple[Hashable, Hashable], int],
    rows: Mapping[Hashable, int],
    columns: Mapping[Hashable, int],
) -> float:
    together, left, right = (
        sum(math.comb(size, 2) for size in count.values()) for count in (cells, rows, columns)
    )
    everyone = math.comb(sum(rows.values()), 2)
    if together == left == right:
        return 1.0
    expected = left * right / everyone
    return (together - expected) / ((left + right) / 2 - expected)


def _entropy(sizes: Iterable[int], total: int) -> float:
    # Rounded once, whatever the order: of equal partitions the entropies are equal, and the distance is 0.
    return -math.fsum(size / total * math.log(size / total) for size in sizes)
