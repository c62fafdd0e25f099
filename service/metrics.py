"""What Prometheus is told: how many requests, how long they took, whether the store answers. No label has endless values."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The figures of one service."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self._requests = Counter(
            "comity_requests", "Requests answered.", ["method", "route", "status"], registry=registry
        )
        self._seconds = Histogram(
            "comity_request_seconds", "Seconds until the last byte of the answer.", ["method", "route"],
            buckets=_SECONDS, registry=registry,
        )  # fmt: skip
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self.in_flight = Gauge("comity_requests_in_flight", "Requests being answered.", registry=registry)
        self.store_up = Gauge(
            "comity_store_up", "1 where the store answered when last asked, else 0.", registry=registry
        )
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer; `route` is the template of its path, or what stands for all paths without one."""
        asked = method if method in _METHODS else "other", route, status
        if asked not in self._known:
            labels = asked[0], route
            self._known[asked] = self._requests.labels(*labels, str(status)), self._seconds.labels(*labels)
        number, took = self._known[asked]
        number.inc()
        took.observe(seconds)

    def text(self) -> bytes:
        """All figures in the form that Prometheus reads."""
        return generate_latest(self.registry)
