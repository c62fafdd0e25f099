"""How balanced a signed network is, by its triangles and by its walks."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.queries.balance.signed import SignedNetwork

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Triangles:
    """How many triangles have so many positive and negative ties."""

    all_positive: int
    one_negative: int
    two_negative: int
    all_negative: int

    @property
    def total(self) -> int:
        """All triangles."""
        return self.all_positive + self.one_negative + self.two_negative + self.all_negative

    @property
    def balance(self) -> float | None:
        """The share of balanced ones, those with an even number of negative ties; None where there is no triangle."""
        return (self.all_positive + self.two_negative) / self.total if self.total else None

    def by_sign(self) -> dict[str, int]:
        """The numbers by the signs of their ties, as they are usually written."""
        return {
            "+++": self.all_positive,
            "++-": self.one_negative,
            "+--": self.two_negative,
            "---": self.all_negative,
        }


def triangles(network: SignedNetwork) -> Triangles:
    """Triangles by the signs of their ties.

    Parameters
    ----------
    network : SignedNetwork
        The signed network.

    Returns
    -------
    Triangles
        The four numbers; `balance` is the share of balanced ones: +++ (friends of friends) and +-- (a common foe).

    Notes
    -----
    Heider's balance as Cartwright and Harary count it, of cycles of length three only: longer ones do not enter, and a network without
    a triangle has no degree of balance, which is not the same as 0 or 1. Every pact of n parties makes n(n-1)(n-2)/6 balanced triangles of
    its own; compare networks of the same rule only. By Davis's weaker notion --- is balanced as well: its share is known from the numbers.

    References
    ----------
    .. [1] F. Heider, "Attitudes and Cognitive Organization", Journal of Psychology 21 (1946) 107-112.
    .. [2] D. Cartwright, F. Harary, "Structural balance: a generalization of Heider's theory", Psychological Review 63 (1956) 277-293.
    .. [3] J. A. Davis, "Clustering and structural balance in graphs", Human Relations 20 (1967) 181-187.

    Examples
    --------
    Two allies with a common foe, and one who is on good terms with an ally and with the foe:

    >>> network = SignedNetwork.of({
    ...     ("FRA", "RUS"): 1, ("DEU", "FRA"): -1, ("DEU", "RUS"): -1, ("FRA", "ITA"): 1, ("DEU", "ITA"): 1,
    ... })
    >>> triangles(network)
    Triangles(all_positive=0, one_negative=1, two_negative=1, all_negative=0)
    >>> triangles(network).balance
    0.5
    """
    friends = np.maximum(network.matrix, 0)
    foes = np.maximum(-network.matrix, 0)
    by_friends, by_foes = friends @ friends, foes @ foes

    def closed(walks: Matrix, last: Matrix, ways: int) -> int:
        return round(float((walks * last).sum())) // ways

    return Triangles(
        all_positive=closed(by_friends, friends, 6),
        one_negative=closed(by_friends, foes, 2),
        two_negative=closed(by_foes, friends, 2),
        all_negative=closed(by_foes, foes, 6),
    )


def walk_balance(network: SignedNetwork) -> float | None:
    """Walk-based balance: closed walks by their sign, the longer the less they count.

    Parameters
    ----------
    network : SignedNetwork
        The signed network.

    Returns
    -------
    float or None
        The closed walks with their signs over all closed walks, each of length k divided by k!: the sum of exp over the eigenvalues of the
        signed adjacency matrix, over that of the unsigned one. Above 0, and 1 if and only if the network is balanced. None without a tie.

    Notes
    -----
    Long cycles enter, other than in the share of triangles. In a large dense network most walks are long, and a few wrong ties bring the value
    near 0: it compares networks of a like size. A disconnected network is dominated by its densest component.

    References
    ----------
    .. [1] E. Estrada, M. Benzi, "Walk-based measure of balance in signed networks", Physical Review E 90 (2014) 042802.
    .. [2] R. Singh, B. Adhikari, "Measuring the balance of signed networks and its application to sign prediction", Journal of Statistical
       Mechanics (2017) 063302.

    Examples
    --------
    >>> walk_balance(SignedNetwork.of({("FRA", "RUS"): 1, ("DEU", "FRA"): -1, ("DEU", "RUS"): -1}))
    1.0
    >>> round(walk_balance(SignedNetwork.of({("FRA", "RUS"): 1, ("DEU", "FRA"): 1, ("DEU", "RUS"): -1})), 4)
    0.6858
    """
    if not len(network.signs):
        return None
    signed = np.linalg.eigvalsh(network.matrix)
    unsigned = np.linalg.eigvalsh(np.abs(network.matrix))
    # By the largest of all, so that no exponential is too large for a float.
    top = unsigned[-1]
    return min(1.0, float(np.exp(signed - top).sum() / np.exp(unsigned - top).sum()))
