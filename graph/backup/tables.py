"""The tables of a backup: which nodes are rows of which, and the columns they have."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from comity.graph.errors import InputError, StoreError
from comity.graph.stores.base import Row

if TYPE_CHECKING:
    import pyarrow

LABEL = "label"
"""The column that says of what label a node is, in tables of several."""

TEXT, TEXTS, WHOLE, NUMBER, FLAG, MOMENT, MOMENTS = (
    "text", "texts", "whole number", "number", "flag", "moment", "moments"
)  # fmt: skip
"""What a column holds. Moments are of record time: microseconds, in UTC."""

_SPANS = {"opened": MOMENTS, "closed": MOMENTS, "live": FLAG}


@dataclass(frozen=True, slots=True)
class Table:
    """One file: the labels of its nodes, and their properties with what they hold."""

    name: str
    labels: tuple[str, ...]
    columns: Mapping[str, str]

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.parquet"

    @property
    def shown(self) -> Mapping[str, str]:
        """All columns of the file."""
        return {LABEL: TEXT, **self.columns} if len(self.labels) > 1 else self.columns

    def schema(self) -> "pyarrow.Schema":
        """The columns in the words of Arrow."""
        import pyarrow as pa

        moment = pa.timestamp("us", tz="UTC")
        types = {
            TEXT: pa.string(), TEXTS: pa.list_(pa.string()), WHOLE: pa.int64(), NUMBER: pa.float64(),
            FLAG: pa.bool_(), MOMENT: moment, MOMENTS: pa.list_(moment),
        }  # fmt: skip
        return pa.schema([(name, types[sort]) for name, sort in self.shown.items()])

    def row(self, label: str, properties: Row) -> Row:
        """A node as a row. `StoreError` for what the table has no place for: a backup must not lose it."""
        unknown = sorted(properties.keys() - self.columns.keys())
        if unknown:
            raise StoreError(
                f"{label} {properties.get('id')} has {', '.join(unknown)}, which no backup holds: the graph was written by a newer comity "
                "or by another program; back it up with that comity"
            )
        row = {name: _written(self.columns[name], value) for name, value in properties.items()}
        return {**row, LABEL: label}

    def node(self, row: Row) -> tuple[str, Row]:
        """The label and properties of a node; those without a value are none."""
        label = row[LABEL] if len(self.labels) > 1 else self.labels[0]
        return label, {
            name: _read(sort, row[name]) for name, sort in self.columns.items() if row[name] is not None
        }


TABLES = (
    Table(
        "actors",
        ("Country", "Organization"),
        {
            "id": TEXT, "name": TEXT, "names": TEXTS, "codes": TEXTS, "wikidata": TEXT, "latitude": NUMBER,
            "longitude": NUMBER, "collection": TEXT, "digest": TEXT, **_SPANS,
        },
    ),
    Table(
        "sources",
        ("Source",),
        {
            "id": TEXT, "title": TEXT, "publisher": TEXT, "date": TEXT, "version": TEXT, "url": TEXT, "licence": TEXT,
            "citation": TEXT, "sha256": TEXT, "original_sha256": TEXT, "coverage": TEXT, "collection": TEXT, "cite": TEXT,
            "digest": TEXT, "earlier": TEXTS, **_SPANS,
        },
    ),
    Table(
        "judgements",
        ("Judgement",),
        {
            "id": TEXT, "left": TEXT, "right": TEXT, "verdict": TEXT, "by": TEXT, "confidence": NUMBER, "reason": TEXT,
            "evidence": TEXTS, **_SPANS,
        },
    ),
    Table(
        "mappings",
        ("Mapping",),
        {
            "id": TEXT, "collection": TEXT, "system": TEXT, "value": TEXT, "actor": TEXT, "by": TEXT, "reason": TEXT,
        },
    ),
    Table(
        "quarantine",
        ("Quarantined",),
        {
            "id": TEXT, "number": WHOLE, "collection": TEXT, "scope": TEXT, "place": TEXT, "reason": TEXT, "value": TEXT,
            "system": TEXT, "candidates": TEXTS, "record": TEXT, "part": FLAG, "records": WHOLE,
        },
    ),
    Table(
        "log",
        ("Load",),
        {
            "id": TEXT, "action": TEXT, "subject": TEXT, "source": TEXT, "started": MOMENT, "finished": MOMENT, "undone": MOMENT,
            "by": TEXT, "reason": TEXT, "property": TEXT, "of": TEXT, "revision": TEXT, "scope": TEXT, "loader": TEXT,
            "files": TEXTS, "read": WHOLE, "stored": WHOLE, "unchanged": WHOLE, "skipped": WHOLE, "rejected": WHOLE,
            "retracted": WHOLE, "reasons": TEXTS, "statements": WHOLE, "facts": WHOLE,
        },
    ),
    Table(
        "statements",
        ("Statement",),
        {
            "id": TEXT, "fact": TEXT, "kind": TEXT, "collection": TEXT, "source": TEXT, "place": TEXT, "start": WHOLE,
            "end": WHOLE, "quote_sha256": TEXT, "words": TEXT, "method": TEXT, "confidence": NUMBER, "states": TEXT, **_SPANS,
        },
    ),
)  # fmt: skip
"""All tables, in the order in which they are restored: statements come last, as facts are made of them, their actors and judgements."""


def arrow() -> Any:
    """The package that reads and writes Parquet; `InputError` where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise InputError("a backup is of Parquet files, which needs: pip install 'comity[parquet]'") from None
    return pyarrow


def rows_of(nodes: Iterable[Row], table: Table, label: str) -> Iterator[Row]:
    """The rows of nodes, given as their `properties`."""
    return (table.row(label, node["properties"]) for node in nodes)


def _written(sort: str, value: Any) -> Any:
    if sort == MOMENTS:
        return [_moment(text) for text in value]
    return _moment(value) if sort == MOMENT else value


def _read(sort: str, value: Any) -> Any:
    if sort == MOMENTS:
        return [_text(moment) for moment in value]
    return _text(value) if sort == MOMENT else value


def _moment(text: str) -> datetime:
    """A moment of record time as a value; it must come back as the same text, for texts are what is compared."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or _text(moment) != text:
        raise StoreError(f"the store has a moment {text!r}, which no comity wrote")
    return moment


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
