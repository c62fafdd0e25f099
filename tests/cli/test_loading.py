from pathlib import Path

import pytest

from tests.cli.conftest import DOSSIER, Run

EMPTY = "0" * 64


def test_a_load_prints_one_json_object(run: Run, dossier: str, store_url: str) -> None:
    first = run("load", "dossier", dossier, "--store", store_url, "--format", "json")
    assert first.code == 0
    assert list(first.json) == [
        "source",
        "read",
        "stored",
        "unchanged",
        "skipped",
        "rejected",
        "revision",
        "reasons",
    ]
    assert {**first.json, "revision": ""} == {
        "source": "small", "read": 3, "stored": 3, "unchanged": 0, "skipped": 0, "rejected": 0, "revision": "", "reasons": {},
    }  # fmt: skip
    assert first.json["revision"] != EMPTY
    again = run("load", "dossier", dossier, "--store", store_url, "--format", "json")
    assert again.json == {**first.json, "stored": 0, "unchanged": 3}


def test_several_files_are_a_list(run: Run, dossier: str) -> None:
    answer = run("load", "dossier", dossier, "treaties", "--format", "json")
    assert [load["source"] for load in answer.json] == ["small", "treaties"]


def test_a_file_comes_before_a_bundled_dossier_of_its_name(run: Run) -> None:
    Path("treaties").write_text(DOSSIER, encoding="utf-8")
    assert run("load", "dossier", "treaties", "--format", "json").json["source"] == "small"


def test_unknown_names_list_the_known_ones(run: Run) -> None:
    dossier = run("load", "dossier", "nothing")
    assert dossier.code == 1
    assert dossier.out == ""
    assert dossier.err.startswith("Error: there is no file or bundled dossier 'nothing'")
    assert "japan-europe, treaties" in dossier.err
    source = run("load", "rumours", "nothing")
    assert source.code == 1
    assert "there is no source 'rumours'; choose from: dossier" in source.err


def test_nothing_is_stored_where_one_file_has_a_fault(run: Run, dossier: str, tmp_path: Path) -> None:
    Path("bad.yaml").write_text(
        DOSSIER.replace("1960-01-19, in_force", "1960-31-19, in_force"), encoding="utf-8"
    )
    answer = run("load", "dossier", dossier, "bad.yaml")
    assert answer.code == 1
    assert "bad.yaml:" in answer.err
    assert "1960-31-19" in answer.err
    assert not (tmp_path / "store").exists()


def test_what_is_retracted_can_be_restored_and_loaded(run: Run, loaded: str, dossier: str) -> None:
    before = run("status", "--format", "json").json
    gone = run("retract", "small", "--reason", "to be checked", "--by", "somebody", "--format", "json")
    assert gone.json == {"name": "small", "statements": 4, "facts": 3, "revision": EMPTY}
    assert run("status", "--format", "json").json["collections"] == []
    back = run("restore", "small", "--format", "json")
    assert back.json == {"name": "small", "statements": 4, "facts": 3, "revision": before["revision"]}
    run("retract", "small:paper")
    run("load", "dossier", dossier)
    assert run("status", "--format", "json").json["revision"] == before["revision"]
    refused = run("restore", "small:paper")
    assert (refused.code, refused.out) == (1, "")
    assert "small was loaded since small:paper was retracted" in refused.err


def test_retracting_what_is_not_loaded_lists_what_is(run: Run, here: Path) -> None:
    answer = run("retract", "treaties")
    assert answer.code == 1
    assert answer.err == "Error: there is no loaded source or statement 'treaties'; choose from: small\n"


def test_status_tells_what_is_there(run: Run, loaded: str) -> None:
    document = run("status", "--format", "json").json
    assert document.pop("collections")[0].pop("changed")
    assert document.pop("engine") in {"arcadedb", "neo4j"}
    assert len(document.pop("revision")) == 64
    assert document == {
        "store": loaded,
        "countries": 5,
        "organizations": 0,
        "facts": 3,
        "statements": 4,
        "sources": 3,
        "decisions": 0,
        "judgements": 0,
        "kinds": {"agreement": 2, "drill": 1},
    }
    table = run("status")
    assert f"store     {loaded}" in table.out
    assert "facts     3: 2 agreement, 1 drill" in table.out


