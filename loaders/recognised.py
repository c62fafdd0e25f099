"""Which of a data set's tables a file is, told by its columns, so that it may have any name."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from comity.graph.errors import InputError
from comity.loaders.tables import Form, Table


def recognise(names: Sequence[str], forms: Mapping[str, Form]) -> dict[str, Table]:
    """The tables that the files are, by the names of the forms.

    The first form counts of which a file has all columns; all forms have one encoding. `TableError` if a file has none of them,
    `InputError` if two files are the same table.
    """
    found: dict[str, Table] = {}
    for path in map(Path, names):
        name, table = _recognised(path, forms)
        if name in found:
            raise InputError(
                f"{found[name].path} and {table.path} are both the table of {name}: name one of them"
            )
        found[name] = table
    return {name: found[name] for name in forms if name in found}


def _recognised(path: Path, forms: Mapping[str, Form]) -> tuple[str, Table]:
    encoding = next(iter(forms.values())).encoding
    table = Table(path, Form((), encoding=encoding))
    for name, form in forms.items():
        if set(form.columns) <= set(table.columns):
            return name, table
    # What is missing is said of the table that it has most of.
    nearest = max(
        forms, key=lambda name: len(set(forms[name].columns) & set(table.columns)) / len(forms[name].columns)
    )
    return nearest, Table(path, forms[nearest])
