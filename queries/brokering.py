"""Who stands between groups: the roles of Gould and Fernandez, and who links one bloc to another."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import networkx as nx

from comity.graph.errors import InputError
from comity.graph.slices import Question, Slice
from comity.queries.groups import Group, Groups
from comity.queries.measures.measure import NOTHING
from comity.queries.networks import DirectedNetwork, Network, to_digraph, to_networkx
from comity.queries.plain import plain

ROLES = {
    "coordinator": "between two of its own group",
    "itinerant": "between two of one other group (also called consultant)",
    "gatekeeper": "from another group into its own",
    "representative": "from its own group to another",
    "liaison": "between two groups, neither of which is its own",
}
"""The roles that a broker can have between two others, by the groups of the three."""


@dataclass(frozen=True, slots=True)
class Roles:
    """How often an actor brokers, in all and in each role."""

    actor: str
    name: str
    group: str
    total: int
    coordinator: int
    itinerant: int
    gatekeeper: int
    representative: int
    liaison: int


@dataclass(frozen=True, slots=True)
class Brokerage:
    """The roles of every actor of a slice that brokers at all, most first."""

    question: Question
    revision: str
    groups: Groups
    rows: tuple[Roles, ...]

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return {
            **self.question.describe(),
            "revision": self.revision,
            **self.groups.to_dict(),
            "rows": plain(self.rows),
        }


@dataclass(frozen=True, slots=True)
class Link:
    """An actor that links two groups.

    `left_partners` and `right_partners` are its partners in the one and in the other, `pairs` the pairs of these, one of each group,
    that are not tied to each other. `share` is its share of the shortest paths between members of the groups that are joined, but
    not tied (see `Linkage`). `left_facts` and `right_facts` are the facts that tie it to its partners.
    """

    actor: str
    name: str
    group: str
    left_partners: int
    right_partners: int
    pairs: int
    share: float
    left_facts: tuple[str, ...]
    right_facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linkage:
    """How two groups hang together in a slice: of the `pairs` of a member of each that have ties, some are `tied` to each other, some
    `joined` by a longer path only, the rest by none. `rows` are those through whom such paths run.
    """

    left: str
    right: str
    pairs: int
    tied: int
    joined: int
    rows: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """Who links the groups of a slice, each two of them."""

    question: Question
    revision: str
    groups: Groups
    linkages: tuple[Linkage, ...]

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return {
            **self.question.describe(),
            "revision": self.revision,
            **self.groups.to_dict(),
            "linkages": plain(self.linkages),
        }


def roles(slice: Slice, groups: Groups) -> Brokerage:
    """How often each actor of the slice brokers between two others, in which roles; the rest are the group `others`."""
    graph = to_digraph(slice)
    places = groups.places(graph)
    counts = count_roles(graph, places)
    rows = [
        Roles(actor, slice.actors[actor].name, places[actor], sum(found.values()), **{role: found[role] for role in ROLES})
        for actor, found in counts.items()
        if found
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row.total, row.actor))
    return Brokerage(slice.question, slice.revision, groups, tuple(rows))


def count_roles(graph: DirectedNetwork, places: Mapping[str, str]) -> dict[str, Counter[str]]:
    """Brokered paths by broker and role.

    A path i → j → k of three actors is brokered by j if there is no tie i → k.

    Parameters
    ----------
    graph : networkx.DiGraph
        A slice as `to_digraph` gives it: an undirected tie goes both ways.
    places : mapping
        The group of each actor.

    Returns
    -------
    dict
        For each actor how often it has each role (`ROLES`); their sum is the total of brokered paths.

    Notes
    -----
    These are the raw counts: every path counts one, however many others broker between the same two. In an undirected network each
    path is walked both ways and counts twice, and gatekeeper and representative are equal. Parallel ties count once. Only
    paths of two steps count, so that other components do not matter.

    References
    ----------
    .. [1] R. V. Gould, R. M. Fernandez, "Structures of mediation: a formal approach to brokerage in transaction networks",
       Sociological Methodology 19 (1989) 89-126.

    Examples
    --------
    France and Serbia reach each other through Russia alone:

    >>> import networkx as nx
    >>> graph = nx.DiGraph([("FRA", "RUS"), ("RUS", "FRA"), ("RUS", "SRB"), ("SRB", "RUS")])
    >>> count_roles(graph, {"FRA": "west", "RUS": "east", "SRB": "east"})["RUS"]
    Counter({'gatekeeper': 1, 'representative': 1})
    """
    found: dict[str, Counter[str]] = {}
    for broker in graph:
        counts: Counter[str] = Counter()
        for source in graph.predecessors(broker):
            for target in graph.successors(broker):
                if source != target and not graph.has_edge(source, target) and broker not in (source, target):
                    counts[_role(places[source], places[broker], places[target])] += 1
        found[broker] = counts
    return found


def _role(source: str, broker: str, target: str) -> str:
    """The role of a broker by the groups of the three."""
    if source == target:
        return "coordinator" if broker == source else "itinerant"
    if broker == target:
        return "gatekeeper"
    return "representative" if broker == source else "liaison"


def links(slice: Slice, groups: Groups) -> Links:
    """Who links each two of the named groups; one that is named alone to all the rest.

    An actor of two groups counts in both. Direction does not matter. `InputError` where no group is named.
    """
    if not groups.groups:
        raise InputError("between which groups? Name one or more, as in --group NATO --group bloc=CHN,RUS")
    graph = to_networkx(slice)
    placed = groups.within(graph)
    if len(placed) == 1:
        placed += (groups.others(graph),)
    places = groups.places(graph)
    linkages = tuple(_linkage(slice, graph, places, left, right) for left, right in combinations(placed, 2))
    return Links(slice.question, slice.revision, groups, linkages)


def _linkage(slice: Slice, graph: Network, places: Mapping[str, str], left: Group, right: Group) -> Linkage:
    pairs = [(one, other) for one in left.members for other in right.members if one != other]
    tied = sum(graph.has_edge(one, other) for one, other in pairs)
    component = {
        actor: number for number, members in enumerate(nx.connected_components(graph)) for actor in members
    }
    joined = sum(component[one] == component[other] for one, other in pairs) - tied
    shares = path_shares(graph, left, right, joined)
    rows = []
    for actor, share in shares.items():
        lefts, rights = (
            [other for other in group.members if graph.has_edge(actor, other)] for group in (left, right)
        )
        apart = sum(one != other and not graph.has_edge(one, other) for one in lefts for other in rights)
        if apart or share > NOTHING:
            rows.append(
                Link(
                    actor, slice.actors[actor].name, places[actor], len(lefts), len(rights), apart, share,
                    _facts(graph, actor, lefts), _facts(graph, actor, rights),
                )
            )  # fmt: skip
    rows.sort(key=lambda row: (-round(row.share, 12), -row.pairs, row.actor))
    return Linkage(left.name, right.name, len(pairs), tied, joined, tuple(rows))


def path_shares(graph: Network, left: Group, right: Group, joined: int) -> dict[str, float]:
    """For each actor its share of the shortest paths between members of two groups, on average over the `joined` pairs.

    That is betweenness confined to pairs of a member of each group, over the pairs that have a path and no tie. The shares sum to
    1 where all these paths have two steps, to more where they are longer.
    """
    if not joined:
        return dict.fromkeys(graph, 0.0)
    # networkx halves the sum in an undirected network, where it expects every pair twice.
    found = nx.betweenness_centrality_subset(graph, left.members, right.members)
    return {actor: 2 * found[actor] / joined for actor in graph}


def _facts(graph: Network, actor: str, partners: list[str]) -> tuple[str, ...]:
    return tuple(sorted({fact for other in partners for fact in graph.edges[actor, other]["facts"]}))