def test_status_without_a_store_makes_none(run: Run, tmp_path: Path) -> None:
    answer = run("status")
    assert answer.code == 1
    assert answer.err.startswith(f"Error: there is no store in {tmp_path / 'store'}")
    assert not (tmp_path / "store").exists()


def test_check_loads_nothing(run: Run, dossier: str, tmp_path: Path) -> None:
    answer = run("check", dossier)
    assert (answer.code, answer.out) == (0, "small.yaml: no fault in dossier small (3 facts, 3 sources)\n")
    assert not (tmp_path / "store").exists()


def test_check_shows_the_faults_of_all_files(run: Run, dossier: str) -> None:
    Path("one.yaml").write_text(DOSSIER.replace("[JPN, USA]", "[JPN, XXX]"), encoding="utf-8")
    Path("two.yaml").write_text(DOSSIER.replace("kind: drill", "kind: dril"), encoding="utf-8")
    answer = run("check", "one.yaml", dossier, "two.yaml", "three.yaml")
    assert answer.code == 1
    assert "small.yaml: no fault" in answer.out
    for place in ("one.yaml:", "two.yaml:", "three.yaml:"):
        assert place in answer.err
    assert "Traceback" not in answer.err


def test_new_writes_a_dossier_that_has_no_fault(run: Run) -> None:
    assert run("new", "mine.yaml").code == 0
    assert run("check", "mine.yaml").code == 0
    assert run("new", "-").out == Path("mine.yaml").read_text(encoding="utf-8")


def test_new_replaces_a_file_only_when_told_to(run: Run) -> None:
    Path("mine.yaml").write_text("keep me", encoding="utf-8")
    refused = run("new", "mine.yaml")
    assert refused.code == 1
    assert "--force" in refused.err
    assert Path("mine.yaml").read_text(encoding="utf-8") == "keep me"
    assert run("new", "mine.yaml", "--force").code == 0
    assert run("check", "mine.yaml").code == 0


@pytest.mark.parametrize(
    "arguments", [("load",), ("load", "dossier"), ("check",), ("rank", "--format", "xml"), ("nonsense",)]
)
def test_wrong_usage_ends_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    answer = run(*arguments)
    assert answer.code == 2
    assert answer.out == ""
    assert "Usage: comity" in answer.err


def test_csv_of_a_load(run: Run, dossier: str) -> None:
    lines = run("load", "dossier", dossier, "--format", "csv").out.splitlines()
    assert lines[0] == "source,read,stored,unchanged,skipped,rejected,revision"
    assert lines[1].startswith("small,3,3,0,0,0,")


def test_a_forgotten_word_is_supplied(run: Run, dossier: str) -> None:
    for given in (dossier, "treaties"):
        answer = run("load", given)
        assert answer.code == 2
        assert f"comity load dossier {given}" in answer.err


def test_a_dry_run_counts_sources_that_would_be_described_anew(run: Run, loaded: str, dossier: str) -> None:
    def counted() -> tuple[int, int]:
        (counts,) = run("load", "dossier", dossier, "--dry-run", "--format", "json").json["counts"]
        return counts["unchanged"], counts["described"]

    def revision() -> str:
        return str(run("status", "--format", "json").json["revision"])

    before, path = revision(), Path(dossier)
    assert counted() == (3, 0)
    path.write_text(
        path.read_text(encoding="utf-8").replace("A newspaper", "The newspaper"), encoding="utf-8"
    )
    assert counted() == (3, 1)
    assert revision() == before
    run("load", "dossier", dossier, "--yes")
    assert revision() != before
    assert counted() == (3, 0)


def test_what_a_dossier_does_not_hold_any_more_is_told_before(run: Run, loaded: str, dossier: str) -> None:
    path = Path(dossier)
    whole = path.read_text(encoding="utf-8")
    assert "another version" not in run("load", "dossier", dossier).err
    path.write_text(whole.replace("A club of four", "A club"), encoding="utf-8")
    assert "another version" not in run("load", "dossier", dossier).err  # a correction is no loss
    path.write_text(whole.partition("  drill:")[0], encoding="utf-8")
    answer = run("load", "dossier", dossier)
    assert "small: another version. 0 facts added, 1 changed, 1 retracted, 1 as before" in answer.err
    assert "small: 1 facts held before are retracted" in answer.err
    path.write_text(whole, encoding="utf-8")
    assert "another version" not in run("load", "dossier", dossier, "--yes").err
