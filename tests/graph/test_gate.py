"""The gate before the embedded engine: readers share, a writer excludes, and nobody waits longer than need be."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from comity.graph.stores.gate import Gate

SOON = 5.0
BRIEFLY = 0.2


class Visitor:
    """Somebody in a thread of their own who passes the gate, and stays until told to leave."""

    def __init__(self, gate: Gate, way: str) -> None:
        self.inside, self.leave = threading.Event(), threading.Event()
        enter: Callable[[], object] = {
            "read": gate.reading, "ask": lambda: gate.reading(long=True), "write": gate.writing,
        }[way]  # fmt: skip
        self._thread = threading.Thread(target=self._visit, args=(enter,), daemon=True)
        self._thread.start()

    def _visit(self, enter: Callable[[], object]) -> None:
        with enter():  # type: ignore[attr-defined]
            self.inside.set()
            self.leave.wait(SOON)

    def went(self) -> None:
        """Leave, and be gone."""
        self.leave.set()
        self._thread.join(SOON)


def test_the_gate_lets_readers_share_and_a_writer_alone() -> None:
    gate = Gate()
    inside: list[str] = []
    together = threading.Barrier(2, timeout=10)

    def read() -> None:
        with gate.reading():
            together.wait()

    def write() -> None:
        with gate.writing(), gate.reading(), gate.writing():
            inside.append("in")
            time.sleep(0.02)
            assert inside == ["in"]
            inside.clear()

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(read), threads.submit(read), *(threads.submit(write) for _ in range(6))]:
            done.result(timeout=20)


def test_a_waiting_writer_keeps_new_readers_out_and_gets_its_turn() -> None:
    gate = Gate()
    first = Visitor(gate, "read")
    assert first.inside.wait(SOON)
    writer = Visitor(gate, "write")
    assert not writer.inside.wait(BRIEFLY)
    late = Visitor(gate, "read")
    assert not late.inside.wait(BRIEFLY)
    first.went()
    assert writer.inside.wait(SOON) and not late.inside.is_set()
    writer.went()
    assert late.inside.wait(SOON)
    late.went()


def test_while_a_writer_waits_for_a_long_reader_short_ones_come_in() -> None:
    gate = Gate()
    asking = Visitor(gate, "ask")
    assert asking.inside.wait(SOON)
    writer = Visitor(gate, "write")
    assert not writer.inside.wait(BRIEFLY)
    short, second = Visitor(gate, "read"), Visitor(gate, "ask")
    assert short.inside.wait(SOON) and not second.inside.wait(BRIEFLY)
    short.went()
    asking.went()
    assert writer.inside.wait(SOON) and not second.inside.is_set()
    writer.went()
    assert second.inside.wait(SOON)
    second.went()
