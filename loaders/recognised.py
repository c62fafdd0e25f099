"""Which of a data set's tables a file is, told by its columns, so that it may have any name."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from comity.graph.errors import InputError, TableError
from comity.loaders.tables import Form, Table


def recognise(
    names: Sequence[str], forms: Mapping[str, Form], *, at_most_one: bool = True
) -> dict[str, list[Table]]:
    """The tables that the files are, by the names of the forms; a folder stands for those of its files that have one of the forms.

    The first form counts of which a file has all columns. `TableError` if a file has none of them, `InputError` if two files are
    the same table and `at_most_one` is meant.
    """
    found: dict[str, list[Table]] = {name: [] for name in forms}
    for path in map(Path, names):
        if path.is_dir():
            for name, table in _in_folder(path, forms):
                found[name].append(table)
        else:
            name, table = _recognised(path, forms)
            found[name].append(table)
    for name, tables in found.items():
        if at_most_one and len(tables) > 1:
            raise InputError(
                f"{tables[0].path} and {tables[1].path} are both the table of {name}: name one of them"
            )
    return found


def _recognised(path: Path, forms: Mapping[str, Form]) -> tuple[str, Table]:
    encoding = next(iter(forms.values())).encoding  # one data set, one encoding
    table = Table(path, Form((), encoding=encoding))
    for name, form in forms.items():
        if set(form.columns) <= set(table.columns):
            return name, table
    nearest = max(
        forms.values(), key=lambda form: len(set(form.columns) & set(table.columns)) / len(form.columns)
    )
    Table(path, nearest)  # says what is missing
    raise AssertionError("it has all columns after all")


def _in_folder(folder: Path, forms: Mapping[str, Form]) -> list[tuple[str, Table]]:
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_file():
            try:
                found.append(_recognised(path, forms))
            except TableError:
                continue  # something else lies beside them
    return found
