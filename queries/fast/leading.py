"""The leading eigenvector of many symmetric matrices at once, by Lanczos' method."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from comity.queries.fast.networks import Values
from comity.queries.measures.spectral import SAME_EIGENVALUE

Product = Callable[[Values], Values]
"""Every matrix times a vector of its own: one matrix a row."""

_POWER = 3
"""The method is applied to this power of the matrix: an odd one has the same eigenvectors in the same order, wider apart, so that few
steps are needed. A product costs less than what else a step does."""

_STEPS = 40
"""Steps at most; networks of states need 8 to 14."""

_NOTHING = 1e-14
"""What is left of a vector, relative to the matrix, once nothing new comes."""

_ROUNDS = 20
"""Times at most that the method begins anew from what it has found in a network beyond that."""

DENSELY = 2_000
"""Up to so many rows there is a matrix of which all eigenvectors can be had, where this method does not find the leading one."""

_LOOKED_AT = (12, 14, 18, 24, 32)
"""The steps after which it is looked whether vectors have been found; looking costs as much as several steps."""

_CONVERGED = 1e-13
"""The residual, relative to the eigenvalue, from which an eigenvector counts as found."""

_WRONG = 1e-8
"""The residual of the vector itself, relative to the eigenvalue, from which it is none: larger than that of eigenvectors whose
eigenvalues count as one."""


def project(product: Product, start: Values) -> tuple[Values, Values, NDArray[np.bool_]]:
    """The vectors of `start` projected onto the leading eigenspaces, of unit length, the eigenvalues, and which were found.

    All that the method ever sees of an eigenspace is the start's share in it, so that the projection comes out also where several
    eigenvectors share the largest eigenvalue.
    """
    vectors, largest, found = _round(product, start)
    for _ in range(_ROUNDS if start.shape[1] > DENSELY else 0):
        if found.all():
            break
        vectors, largest, found = _round(product, vectors)
    return vectors, largest, found


def _round(product: Product, start: Values) -> tuple[Values, Values, NDArray[np.bool_]]:
    steps = min(_STEPS, start.shape[1])
    basis = np.zeros((len(start), steps + 1, start.shape[1]))
    basis[:, 0] = _unit(start)
    diagonal, beside = np.zeros((2, len(start), steps))
    for step in range(steps):
        following = basis[:, step]
        for _ in range(_POWER):
            following = product(following)
        # Once: what rounding brings back of vectors found before is caught by the residual in the end.
        before = basis[:, : step + 1]
        shares = np.matmul(before, following[:, :, np.newaxis])
        following -= np.matmul(shares.transpose(0, 2, 1), before)[:, 0]
        diagonal[:, step] = shares[:, step, 0]
        beside[:, step] = np.linalg.norm(following, axis=1)
        small_rest = beside[:, step] <= _NOTHING * np.maximum(diagonal[:, 0], 1)
        basis[:, step + 1] = np.where(small_rest[:, np.newaxis], 0, _unit(following))
        if step + 1 in _LOOKED_AT or step + 1 == steps:
            largest, small = _leading(diagonal[:, : step + 1], beside[:, :step])
            residual = beside[:, step] * np.abs(small[:, -1])
            found = residual <= _CONVERGED * np.maximum(largest, 1) ** _POWER
            if found.all():
                break
    vectors = _unit(np.matmul(small[:, np.newaxis], basis[:, : step + 1])[:, 0])
    left = np.linalg.norm(product(vectors) - largest[:, np.newaxis] * vectors, axis=1)
    return vectors, largest, found & (left <= _WRONG * np.maximum(largest, 1))


def project_densely(matrices: NDArray[np.float64], start: Values, power: int = 1) -> tuple[Values, Values]:
    """The same from all eigenvectors of each matrix, which is the power of another."""
    eigenvalues, vectors = np.linalg.eigh(matrices)
    eigenvalues = np.sign(eigenvalues) * np.abs(eigenvalues) ** (1 / power)
    largest = eigenvalues[:, -1]
    # Eigenvalues that the plain measure cannot tell from the largest are one with it.
    leading = eigenvalues >= (largest - SAME_EIGENVALUE * np.maximum(1.0, largest))[:, np.newaxis]
    shares = np.where(leading, np.einsum("bij,bi->bj", vectors, start), 0)
    return _unit(np.einsum("bij,bj->bi", vectors, shares)), largest


def _leading(diagonal: Values, beside: Values) -> tuple[Values, Values]:
    """The largest eigenvalue of each tridiagonal matrix, and the first unit vector projected onto its eigenspace."""
    number, size = diagonal.shape
    matrices = np.zeros((number, size, size))
    places = np.arange(size)
    matrices[:, places, places] = diagonal
    matrices[:, places[1:], places[:-1]] = matrices[:, places[:-1], places[1:]] = beside
    first = np.zeros((number, size))
    first[:, 0] = 1
    vectors, largest = project_densely(matrices, first, _POWER)
    return largest, vectors


def _unit(vectors: Values) -> Values:
    found: Values = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-300)
    return found
