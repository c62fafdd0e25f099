"""How far apart actors are."""

from comity.queries.structure.whole import Whole


def diameter(whole: Whole) -> int | None:
    """Diameter of the largest component: the greatest distance between two of its actors.

    Parameters
    ----------
    whole : Whole
        A network.

    Returns
    -------
    int or None
        A number of ties; None without ties.

    Notes
    -----
    Between components there is no distance, so that the largest one speaks for the network; of several equally large ones that with
    the first id. Direction does not matter.

    References
    ----------
    .. [1] S. Wasserman, K. Faust, "Social Network Analysis", Cambridge University Press 1994, section 4.2.4.

    Examples
    --------
    >>> from comity.queries.structure.whole import whole_of
    >>> diameter(whole_of([("FRA", "RUS"), ("RUS", "SRB"), ("GBR", "PRT")]))
    2
    """
    return max(whole.distances, default=None)


def mean_distance(whole: Whole) -> float | None:
    """Mean distance of the largest component: over all its pairs of actors the number of ties between them.

    Parameters
    ----------
    whole : Whole
        A network.

    Returns
    -------
    float or None
        At least 1; None without ties.

    Notes
    -----
    As with `diameter`, the largest component speaks for the network.

    References
    ----------
    .. [1] D. J. Watts, S. H. Strogatz, "Collective dynamics of 'small-world' networks", Nature 393 (1998) 440-442.

    Examples
    --------
    >>> from comity.queries.structure.whole import whole_of
    >>> mean_distance(whole_of([("FRA", "RUS"), ("RUS", "SRB"), ("GBR", "PRT")]))
    1.3333333333333333
    """
    return sum(whole.distances) / len(whole.distances) if whole.distances else None
