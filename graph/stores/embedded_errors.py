"""What the embedded engine's errors mean, told with their remedies: the engine's own tell of Java classes."""

from pathlib import Path

from comity.graph.errors import (
    NotAStore,
    QueryError,
    QueryLimit,
    StoreError,
    StoreLocked,
    StoreUnavailable,
    UnsafeQuery,
)
from comity.graph.stores.base import Limits
from comity.graph.stores.stopping import out_of_time

_FULL = ("No space left on device", "Disk quota exceeded", "File too large", "not enough space on the disk")
"""In what words systems say that nothing more can be written."""


def is_full(error: BaseException) -> bool:
    """Whether one of the causes of the error is a full disk."""
    cause: BaseException | None = error
    while cause is not None:
        if any(words in str(cause) for words in _FULL):
            return True
        cause = cause.__cause__
    return False


def full(url: str) -> StoreUnavailable:
    """What is told where the disk is full."""
    return StoreUnavailable(
        f"the disk of {url} is full: make room and do it again; what was cut off left nothing behind"
    )


def opening_error(folder: Path, error: Exception) -> StoreError:
    """What is told where the engine could not open the folder."""
    text = str(error)
    if is_full(error):
        return full(str(folder))
    if "already in use" in text:
        return StoreLocked(
            f"{folder} is open already in this process: close it there first, or use that store"
        )
    if "locked by another process" in text:
        return StoreLocked(
            f"{folder} is open in another comity process: end that one first, or name another store"
        )
    if isinstance(error.__cause__, PermissionError) or "ermission" in text:
        return StoreError(
            f"{folder} cannot be written: check the permissions, or name another folder with --store"
        )
    return NotAStore(f"{folder} could not be opened as a comity store: {first_line(error)}")


def asking_error(error: Exception, limits: Limits) -> Exception:
    """What is told where the engine did not run what a stranger typed."""
    text = str(error)
    if "OutOfMemoryError" in text or "Java heap space" in text:
        return QueryLimit("the query needs more memory than there is: ask for less")
    if "command.timeout" in text:
        return out_of_time(limits.seconds)
    if "not idempotent" in text:
        return UnsafeQuery("this Cypher would write; only reading is allowed here")
    return QueryError(f"this Cypher cannot be run: {first_line(error)}")


def first_line(error: Exception) -> str:
    """The engine's message without the names of Java classes."""
    line = (str(error).splitlines() or [""])[0]
    for prefix in (
        "Query failed: ",
        "Command failed: ",
        "Reading the result set failed: ",
        "Failed to open database: ",
    ):
        line = line.removeprefix(prefix)
    name, colon, rest = line.partition(": ")
    return rest if colon and name.startswith("com.arcadedb.") else line
