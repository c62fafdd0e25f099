"""A folder stands for the files in it that are named as they are published, for every loader alike."""

from pathlib import Path

import pytest

from comity.graph.errors import InputError
from comity.loaders.codes import Codes
from comity.loaders.folders import unfolded
from comity.loaders.sources import loaders
from tests.cli.conftest import DOSSIER
from tests.loaders.tables import opened

PUBLISHED = {
    "atop": ["atop/atop5_1m.csv", "atop/atop5_1aph.csv", "atop/atop5_1a.csv"],
    "cow": ["cow/alliance_v4.1_by_member.csv", "cow/alliance_v4.1_by_directed.csv"],
    "mme": ["exercises/mme_v7.csv"],
    "igo": ["igo/cow_igo_v3_state_membership_spells.csv", "igo/cow_igo_v3_organizations.csv"],
    "gdelt": ["events/gdelt1_2016_sample_58col.csv", "events/gdelt2_20151027220000.events.csv"],
    "icews": ["events/icews_events.2018.sample.tab", "events/icews_events_named.csv.gz"],
    "rivalries": ["rivalry/td_rivalries.csv", "rivalry/tss_rivalries.csv"],
    "disputes": ["rivalry/gml_mid_ddydisps.csv"],
    "embassies": ["diplomacy/database_of_embassies_20221116.csv"],
    "travel": ["diplomacy/us_president_secretary_travel_tidy.csv"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.csv", "a.CSV.gz", "a.csv.meta.json", "c.tab", "notes.txt"):
        (tmp_path / name).touch()
    (tmp_path / "inner.csv").mkdir()
    return tmp_path


@pytest.mark.parametrize("loader", PUBLISHED)
def test_every_loader_finds_its_files_among_others(data_folder: Path, loader: str) -> None:
    files = PUBLISHED[loader]
    found = opened(loader, data_folder / files[0].partition("/")[0])
    assert [path for each in found for path in each.reading.files] == [
        str(data_folder / file) for file in files
    ]


def test_every_loader_knows_names() -> None:
    assert [loader.name for loader in loaders().values() if not loader.known_as] == []


def test_dossiers_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(DOSSIER, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no dossier", encoding="utf-8")
    assert [each.reading.collection for each in opened("dossier", tmp_path, "treaties")] == [
        "small",
        "treaties",
    ]


def test_files_and_folders_may_be_mixed(folder: Path) -> None:
    files = unfolded(["x.csv", str(folder)], ["*.tab", "*.csv"], "ours")
    assert files == ["x.csv", *(str(folder / name) for name in ("c.tab", "a.CSV.gz", "b.csv"))]


def test_of_files_that_tell_the_same_the_first_counts(folder: Path) -> None:
    assert unfolded([str(folder)], ["z.*|c.*|b.*"], "ours") == [str(folder / "c.tab")]


def test_a_file_that_fits_two_patterns_is_read_once(folder: Path) -> None:
    assert unfolded([str(folder)], ["b.*", "*.csv"], "ours") == [
        str(folder / "b.csv"),
        str(folder / "a.CSV.gz"),
    ]


def test_a_folder_without_any_of_the_files(folder: Path) -> None:
    with pytest.raises(
        InputError,
        match=r"holds no file that is named as those of ours are \(z\.\* or y\.\*, x\): name the file itself",
    ):
        unfolded([str(folder)], ["z.*|y.*", "x"], "ours")
    for loader in ("igo", "rivalries", "gdelt"):
        with pytest.raises(InputError, match=f"holds no file that is named as those of {loader} are"):
            loaders()[loader].readings([str(folder)], Codes())


def test_a_pattern_stands_for_the_files_that_it_finds(folder: Path) -> None:
    assert unfolded([str(folder / "[ab].*v")], ["*.tab"], "ours") == [str(folder / "b.csv")]
    (folder / "[ab].csv").touch()  # a file of that very name is meant, not a pattern
    assert unfolded([str(folder / "[ab].csv")], ["*.tab"], "ours") == [str(folder / "[ab].csv")]


@pytest.mark.parametrize("loader", loaders())
def test_a_pattern_that_finds_none_is_told_by_every_loader(folder: Path, loader: str) -> None:
    with pytest.raises(InputError, match=r"no file fits the pattern .*none\*: look at its folder and its sp"):
        loaders()[loader].readings([str(folder / "none*")], Codes())


def test_a_loader_without_patterns_gets_the_folder_itself(folder: Path) -> None:
    assert unfolded([str(folder)], (), "ours") == [str(folder)]
