"""How often one may ask: a token bucket for each key and each address."""

import time
from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

BURST_SECONDS = 10
"""So many seconds' worth of requests may come at once."""

_MOST = 10_000
"""Buckets that are remembered; the one that was used longest ago is forgotten, which by then is full again."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled: float


class Rates:
    """Buckets that fill at `rate` a second; with 0 none is ever empty."""

    def __init__(self, rate: float) -> None:
        self._rate, self._size = rate, max(rate * BURST_SECONDS, 1.0)
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, who: str) -> float:
        """Take one token from somebody's bucket: 0, or the seconds until there is one."""
        if not self._rate:
            return 0.0
        now = time.monotonic()
        bucket = self._buckets.get(who)
        if bucket is None:
            bucket = self._buckets[who] = _Bucket(self._size, now)
            if len(self._buckets) > _MOST:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(who)
        bucket.tokens = min(self._size, bucket.tokens + (now - bucket.filled) * self._rate)
        bucket.filled = now
        if bucket.tokens < 1:
            return (1 - bucket.tokens) / self._rate
        bucket.tokens -= 1
        return 0.0


def neighbourhood(address: str) -> str:
    """What counts as one address: of IPv6 the /64, all of which one customer has."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and not found.ipv4_mapped:
        return str(IPv6Address(int(found) >> 64 << 64))
    return str(found)
