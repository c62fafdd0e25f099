"""Who is tied to whom: those alike in their number of partners, their label or their group, or others."""

from collections import Counter
from collections.abc import Mapping

from comity.queries.networks import Network
from comity.queries.structure.whole import Whole


def degree_assortativity(whole: Whole) -> float | None:
    """Degree assortativity: the correlation of the numbers of partners at the two ends of a tie.

    Parameters
    ----------
    whole : Whole
        A network.

    Returns
    -------
    float or None
        From -1 (those with many partners are tied to those with few) to 1; None where all tied actors have equally many.

    Notes
    -----
    Pacts of many members raise it: each member's partners have as many as itself. Parallel ties count once, direction does not
    matter, and all components count together.

    References
    ----------
    .. [1] M. E. J. Newman, "Assortative mixing in networks", Physical Review Letters 89 (2002) 208701.

    Examples
    --------
    >>> from comity.queries.structure.whole import whole_of
    >>> degree_assortativity(whole_of([("FRA", "RUS"), ("RUS", "SRB")]))
    -1.0
    """
    partners = {actor: len(whole.graph[actor]) for actor in whole.graph}
    ends = [(partners[left], partners[right]) for left, right in whole.graph.edges]
    sums = sum(left + right for left, right in ends) ** 2
    # Whole numbers until the division, so that no variation is exactly 0.
    varied = 2 * len(ends) * sum(left**2 + right**2 for left, right in ends) - sums
    return (4 * len(ends) * sum(left * right for left, right in ends) - sums) / varied if varied else None


def label_assortativity(whole: Whole) -> float | None:
    """Assortativity by label: how far countries are tied to countries and organizations to organizations.

    Parameters
    ----------
    whole : Whole
        A network.

    Returns
    -------
    float or None
        1 where every tie is among actors of one label, below 0 where there are fewer than by chance; None where all have one label.

    Notes
    -----
    Newman's coefficient: the share of ties within labels, less the share to be expected from the labels' shares of all ends of
    ties, over the most that this can be.

    References
    ----------
    .. [1] M. E. J. Newman, "Mixing patterns in networks", Physical Review E 67 (2003) 026126.

    Examples
    --------
    >>> from comity.queries.structure.whole import whole_of
    >>> print(label_assortativity(whole_of([("FRA", "RUS"), ("RUS", "SRB")])))
    None
    """
    return _assortativity(
        whole.graph, {actor: data.get("label", "") for actor, data in whole.graph.nodes(data=True)}
    )


def group_assortativity(whole: Whole) -> float | None:
    """Assortativity by group: how far ties stay within the named groups.

    Parameters
    ----------
    whole : Whole
        A network with groups; those in no group are the group `others`.

    Returns
    -------
    float or None
        1 where every tie is within a group, below 0 where there are fewer than by chance; None without groups, or with one alone.

    Notes
    -----
    Newman's coefficient, as in `label-assortativity`. Unlike the E-I index it allows for the size of the groups.

    References
    ----------
    .. [1] M. E. J. Newman, "Mixing patterns in networks", Physical Review E 67 (2003) 026126.

    Examples
    --------
    Two of three ties are within, and each group has half of the ends: (2/3 - 1/2) / (1 - 1/2).

    >>> from comity.queries.structure.whole import whole_of
    >>> arcs = [("FRA", "RUS"), ("DEU", "ITA"), ("RUS", "DEU")]
    >>> round(group_assortativity(whole_of(arcs, {"FRA": "A", "RUS": "A", "DEU": "B", "ITA": "B"})), 12)
    0.333333333333
    """
    return _assortativity(whole.graph, whole.groups) if whole.groups else None


def ei_index(whole: Whole) -> float | None:
    """E-I index: ties between groups less ties within them, over all ties.

    Parameters
    ----------
    whole : Whole
        A network with groups; those in no group are the group `others`.

    Returns
    -------
    float or None
        From -1 (all ties within) to 1 (all between); None without groups or ties.

    Notes
    -----
    The size of the groups is not allowed for: small groups have more ties outside by chance alone. Tied pairs count, each once.

    References
    ----------
    .. [1] D. Krackhardt, R. N. Stern, "Informal networks and organizational crises: an experimental simulation", Social Psychology
       Quarterly 51 (1988) 123-140.

    Examples
    --------
    >>> from comity.queries.structure.whole import whole_of
    >>> arcs = [("FRA", "RUS"), ("DEU", "ITA"), ("RUS", "DEU")]
    >>> ei_index(whole_of(arcs, {"FRA": "A", "RUS": "A", "DEU": "B", "ITA": "B"}))
    -0.3333333333333333
    """
    if not whole.groups or not whole.graph.size():
        return None
    between = sum(whole.groups[left] != whole.groups[right] for left, right in whole.graph.edges)
    return (2 * between - whole.graph.size()) / whole.graph.size()


def _assortativity(graph: Network, places: Mapping[str, str]) -> float | None:
    """Newman's assortativity of the ties by the places of their ends."""
    ends: Counter[str] = Counter()
    within = 0
    for left, right in graph.edges:
        ends.update((places[left], places[right]))
        within += places[left] == places[right]
    ties = graph.size()
    # Over 4 times the ties squared, in whole numbers, so that a single place is exactly that.
    expected, most = sum(number**2 for number in ends.values()), 4 * ties**2
    return (4 * ties * within - expected) / (most - expected) if most > expected else None
