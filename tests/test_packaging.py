"""What is built is what stands in the tree, although the packages are links there and folders in the wheel."""

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOT_SHIPPED = {"comity", "tests", "benchmarks"}


def build_settings() -> dict[str, Any]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    hatch: dict[str, Any] = settings["tool"]["hatch"]["build"]
    return hatch


def packages() -> set[str]:
    """The top-level folders that hold Python."""
    return {file.parent.name for file in ROOT.glob("[!.]*/__init__.py")} - NOT_SHIPPED


def files_of(folder: Path) -> set[str]:
    """The files below a folder, relative to the root, without what Python or an editor leaves behind."""
    return {
        file.relative_to(ROOT).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith(".")
    }


def test_links_settings_and_folders_name_the_same_packages() -> None:
    links = {
        path.name: path.readlink().as_posix() for path in (ROOT / "comity").iterdir() if path.is_symlink()
    }
    settings = build_settings()
    assert links == {name: f"../{name}" for name in packages()}
    assert settings["targets"]["wheel"]["sources"] == {name: f"comity/{name}" for name in packages()}
    assert packages() <= set(settings["only-include"])
    assert set(settings["only-include"]) | {"tests"} == set(settings["targets"]["sdist"]["only-include"])


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution and the wheel that was built from it."""
    uv = os.environ.get("UV") or shutil.which(
        "uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}"
    )
    uv = uv or shutil.which("uv")
    if uv is None:
        pytest.skip("there is no uv to build with")
    folder = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [uv, "build", "--quiet", "--out-dir", str(folder), str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_wheel_holds_the_tree(distributions: Path) -> None:
    [wheel] = distributions.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        built = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {f"comity/{file}" for package in packages() for file in files_of(ROOT / package)}
    expected |= {"comity/__init__.py", "comity/__main__.py", "comity/py.typed"}
    assert built == expected


def test_source_distribution_holds_the_tests_too(distributions: Path) -> None:
    [sdist] = distributions.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        built = {name.partition("/")[2] for name in archive.getnames()}
    for folder in (*packages(), "tests"):
        assert files_of(ROOT / folder) <= built
    assert {"pyproject.toml", "README.md", "LICENSE"} <= built
