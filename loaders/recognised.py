"""Which of a data set's tables a file is, told by its columns, so that it may have any name."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from comity.graph.errors import InputError, OtherColumns, TableError
from comity.loaders.tables import Form, Table


def recognise(names: Sequence[str], forms: Mapping[str, Form]) -> dict[str, Table]:
    """The tables that the files are, by the names of the forms; a folder stands for those of its files that have one of the forms.

    The first form counts of which a file has all columns; all forms have one encoding. `TableError` if a file has none of them,
    `InputError` if two files are the same table.
    """
    found: dict[str, Table] = {}
    for path in map(Path, names):
        for name, table in _in_folder(path, forms) if path.is_dir() else [_recognised(path, forms)]:
            if name in found:
                raise InputError(
                    f"{found[name].path} and {table.path} are both the table of {name}: name one of them"
                )
            found[name] = table
    return {name: found[name] for name in forms if name in found}


_TABLES = (".csv", ".tab", ".tsv", ".txt", ".gz", ".zip")


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


def _in_folder(folder: Path, forms: Mapping[str, Form]) -> Iterator[tuple[str, Table]]:
    for path in sorted(folder.iterdir()):
        if path.is_file():
            try:
                found = _recognised(path, forms)
            except OtherColumns:
                continue  # another table lies beside them
            except TableError:
                if path.suffix.lower() in _TABLES:
                    raise  # it may be one of them, damaged
                continue
            yield found
