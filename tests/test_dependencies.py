"""Folders depend on each other one way: graph, then loaders and queries side by side, then viz, then api and service side by side, then cli."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# What each folder may import of comity, besides itself.
MAY_IMPORT: dict[str, set[str]] = {
    "graph": set(),
    "loaders": {"graph"},
    "queries": {"graph"},
    "viz": {"graph", "queries"},
    "api": {"graph", "queries", "viz"},
    "service": {"graph", "loaders", "queries", "viz"},
    "cli": {"graph", "loaders", "queries", "viz", "service"},
}


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """Every module a file imports, wherever in it, with the line; `from a import b` counts as a and as a.b."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield node.lineno, module
            for alias in node.names:
                yield node.lineno, f"{module}.{alias.name}"


def wrong_imports(file: Path, folder: str) -> Iterator[str]:
    allowed = MAY_IMPORT[folder] | {folder}
    for line, module in imports(file):
        first, *rest = module.split(".")
        place = f"{file.relative_to(ROOT)}:{line} imports {module}"
        if not first:
            yield f"{place}: write the whole name, beginning with comity"
        elif first in MAY_IMPORT:
            yield f"{place}: write comity.{module}, or there are two copies of it"
        elif first in {"tests", "benchmarks"}:
            yield f"{place}: {first} is not shipped"
        elif first == "comity" and rest and rest[0] in MAY_IMPORT and rest[0] not in allowed:
            yield f"{place}: {folder} stands below {rest[0]}"


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_folders_depend_one_way(folder: str) -> None:
    files = list((ROOT / folder).rglob("*.py"))
    assert files
    assert [wrong for file in sorted(files) for wrong in wrong_imports(file, folder)] == []


def test_every_package_has_its_rule() -> None:
    assert set(MAY_IMPORT) == {path.name for path in (ROOT / "comity").iterdir() if path.is_symlink()}


@pytest.mark.parametrize(
    ("folder", "line"),
    [
        ("graph", "from comity.queries import library"),
        ("graph", "from comity import loaders"),
        ("loaders", "import comity.queries.measures"),
        ("queries", "from comity.loaders.dossier import load"),
        ("viz", "def late():\n    from comity.loaders import dossier"),
        ("cli", "from graph.dates import When"),
        ("service", "from . import app"),
        ("queries", "from tests.graph import facts"),
    ],
)
def test_the_rule_sees_wrong_imports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, line: str
) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    file = tmp_path / "module.py"
    file.write_text(line, encoding="utf-8")
    assert list(wrong_imports(file, folder))
