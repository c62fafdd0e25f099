"""Communities: groups of actors that have more ties among themselves than chance would give them, and how sure they are."""

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from typing import Any

import networkx as nx

from comity.graph.errors import ChooseSource, InputError, NoData
from comity.graph.slices import Question, Slice
from comity.graph.stores.base import Store
from comity.graph.stores.stopping import check_stop
from comity.queries.groups import members_of
from comity.queries.networks import Network, to_networkx
from comity.queries.partitions import Likeness, alike
from comity.queries.plain import plain

RUNS = 20
"""How often communities are looked for, each time by another seed."""

_GAIN = 1e-12
"""Modularity that is greater by less is rounding."""

Groups = tuple[tuple[str, ...], ...]
"""A partition as lists of ids: the largest group first, equal ones in order of their first members."""


@dataclass(frozen=True, slots=True)
class Community:
    """A group of actors, named by the organization that is most like it, else by its most central member.

    `central` has the most ties within the group. `stability` is how often two members are found together, on average over the
    pairs of them and the runs.
    """

    label: str
    central: str
    members: tuple[str, ...]
    ties_within: int
    ties_beyond: int
    stability: float


@dataclass(frozen=True, slots=True)
class Communities:
    """The partition of greatest modularity among those that the runs found, and how alike these are.

    `stability` is the mean adjusted Rand index of all pairs of runs, `partitions` the number of different ones they found.
    """

    question: Question
    revision: str
    seed: int
    runs: int
    resolution: float
    modularity: float | None
    stability: float | None
    partitions: int
    communities: tuple[Community, ...]
    names: Mapping[str, str]

    @property
    def community_of(self) -> dict[str, Community]:
        """The community of each actor."""
        return {actor: community for community in self.communities for actor in community.members}

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return {
            **self.question.describe(),
            "revision": self.revision,
            "algorithm": "louvain",
            **{
                name: getattr(self, name)
                for name in ("seed", "runs", "resolution", "modularity", "stability", "partitions")
            },
            "communities": plain(self.communities),
        }


@dataclass(frozen=True, slots=True)
class Change:
    """The communities of two slices, how alike they are for the actors in both, and how many went from which to which."""

    before: Communities
    after: Communities
    likeness: Likeness | None
    moves: tuple[tuple[str, str, int], ...]

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return {
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
            "likeness": plain(self.likeness),
            "moves": [
                {"before": before, "after": after, "actors": actors} for before, after, actors in self.moves
            ],
        }


def communities(
    slice: Slice,
    *,
    seed: int = 0,
    runs: int = RUNS,
    resolution: float = 1.0,
    organizations: Mapping[str, AbstractSet[str]] | None = None,
) -> Communities:
    """The communities of a slice's network.

    Parameters
    ----------
    slice : Slice
        Pairs count once, however many facts tie them, and direction does not matter.
    seed, runs : int
        Communities are looked for `runs` times, by the seeds `seed`, `seed` + 1, …
    resolution : float
        Greater than 1 gives smaller communities, less than 1 larger ones.
    organizations : mapping, optional
        The members of each organization, by which communities are named; see `memberships`.

    Returns
    -------
    Communities
        The partition of greatest modularity that was found; without any where the slice has no tie.

    Notes
    -----
    Louvain's method [1]_ as networkx has it. It may leave a community of which parts hang together by nobody [2]_: such are taken
    apart, which never lowers modularity. Finding the greatest modularity is hard, and nearly equal partitions may look
    different; so the runs are compared, and `stability` says how alike they are. Modularity has a resolution limit: communities of a large
    network with fewer than about sqrt(2m) ties within may be joined [3]_.

    References
    ----------
    .. [1] V. D. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, "Fast unfolding of communities in large networks", Journal of
       Statistical Mechanics (2008) P10008.
    .. [2] V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing well-connected communities", Scientific
       Reports 9 (2019) 5233.
    .. [3] S. Fortunato, M. Barthélemy, "Resolution limit in community detection", PNAS 104 (2007) 36-41.
    """
    if runs < 1:
        raise InputError(f"{runs} runs: communities have to be looked for once at least")
    if resolution <= 0:
        raise InputError(f"resolution {resolution:g}: give a number greater than 0")
    network = to_networkx(slice)
    found = [detect(network, seed=seed + run, resolution=resolution) for run in range(runs)]
    best, modularity = _best(network, found, resolution)
    likenesses = [
        pair.adjusted_rand
        for one, other in combinations(map(_numbered, found), 2)
        if (pair := alike(one, other)) is not None
    ]
    return Communities(
        question=slice.question,
        revision=slice.revision,
        seed=seed,
        runs=runs,
        resolution=resolution,
        modularity=modularity,
        stability=fmean(likenesses) if likenesses else None,
        partitions=len(set(found)),
        communities=_described(network, best, found, slice, organizations or {}),
        names={actor: slice.actors[actor].name for actor in slice.members},
    )


