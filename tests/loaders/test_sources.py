"""Loaders by name, those of other packages among them."""

import logging
from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest

from comity.graph.errors import UnknownName
from comity.loaders import sources
from comity.loaders.loader import Loader
from comity.loaders.sources import loader_of, loaders

OTHER = Loader("other", "another package's", "FILE", lambda names, codes: [])


@pytest.fixture
def plugins(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    points = [
        EntryPoint("broken", "no_such_package:LOADER", sources.GROUP),
        EntryPoint("other", "tests.loaders.test_sources:OTHER", sources.GROUP),
    ]
    monkeypatch.setattr(sources, "entry_points", lambda group: points)
    loaders.cache_clear()
    yield
    loaders.cache_clear()


@pytest.mark.usefixtures("plugins")
def test_another_package_adds_a_loader_and_a_broken_one_stops_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        assert loader_of("other") is OTHER
    assert "the loader broken (no_such_package:LOADER) cannot be used" in caplog.text


def test_an_unknown_source_names_those_there_are() -> None:
    with pytest.raises(UnknownName, match="dossier, atop, cow"):
        loader_of("atopp")
