"""What belongs together is read together, also while others write."""

import pytest

from comity.graph.errors import StoreBusy
from comity.graph.loading import load
from comity.graph.stores import Store, steady
from comity.graph.stores.steady import read_steadily
from tests.graph.facts import reading, stated


def write(store: Store, number: int) -> None:
    name = f"test-{number}"
    told = stated("pact", "FRA GBR", ["in_force 1900/.."], collection=name)
    load(store, reading([told], collection=name))


def test_what_was_read_while_somebody_wrote_is_read_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steady, "PAUSES", (0, 0, 0, 0))
    found: list[int] = []

    def read() -> int:
        number = int(store.read("MATCH (f:Fact) RETURN count(f) AS number")[0]["number"])
        if len(found) < 2:  # twice somebody writes between the first and the last query of a reader
            write(store, len(found))
        found.append(number)
        return number

    assert read_steadily(store, read) == (2, store.revision())
    assert found == [0, 1, 2]


def test_nobody_waits_for_ever(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steady, "PAUSES", (0, 0))
    written: list[int] = []

    def read() -> None:
        write(store, len(written))
        written.append(len(written))

    with pytest.raises(StoreBusy, match="ask again when the load is done"):
        read_steadily(store, read)
    assert len(written) == 2
