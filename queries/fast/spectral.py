"""Measures read from the spectrum: eigenvector centrality, Katz centrality and PageRank."""

import numpy as np
from numpy.typing import NDArray

from comity.queries.fast.folded import Folded
from comity.queries.fast.leading import Product, project, project_densely
from comity.queries.fast.networks import Values, quotient
from comity.queries.measures.spectral import DAMPING, KATZ_SHARE

_SOLVED = 1e-15
"""The residual, relative to the right-hand side, from which a system counts as solved: rounding."""

_STEPS = 60
"""Steps at most to solve a system: enough, as eigenvalues lie between 0.15 and 1.85, for what rounding allows."""

_NOTHING = 1e-9
"""What an eigenvector has less of in a component that does not have its eigenvalue: rounding."""


def eigenvector(folded: Folded) -> Values:
    """The ones projected onto the leading eigenspace."""
    roots = np.sqrt(folded.sizes)
    found, _ = _leading(folded)
    found = np.maximum(found * np.sign(found.sum(axis=1, keepdims=True)), 0)
    found *= _around(folded, found > _NOTHING)
    found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-300)
    return quotient(found, roots)


def katz(folded: Folded) -> Values:
    """The sums over walks solve a symmetric system, with the largest eigenvalue for its attenuation."""
    roots = np.sqrt(folded.sizes)
    _, largest = _leading(folded)
    alpha = KATZ_SHARE / largest[:, np.newaxis]
    onward = folded.product(roots, folded.knit * folded.mates)
    walks = _solve(lambda values: values - alpha * onward(values), roots, roots)
    walks /= np.linalg.norm(walks, axis=1, keepdims=True)
    return quotient(walks, roots)


def _leading(folded: Folded) -> tuple[Values, Values]:
    """The leading eigenvectors and their eigenvalues. A class counts with the root of its size, which makes the matrix symmetric."""
    roots = np.sqrt(folded.sizes)
    own = folded.knit * folded.mates
    found, largest, sure = project(folded.product(roots, own), roots)
    late = np.flatnonzero(~sure)
    if len(late):
        found[late], largest[late] = project_densely(folded.matrices(roots, own, late), roots[late])
    return found, largest


def _around(folded: Folded, inside: NDArray[np.bool_]) -> Values:
    """The components of these classes: 1 for the classes in them."""
    while True:
        wider = inside | (folded.over(inside.astype(np.float64)) > 0)
        if (wider == inside).all():
            return inside.astype(np.float64)
        inside = wider


def pagerank(folded: Folded) -> Values:
    """The walk's stationary shares, solved for after scaling by the roots of degree and size, which makes the system symmetric."""
    degrees = np.maximum(folded.degrees, 1)
    roots = np.sqrt(folded.sizes / degrees)
    jump = (1 - DAMPING) / np.maximum(folded.members, 1) * roots
    ends = (folded.sizes * folded.degrees).sum(axis=1, keepdims=True)
    start = np.sqrt(folded.sizes * folded.degrees) / np.maximum(ends, 1)
    stay = folded.knit * folded.mates / degrees
    onward = folded.product(roots, stay)
    solved = _solve(lambda values: values - DAMPING * onward(values), jump, start)
    return solved * np.sqrt(folded.degrees / np.maximum(folded.sizes, 1))


def _solve(product: Product, right: Values, start: Values) -> Values:
    """Solutions of symmetric positive definite systems by conjugate gradients, one system a row.

    numpy would solve them at once, but its solver crashes the process once a Java machine runs in it (jpype issue 808), which the
    embedded store's engine does.
    """
    found = start.copy()
    residual = right - product(found)
    direction = residual.copy()
    square = _dots(residual, residual)
    enough = _SOLVED**2 * _dots(right, right)
    for _ in range(_STEPS):
        if (square <= enough).all():
            break
        across = product(direction)
        step = square / np.maximum(_dots(direction, across), 1e-300)
        found += step * direction
        residual -= step * across
        before, square = square, _dots(residual, residual)
        direction = residual + square / np.maximum(before, 1e-300) * direction
    return found


def _dots(one: Values, other: Values) -> Values:
    found: Values = np.einsum("bi,bi->b", one, other)[:, np.newaxis]
    return found
