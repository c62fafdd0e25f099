"""The manifest of a backup: what was written, by which comity, of what revision, and the hash of each file."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from comity.graph.backup.tables import TABLES
from comity.graph.errors import InputError

MANIFEST = "backup.json"
"""The file's name. It is written last."""

FORMAT, VERSION = "comity backup", 1
"""What the manifest says that it is of, and the version of tables and columns. A comity reads its own version and earlier ones."""


@dataclass(frozen=True, slots=True)
class File:
    """One table as it was written."""

    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`comity` is the version that made it and `made` when; `last_change` is the moment of the latest change of the graph, if there was any.

    `files` gives each table's file by its name.
    """

    comity: str
    made: str
    revision: str
    last_change: str
    files: Mapping[str, File]

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(file.rows for file in self.files.values())

    def to_json(self) -> str:
        """The text of the manifest."""
        content = {"format": FORMAT, "version": VERSION, **asdict(self)}
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `to_json` wrote; `InputError` for anything else, without the name of the file."""
        try:
            content = json.loads(text)
            if content["format"] != FORMAT:
                raise InputError("is not of a comity backup")
            version = content["version"]
            if version > VERSION:
                raise InputError(
                    f"is of a newer form ({version}, made by comity {content['comity']}; this one reads up to {VERSION}): "
                    "restore it with that comity, or a later one"
                )
            files = {table.name: File(**content["files"][table.name]) for table in TABLES}
            told: dict[str, Any] = {
                name: content[name] for name in ("comity", "made", "revision", "last_change")
            }
            int(told["revision"], 16)
            return cls(**told, files=files)
        except (ValueError, TypeError, KeyError):
            raise InputError("is damaged: restore from another copy of the backup") from None


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in a folder, whose manifest has been read. `key` is a hash of the manifest, and so of everything."""

    folder: Path
    manifest: Manifest
    key: str

    def check(self) -> None:
        """`InputError` for the first file that is not there or not what was written."""
        for table in TABLES:
            path = self.folder / table.file
            if not path.is_file():
                raise InputError(f"{path} is missing: restore from another copy of the backup")
            if file_of(path, self.manifest.files[table.name].rows) != self.manifest.files[table.name]:
                raise InputError(
                    f"{path} is damaged or was changed (its SHA-256 is not that of {MANIFEST}): restore from another copy of the backup"
                )


def is_backup(folder: Path) -> bool:
    """Whether the folder holds a backup."""
    return (folder / MANIFEST).is_file()


def read_backup(folder: Path) -> Backup:
    """The backup in the folder, its manifest read and nothing else yet. `InputError` where there is none, or none that can be read."""
    path = folder / MANIFEST
    if not is_backup(folder):
        raise InputError(f"{folder} holds no backup: there is no {MANIFEST} in it")
    content = path.read_bytes()
    try:
        manifest = Manifest.from_json(content.decode())
    except (InputError, UnicodeDecodeError) as error:
        said = "is damaged" if isinstance(error, UnicodeDecodeError) else error
        raise InputError(f"{path} {said}") from None
    return Backup(folder, manifest, hashlib.sha256(content).hexdigest())


def file_of(path: Path, rows: int) -> File:
    """A file as the manifest has it."""
    with path.open("rb") as stream:
        return File(rows, path.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest())
