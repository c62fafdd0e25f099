"""How the cost of one network grows with its ties, random and real, and what a million ties take."""

import csv
import gzip
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from benchmarks.contenders import SEVEN, by_igraph, by_rustworkx, edges_of
from benchmarks.figures import report, timed
from comity.queries.fast.engine import compute
from comity.queries.fast.networks import Networks

Ends = NDArray[np.int64]
"""A bare list of ties: two actors by number, one tie a row; a pair may stand in it several times."""

QUICK = ("degree", "pagerank", "core", "clustering", "eigenvector")
"""Measures whose cost grows little faster than the ties; paths between all pairs are followed up to `PATHS` ties."""

PATHS = 10_000
LEAST = ("degree", "pagerank", "core")
GIB = 1 << 30


def network_of(ends: Ends) -> Networks:
    """One network of a list of ties."""
    size = int(ends.max()) + 1
    keys, weights = np.unique(np.sort(ends, axis=1) @ np.array([size, 1]), return_counts=True)
    pairs = np.column_stack(np.divmod(keys, size))
    return Networks(tuple(map(str, range(size))), pairs, weights[np.newaxis].astype(np.int32))


def drawn(ties: int) -> Ends:
    """So many random ties of a tenth as many actors."""
    chance = np.random.default_rng(ties)
    size = ties // 10
    keys = np.unique(chance.integers(0, size * size, 2 * ties + 2 * size))
    left, right = np.divmod(keys, size)
    ends = np.column_stack([left, right])[left < right]
    return chance.permutation(ends)[:ties]


def random_networks() -> None:
    """From a thousand random ties to a million."""
    for ties in (1_000, 10_000, 100_000, 1_000_000):
        _grown(f"random_{ties}", drawn(ties), f"{ties} random ties of {ties // 10} actors")


def events(file: Path) -> None:
    """The same of events between named actors, many of which tie the same pair."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
        rows = [
            (row["source"], row["target"]) for row in csv.DictReader(text) if row["source"] != row["target"]
        ]
    place = {name: at for at, name in enumerate(dict.fromkeys(name for row in rows for name in row))}
    ends = np.array([(place[left], place[right]) for left, right in rows])
    for ties in (1_000, 10_000, 100_000, len(ends)):
        some = ends[:ties]
        number = len(np.unique(np.sort(some, axis=1), axis=0))
        _grown(
            f"events_{ties}", some, f"{ties} events of ICEWS, {number} pairs of {len(np.unique(some))} actors"
        )


def _grown(name: str, ends: Ends, of: str) -> None:
    measures = SEVEN if len(ends) <= PATHS else QUICK
    ours = min(timed(lambda: compute(network_of(ends), measures)) for _ in range(3))
    report(f"one_network_{name}_seconds", ours, "s", f"{of}: {', '.join(measures)}")
    if measures == SEVEN:
        edges = [edges_of(list(map(tuple, np.unique(np.sort(ends, axis=1), axis=0).tolist())))]
        for peer, loop in (("igraph", by_igraph), ("rustworkx", by_rustworkx)):
            theirs = min(timed(loop, edges) for _ in range(3))
            report(
                f"one_network_{name}_ratio_to_{peer}", ours / theirs, "ratio", f"{of}: {', '.join(measures)}"
            )


def million() -> None:
    """Degree, PageRank and k-core of a million random ties, in a process of their own for the memory."""
    for name in LEAST:
        ours, theirs = [], []
        for _ in range(3):
            ours.append(_apart("ours", name))
            theirs.append(_apart("rustworkx", name))
        least, peer = min(ours)[0], min(theirs)[0]
        of = "rustworkx on the bare edge list, its graph built included; 1,000,000 random ties of 100,000 actors"
        report(f"million_ties_{name}_ratio_to_rustworkx", least / peer, "ratio", of)
        report(f"million_ties_{name}_seconds", least, "s", of)
        report(
            f"million_ties_{name}_memory",
            max(memory for _, memory in ours) / GIB,
            "GiB",
            "the whole process at its peak",
        )


def _apart(who: str, name: str) -> tuple[float, int]:
    command = [sys.executable, "-m", "benchmarks.growth", who, name]
    took, memory = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(took), int(memory)


def _by_rustworkx(ties: Sequence[tuple[int, int]], size: int, name: str) -> object:
    if name == "pagerank":
        graph: rx.PyDiGraph[None, None] = rx.PyDiGraph()
        graph.add_nodes_from([None] * size)
        graph.add_edges_from_no_data(list(ties))
        graph.add_edges_from_no_data([(right, left) for left, right in ties])
        return rx.pagerank(graph)
    bare: rx.PyGraph[None, None] = rx.PyGraph()
    bare.add_nodes_from([None] * size)
    bare.add_edges_from_no_data(list(ties))
    return rx.core_number(bare) if name == "core" else [bare.degree(place) for place in range(size)]


if __name__ == "__main__":
    who, name = sys.argv[1:]
    ends = drawn(1_000_000)
    if who == "ours":
        took = timed(lambda: compute(network_of(ends), [name]))
    else:
        ties = [(left, right) for left, right in ends.tolist()]
        took = timed(lambda: _by_rustworkx(ties, int(ends.max()) + 1, name))
    print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
