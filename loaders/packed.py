"""Files as they are published: plain, gzipped or a zip archive of one file, opened as what is in them."""

import gzip
import lzma
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import IO, cast

from comity.graph.errors import TableError

_CHUNK = 1 << 20

FIRST_ROWS = 100
"""Rows by which a table without a header is known; the first of them alone may be the broken one."""

_DAMAGED = (
    EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, lzma.LZMAError, OSError, RuntimeError, NotImplementedError,
)  # fmt: skip
"""What unpacking raises: of an archive with a password or an unknown method it is an error of no sort of its own."""

_LONGEST_FIRST = 1 << 16
"""Bytes of a line by which a file is known, at most."""


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked if it is gzipped or a zip archive of one file; `TableError` where that cannot be done."""
    with path.open("rb") as plain:
        try:
            with _unpacked(path, plain) as file:
                yield file
        except _DAMAGED as error:
            raise TableError(f"{path} is damaged or cut off ({error}): fetch it again") from None


def first_lines(path: Path, number: int = FIRST_ROWS) -> list[bytes]:
    """The first lines of a file, to know it by; none of one that cannot be read, of which its table tells why."""
    try:
        with opened(path) as file:
            return list(takewhile(bool, (file.readline(_LONGEST_FIRST) for _ in range(number))))
    except (TableError, IsADirectoryError):
        return []


def unpack(path: Path, folder: Path) -> Path:
    """The file itself where it is plain, else what is packed in it, written into the folder piece by piece."""
    with path.open("rb") as plain, opened(path) as file:
        if file.read(4) == plain.read(4):
            return path
    unpacked = folder / "unpacked"  # an ending would be taken for what it is no more
    with opened(path) as file, unpacked.open("xb") as out:
        shutil.copyfileobj(file, out, _CHUNK)
    return unpacked


@contextmanager
def _unpacked(path: Path, plain: IO[bytes]) -> Iterator[IO[bytes]]:
    start = plain.read(4)
    plain.seek(0)
    if start[:2] == b"\x1f\x8b":
        with gzip.open(plain) as unpacked:
            yield cast(IO[bytes], unpacked)
    elif start == b"PK\x03\x04":
        with zipfile.ZipFile(plain) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
            if len(names) != 1:
                raise TableError(
                    f"{path} holds {len(names)} files: unpack it, and name the one that is meant"
                )
            with archive.open(names[0]) as member:
                yield member
    else:
        yield plain
