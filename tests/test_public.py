"""The public surface: the names that `import comity` gives, and no others."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from textwrap import dedent

import comity

NAMES = [
    "ComityError",
    "Picture",
    "Question",
    "Store",
    "When",
    "__version__",
    "crosswalk",
    "doubt",
    "load",
    "measure_of",
    "open",
    "open_bundled",
    "open_store",
    "query",
    "rank",
    "read_dossier",
    "read_history",
    "relate",
    "take",
    "why",
    "write_map",
]


def test_the_names_are_these() -> None:
    assert comity.__all__ == NAMES == sorted(NAMES)
    assert len(set(NAMES) - {"__version__"}) <= 20
    assert set(NAMES) <= set(dir(comity))


def test_every_name_is_there_and_explained() -> None:
    for name in set(NAMES) - {"__version__"}:
        assert getattr(comity, name).__doc__, name
    assert not hasattr(comity, "nonsense")


def test_the_version_is_that_of_the_package() -> None:
    assert comity.__version__ == version("comity")


def test_importing_comity_imports_nothing_slow() -> None:
    code = "import sys, comity; sys.exit(any(m in sys.modules for m in ('networkx', 'yaml', 'neo4j', 'jpype', 'polars', 'matplotlib', 'click')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_example_of_the_docstring_runs(tmp_path: Path) -> None:
    assert comity.__doc__ is not None
    code = comity.__doc__.partition("\n\n")[2].replace("my-store", (tmp_path / "store").as_posix())
    code = f"{dedent(code)}\nassert ranking.rows[0].actor == 'USA'"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
