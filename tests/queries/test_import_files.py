"""Files for neo4j-admin: what stands in them, and that a server on them holds the same graph as the store."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from neo4j import GraphDatabase

from comity.graph.dates import When
from comity.graph.errors import InputError, NotAStore, StoreError
from comity.graph.loading import load
from comity.graph.log import read_log
from comity.graph.quarantine import read_quarantine
from comity.graph.slices import Question, take
from comity.graph.stores import Store, open_store
from comity.graph.stores.base import NODE_LABELS, edge_labels
from comity.loaders.dossier import open_bundled
from comity.queries.import_files import ARGUMENTS, FINISH, export_import_files
from comity.queries.inventory import inventory
from comity.queries.measures import measure_of
from comity.queries.ranking import rank
from tests.conftest import lacking
from tests.graph.everything import ODD, content, filled
from tests.graph.facts import reading
from tests.servers.neo4j import LONG_TERM, Server, ServerUnavailable, import_full, running_neo4j


def finish(server: Server, folder: Path) -> None:
    """What `cypher-shell -f` would do."""
    with GraphDatabase.driver(server.uri, auth=server.auth) as driver, driver.session() as session:
        for statement in (folder / FINISH).read_text(encoding="utf-8").split(";\n")[:-1]:
            session.run(statement).consume()


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The address of an embedded store, and the folder that it was exported to."""
    folder = tmp_path_factory.mktemp("exported")
    with open_store(str(folder / "store")) as store:
        filled(store)
        export_import_files(store, folder / "files")
    return str(folder / "store"), folder / "files"


@pytest.fixture(scope="module")
def imported(exported: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that runs on what was exported."""
    home = tmp_path_factory.mktemp("imported")
    _, folder = exported
    version = os.environ.get("COMITY_TEST_NEO4J", LONG_TERM)
    try:
        said = import_full(home, folder, version)
        with running_neo4j(home, version) as server:
            assert "IMPORT DONE" in said
            with pytest.raises(NotAStore):  # not before it is whole
                open_store(server.uri, auth=server.auth)
            finish(server, folder)
            yield server
    except ServerUnavailable as error:
        lacking(str(error))


@pytest.mark.neo4j
def test_what_was_imported_is_the_graph_that_was_exported(
    exported: tuple[str, Path], imported: Server
) -> None:
    question = Question(types=("defence",), as_of=When.parse("1960"))
    with open_store(exported[0]) as left, open_store(imported.uri, auth=imported.auth, create=False) as right:
        assert right.revision() == left.revision()
        assert content(right) == content(left)
        was, now = inventory(left).to_dict(), inventory(right).to_dict()
        where = ("store", "engine")
        assert {name: now[name] for name in now if name not in where} == {
            name: was[name] for name in was if name not in where
        }
        rankings = [rank(take(store, question), measure_of("degree")) for store in (left, right)]
        assert rankings[0].rows == rankings[1].rows
        assert len(rankings[0].rows) > 20
        assert read_log(right) == read_log(left)
        assert read_quarantine(right) == read_quarantine(left)


@pytest.mark.neo4j
def test_loading_the_same_again_changes_nothing(imported: Server) -> None:
    with open_store(imported.uri, auth=imported.auth) as store:
        before, revision = content(store), store.revision()
        again = load(store, open_bundled("japan-europe").reading())
        assert (again.stored, again.retracted, again.revision) == (0, 0, revision)
        assert again.unchanged == again.read > 0
        assert content(store) == before
        # And one that was closed opens again, which adds to a list that had been empty.
        reopened = load(store, open_bundled("treaties").reading())
        assert reopened.stored == 1
        assert load(store, open_bundled("treaties").reading()).stored == 0


def test_the_files_are_of_every_label_and_the_same_each_time(store: Store, tmp_path: Path) -> None:
    filled(store)
    first, second = (export_import_files(store, tmp_path / name) for name in ("first", "second"))
    rows: dict[str, int] = {**first.nodes, **first.edges}
    counted = {label: store.read(f"MATCH (n:{label}) RETURN count(n) AS n")[0]["n"] for label in NODE_LABELS}
    counted |= {
        label: store.read(f"MATCH ()-[t:{label}]->() RETURN count(t) AS n")[0]["n"] for label in edge_labels()
    }
    assert rows == {label: number for label, number in counted.items() if number}
    assert (first.revision, second.nodes, second.edges) == (store.revision(), first.nodes, first.edges)
    files = sorted(path.name for path in first.folder.iterdir())
    assert files == sorted(
        [
            ARGUMENTS,
            FINISH,
            "README.txt",
            *(f"{label}{end}" for label in rows for end in (".csv", ".header.csv")),
        ]
    )
    for name in files:
        assert (first.folder / name).read_bytes() == (second.folder / name).read_bytes()
    arguments = (first.folder / ARGUMENTS).read_text(encoding="utf-8").splitlines()
    assert "--nodes=Country=./Country.header.csv,./Country.csv" in arguments
    assert "--relationships=PARTY=./PARTY.header.csv,./PARTY.csv" in arguments
    assert "--nodes=ComityUnfinished=./Comity.header.csv,./Comity.csv" in arguments
    [multiline] = [line for line in arguments if line.startswith("--multiline-fields=")]
    assert "Quarantined.csv" in multiline
    assert "PARTY.csv" not in multiline
    finishing = (first.folder / FINISH).read_text(encoding="utf-8")
    assert "(x:Statement) WHERE x.closed IS NULL" in finishing  # every statement has the list
    assert "FOREACH (name IN x.empty_lists" in finishing  # and not every organization
    readme = (first.folder / "README.txt").read_text(encoding="utf-8")
    assert store.revision() in readme
    assert "Source test:a" in readme


def test_where_nothing_can_be_written(store: Store, tmp_path: Path) -> None:
    load(store, reading([ODD]))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("keep me", encoding="utf-8")
    with pytest.raises(InputError, match="full is there already: name a new folder, or an empty one"):
        export_import_files(store, tmp_path / "full")
    with pytest.raises(InputError, match=r"there is no folder .*missing: make it first"):
        export_import_files(store, tmp_path / "missing" / "files")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine"]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("odd", [""], "Load x cannot be exported: a list of one empty text"),
        ("odd", ["a", "b\x1fc"], r"with the sign U\+001F in it"),
        # Either load may come first: a server gives the numbers of nodes that were deleted to new ones.
        ("action", 7, "a value is a (long|string), and earlier ones of that name are a (string|long)"),
    ],
)
def test_what_the_files_cannot_hold_is_named(
    store: Store, tmp_path: Path, name: str, value: Any, words: str
) -> None:
    load(store, reading([ODD]))
    store.write(lambda run: run("CREATE (l:Load) SET l = $row", {"row": {"id": "x", name: value}}))
    with pytest.raises(InputError, match=words):
        export_import_files(store, tmp_path / "files")
    assert not [path for path in tmp_path.iterdir() if path.name != "store"]


def test_a_change_meanwhile_is_noticed(store: Store, tmp_path: Path) -> None:
    load(store, reading([ODD]))
    revisions = iter([store.revision(), "f" * 64])
    store.revision = lambda: next(revisions)  # type: ignore[method-assign]
    with pytest.raises(StoreError, match="was changed while it was exported: export it again"):
        export_import_files(store, tmp_path / "files")
