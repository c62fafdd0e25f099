"""Writing files and folders whole: what is written stands beside its place until all is well, takes that in one step, or is not there."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
    if _is_device(target):
        target.write_bytes(contents[""])
        return (target,)
    files = tuple(target.with_name(target.name + ending) for ending in contents)
    with contextlib.ExitStack() as stack:
        parts = [stack.enter_context(new_file(file)) for file in files]
        for part, content in zip(parts, contents.values(), strict=True):
            part.write_bytes(content)
    return files


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A file to write, which takes the target's place when all is well, and else is gone at the end.

    Where the target is a link, what it leads to is replaced; where it is a pipe or device, it is itself what is written.
    """
    if _is_device(target):
        yield target
        return
    file = Path(os.path.realpath(target))
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        yield part
        _open_to_others(part, 0o666)
        os.replace(part, file)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder that takes the target's name when all is well, and else is gone at the end.

    `InputError` where the target has something in it or cannot be made.
    """
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        raise InputError(f"{target} is there already: name a new folder, or an empty one")
    if not target.absolute().parent.is_dir():
        raise InputError(
            f"there is no folder {target.parent}: make it first, or name a folder in another one"
        )
    part = Path(tempfile.mkdtemp(dir=target.absolute().parent, prefix=f".{target.name}.", suffix=".part"))
    try:
        yield part
        _open_to_others(part, 0o777)
        if target.is_dir():
            target.rmdir()
        part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _is_device(target: Path) -> bool:
    # Not by its resolved name: a pipe behind /dev/stdout has none that could be opened.
    return target.exists() and not target.is_file()


def _open_to_others(part: Path, mode: int) -> None:
    """Give what was temporary, and so for its owner only, the rights of any file or folder."""
    mask = os.umask(0)  # there is no way to ask for the mask without setting it
    os.umask(mask)
    part.chmod(mode & ~mask)
