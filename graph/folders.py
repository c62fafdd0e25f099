"""Writing a folder whole: it takes its name when all is well, or is not there."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from comity.graph.errors import InputError


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
        mask = os.umask(0)  # there is no way to ask for the mask without setting it
        os.umask(mask)
        part.chmod(0o777 & ~mask)
        if target.is_dir():
            target.rmdir()
        part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
