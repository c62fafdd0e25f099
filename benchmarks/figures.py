"""How a benchmark takes its times and prints its figures: one JSON line each."""

import json
import statistics
import time
from collections.abc import Callable


def seconds(work: Callable[[], object], runs: int = 5) -> float:
    """The median time of several runs, after one that does not count."""
    work()
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def timed(work: Callable[..., object], *given: object) -> float:
    """The time of one run."""
    begun = time.perf_counter()
    work(*given)
    return time.perf_counter() - begun


def report(name: str, value: float, unit: str, peer: str) -> None:
    """Print one figure."""
    print(json.dumps({"name": name, "value": round(value, 3), "unit": unit, "peer": peer}), flush=True)
