"""What happens to an embedded store on a full disk: run on a small disk of its own by `test_full_disk.py`, as `full.py FOLDER CASE`."""

import os
import signal
import sys
from pathlib import Path

from comity.graph import comparing
from comity.graph.errors import StoreUnavailable
from comity.graph.loading import load
from comity.graph.stores import Store, open_store
from tests.faults.told import check_whole, pacts
from tests.graph.facts import reading

FEW, MANY = pacts(5), pacts(400)


def main(disk: Path, case: str) -> None:
    """Run one case; it fails by its exception."""
    comparing.BATCH_STATEMENTS = 50
    filler = disk / "filler"
    where = str(disk / "store")
    if case == "no room for a store":
        fill(filler, 0)
        refused(lambda: open_store(where))
        filler.unlink()
    elif case == "opened again":
        filler.unlink()
        with open_store(where) as store:
            [held] = store.read("MATCH (f:Fact) RETURN count(f) AS n")
            check_whole(store, MANY[: held["n"]])
            assert len(FEW) <= held["n"] < len(MANY)
    else:
        with open_store(where) as store:
            load(store, reading(FEW))
            run_full(store, filler, whole=case == "dossier")
            if case == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            filler.unlink()
            load(store, reading(MANY, whole=False))  # in the process that met the full disk
            check_whole(store, MANY)
    with open_store(where) as store:
        load(store, reading(MANY, whole=False))
        check_whole(store, MANY)


def run_full(store: Store, filler: Path, *, whole: bool) -> None:
    fill(filler, 0 if whole else 1_500_000)
    refused(lambda: load(store, reading(MANY, whole=whole)))
    [held] = store.read("MATCH (f:Fact) RETURN count(f) AS n")
    assert held["n"] == len(FEW) if whole else len(FEW) <= held["n"] < len(MANY)
    check_whole(store, MANY[: held["n"]])


def refused(work: object) -> None:
    assert callable(work)
    try:
        work()
    except StoreUnavailable as error:
        assert "is full: make room and do it again" in str(error), error
        assert error.transient
    else:
        raise AssertionError("it was written on a full disk")


def fill(filler: Path, left: int) -> None:
    """Write until so many bytes are left."""
    free = os.statvfs(filler.parent)
    with filler.open("wb") as out:
        out.write(b"\0" * (free.f_bavail * free.f_frsize - left))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
