from pathlib import Path

import pytest

from comity.cli.settings import Settings


def test_a_named_store_comes_before_a_servers_address() -> None:
    both = {"COMITY_STORE": "facts", "NEO4J_URI": "bolt://localhost:7687"}
    assert Settings.from_environment(both).store == "facts"
    assert Settings.from_environment({**both, "COMITY_STORE": ""}).store == "bolt://localhost:7687"


def test_without_a_named_store_it_is_the_users_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    store = Path(Settings.from_environment({}).store)
    assert store.parts[-2:] == ("comity", "store")


def test_the_password_is_read_and_never_shown() -> None:
    settings = Settings.from_environment({"NEO4J_USERNAME": "ada", "NEO4J_PASSWORD": "secret"})
    assert (settings.user, settings.password) == ("ada", "secret")
    assert "secret" not in repr(settings)
    assert Settings.from_environment({}).user == "neo4j"
