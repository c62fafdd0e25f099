import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.cli.auditing import audit
from comity.cli.settings import Settings
from comity.graph.loading import load
from comity.graph.stores import Store, open_store
from tests.graph.facts import stated
from tests.queries.audit.graphs import TEXT, clean, tamper

HELP = ["-h", "--help"]  # as the group has it: click keeps a command's first help option


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """A store with one error and one note, closed."""
    address = str(tmp_path / "store")
    with open_store(address, create=True) as store:
        load(store, clean(stated("pact", "JPN USA", ["signed 1960-01-20"])))
        tamper(store, "MATCH (f:Fact {id: 'test:drill'}) SET f.title = 'Another'")
    return address


def run(folder: str, *arguments: str) -> Result:
    return CliRunner().invoke(audit, arguments, obj=Settings(folder), help_option_names=HELP)


def test_the_table_names_rules_ids_and_sums(folder: str) -> None:
    answer = run(folder)
    assert answer.exit_code == 3
    assert "error: fact-differs (1)" in answer.stdout
    assert "  fact-differs:" in answer.stdout
    assert "not checked: 1 spans by span-differs" in answer.stdout
    assert "1 finding, 1 lighter one not shown" in answer.stdout.splitlines()[-1]
    assert "unresolved-conflict" in run(folder, "--level", "note").stdout


def test_the_exit_status_says_whether_something_was_found(folder: str) -> None:
    assert run(folder, "--rule", "unresolved-conflict").exit_code == 0
    assert run(folder, "--rule", "unresolved-conflict", "--level", "note").exit_code == 3
    assert run(folder, "--layer", "membership").exit_code == 0
    assert run(folder, "--level", "grave").exit_code == 2
    assert run(folder, "--texts", "/no/such/folder").exit_code == 2


def test_texts_are_checked_where_they_are_at_hand(folder: str, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    assert run(folder, "--texts", str(texts), "--rule", "text-missing").exit_code == 3
    (texts / "a.txt").write_bytes(TEXT.encode())
    answer = run(folder, "--texts", str(texts), "--rule", "text-missing", "--rule", "span-differs")
    assert (answer.exit_code, answer.stdout.splitlines()[-1]) == (0, "2 checked, 0 findings")


@pytest.mark.parametrize("format", ["json", "csv", "sarif"])
def test_other_formats_carry_the_same_findings(folder: str, format: str) -> None:
    answer = run(folder, "--format", format, "--level", "note")
    assert answer.exit_code == 3
    if format == "csv":
        ids = [row["id"] for row in csv.DictReader(io.StringIO(answer.stdout))]
    elif format == "json":
        ids = [finding["id"] for finding in json.loads(answer.stdout)["findings"]]
    else:
        results = json.loads(answer.stdout)["runs"][0]["results"]
        ids = [result["partialFingerprints"]["comityFinding/v1"] for result in results]
    assert [id.partition(":")[0] for id in ids] == ["fact-differs", "unresolved-conflict"]


def test_a_store_is_left_as_it_was(store: Store) -> None:
    from comity.queries.audit import audit as look

    load(store, clean())
    before = store.read("MATCH (n) RETURN count(n) AS nodes"), store.revision()
    look(store)
    assert (store.read("MATCH (n) RETURN count(n) AS nodes"), store.revision()) == before
