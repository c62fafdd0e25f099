"""A reading: what a loader gives of a source, before any of it is in a store."""

from collections.abc import Iterable
from dataclasses import dataclass

from comity.graph.actors import Actor
from comity.graph.model import Rejected, Skipped, Source, Statement

Record = Statement | Rejected | Skipped
"""What a loader makes of one record of a source."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a loader gives: the collection's id, its sources, and what it made of the records, those of one fact together.

    `actors` are those that only this collection knows. A `whole` reading (a dossier) is loaded entirely or not at all, and its records
    are facts; otherwise they are rows, and each gives one statement, or is rejected or skipped. A `partial` reading (one file of a
    stream of events) speaks for its own sources only: what the collection holds from others stays. `loader` and `files` say how it can be
    read again, `length` about how many records there are (0: not known).
    """

    collection: str
    sources: tuple[Source, ...]
    records: Iterable[Record]
    actors: tuple[Actor, ...] = ()
    whole: bool = True
    partial: bool = False
    loader: str = ""
    files: tuple[str, ...] = ()
    length: int = 0

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources that it speaks for; none for the whole collection."""
        return tuple(source.id for source in self.sources) if self.partial else ()

    @property
    def scope(self) -> str:
        """What is loaded with it: the collection, or the source that is a part of it."""
        return self.sources[0].id if self.partial else self.collection
