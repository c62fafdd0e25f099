"""Files that somebody sends: received piece by piece into a folder of their own, under safe names, and gone when the work with them is done."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Self

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from comity.graph.errors import ComityError, InputError
from comity.loaders.packed import opened
from comity.service.problems import TooLarge, WrongForm

MOST_FILES = 100
"""Files of one request: a day of GDELT 2.0 has 96."""

LARGEST_RATIO = 20
"""Packed files may unpack to so many times the bytes that may be sent: text packs to a tenth, and what unpacks to more is no data set."""

_MOST_FIELDS, _LONGEST_FIELD = 10, 10_000

_CHUNK = 1 << 20

_NAME = re.compile(r"[\w()+,=@~-][\w()+,=@~. -]*")
"""Names that no file system, pattern or query takes for anything else; published files have such names."""

_LONGEST_NAME = 200
"""Bytes: file systems take 255, and what is made of a file may have a longer name."""


class Upload:
    """The files and fields of one form. Whoever works with them does it within `with upload:`, and then they are gone."""

    def __init__(self) -> None:
        self._kept = TemporaryDirectory(prefix="comity-upload-", ignore_cleanup_errors=True)
        self.folder = Path(self._kept.name).resolve()
        self.files: list[Path] = []
        self.fields: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    def remove(self) -> None:
        """Remove the files."""
        self._kept.cleanup()

    def take(self, name: str, content: IO[bytes]) -> None:
        """Put a file into the folder, under the last part of its name: by that loaders may know it."""
        path = self.folder / _safe(name)
        try:
            with path.open("xb") as out:
                shutil.copyfileobj(content, out, _CHUNK)
        except FileExistsError:
            raise InputError(f"two of the files are called {path.name}: rename one") from None
        self.files.append(path)

    def check(self, most: int) -> None:
        """`TooLarge` where packed files unpack to more than is reasonable; `most` are the bytes that may be sent."""
        size = 0
        for path in self.files:
            with self.naming(), opened(path) as file:
                while chunk := file.read(_CHUNK):
                    size += len(chunk)
                    if size > LARGEST_RATIO * most:
                        raise TooLarge(
                            f"the files unpack to more than {LARGEST_RATIO * most:,} bytes, which is the most that is read here: "
                            "send it in parts, or load it where the service runs"
                        )

    @contextmanager
    def naming(self) -> Iterator[None]:
        """Have errors call files by their own names: where they lie meanwhile says nothing to who sent them."""
        try:
            yield
        except ComityError as error:
            error.args = (self.plain(str(error)),)
            raise

    def plain(self, text: str) -> str:
        """The text without the folder."""
        return text.replace(f"{self.folder}/", "").replace(f"{self.folder}\\", "")


async def receive(request: Request, most: int) -> Upload:
    """The files of a form, at most `most` bytes of them; nothing stays of what cannot be used, is cut off, or comes from who leaves."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise WrongForm("send the files as a form (multipart/form-data), each as a field `file`")
    parser = _Parser(
        request.headers,
        request.stream(),
        max_files=MOST_FILES,
        max_fields=_MOST_FIELDS,
        max_part_size=_LONGEST_FIELD,
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise InputError(f"the form cannot be read ({error.message}): send it again") from None
    except ClientDisconnect:
        raise InputError("the form broke off: send it again") from None
    upload = Upload()
    try:
        if not parser.ended:
            raise InputError("the form is cut off, and the last file with it: send it again")
        for name, part in form.multi_items():
            if isinstance(part, UploadFile):
                if part.filename:  # a browser sends an empty one where no file was chosen
                    await run_in_threadpool(upload.take, part.filename, part.file)
            else:
                upload.fields[name] = part
        await run_in_threadpool(upload.check, most)
    except BaseException:
        upload.remove()
        raise
    finally:
        parser.close()
    return upload


class _Parser(MultiPartParser):
    """Keeps little of each file in memory, and knows whether the form came to its end."""

    spool_max_size = 1 << 16
    ended = False

    def on_end(self) -> None:
        self.ended = True

    def close(self) -> None:
        """Let go of all files, the one that is cut off among them."""
        for file in self._files_to_close_on_error:
            file.close()


def _safe(name: str) -> str:
    """The last part of a name, if a file may be called so."""
    base = re.split(r"[/\\]", name)[-1].strip()
    if not _NAME.fullmatch(base) or len(base.encode()) > _LONGEST_NAME:
        raise InputError(
            f"a file cannot be called {base[:100]!r} here: rename it to letters, digits and - _ . ( ) + , = @ ~"
        )
    return base
