"""Settings: from the command line, the environment, a file; told in words, never what is secret."""

import re
from pathlib import Path

import pytest

from comity.graph.errors import InputError
from comity.service.settings import read_settings, settings_in_force
from tests.cli.conftest import Run, run

__all__ = ["run"]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of settings that is named in the environment."""
    place = tmp_path / "serve.toml"
    monkeypatch.setenv("COMITY_SERVE_FILE", str(place))
    return place


def test_what_is_nearer_goes_before(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(
        'port = 1\npage = 2\nhosts = ["a.example", "b.example"]\npublic = true\n', encoding="utf-8"
    )
    monkeypatch.setenv("COMITY_SERVE_PAGE", "3")
    monkeypatch.setenv("COMITY_SERVE_ORIGINS", "https://a.example, https://b.example")
    settings = read_settings({"port": 4})
    assert (settings.port, settings.page, settings.public) == (4, 3, True)
    assert settings.hosts == ("a.example", "b.example")
    assert settings.origins == ("https://a.example", "https://b.example")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("prot = 80", "PROT"),
        ('port = "eighty-seven"', "PORT"),
        ("port = ", "cannot be used"),
        ("port = 99999", "65535"),
    ],
)
def test_a_slip_in_the_file_is_told(file: Path, text: str, said: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said) as error:
        read_settings()
    assert str(file) in str(error.value)
    assert "eighty-seven" not in str(error.value)


def test_a_file_that_is_named_must_be_there(file: Path) -> None:
    with pytest.raises(InputError, match="COMITY_SERVE_FILE"):
        read_settings()


def test_settings_are_shown_with_where_they_come_from(
    file: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('page = 2\nprivate_key_password = "sekrit-1"\n', encoding="utf-8")
    monkeypatch.setenv("COMITY_SERVE_HOST", "192.0.2.1")
    monkeypatch.setenv("NEO4J_PASSWORD", "sekrit-2")
    answer = run("settings", "--format", "json")
    shown = {row["setting"]: (row["value"], row["from"]) for row in answer.json}
    assert shown["COMITY_SERVE_HOST"] == ("192.0.2.1", "environment")
    assert shown["COMITY_SERVE_PAGE"] == ("2", "file")
    assert shown["COMITY_SERVE_PORT"] == ("8000", "default")
    assert shown["COMITY_SERVE_PRIVATE_KEY_PASSWORD"] == ("(set)", "file")
    assert shown["NEO4J_PASSWORD"] == ("(set)", "environment")
    assert "sekrit" not in answer.out + answer.err + run("settings").out


def test_every_setting_is_explained_also_in_the_manual() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
    for setting in settings_in_force(read_settings()):
        assert setting.about
        line = rf"\| `{setting.name}` \| .* \| {re.escape(setting.about)} \|"
        assert re.search(line, manual), setting.name
