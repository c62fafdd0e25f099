"""A way to run commands inside the test's process, and a store that holds a few facts."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from comity.cli.app import commands
from comity.graph.loading import load
from comity.graph.model import Source
from comity.graph.reading import Reading
from comity.graph.stores import open_store
from comity.loaders.dossier import parse_dossier
from tests.queries.balance.networks import powers

DOSSIER = """\
dossier: small
title: A few facts
sources:
  treaty: {title: The treaty itself, date: 1960-01-19}
  paper: {title: A newspaper}
  other: {title: Another newspaper}
facts:
  pact:
    kind: agreement
    types: [defence]
    title: Treaty of Mutual Cooperation
    parties: [JPN, USA]
    accounts:
      - {source: treaty, place: Article 10, says: {signed: 1960-01-19, in_force: 1960-06-23/..}}
  club:
    kind: agreement
    types: [consultation, defence]
    title: A club of four
    parties: [FRA, GBR, {actor: DEU, dates: 1990-10-03/..}, USA]
    accounts:
      - {source: paper, says: {in_force: 1950/..}}
  drill:
    kind: drill
    types: [air]
    title: Guardian
    parties: [{actor: JPN, role: host}, {actor: GBR, role: guest}]
    accounts:
      - {source: paper, says: {under_way: 2016-10-23}}
      - {source: other, says: {held: 2016-10-24/2016-11-06}}
"""


@dataclass(frozen=True)
class Answer:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The JSON document on standard output."""
        return json.loads(self.out)


Run = Callable[..., Answer]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command as the shell would, in an empty folder, with the environment of the test."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COMITY_STORE", str(tmp_path / "store"))

    def call(*arguments: str, given: str | None = None) -> Answer:
        result = CliRunner().invoke(
            commands, arguments, input=given, prog_name="comity", env=dict(os.environ)
        )
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        # Bytes, because the runner's text has lost the line ends of CSV.
        return Answer(result.exit_code, result.stdout_bytes.decode(), result.stderr)

    return call


@pytest.fixture
def dossier(run: Run) -> str:
    """The file of a small dossier, in the folder where commands run."""
    Path("small.yaml").write_text(DOSSIER, encoding="utf-8")
    return "small.yaml"


@pytest.fixture
def loaded(run: Run, dossier: str, store_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a store that holds the small dossier, once on each engine; commands use it unless told otherwise."""
    monkeypatch.setenv("COMITY_STORE", store_url)
    answer = run("load", "dossier", dossier)
    assert answer.code == 0, answer.err
    return store_url


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded store that holds the small dossier, made once: for tests that only read."""
    folder = tmp_path_factory.mktemp("kept") / "store"
    with open_store(str(folder)) as store:
        load(store, parse_dossier(DOSSIER, "small.yaml").reading())
    return folder


@pytest.fixture
def here(run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The kept store as the one that commands use unless told otherwise."""
    monkeypatch.setenv("COMITY_STORE", str(kept))
    return kept


@pytest.fixture
def powers_folder(tmp_path: Path) -> str:
    """An embedded store with the relations of the powers before the World War, told of 1872 to 1918."""
    folder = str(tmp_path / "powers")
    with open_store(folder) as store:
        told = sorted(powers(), key=lambda statement: statement.fact)
        load(store, Reading("test", (Source("test:a", "A table", coverage="1872/1918"),), told))
    return folder


@pytest.fixture
def before_the_war(run: Run, powers_folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """That store as the one that commands use unless told otherwise."""
    monkeypatch.setenv("COMITY_STORE", powers_folder)
