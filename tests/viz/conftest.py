"""Maps of the small history, and a page that has one open."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from comity.viz.map import write_map
from tests.viz.browsing import opened_at
from tests.viz.histories import HOSTILE, picture


@pytest.fixture(scope="session")
def map_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A map of the small history."""
    path = tmp_path_factory.mktemp("map") / "map.html"
    write_map(path, picture(title=HOSTILE))
    return path


@pytest.fixture
def make_map(tmp_path: Path) -> Callable[..., Path]:
    """Makes a map of the small history with changes to its picture."""

    def make(**changes: Any) -> Path:
        path = tmp_path / "map.html"
        write_map(path, picture(**changes))
        return path

    return make


@pytest.fixture
def opened(page: Page, map_file: Path) -> Iterator[Page]:
    """The map of the small history, opened."""
    with opened_at(page, map_file) as found:
        yield found
