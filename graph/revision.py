"""The revision: one number for what a store holds, whatever the order in which it came there.

It is the sum, modulo 2^256, of the SHA-256 hashes of the live statements' ids and of the live sources' descriptions. A sum can be
carried forward: a load adds what it opens and subtracts what it closes.
"""

import hashlib
from collections.abc import Iterable

_MODULUS = 1 << 256


def carried(revision: str, opened: Iterable[str] = (), closed: Iterable[str] = ()) -> str:
    """The revision after some items (statements' ids, sources' digests) came to life and others were closed."""
    total = int(revision, 16) + sum(map(_hash, opened)) - sum(map(_hash, closed))
    return f"{total % _MODULUS:064x}"


def revision_of(items: Iterable[str]) -> str:
    """The revision of exactly these items."""
    return carried("0", opened=items)


def _hash(item: str) -> int:
    return int.from_bytes(hashlib.sha256(item.encode()).digest(), "big")
