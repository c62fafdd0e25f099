"""What measures ask of folded networks, whether they are stacked or one is too large for that."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from comity.queries.fast.leading import Product
from comity.queries.fast.networks import Values


class Folded(Protocol):
    """Networks as classes of actors that have the same partners, and so the same values: networks x classes.

    `rows` says which of the networks they are, `sizes` how many members a class has, and `knit` is 1 where these are partners of each
    other. `members` is the number of actors, one a row; `mates` how many others are in one's class, and `degrees` how many partners
    each has. `reached` is how many actors lie 1, 2, ... ties away, those of one's class left aside.
    """

    @property
    def rows(self) -> NDArray[np.int64]: ...
    @property
    def sizes(self) -> Values: ...
    @property
    def knit(self) -> Values: ...
    @property
    def members(self) -> Values: ...
    @property
    def mates(self) -> Values: ...
    @property
    def degrees(self) -> Values: ...
    @property
    def reached(self) -> tuple[Values, ...]: ...

    def over(self, values: Values) -> Values:
        """For each class the sum of a value over the classes that it has ties with."""
        ...

    def product(self, scale: Values, own: Values) -> Product:
        """The products with the symmetric matrices that have the scales of both where two classes have ties, and `own` on their diagonal."""
        ...

    def matrices(self, scale: Values, own: Values, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """These matrices for some of the networks: networks x classes x classes."""
        ...

    def spread(self, values: Values) -> Values:
        """The values of the classes for each actor: networks x actors; 0 for who is not in the network."""
        ...
