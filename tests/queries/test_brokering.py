"""Who stands between groups: on the alliances of December 1914 by hand, on any network by the definition, and as Cypher has it."""

import doctest
from collections import Counter
from dataclasses import asdict
from itertools import permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.graph.errors import InputError
from comity.graph.loading import load
from comity.graph.slices import Question, Slice, take
from comity.graph.stores import Store
from comity.queries import brokering
from comity.queries.brokering import ROLES, Roles, count_roles, links, path_shares, roles
from comity.queries.groups import Group, Groups
from comity.queries.library import run
from comity.queries.networks import DirectedNetwork, Network
from tests.queries.alliances import DECEMBER, alliances_1914, day
from tests.queries.networks import drawn_digraphs, drawn_networks

CENTRAL = Group("central", ("BGR", "COW-AUH", "DEU", "TUR"))
ENTENTE = Group("entente", ("FRA", "GBR", "RUS"))
BLOCS = Groups((CENTRAL, ENTENTE))


def december(store: Store) -> Slice:
    load(store, alliances_1914())
    return take(store, Question(types=("defence",), as_of=day(DECEMBER)))


def test_roles_by_hand(store: Store) -> None:
    # Every path both ways. Italy, Romania, Portugal, Japan, Greece and Serbia are the others.
    found = roles(december(store), BLOCS)
    assert {
        row.actor: (row.group, row.total, *(getattr(row, role) for role in ROLES)) for row in found.rows
    } == {
        # Turkey to Austria-Hungary; Italy and Romania, both of them tied to neither, to Turkey and Bulgaria.
        "DEU": ("central", 10, 2, 0, 4, 4, 0),
        # Germany and Austria-Hungary to Russia; Italy to Russia.
        "ROU": ("others", 6, 0, 0, 1, 1, 4),
        # Bulgaria to Italy and Romania.
        "COW-AUH": ("central", 4, 0, 0, 2, 2, 0),
        # Turkey to Austria-Hungary.
        "BGR": ("central", 2, 2, 0, 0, 0, 0),
        # Portugal to Japan, both of the others.
        "GBR": ("entente", 2, 0, 2, 0, 0, 0),
        # France to Romania.
        "RUS": ("entente", 2, 0, 0, 1, 1, 0),
    }
    assert [row.actor for row in found.rows] == ["DEU", "ROU", "COW-AUH", "BGR", "GBR", "RUS"]


def test_links_by_hand(store: Store) -> None:
    found = links(december(store), BLOCS)
    (linkage,) = found.linkages
    # All four central powers reach Russia and France, none reaches Britain.
    assert (linkage.left, linkage.right, linkage.pairs, linkage.tied, linkage.joined) == (
        "central",
        "entente",
        12,
        0,
        8,
    )
    rows = {row.actor: row for row in linkage.rows}
    # Through Romania all must go, through Russia those to France; through Germany Turkey, and half of Bulgaria.
    assert {actor: row.share for actor, row in rows.items()} == pytest.approx(
        {"ROU": 1, "RUS": 4 / 8, "DEU": 3 / 8, "COW-AUH": 1 / 8}
    )
    assert [row.actor for row in linkage.rows] == ["ROU", "RUS", "DEU", "COW-AUH"]
    assert asdict(rows["ROU"]) == {
        "actor": "ROU", "name": "Romania", "group": "others", "left_partners": 2, "right_partners": 1, "pairs": 2, "share": 1.0,
        "left_facts": ("test:romanian",), "right_facts": ("test:russo-romanian",),
    }  # fmt: skip
    assert (rows["RUS"].left_partners, rows["RUS"].right_facts) == (0, ("test:franco-russian",))


def test_a_group_alone_is_held_against_the_rest(store: Store) -> None:
    (linkage,) = links(december(store), Groups((ENTENTE,))).linkages
    assert (linkage.left, linkage.right) == ("entente", "others")
    assert linkage.pairs == 3 * 10
    assert linkage.tied == 3  # Russia to Romania, Britain to Portugal and Japan
    assert {"ROU", "RUS"} <= {row.actor for row in linkage.rows}


