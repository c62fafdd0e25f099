"""Dossiers: the YAML form in which people write facts down, read into statements or refused with every fault named.

docs/dossier.md explains the form, form.py lists its fields. It is checked here and not by its JSON Schema, which serves
editors: only a tree with line numbers can say where a fault is, and most faults (an unknown actor, an impossible date) are
beyond a schema.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from comity.graph.actors import Actor
from comity.graph.errors import UnknownName
from comity.graph.model import Source, Statement
from comity.graph.reading import Reading
from comity.loaders import form, values
from comity.loaders.codes import Codes
from comity.loaders.dossier_actors import own_actors
from comity.loaders.dossier_facts import Known, read_facts
from comity.loaders.faults import Faults
from comity.loaders.loader import Loader, Opened
from comity.loaders.spots import Spot
from comity.loaders.yaml_lines import read_yaml

MAX_BYTES = 10_000_000
"""A dossier is written by people: a larger file is something else."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier as read: its sources, the actors only it knows, and one statement an account, those of a fact together.

    `licence` is of its own words. `warnings` are for the person who writes it, one line each: likely slips, no faults.
    """

    id: str
    title: str
    sources: tuple[Source, ...]
    actors: tuple[Actor, ...]
    statements: tuple[Statement, ...]
    licence: str = ""
    warnings: tuple[str, ...] = ()

    def reading(self) -> Reading:
        """The dossier as `load` takes it: all or nothing."""
        return Reading(self.id, self.sources, self.statements, self.actors, whole=True, loader="dossier")


def read_dossier(path: Path | str) -> Dossier:
    """The dossier in the file; `DossierError` names every fault with file, line, field and what to write instead."""
    name = os.fspath(path)
    try:
        with open(path, "rb") as file:
            content = file.read(MAX_BYTES + 1)  # one byte too many is enough to see that it is too large
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        Faults(name).fatal(1, "", f"the file cannot be read ({reason}); check its name and rights")
    return parse_dossier(content, name)


def parse_dossier(content: str | bytes, name: str) -> Dossier:
    """The dossier in the content of a file; `name` is what faults call it."""
    faults = Faults(name)
    if len(content) > MAX_BYTES:
        megabytes = MAX_BYTES // 1_000_000
        faults.fatal(
            1, "", f"larger than {megabytes} MB; a dossier is written by hand: write several smaller ones"
        )
    text = _decoded(content, faults) if isinstance(content, bytes) else content
    found = _read(Spot.root(read_yaml(text, faults), faults))
    faults.check()
    return found


@cache
def bundled() -> Mapping[str, Traversable]:
    """The dossiers that come with comity, by id."""
    folder = resources.files("comity.loaders") / "dossiers"
    found = {
        file.name.removesuffix(".yaml"): file for file in folder.iterdir() if file.name.endswith(".yaml")
    }
    return dict(sorted(found.items()))


def open_bundled(dossier: str) -> Dossier:
    """The bundled dossier of that id; `UnknownName` lists them."""
    file = bundled().get(dossier)
    if file is None:
        raise UnknownName("bundled dossier", dossier, bundled())
    return parse_dossier(file.read_bytes(), file.name)


def open_dossiers(names: Sequence[str], codes: Codes) -> list[Opened]:
    """The dossiers in the files of these names, else the bundled ones; `UnknownName` lists those. They name actors by their own means."""
    opened = []
    for name in names:
        if Path(name).exists():
            dossier = read_dossier(name)
        elif name in bundled():
            dossier = open_bundled(name)
        else:
            raise UnknownName("file or bundled dossier", name, bundled())
        opened.append(Opened(dossier.reading(), dossier.warnings))
    return opened


def template() -> str:
    """A dossier to start from, its comments explaining the form."""
    return (resources.files("comity.loaders") / "template.yaml").read_text(encoding="utf-8")


def _decoded(content: bytes, faults: Faults) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.fatal(
            line, "", f"not UTF-8 (byte {content[error.start]:#04x}); save the file in the encoding UTF-8"
        )


def _read(root: Spot) -> Dossier:
    fields = root.fields(
        form.names("dossier"), form.required("dossier"), "'dossier: ID' and the other fields"
    )
    id = values.collection(fields.get("dossier"), "japan-europe")
    sources = dict(_sources(fields["sources"], id)) if "sources" in fields else {}
    actors = tuple(own_actors(fields["actors"])) if "actors" in fields else ()
    known = Known(id, sources, frozenset(actor.id for actor in actors))
    statements = tuple(read_facts(fields["facts"], known)) if "facts" in fields else ()
    if "sources" in fields:
        _warn_of_unused(fields["sources"], {statement.source.partition(":")[2] for statement in statements})
    return Dossier(
        id=id,
        title=values.text(fields, "title"),
        sources=tuple(sources.values()),
        actors=actors,
        statements=statements,
        licence=values.text(fields, "licence"),
        warnings=root.faults.warnings,
    )


def _sources(spot: Spot, dossier: str) -> Iterator[tuple[str, Source]]:
    for key, entry in spot.entries("an id and a title for each source"):
        values.check_key(key, entry)
        fields = entry.fields(form.names("source"), form.required("source"), "title: …")
        date = values.when(fields["date"]) if "date" in fields else None
        yield (
            key,
            Source(
                id=f"{dossier}:{key}",
                title=values.text(fields, "title"),
                publisher=values.text(fields, "publisher"),
                date=date.text if date else "",
                version=values.text(fields, "version"),
                url=values.word(
                    fields.get("url"), form.ADDRESS, "an address such as https://example.org/page"
                ),
                licence=values.text(fields, "licence"),
                citation=values.text(fields, "citation"),
                sha256=values.digest(fields, "sha256"),
                original_sha256=values.digest(fields, "original_sha256"),
            ),
        )


def _warn_of_unused(spot: Spot, used: set[str]) -> None:
    for key, entry in spot.entries(""):
        if key not in used:
            entry.warn("no account cites this source; cite it or remove it")


LOADER = Loader(
    name="dossier",
    about="facts that people wrote down in YAML",
    files="files, or the ids of bundled dossiers: japan-europe, treaties",
    open=open_dossiers,
    known_as=("*.yaml", "*.yml"),
)
