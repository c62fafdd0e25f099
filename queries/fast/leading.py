"""The leading eigenvector of many symmetric matrices at once, by Lanczos' method."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from comity.queries.fast.networks import Values
from comity.queries.measures.spectral import SAME_EIGENVALUE

Product = Callable[[Values], Values]
"""Every matrix times a vector of its own: one matrix a row."""

_STEPS = 60
"""Steps at most; networks of states need 15 to 40."""

_LOOKED_AT = 5
"""After so many steps it is looked again whether vectors have been found."""

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
    basis = [_unit(start)]
    diagonal: list[Values] = []
    beside: list[Values] = []
    steps = min(_STEPS, start.shape[1])
    for step in range(1, steps + 1):
        following = product(basis[-1])
        diagonal.append((following * basis[-1]).sum(axis=1))
        # Once: what rounding brings back of vectors found before is caught by the residual in the end.
        for vector in basis:
            following -= vector * (following * vector).sum(axis=1, keepdims=True)
        beside.append(np.linalg.norm(following, axis=1))
        basis.append(np.where((beside[-1] > 1e-12)[:, np.newaxis], _unit(following), 0))
        if step == steps or step % _LOOKED_AT == 0:
            largest, small = _leading(np.array(diagonal), np.array(beside))
            residual = beside[-1] * np.abs(small[:, -1])
            found = residual <= _CONVERGED * np.maximum(largest, 1)
            if found.all():
                break
    vectors = np.zeros(start.shape)
    for place, vector in enumerate(basis[:-1]):
        vectors += vector * small[:, place, np.newaxis]
    vectors = _unit(vectors)
    left = np.linalg.norm(product(vectors) - largest[:, np.newaxis] * vectors, axis=1)
    return vectors, largest, found & (left <= _WRONG * np.maximum(largest, 1))


def project_densely(matrices: NDArray[np.float64], start: Values) -> tuple[Values, Values]:
    """The same from all eigenvectors of each matrix."""
    eigenvalues, vectors = np.linalg.eigh(matrices)
    largest = eigenvalues[:, -1]
    # Eigenvalues that the plain measure cannot tell from the largest are one with it.
    leading = eigenvalues >= (largest - SAME_EIGENVALUE * np.maximum(1.0, largest))[:, np.newaxis]
    shares = np.where(leading, np.einsum("bij,bi->bj", vectors, start), 0)
    return _unit(np.einsum("bij,bj->bi", vectors, shares)), largest


def _leading(diagonal: NDArray[np.float64], beside: NDArray[np.float64]) -> tuple[Values, Values]:
    """The largest eigenvalue of each tridiagonal matrix, and the first unit vector projected onto its eigenspace."""
    size, number = diagonal.shape
    matrices = np.zeros((number, size, size))
    places = np.arange(size)
    matrices[:, places, places] = diagonal.T
    matrices[:, places[1:], places[:-1]] = matrices[:, places[:-1], places[1:]] = beside[:-1].T
    first = np.zeros((number, size))
    first[:, 0] = 1
    vectors, largest = project_densely(matrices, first)
    return largest, vectors


def _unit(vectors: Values) -> Values:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-300)