def test_three_groups_make_three_linkages(store: Store) -> None:
    found = links(december(store), Groups((CENTRAL, ENTENTE, Group("balkan", ("GRC", "SRB")))))
    assert [(each.left, each.right, each.joined) for each in found.linkages] == [
        ("central", "entente", 8), ("central", "balkan", 0), ("entente", "balkan", 0),
    ]  # fmt: skip
    assert found.linkages[1].rows == ()


def test_links_need_a_group(store: Store) -> None:
    with pytest.raises(InputError, match="Name one or more"):
        links(december(store), Groups(()))


@pytest.mark.parametrize(
    "groups", [("DEU,COW-AUH", "RUS,FRA"), ("DEU,BGR", "ROU,COW-AUH,DEU"), ("GBR", "PRT,JPN")]
)
def test_pairs_are_those_of_the_cypher_query(store: Store, groups: tuple[str, str]) -> None:
    slice = december(store)
    left, right = (Group(text, tuple(sorted(text.split(",")))) for text in groups)
    (linkage,) = links(slice, Groups((left, right))).linkages
    answer = run(store, "brokers", {"left": groups[0], "right": groups[1], "day": DECEMBER})
    columns = ("actor", "name", "left_partners", "right_partners", "pairs")
    mine = [tuple(getattr(row, name) for name in columns) for row in linkage.rows if row.pairs]
    assert sorted(mine) == sorted(tuple(row[name] for name in columns) for row in answer.rows if row["pairs"])


@given(graph=drawn_digraphs(), drawn=st.lists(st.sampled_from("xyz"), min_size=8, max_size=8))
def test_roles_are_those_of_the_definition(graph: DirectedNetwork, drawn: list[str]) -> None:
    places = dict(zip("ABCDEFGH", drawn, strict=True))
    wanted: dict[str, Counter[str]] = {actor: Counter() for actor in graph}
    arcs = set(graph.edges)
    for source, broker, target in permutations(graph, 3):
        if (source, broker) in arcs and (broker, target) in arcs and (source, target) not in arcs:
            one, two, three = places[source], places[broker], places[target]
            pattern = (one == two, two == three, one == three)
            role = {
                (True, True, True): "coordinator", (False, False, True): "itinerant", (False, True, False): "gatekeeper",
                (True, False, False): "representative", (False, False, False): "liaison",
            }[pattern]  # fmt: skip
            wanted[broker][role] += 1
    assert count_roles(graph, places) == wanted


@given(graph=drawn_networks(), drawn=st.lists(st.sampled_from("xyz"), min_size=9, max_size=9))
def test_without_direction_gatekeepers_are_representatives(graph: Network, drawn: list[str]) -> None:
    places = dict(zip("ABCDEFGHI", drawn, strict=True))
    for counts in count_roles(graph.to_directed(), places).values():
        assert counts["gatekeeper"] == counts["representative"]
        assert all(counts[role] % 2 == 0 for role in ("coordinator", "itinerant", "liaison"))


@given(graph=drawn_networks(), cut=st.integers(0, 9))
def test_shares_of_paths_are_those_of_the_definition(graph: Network, cut: int) -> None:
    actors = list(graph)
    left, right = Group("left", tuple(actors[:cut])), Group("right", tuple(actors[max(0, cut - 1) :]))
    sums = dict.fromkeys(graph, 0.0)
    joined = 0
    for one in left.members:
        for other in right.members:
            if one != other and not graph.has_edge(one, other) and nx.has_path(graph, one, other):
                joined += 1
                paths = list(nx.all_shortest_paths(graph, one, other))
                for path in paths:
                    for actor in path[1:-1]:
                        sums[actor] += 1 / len(paths)
    expected = {actor: value / joined if joined else 0.0 for actor, value in sums.items()}
    assert path_shares(graph, left, right, joined) == pytest.approx(expected)


def test_every_role_is_a_column() -> None:
    assert list(Roles.__slots__) == ["actor", "name", "group", "total", *ROLES]


def test_the_examples_in_the_docstrings() -> None:
    result = doctest.testmod(brokering)
    assert result.attempted
    assert not result.failed
