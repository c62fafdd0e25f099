"""Everything comity raises on purpose, in one tree.

    ComityError
    ├── InputError             what was given cannot be used: the message names the place and the remedy
    │   ├── DateError          a text is no EDTF date
    │   ├── UnknownActor       no actor has that id, name or code
    │   ├── AmbiguousActor     several actors have it: all are listed
    │   ├── UnknownName        no such kind, type, step, measure, query, rule, source …: the known ones are listed
    │   ├── DossierError       a dossier breaks its form: every fault with file, line, field and remedy
    │   ├── TableError         a table cannot be read at all: damaged, cut off, another encoding, other columns
    │   ├── NoData             nobody tells of the time that is asked about: it is missing, not zero
    │   ├── NotOffered         an engine does not compute that measure, or not of that slice or store
    │   ├── ChooseSource       several collections cover what is asked and none was chosen
    │   ├── QueryError         the database cannot run the Cypher that was given
    │   └── UnsafeQuery        the Cypher is not (or not surely) read-only
    ├── ReaderUnavailable      a reader of prose is not installed, or the endpoint behind it fails
    └── StoreError             the database cannot do its part
        ├── StoreUnavailable   no server answers, it or the disk has no room, or no engine for this platform (transient: try again later)
        ├── WrongPassword      the server refuses the user or password
        ├── StoreLocked        another process has the folder open (transient)
        ├── StoreBusy          a load writes without a pause, a backup is being restored, or queries do not end (transient)
        ├── NotAStore          a folder holds something else
        └── QueryLimit         what was asked for ran longer, or gave more, than it was allowed to
            └── NobodyWaits    it was ended because whoever asked has gone away

`status` is the HTTP status a service answers with; `transient` says whether trying again later can help.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar, Self

_LISTED, _NEAR = 12, 5
"""So many names are listed as they are; of more, so many."""


class ComityError(Exception):
    """Base of all errors that comity raises on purpose; its text is meant for the person at the keyboard."""

    status: ClassVar[int] = 500
    transient: ClassVar[bool] = False


class InputError(ComityError):
    """What was given cannot be used."""

    status = 400


class DateError(InputError):
    """A text is no Extended Date/Time Format date."""


class UnknownActor(InputError):
    """No actor has that id, name or code."""

    status = 404


class AmbiguousActor(InputError):
    """A name or code fits several actors; the message lists them all."""

    status = 409


class UnknownName(InputError):
    """A name is not one of those comity knows; the message lists the known ones."""

    status = 404

    def __init__(self, what: str, given: str, known: Iterable[str]) -> None:
        super().__init__(f"there is no {what} {given!r}; choose from: {', '.join(known) or '(none yet)'}")

    @classmethod
    def among(cls, what: str, given: str, known: Iterable[str]) -> Self:
        """The same where there may be hundreds: those most like it come first, whole collections before what is in them."""
        every = sorted(set(known), key=lambda name: (":" in name, name))
        near = get_close_matches(given, every, n=_NEAR, cutoff=0.5)
        if len(every) <= _LISTED:
            return cls(what, given, [*near, *(name for name in every if name not in near)])
        return cls(what, given, [*(near or every[:_NEAR]), f"… ({len(every)} in all)"])


class DossierError(InputError):
    """A dossier breaks its form. `faults` holds one line per fault: file, line, field and what to write."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class TableError(InputError):
    """A table cannot be read at all; the message names the file, the place and the remedy."""


class NoData(InputError):
    """The chosen data sets do not cover the time that is asked about."""

    status = 404


class NotOffered(InputError):
    """An engine does not compute that measure, or not of that slice or store; the message names what can."""

    status = 422


class ChooseSource(InputError):
    """Several collections cover what is asked and none was chosen."""

    status = 409


class QueryError(InputError):
    """The database cannot run the Cypher that was given."""


class UnsafeQuery(InputError):
    """The Cypher is not, or not surely, read-only."""

    status = 403


class ReaderUnavailable(ComityError):
    """A reader of prose cannot do its part: what it needs is not installed, or the endpoint that it asks fails."""

    status = 502


class StoreError(ComityError):
    """The database cannot do its part."""


class StoreUnavailable(StoreError):
    """No server answers, it cannot take more now, the disk is full, or there is no engine for this platform."""

    status = 503
    transient = True


class WrongPassword(StoreError):
    """The server refuses the user or password."""

    status = 502


class StoreLocked(StoreError):
    """Another process has the folder open."""

    status = 503
    transient = True


class StoreBusy(StoreError):
    """Somebody writes without a pause, or restores a backup, so that nothing can be read that belongs together, or queries do not end."""

    status = 503
    transient = True


class NotAStore(StoreError):
    """A folder holds something that is no comity database."""


class QueryLimit(StoreError):
    """What was asked for ran longer, or gave more rows, than it was allowed to."""

    status = 422


class NobodyWaits(QueryLimit):
    """It was ended because whoever asked has gone away."""

    status = 499
