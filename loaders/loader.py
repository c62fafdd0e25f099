"""What a loader is: the description of a source of the field, and the function that turns its files into readings."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from comity.graph.errors import InputError
from comity.graph.model import Source
from comity.graph.reading import Reading, Record
from comity.loaders.codes import Codes
from comity.loaders.folders import unfolded
from comity.loaders.tables import Form, Table


@dataclass(frozen=True, slots=True)
class Opened:
    """A reading ready to be loaded, and the warnings that came up while it was made."""

    reading: Reading
    warnings: tuple[str, ...] = ()


DESCRIBED = (
    "name",
    "about",
    "files",
    "title",
    "version",
    "publisher",
    "coverage",
    "licence",
    "url",
    "citation",
)
"""What people are told of a loader, in this order."""


@dataclass(frozen=True, slots=True)
class Loader:
    """A sort of source, by the name that `comity load` knows it by; also the id of the collection, unless there are several.

    `about` is one sentence, `files` says what to name on the command line. `open` gives the readings of the named files; it looks
    through them first and raises `InputError` where one cannot be used, and looks codes up only while records are taken. `known_as` are
    patterns of the files' published names, in small letters and unpacked, by which it finds them in a folder (see loaders/folders.py). The rest
    describes the newest release that it was written for; `coverage` is the time of which that tells (EDTF).
    """

    name: str
    about: str
    files: str
    open: Callable[[Sequence[str], Codes], Sequence[Opened]] = field(repr=False)
    known_as: tuple[str, ...] = ()
    title: str = ""
    version: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    licence: str = ""
    citation: str = ""
    bibtex: str = ""
    coverage: str = ""

    def to_dict(self) -> dict[str, Any]:
        """What there is to say of it, as plain JSON values."""
        return {name: getattr(self, name) for name in DESCRIBED}

    def readings(self, names: Sequence[str], codes: Codes) -> Sequence[Opened]:
        """The readings of the named files, a folder standing for those files in it that are named as they are published."""
        return self.open(unfolded(names, self.known_as, self.name), codes)

    def source(
        self,
        key: str,
        table: Table,
        *,
        collection: str = "",
        part: str = "",
        version: str = "",
        coverage: str = "",
    ) -> Source:
        """The source that one of its files is: `part` says which, where there are several."""
        return Source(
            id=f"{collection or self.name}:{key}",
            title=f"{self.title}, {part}" if part else self.title,
            publisher=self.publisher,
            date=self.date,
            version=version or self.version,
            url=self.url,
            licence=self.licence,
            citation=self.citation,
            sha256=table.sha256,
            original_sha256=table.original_sha256,
            coverage=coverage or self.coverage,
        )

    def one_table(
        self, names: Sequence[str], form: Form, key: str, records: "Records", codes: Codes, holding: str = ""
    ) -> list[Opened]:
        """The reading of the one file that is all of the collection; `InputError` where it is not one file that is named.

        `key` is the source's, and `holding` what the file is said to have in it.
        """
        if len(names) != 1:
            raise InputError(f"{self.name} reads one file, {self.files}{holding}")
        table = Table(names[0], form)
        source = self.source(key, table)
        reading = Reading(
            self.name, (source,), records(table, source, codes),
            whole=False, loader=self.name, files=(str(table.path.resolve()),), length=table.length,
        )  # fmt: skip
        return [Opened(reading)]

    def one_of_many(
        self, table: Table, key: str, records: "Callable[[Table, str], Iterator[Record]]", *,
        collection: str = "", coverage: str = "",
    ) -> Opened:  # fmt: skip
        """The reading of one file of a stream of events, which speaks for that file only; `records` makes it, told the source's id.

        `coverage` is empty where the file's name does not tell its time: that is warned of, as there is then no telling what it leaves out.
        """
        name = collection or self.name
        source = self.source(key, table, collection=name, part=table.path.name, coverage=coverage)
        reading = Reading(
            name, (source,), records(table, source.id),
            whole=False, partial=True, loader=self.name, files=(str(table.path.absolute()),),
            length=table.length,
        )  # fmt: skip
        untimed = (
            f"{table.path}: its name does not tell of which time it is, so it counts as telling of all that {self.name} has "
            f"({self.coverage}), and a time without events in it as one without ties, not without data; name it as it is published"
        )
        return Opened(reading, () if coverage else (untimed,))


Records = Callable[[Table, Source, Codes], Iterator[Record]]
"""What makes the records of a reading from a table, its source and the codes; nothing before they are taken."""