def detect(network: Network, *, seed: int, resolution: float = 1.0) -> Groups:
    """The communities that Louvain's method finds from one seed, each connected."""
    check_stop()
    actors = list(network)
    places = {actor: place for place, actor in enumerate(actors)}
    # Numbers and no weights: sets of texts have another order in each process, and a pair counts once.
    bare: nx.Graph[int] = nx.Graph()
    bare.add_nodes_from(range(len(actors)))
    bare.add_edges_from((places[left], places[right]) for left, right in network.edges if left != right)
    found = nx.community.louvain_communities(bare, resolution=resolution, seed=seed)
    connected = [part for group in found for part in nx.connected_components(bare.subgraph(group))]
    groups = [tuple(actors[place] for place in sorted(part)) for part in connected]
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))


def modularity_of(network: Network, groups: Groups, resolution: float = 1.0) -> float | None:
    """Newman's modularity of a partition; None without ties."""
    if not network.number_of_edges():
        return None
    return float(nx.community.modularity(network, list(map(set, groups)), weight=None, resolution=resolution))


def changed(before: Communities, after: Communities) -> Change:
    """What became of the communities of one slice in another, for the actors in both."""
    one, other = before.community_of, after.community_of
    moves = Counter((one[actor], other[actor]) for actor in one if actor in other)
    labelled = [(there.label, here.label, number) for (there, here), number in moves.items()]
    return Change(
        before, after, alike(one, other), tuple(sorted(labelled, key=lambda move: (-move[2], move)))
    )


def memberships(store: Store, question: Question) -> Mapping[str, AbstractSet[str]]:
    """The full members of each organization (`members_of`); none where the store does not tell, or too many sources do."""
    try:
        return members_of(store, question)[0]
    except (ChooseSource, NoData):
        return {}


def _best(network: Network, found: Iterable[Groups], resolution: float) -> tuple[Groups, float | None]:
    """The partition of greatest modularity, the first of equal ones."""
    best: tuple[Groups, float | None] = ((), None)
    for groups in found:
        value = modularity_of(network, groups, resolution)
        if value is not None and (best[1] is None or value > best[1] + _GAIN):
            best = (groups, value)
    return best


def _numbered(groups: Groups) -> dict[str, int]:
    return {actor: number for number, group in enumerate(groups) for actor in group}


def _described(
    network: Network,
    groups: Groups,
    found: Iterable[Groups],
    slice: Slice,
    organizations: Mapping[str, AbstractSet[str]],
) -> tuple[Community, ...]:
    runs = [_numbered(one) for one in found]
    named = _organization_of_each(groups, organizations)
    described = []
    for group in groups:
        within = network.subgraph(group)
        central = min(group, key=lambda actor: (-within.degree(actor), -network.degree(actor), actor))
        pairs = list(combinations(group, 2))
        together = fmean(run[left] == run[right] for run in runs for left, right in pairs) if pairs else 1.0
        described.append(
            Community(
                label=named.get(group, f"around {slice.actors[central].name}"),
                central=central,
                members=group,
                ties_within=within.number_of_edges(),
                ties_beyond=sum(network.degree(actor) for actor in group) - 2 * within.number_of_edges(),
                stability=together,
            )
        )
    return tuple(described)


def _organization_of_each(
    groups: Groups, organizations: Mapping[str, AbstractSet[str]]
) -> dict[tuple[str, ...], str]:
    """The organization that gives a community its name: that most like it in members, to which more than half of it belong.

    An organization names the one community that it is most like: a split one does not name both parts.
    """
    fits = [
        (len(members & set(group)) / len(members | set(group)), organization, group)
        for group in groups
        for organization, members in organizations.items()
        if 2 * len(members & set(group)) > len(group)
    ]
    named: dict[tuple[str, ...], str] = {}
    for _, organization, group in sorted(fits, key=lambda fit: (-fit[0], fit[1], fit[2])):
        if group not in named and organization not in named.values():
            named[group] = organization
    return named
