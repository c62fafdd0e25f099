from pathlib import Path

import pytest

from comity.graph.files import new_file, new_folder, write_whole


def test_a_file_takes_its_place_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_text("old", encoding="utf-8")
    with new_file(target) as part:
        part.write_text("new", encoding="utf-8")
        assert target.read_text(encoding="utf-8") == "old"
    assert target.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [target]
    (tmp_path / "other").touch()
    assert target.stat().st_mode == (tmp_path / "other").stat().st_mode


def test_what_is_not_whole_leaves_no_trace(tmp_path: Path) -> None:
    target, folder = tmp_path / "file", tmp_path / "folder"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), new_file(target) as part:
        part.write_text("new", encoding="utf-8")
        raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError), new_folder(folder) as part:
        (part / "file").touch()
        raise ZeroDivisionError
    (tmp_path / "file.second").mkdir()
    with pytest.raises(OSError):
        write_whole(target, {"": b"new", ".second": b"in the way"})
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "file.second"]
    assert target.read_text(encoding="utf-8") == "old"
