from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_the_tour_shows_everything_and_touches_nothing_else(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMITY_STORE", str(tmp_path / "mine"))
    first = run("tour", "--out", "a tour")
    assert (first.code, first.err) == (0, "")
    assert not (tmp_path / "mine").exists()
    assert sorted(path.name for path in Path("a tour").iterdir()) == ["map.html", "store"]
    assert "The two agree." in first.out
    assert "USA" in first.out
    assert "conflict: [2016-10-23..2016-10-24]" in first.out
    assert Path("a tour/map.html").resolve().as_uri() in first.out
    commands = [line.strip() for line in first.out.splitlines() if line.startswith("  comity ")]
    assert len(commands) == 5
    assert all(command.endswith("--store 'a tour/store'") for command in commands)

    held = run("status", "--store", "a tour/store", "--format", "json")
    assert held.code == 0, held.err
    before = held.json
    again = run("tour", "--out", "a tour")
    assert again.code == 0
    assert run("status", "--store", "a tour/store", "--format", "json").json == before
    assert again.out.replace("there already", "stored") == first.out


def test_the_tour_does_not_overwrite_what_is_no_store(run: Run) -> None:
    Path("photos/store").mkdir(parents=True)
    Path("photos/store/cat.jpg").touch()
    answer = run("tour", "--out", "photos")
    assert answer.code == 1
    assert "holds other files and no comity store" in answer.err
    assert not Path("photos/map.html").exists()
