"""Layers: events counted by month or year (`gdelt-month`, `gdelt-year`, `icews-month`, `icews-year`), where they are too many for a fact each.

Sources, codes and actors are those of the streams of single events (loaders/gdelt.py, loaders/icews.py). Their files are counted
first (`comity[scale]`), or a file is named that `comity aggregate` has counted before. What facts are made of that, and what is lost:
loaders/aggregates.py.

All files named are one layer. Other files, or more of them, are another release of it: an event may be reported years afterwards, so the
counts of no month are ever complete.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from comity.graph.errors import InputError
from comity.graph.model import Source
from comity.graph.reading import Reading, Record
from comity.loaders import gdelt, icews
from comity.loaders.aggregates import PERIODS, aggregates
from comity.loaders.codes import Codes
from comity.loaders.counts import About, CountsFile, about, is_counts, write_counts
from comity.loaders.loader import Loader, Opened
from comity.loaders.streams import Part, Stream, gaps

STREAMS: Mapping[str, tuple[Loader, Callable[[Path], Part], Sequence[Stream]]] = {
    "gdelt": (gdelt.LOADER, gdelt.part_of, (gdelt.STREAM,)),
    "icews": (icews.LOADER, icews.part_of, (icews.STREAM, icews.NAMED_STREAM)),
}
"""By the name of the loader of single events: that loader, what opens a file, and the streams that its files may be."""

_EVENTS = "events"
"""The key of the one source of a layer."""


def parts_of(name: str, names: Sequence[str]) -> list[Part]:
    """The files that are named; `InputError` where they are no one stream."""
    _, part_of, _ = STREAMS[name]
    parts = [part_of(Path(file)) for file in names]
    if len({part.stream.collection for part in parts}) > 1:
        raise InputError("some files hold raw events and others named events: count the ones or the others")
    return parts


def _open(stream: str, period: str, names: Sequence[str], codes: Codes) -> list[Opened]:
    """The one reading of all files of events, or of the one file of counts."""
    counts = [name for name in names if is_counts(Path(name))]
    if not counts:
        parts = parts_of(stream, names)
        warnings = tuple(
            f"no file tells of the time from {first} to {last}: it will seem to have no events"
            for first, last in gaps(parts)
        )
        files = tuple(str(part.table.path.absolute()) for part in parts)
        return [_opened(stream, period, about(parts), partial(_counted, parts), files, codes, warnings)]
    if len(names) > 1:
        raise InputError(f"{counts[0]} holds counts: load it alone, or files of events")
    file = CountsFile(Path(counts[0]))
    if file.about.stream not in {each.collection for each in STREAMS[stream][2]}:
        raise InputError(f"{counts[0]} holds counts of {file.about.stream}, not of {stream}")
    return [
        _opened(stream, period, file.about, lambda: iter([file]), (str(Path(counts[0]).absolute()),), codes)
    ]


def _counted(parts: Sequence[Part]) -> Iterator[CountsFile]:
    """The counts of the files, as long as they are read."""
    with TemporaryDirectory(prefix="comity-") as folder:
        path = Path(folder) / "counts.parquet"
        write_counts(parts, path)
        yield CountsFile(path)


def _opened(
    name: str,
    period: str,
    of: About,
    counted: Callable[[], Iterator[CountsFile]],
    files: tuple[str, ...],
    codes: Codes,
    warnings: tuple[str, ...] = (),
) -> Opened:
    loader, _, streams = STREAMS[name]
    stream = next(each for each in streams if each.collection == of.stream)
    collection = f"{of.stream}-{period}"
    source = _source(loader, collection, period, of)

    def records() -> Iterator[Record]:
        for file in counted():
            yield from aggregates(file.rows(), stream, source, period, codes)

    return Opened(
        Reading(
            collection, (source,), records(),
            whole=False, loader=f"{name}-{period}", files=files,
        ),
        warnings,
    )  # fmt: skip


def _source(loader: Loader, collection: str, period: str, of: About) -> Source:
    files = "1 file" if of.files == 1 else f"{of.files:,} files"
    return Source(
        id=f"{collection}:{_EVENTS}",
        title=f"{loader.title}, counted by {period} ({files})",
        publisher=loader.publisher,
        date=loader.date,
        version=loader.version,
        url=loader.url,
        licence=loader.licence,
        citation=loader.citation,
        sha256=of.sha256,
        original_sha256=of.original_sha256,
        coverage=of.coverage or loader.coverage,
    )


LOADERS = tuple(
    replace(
        loader,
        name=f"{name}-{period}",
        about=f"events of {name} counted by {period}: how many, from when to when, and their mean on Goldstein's scale",
        files=f"files of events as for {name}, all of them at once, or a file that comity aggregate has written",
        open=partial(_open, name, period),
    )
    for name, (loader, _, _) in STREAMS.items()
    for period in PERIODS
)
