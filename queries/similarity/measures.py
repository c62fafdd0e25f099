"""Measures of how alike two portfolios are, each for all pairs at once.

All follow from the contingency tables of the pairs: how many states (or how much weight) the one commits itself to by l and the other by m.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.graph.errors import UnknownName
from comity.queries.similarity.portfolios import STRONGEST, Commitments

Values = NDArray[np.float64]
"""One value for each pair of portfolios; not a number where the measure is not defined."""

ROUNDING = 1e-12
"""What a disagreement, relative to the weight of all states, is less than where there is none but for rounding."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The contingency tables of many pairs of portfolios.

    `counts[l, m]` is for each pair the weight of the states to which the one commits itself by l and the other by m, `left[l]` that of those
    to which the one does by l, `right[m]` the other by m, and `total` that of all.
    """

    counts: NDArray[np.float64]
    left: NDArray[np.float64]
    right: NDArray[np.float64]
    total: float | NDArray[np.float64]

    @classmethod
    def of(
        cls, commitments: Commitments, strongest: int = STRONGEST, weights: NDArray[np.float64] | None = None
    ) -> "Tables":
        """The tables of every ordered pair of these portfolios; without weights each state of the columns counts 1."""
        levels = np.arange(strongest + 1)[:, np.newaxis, np.newaxis]
        chosen = (commitments == levels).astype(np.float64)
        weighted = chosen if weights is None else chosen * weights
        counts = np.array([[one @ other.T for other in chosen] for one in weighted])
        total = commitments.shape[1] if weights is None else float(weights.sum())
        own = weighted.sum(axis=2)
        return cls(counts, own[:, :, np.newaxis], own[:, np.newaxis, :], float(total))

    @classmethod
    def of_pairs(
        cls,
        pairs: Iterable[Commitments],
        weights: Iterable[NDArray[np.float64] | None],
        strongest: int = STRONGEST,
    ) -> "Tables":
        """The table of each of these pairs of portfolios, which may be of different states; without weights each state counts 1."""
        levels = strongest + 1
        counts = np.array(
            [
                np.bincount(levels * one + other, numbers, levels * levels)
                for (one, other), numbers in zip(pairs, weights, strict=True)
            ],
            dtype=np.float64,
        ).T.reshape(levels, levels, -1)
        return cls(counts, counts.sum(axis=1), counts.sum(axis=0), counts.sum(axis=(0, 1)))

    @property
    def distances(self) -> NDArray[np.float64]:
        """How far two levels are apart, for each pair of levels."""
        levels = np.arange(len(self.counts), dtype=np.float64)
        return np.abs(np.subtract.outer(levels, levels))

    def apart(self, distances: NDArray[np.float64]) -> Values:
        """The distances of each pair of portfolios, all states summed."""
        return np.tensordot(distances, self.counts, axes=2)


def s_absolute(tables: Tables) -> Values:
    """Signorino and Ritter's S, by absolute distances: 1 less twice the mean distance, which is in parts of the largest there can be.

    Parameters
    ----------
    tables : Tables
        The contingency tables of the portfolios.

    Returns
    -------
    numpy.ndarray
        For each pair a number from -1 (as far apart as can be) to 1 (the same portfolio). Symmetric.

    Notes
    -----
    The largest distance is that of the scale (3, of binary ties 1), not the largest that occurs. Most states have no commitment to most
    others, and S counts that as agreement: it is high for nearly all pairs where alliances are few, and the larger the system, the higher. A
    directed network gives each state's own pledges; what others pledge to it does not count. With weights each state counts by its
    weight. Not a number where all weights are 0.

    References
    ----------
    .. [1] C. S. Signorino, J. M. Ritter, "Tau-b or Not Tau-b: Measuring the Similarity of Foreign Policy Positions", International Studies
       Quarterly 43 (1999) 115-144.

    Examples
    --------
    Of four states the first two defend each other, and the second the third: 1 - 2 * 3 / (3 * 4).

    >>> import numpy as np
    >>> commitments = np.array([[3, 3, 0, 0], [3, 3, 3, 0], [0, 3, 3, 0], [0, 0, 0, 3]])
    >>> float(s_absolute(Tables.of(commitments))[0, 1])
    0.5
    """
    return _signorino_ritter(tables, tables.distances)


def s_squared(tables: Tables) -> Values:
    """Signorino and Ritter's S, by squared distances: small ones count less than by absolute ones.

    Parameters
    ----------
    tables : Tables
        The contingency tables of the portfolios.

    Returns
    -------
    numpy.ndarray
        For each pair a number from -1 to 1. Symmetric.

    Notes
    -----
    As `s_absolute`, and the same of binary ties. Whose S it is where nobody says so differs: the authors and most software take absolute
    distances, Häge's data both.

    References
    ----------
    .. [1] C. S. Signorino, J. M. Ritter, "Tau-b or Not Tau-b: Measuring the Similarity of Foreign Policy Positions", International Studies
       Quarterly 43 (1999) 115-144.

    Examples
    --------
    An entente instead of nothing is a distance of 1 in 3, or squared of 1 in 9:

    >>> import numpy as np
    >>> tables = Tables.of(np.array([[3, 3, 0, 0], [3, 3, 1, 0]]))
    >>> round(float(s_absolute(tables)[0, 1]), 4), round(float(s_squared(tables)[0, 1]), 4)
    (0.8333, 0.9444)
    """
    return _signorino_ritter(tables, tables.distances**2)


def tau_b(tables: Tables) -> Values:
    """Kendall's tau-b: whether two states rank the others alike by their commitments.

    Parameters
    ----------
    tables : Tables
        The contingency tables of the portfolios.

    Returns
    -------
    numpy.ndarray
        For each pair a number from -1 to 1: pairs of partners ranked alike less those ranked otherwise, over the geometric mean of the pairs
        that each of the two ranks at all. Symmetric. Not a number where a portfolio ranks nobody.

    Notes
    -----
    It measures association and not agreement: of two states one of which pledges a degree less to everybody it is 1. Its values go with
    the scale's order only. With weights a pair of partners counts by the product of their weights.

    References
    ----------
    .. [1] M. G. Kendall, "A New Measure of Rank Correlation", Biometrika 30 (1938) 81-93.
    .. [2] B. Bueno de Mesquita, "Measuring Systemic Polarity", Journal of Conflict Resolution 19 (1975) 187-216.

    Examples
    --------
    Two partners are ranked alike against the fourth state; each of the two states also ranks one pair that the other does not:

    >>> import numpy as np
    >>> round(float(tau_b(Tables.of(np.array([[3, 3, 0, 0], [3, 3, 3, 0]])))[0, 1]), 4)
    0.5774
    """
    counts = tables.counts
    levels = range(len(counts))
    alike = np.zeros(counts.shape[2:])
    for one in levels:
        for other in levels:
            above = counts[one + 1 :, other + 1 :].sum(axis=(0, 1)) - counts[one + 1 :, :other].sum(
                axis=(0, 1)
            )
            alike += counts[one, other] * above
    left, right = ((tables.total**2 - (own**2).sum(axis=0)) / 2 for own in (tables.left, tables.right))
    return _ratio(alike, np.sqrt(left * right), tables.total**2)


def kappa(tables: Tables) -> Values:
    """Cohen's kappa: by how much two portfolios differ less than by chance, given how much each of the states commits itself.

    Parameters
    ----------
    tables : Tables
        The contingency tables of the portfolios.

    Returns
    -------
    numpy.ndarray
        For each pair a number up to 1 (the same portfolio); 0 where they differ as much as by chance. Symmetric. Not a number where neither
        could differ.

    Notes
    -----
    Weighted by squared distances (Cohen 1968), as Häge takes it for alliances; of binary ties it is Cohen's kappa of 1960. The many
    states to which neither is committed are expected and add nothing, which is why the field has come to prefer it to S. With
    weights each state counts by its weight.

    References
    ----------
    .. [1] J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological Measurement 20 (1960) 37-46.
    .. [2] J. Cohen, "Weighted kappa", Psychological Bulletin 70 (1968) 213-220.
    .. [3] F. M. Häge, "Choice or Circumstance? Adjusting Measures of Foreign Policy Similarity for Chance Agreement", Political Analysis 19
       (2011) 287-305.

    Examples
    --------
    Of four states one is in both portfolios, one in one of them, two in neither; by chance 3/8 would differ:

    >>> import numpy as np
    >>> tables = Tables.of(np.array([[1, 1, 0, 0], [1, 0, 0, 0]]), strongest=1)
    >>> float(kappa(tables)[0, 1])
    0.5
    """
    distances = tables.distances**2
    return _beyond_chance(tables, distances, _by_chance(distances, tables.left, tables.right))


def pi(tables: Tables) -> Values:
    """Scott's pi: by how much two portfolios differ less than by chance, given how much both together commit themselves.

    Parameters
    ----------
    tables : Tables
        The contingency tables of the portfolios.

    Returns
    -------
    numpy.ndarray
        For each pair a number up to 1 (the same portfolio); 0 where they differ as much as by chance. Symmetric. Not a number where neither
        could differ.

    Notes
    -----
    As `kappa`, with one expectation for both states instead of one for each: it is never above kappa, and lower where one has far more
    commitments than the other.

    References
    ----------
    .. [1] W. A. Scott, "Reliability of Content Analysis: The Case of Nominal Scale Coding", Public Opinion Quarterly 19 (1955) 321-325.
    .. [2] F. M. Häge, "Choice or Circumstance? Adjusting Measures of Foreign Policy Similarity for Chance Agreement", Political Analysis 19
       (2011) 287-305.

    Examples
    --------
    Together the two commit themselves to 3 of 8; by chance 2 * 3/8 * 5/8 would differ, and 1/4 does:

    >>> import numpy as np
    >>> tables = Tables.of(np.array([[1, 1, 0, 0], [1, 0, 0, 0]]), strongest=1)
    >>> round(float(pi(tables)[0, 1]), 4)
    0.4667
    """
    distances = tables.distances**2
    left, right = tables.left, tables.right
    # Half of both margins twice: of the one with itself, of the other with itself, and of the two with each other both ways.
    alone = _by_chance(distances, left, left) + _by_chance(distances, right, right)
    return _beyond_chance(tables, distances, (alone + 2 * _by_chance(distances, left, right)) / 4)


def _signorino_ritter(tables: Tables, distances: NDArray[np.float64]) -> Values:
    return 1 - 2 * _ratio(tables.apart(distances), distances.max() * tables.total, tables.total)


def _by_chance(
    distances: NDArray[np.float64], one: NDArray[np.float64], other: NDArray[np.float64]
) -> Values:
    """The distances that there would be by chance, given to how many each is committed by each level."""
    expected: Values = np.einsum("lm,l...,m...->...", distances, one, other)
    return expected


def _beyond_chance(tables: Tables, distances: NDArray[np.float64], expected: Values) -> Values:
    """1 less the distance over the one expected, `expected` being that of all pairs of states."""
    return 1 - _ratio(tables.apart(distances) * tables.total, expected, tables.total**2)


def _ratio(above: Values, below: float | Values, scale: float | Values) -> Values:
    """The quotient; not a number where the divisor is nothing, but for rounding, beside the scale."""
    defined = np.asarray(below > ROUNDING * scale)
    return np.where(defined, above / np.where(defined, below, 1.0), np.nan)


@dataclass(frozen=True, slots=True)
class SimilarityMeasure:
    """A number per pair of states: its name, what it says in one line, and the function that computes it for all pairs."""

    name: str
    about: str
    function: Callable[[Tables], Values]


SIMILARITY_MEASURES: dict[str, SimilarityMeasure] = {
    measure.name: measure
    for measure in (
        SimilarityMeasure("s-absolute", "Signorino and Ritter's S, by absolute distances", s_absolute),
        SimilarityMeasure("s-squared", "Signorino and Ritter's S, by squared distances", s_squared),
        SimilarityMeasure("tau-b", "Kendall's rank correlation of the two portfolios", tau_b),
        SimilarityMeasure("kappa", "Cohen's kappa: agreement beyond chance, given each state's commitments", kappa),
        SimilarityMeasure("pi", "Scott's pi: agreement beyond chance, given both states' commitments together", pi),
    )
}  # fmt: skip
"""Every measure of similarity by its name."""


def similarity_measure_of(name: str) -> SimilarityMeasure:
    """The measure of that name; `UnknownName` lists the measures."""
    found = SIMILARITY_MEASURES.get(name)
    if found is None:
        raise UnknownName("measure of similarity", name, SIMILARITY_MEASURES)
    return found
