"""Loading files that were sent: what a loader makes of them is planned, or loaded under the name of who sent them, and told in bounds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from comity.graph.errors import ComityError, InputError
from comity.graph.loading import Load
from comity.graph.model import Rejected
from comity.graph.quarantine import SENT
from comity.graph.reading import Record
from comity.graph.stores.base import Store
from comity.loaders.bringing import (
    bring,
    citations,
    load_document,
    open_files,
    plan_of,
    plans_document,
)
from comity.loaders.codes import Codes
from comity.loaders.loader import Loader, Opened
from comity.service.uploads import Upload
from comity.service.writer import Writer

MOST_REJECTIONS = 100
"""Rejected records that an answer tells of, of each source; `/api/quarantine` has all."""

MOST_REJECTED = 100_000
"""Records that may be rejected, all held in memory until the end: where it is more, the file is not what the loader reads."""


@dataclass(slots=True)
class Bringing:
    """Files that were sent, as a loader has opened them; it can be planned or loaded, once."""

    upload: Upload
    loader: Loader
    codes: Codes
    opened: Sequence[Opened]
    far: dict[str, Any] = field(default_factory=dict)
    """How far the loading is: the source, how many of its records were read, of about how many."""

    def about(self) -> dict[str, Any]:
        """What can be told before anything is read."""
        warnings = [self.upload.plain(warning) for each in self.opened for warning in each.warnings]
        return {"loader": self.loader.name, "warnings": warnings}

    def sources(self) -> list[str]:
        """What will be loaded."""
        return [each.reading.scope for each in self.opened]

    def planned(self, store: Store) -> dict[str, Any]:
        """What would be changed, as `comity load --dry-run` tells it."""
        with self.upload, self.upload.naming():
            plans = [plan_of(store, each, self.codes) for each in self.opened]
            return {**self.about(), **plans_document(plans)}

    def loaded(self, writer: Writer, by: str) -> dict[str, Any]:
        """What has been loaded. What stands there when it fails stays: sent again, it is found unchanged."""
        done: list[Load] = []
        with self.upload, self.upload.naming(), writer.writing() as store:
            try:
                for each in self.opened:
                    done.append(bring(store, each, self.codes, self._progress(each), by=by))
            except ComityError as error:
                if done:
                    before = ", ".join(one.source for one in done)
                    error.args = (f"{error} (loaded before that, and there to stay: {before})",)
                raise
            cited = citations(self.opened)
        return {**self.about(), "cite": cited, "loads": [_told(one) for one in done]}

    def _progress(self, each: Opened) -> Callable[[int], None]:
        """What is told how many records of it were read."""
        self.far = {"source": each.reading.scope, "read": 0, "of": each.reading.length}
        return partial(self.far.__setitem__, "read")


def open_upload(upload: Upload, loader: Loader) -> Bringing:
    """Look through the files, which are gone where the loader cannot use them."""
    try:
        with upload.naming():
            if not upload.files:
                raise InputError(f"name what to load, each as a field `file`: {loader.files}")
            codes = Codes()
            opened = open_files(loader, [str(path) for path in upload.files], codes)
            return Bringing(upload, loader, codes, [_as_sent(each) for each in opened])
    except BaseException:
        upload.remove()
        raise


def _as_sent(opened: Opened) -> Opened:
    """The same, whose files are known by the names that they were sent under, as they cannot be read again."""
    reading = opened.reading
    files = tuple(f"{SENT}{Path(file).name}" for file in reading.files)
    return replace(opened, reading=replace(reading, files=files, records=_bounded(reading.records)))


def _bounded(records: Iterable[Record]) -> Iterator[Record]:
    """The records, until too many of them are rejected."""
    rejected = 0
    for record in records:
        if isinstance(record, Rejected):
            rejected += 1
            if rejected > MOST_REJECTED:
                raise InputError(
                    f"more than {MOST_REJECTED:,} records cannot be read, such as {record.place}: {record.reason}"
                )
        yield record


def _told(done: Load) -> Mapping[str, Any]:
    """A load with the first of what was rejected, and where the rest is."""
    rejections = list(
        dict.fromkeys(done.rejections)
    )  # what is wrong twice in one record is in quarantine once
    return {
        **load_document(done),
        "retracted": done.retracted,
        "rejections": [asdict(one) for one in rejections[:MOST_REJECTIONS]],
        "quarantined": len(rejections),
        "quarantine": f"/api/quarantine?scope={quote(done.source, safe='')}",
    }
