"""Writing files whole: what stood there before is replaced in one step, or stays."""

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from comity.graph.errors import InputError


def check_folder(target: Path) -> None:
    """`InputError` where there is no folder that the file could be written into."""
    if not target.absolute().parent.is_dir():
        raise InputError(f"there is no folder {target.parent}: make it first, or name a file in another one")


def write_whole(target: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write contents by the endings that their files' names add to the target's ("" for the target itself); the files written.

    Where a file is a link, what it leads to is replaced. A pipe or device is written to, and no other file beside it. `OSError`
    where something cannot be written, `InputError` where there is no folder for it; then nothing has been replaced.
    """
    check_folder(target)
    if target.exists() and not target.is_file():
        # Not by its resolved name: a pipe behind /dev/stdout has none that could be opened.
        target.write_bytes(contents[""])
        return (target,)
    files = tuple(target.with_name(target.name + ending) for ending in contents)
    finals = [Path(os.path.realpath(file)) for file in files]
    with contextlib.ExitStack() as stack:
        parts = [
            stack.enter_context(_part(file, content))
            for file, content in zip(finals, contents.values(), strict=True)
        ]
        for part, file in zip(parts, finals, strict=True):
            os.replace(part, file)
    return files


@contextlib.contextmanager
def _part(file: Path, content: bytes) -> Iterator[Path]:
    """The content in a file beside the one that it is to replace; gone at the end if it has not taken that one's place."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        mask = os.umask(0)  # there is no way to ask for the mask without setting it
        os.umask(mask)
        part.chmod(0o666 & ~mask)  # a temporary file is for its owner only, this is a file like any other
        yield part
    finally:
        part.unlink(missing_ok=True)
