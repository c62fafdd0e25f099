"""Keys on the command line: shown once, listed without what is secret, taken back."""

from pathlib import Path

import pytest

from comity.service.keys import Keys
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of keys that the commands use."""
    file = tmp_path / "keys.sqlite"
    monkeypatch.setenv("COMITY_SERVE_KEYS", str(file))
    return file


def test_a_key_is_made_listed_and_taken_back(run: Run, key_file: Path) -> None:
    made = run("keys", "add", "Mori", "--role", "editor", "--expires", "2099-12-31")
    assert made.code == 0
    text = made.out.strip()
    found = Keys(key_file).find(text)
    assert found is not None and (found.name, found.expires) == ("Mori", "2099-12-31")
    listed = run("keys", "list", "--format", "json")
    [row] = listed.json
    assert (row["id"], row["role"], row["state"]) == (found.id, "editor", "valid")
    assert text.rpartition("_")[2] not in listed.out
    assert run("keys", "revoke", found.id).code == 0
    assert Keys(key_file).find(text) is None
    assert run("keys", "list", "--format", "json").json[0]["state"] == "revoked"


def test_what_cannot_be_is_told(run: Run) -> None:
    assert "no key 'abc'" in run("keys", "revoke", "abc").err
    assert run("keys", "add", "Mori", "--expires", "2020-01-01").code == 1
    assert run("keys", "add", "Mori", "--expires", "soon").code == 1
    assert run("keys", "add", "Mori", "--role", "owner").code == 2
    assert run("keys", "add", " ").code == 1
    assert run("keys", "list").code == 0
