"""What a folder or a pattern stands for where files are to be named: of a folder those that are named as a source's files are published."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from glob import glob, has_magic
from pathlib import Path

from comity.graph.errors import InputError

OR = "|"
"""Between patterns of which the first that fits any file counts, as the files tell the same."""


def unfolded(names: Sequence[str], patterns: Sequence[str], source: str) -> list[str]:
    """The names with each folder replaced by the files in it, not in folders of it, that fit a pattern, in the order of the patterns, and
    each pattern among them (`2015*.zip`) by the files that it finds.

    `InputError` where there is none. Without patterns, folders are not replaced.
    """
    return [
        file
        for name in names
        for file in (
            _known(Path(name), patterns, source) if patterns and Path(name).is_dir() else _fitting(name)
        )
    ]


def _fitting(name: str) -> list[str]:
    """The file of that name, or those that the pattern finds; a file that is not there is named where it is opened."""
    if Path(name).exists() or not has_magic(name):
        return [name]
    found = sorted(glob(name))
    if not found:
        raise InputError(f"no file fits the pattern {name}: look at its folder and its spelling")
    return found


def _known(folder: Path, patterns: Sequence[str], source: str) -> list[str]:
    files = sorted(entry for entry in folder.iterdir() if entry.is_file())
    found = [file for either in patterns for file in _first_fitting(files, either.split(OR))]
    if not found:
        told = ", ".join(patterns).replace(OR, " or ")
        raise InputError(
            f"{folder} holds no file that is named as those of {source} are ({told}): name the file itself"
        )
    return [str(file) for file in dict.fromkeys(found)]


def _first_fitting(files: Sequence[Path], patterns: Sequence[str]) -> Iterator[Path]:
    for pattern in patterns:
        fitting = [file for file in files if fnmatchcase(_plain(file), pattern)]
        if fitting:
            yield from fitting
            return


def _plain(file: Path) -> str:
    """The file's name in small letters, without the ending that packing adds."""
    return file.name.lower().removesuffix(".gz").removesuffix(".zip")
