"""A clock that is set back between changes: record time goes on, so that what is told of it stays right."""

from datetime import UTC, datetime, timedelta

import pytest

from comity.graph import writing
from comity.graph.loading import load
from comity.graph.log import read_log
from comity.graph.retracting import restore, retract
from comity.graph.slices import read_history
from comity.graph.stores import Store
from tests.faults.told import pacts
from tests.graph.facts import reading

START = datetime(2026, 3, 10, 12, tzinfo=UTC)


class Clock:
    """What comity takes for the time."""

    def __init__(self) -> None:
        self.time = START

    def now(self) -> str:
        self.time += timedelta(milliseconds=1)
        return self.time.isoformat(timespec="microseconds")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(writing, "now", clock.now)
    return clock


def test_record_time_never_goes_back(store: Store, clock: Clock) -> None:
    told = pacts(4)
    load(store, reading(told))
    clock.time -= timedelta(days=3)
    load(store, reading(told[:3]))
    clock.time -= timedelta(days=300)
    retract(store, "test")
    restore(store, "test")
    load(store, reading(told, whole=False))
    load(store, reading([*told[1:], *pacts(6)[4:]], whole=False))
    log = read_log(store)
    assert [entry.action for entry in log] == ["load", "load", "restore", "retract", "load", "load"]
    assert log[0].revision == store.revision()
    assert len({entry.at for entry in log}) == len(log)
    for row in store.read("MATCH (n:Statement|Source) RETURN n.opened AS opened, n.closed AS closed"):
        moments = [
            moment for turn in zip(row["opened"], [*row["closed"], "9999"], strict=False) for moment in turn
        ]
        assert moments == sorted(set(moments)), moments
        assert moments[0] >= START.isoformat()
    # Every change is found by what it changed.
    assert [entry.action for entry in read_log(store, subject="test:pact-0003")] == [
        "load", "load", "load",
    ]  # fmt: skip
    assert len(read_log(store, subject="test:pact-0001")) == 3


def test_what_was_known_on_a_day_stays_so(store: Store, clock: Clock) -> None:
    load(store, reading(pacts(2)))
    known = read_history(store, known_on=START.date())
    clock.time -= timedelta(days=1)
    retract(store, "test")
    # It was known until after that day's load, whatever the clock said when it was retracted.
    assert read_history(store, known_on=START.date() - timedelta(days=1)).facts == ()
    assert len(known.facts) == 2
    clock.time = START + timedelta(days=2)
    restore(store, "test")
    assert read_history(store, known_on=START.date() + timedelta(days=1)).facts == ()
    assert read_history(store, known_on=clock.time.date()).facts == known.facts


def test_time_goes_on_with_the_clock_when_it_is_right_again(store: Store, clock: Clock) -> None:
    load(store, reading(pacts(1)))
    clock.time -= timedelta(hours=1)
    load(store, reading(pacts(2)))
    clock.time = START + timedelta(hours=1)
    load(store, reading(pacts(3)))
    latest = read_log(store)[0].at
    assert START + timedelta(hours=1) < datetime.fromisoformat(latest) < START + timedelta(hours=1, seconds=1)
