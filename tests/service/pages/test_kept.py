"""What is kept is made once, forgotten when there is no room, and never kept where making it failed."""

import threading
import time

import pytest

from comity.service.pages.kept import Kept


def test_a_thing_is_made_once() -> None:
    kept, made = Kept(10), []
    for _ in range(3):
        assert kept.of("key", lambda: made.append(1) or "thing") == "thing"  # type: ignore[func-returns-value]
    assert len(made) == 1


def test_the_least_used_goes_first() -> None:
    kept = Kept(4, weigh=len)
    kept.of("a", lambda: "12")
    kept.of("b", lambda: "34")
    kept.of("a", lambda: "not made again")
    kept.of("c", lambda: "56")
    assert kept.of("a", lambda: "anew") == "12"
    assert kept.of("b", lambda: "anew") == "anew"


def test_what_is_larger_than_all_room_is_given_and_not_kept() -> None:
    kept = Kept(3, weigh=len)
    assert kept.of("a", lambda: "12345") == "12345"
    assert kept.of("a", lambda: "12") == "12"


def test_a_failure_is_told_and_tried_again() -> None:
    kept = Kept(10)

    def fail() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError):
        kept.of("a", fail)
    assert kept.of("a", lambda: "yes") == "yes"


def test_many_who_ask_at_once_wait_for_one() -> None:
    kept, made, given = Kept(10), [], []

    def make() -> str:
        time.sleep(0.1)
        made.append(1)
        return "thing"

    threads = [threading.Thread(target=lambda: given.append(kept.of("key", make))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given == ["thing"] * 8 and len(made) == 1
