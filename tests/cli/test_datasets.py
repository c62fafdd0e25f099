"""Data sets from the command line: load, look at what could not be read, say who was meant, retry, cite."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

MME = (
    "MMEID,Ex_Name,Series_Name,Location,lat,lon,StartDate,s.year,s.month,s.day,EndDate,e.year,e.month,e.day,"
    "CPX,Air,Land,Sea,Amphibious,Cyber,Warfighting,Peacekeeping,Humanitarian,FocusDescription,AdditionalParticipantInfo,"
    "StateA,StateB,StateC\n"
    "mme1,First,,At sea,,,1/xx/95,1995,1,xx,1/xx/95,1995,1,xx,0,0,0,1,0,0,1,0,0,,,United States,Atlantis,France\n"
    "mme2,Second,,At sea,,,2/3/96,1996,2,3,2/4/96,1996,2,4,0,0,0,1,0,0,1,0,0,,,United States,Atlantis,\n"
)


@pytest.fixture
def table(run: Run) -> str:
    Path("mme.csv").write_text(MME, encoding="utf-8")
    return "mme.csv"


def test_what_is_not_known_waits_until_somebody_knows(run: Run, table: str, store_url: str) -> None:
    at = ("--store", store_url, "--format", "json")
    first = run("load", "mme", table, *at)
    assert {**first.json, "revision": ""} == {
        "source": "mme", "read": 2, "stored": 1, "unchanged": 0, "skipped": 0, "rejected": 1, "revision": "", "reasons": {},
    }  # fmt: skip
    assert "Please cite: D'Orazio" in first.err
    held = run("quarantine", "mme", *at).json
    assert {row["value"] for row in held} == {"Atlantis"}
    records = run("quarantine", "mme", "--records", *at).json
    assert {row["place"]: row["part"] for row in records} == {"row 2": True, "row 3": False}
    said = run(
        "identify",
        "Atlantis",
        "JPN",
        "--in",
        "mme",
        "--reason",
        "a test",
        "--by",
        "somebody",
        "--store",
        store_url,
    )
    assert said.code == 0
    retried = run("quarantine", "--retry", *at)
    assert (retried.json["read"], retried.json["stored"], retried.json["rejected"]) == (2, 2, 0)
    assert run("quarantine", *at).json == []
    assert run("load", "mme", table, *at).json["unchanged"] == 2
    drill = run("why", "JPN", "--layer", "drill", "--as-of", "1996", "--store", store_url)
    assert "repaired: parties was “Atlantis” (mapping)" in drill.out


def test_a_mapping_is_taken_back(run: Run, table: str) -> None:
    run("load", "mme", table)
    run("identify", "Atlantis", "JPN", "--in", "mme")
    assert run("quarantine", "--retry", "--format", "json").json["rejected"] == 0
    assert run("identify", "Atlantis", "--in", "mme", "--undo").code == 0
    assert run("load", "mme", table, "--format", "json").json["rejected"] == 1
    assert run("identify", "Atlantis", "--in", "mme").code == 2
    assert run("identify", "Atlantis", "Mordor", "--in", "mme").code == 1


def test_quarantine_is_written_to_a_file(run: Run, table: str) -> None:
    run("load", "mme", table)
    assert run("quarantine", "-o", "held.csv").code == 0
    lines = Path("held.csv").read_text().splitlines()
    assert lines[0] == "collection,scope,place,reason,value,system,candidates,part,records,record"
    assert {"mme1,First" in line for line in lines[1:]} == {True, False}


def test_a_retry_says_where_the_file_was(run: Run, table: str) -> None:
    run("load", "mme", table)
    Path(table).rename("moved.csv")
    answer = run("quarantine", "--retry")
    assert answer.code == 1
    assert (
        "mme.csv is not there any more: load it from where it is now, with comity load mme FILE" in answer.err
    )


def test_a_dry_run_says_what_another_release_would_change(run: Run, table: str) -> None:
    run("load", "mme", table)
    before = run("status", "--format", "json").json["revision"]
    Path("newer.csv").write_text(MME.replace("Atlantis", "Japan").replace("mme1,", "mme9,"), encoding="utf-8")
    planned = run("load", "mme", "newer.csv", "--dry-run", "--format", "json").json
    assert planned["counts"] == [
        {"source": "mme", "added": 2, "changed": 0, "retracted": 1, "unchanged": 0, "described": 1}
    ]
    assert run("status", "--format", "json").json["revision"] == before
    loaded = run("load", "mme", "newer.csv")
    assert "mme: another release. 2 facts added, 0 changed, 1 retracted" in loaded.err
    assert run("status", "--format", "json").json["revision"] != before


@pytest.mark.parametrize(
    "content", ["", "MMEID\nmme1\n", "%PDF-1.7\0"], ids=["empty", "other columns", "no text"]
)
def test_a_file_that_cannot_be_used_stores_nothing(run: Run, content: str) -> None:
    Path("wrong.csv").write_text(content)
    answer = run("load", "mme", "wrong.csv")
    assert answer.code == 1
    assert answer.err.startswith("Error: ")
    assert len(answer.err.splitlines()) == 1
    assert not Path("../store").exists()


def test_sources_are_listed_with_their_terms(run: Run) -> None:
    told = {row["name"]: row for row in run("sources", "--format", "json").json}
    assert {"dossier", "atop", "cow", "mme", "igo", "gdelt", "icews", "table"} <= told.keys()
    assert all(
        row["citation"] and row["licence"] for name, row in told.items() if name not in ("dossier", "table")
    )


def test_what_an_answer_rests_on_is_cited(run: Run, table: str) -> None:
    run("load", "dossier", "treaties")
    run("load", "mme", table)
    everything = run("cite").out.splitlines()
    drills = run("cite", "--layer", "drill", "--source", "mme", "--as-of", "1995").out.splitlines()
    assert len(everything) > 50
    assert len(drills) == 1
    assert drills[0].startswith("D'Orazio")
    assert json.loads(
        run("cite", "--style", "csl", "--layer", "drill", "--source", "mme", "--as-of", "1995").out
    )[0]["id"].startswith("mme:")


def test_yearly_tables_come_with_what_they_are(run: Run) -> None:
    run("load", "dossier", "treaties")
    answer = run("export", "dyad-year", "-o", "dyads.csv", "--from", "2015", "--to", "2016")
    assert answer.code == 0
    rows = Path("dyads.csv").read_text().splitlines()
    assert rows[0].startswith("ccode1,ccode2,year,facts,defence")
    about = json.loads(Path("dyads.csv.meta.json").read_text())
    assert (about["unit"], about["rule"], about["convention"], about["rows"]) == (
        "dyad-year",
        "every-pair",
        "any-day",
        len(rows) - 1,
    )
    assert about["cite"]
    assert run("export", "graphml", "-o", "x.graphml", "--from", "2015").code == 2
    assert run("export", "dyad-year", "-o", "x.csv", "--as-of", "2015").code == 2


def test_a_retry_says_that_the_file_was_sent(run: Run, table: str, tmp_path: Path) -> None:
    from comity.graph.stores import open_store
    from comity.loaders.sources import loader_of
    from comity.service.bringing import open_upload
    from comity.service.held import Held
    from comity.service.uploads import Upload
    from comity.service.writer import Writer

    with open_store(str(tmp_path / "sent")) as store, Path(table).open("rb") as file:
        upload = Upload()
        upload.take(table, file)
        open_upload(upload, loader_of("mme")).loaded(Writer(Held(store)), "Mori")
    answer = run("quarantine", "--retry", "--store", str(tmp_path / "sent"))
    assert answer.code == 1
    assert "mme.csv was sent to the service, which keeps no files: send it again" in answer.err


def test_what_was_retracted_is_not_brought_back_by_a_retry(run: Run, table: str) -> None:
    run("load", "mme", table)
    run("retract", "mme")
    assert run("quarantine", "--retry", "--format", "json").code == 0
    assert run("status", "--format", "json").json["facts"] == 0


def test_a_retry_finds_the_file_where_it_was_loaded_from_last(run: Run, table: str) -> None:
    run("load", "mme", table)
    Path(table).rename("moved.csv")
    assert run("load", "mme", "moved.csv", "--format", "json").json["unchanged"] == 1
    assert run("quarantine", "--retry", "--format", "json").json["read"] == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("Atlantis", "JPN", "--in", "nosuch"),
            "there is no data set 'nosuch'; choose from: atop, cow, disputes, ",
        ),
        (("Atlantis", "JPN", "--in", "mme", "--system", "nonsys"), "there is no system of codes 'nonsys'"),
        ((" ", "JPN", "--in", "mme"), "an empty value means nobody"),
    ],
    ids=["collection", "system", "empty"],
)
def test_a_mapping_that_could_never_be_used_is_refused(
    run: Run, table: str, arguments: tuple[str, ...], said: str
) -> None:
    run("load", "mme", table)
    answer = run("identify", *arguments)
    assert answer.code == 1
    assert said in answer.err


def test_a_dry_run_makes_no_store(run: Run, table: str) -> None:
    planned = run("load", "mme", table, "--dry-run", "--format", "json").json
    assert planned["counts"] == [
        {"source": "mme", "added": 1, "changed": 0, "retracted": 0, "unchanged": 0, "described": 1}
    ]
    assert not Path("../store").exists()


def test_files_of_one_source_do_not_replace_each_other(run: Run) -> None:
    for folder in ("a", "b"):
        Path(folder).mkdir()
        Path(folder, "day.csv").write_text("date,source,relation,target,benchmark,cameo,goldstein\n")
    answer = run("load", "icews", "a/day.csv", "b/day.csv")
    assert answer.code == 1
    assert "several of the files are icews-named:day, and would replace each other" in answer.err


def test_what_was_retracted_is_cited_of_the_record_before_alone(
    run: Run, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at(number: int) -> None:
        monkeypatch.setattr("comity.graph.writing.now", lambda: f"2040-01-0{number}T12:00:00.000000+00:00")

    at(1)
    run("load", "mme", table)
    assert run("cite", "--source", "mme").out.startswith("D'Orazio")
    assert run("cite", "--source", "mme", "--style", "bibtex").out.startswith("@")
    at(3)
    run("retract", "mme")
    assert run("cite").out.strip() == ""
    drills = ("cite", "--layer", "drill", "--as-of", "1995", "--known-on")
    assert run(*drills, "2040-01-02").out.startswith("D'Orazio")
    assert run(*drills, "2040-01-04").out.strip() == ""


def test_a_file_without_any_usable_row_says_so(run: Run, table: str) -> None:
    run("load", "mme", table)
    Path("none.csv").write_text(
        MME.replace("United States", "Nowhere").replace("France", "Nobody"), encoding="utf-8"
    )
    answer = run("load", "mme", "none.csv")
    assert "Warning: nothing in mme could be used; what is held of it stays" in answer.err
    assert run("status", "--format", "json").json["facts"] == 1


def test_a_file_of_which_nothing_could_be_used_yet_is_tried_again(run: Run) -> None:
    head, _, last = MME.splitlines()
    Path("one.csv").write_text(f"{head}\n{last}\n", encoding="utf-8")
    for _ in range(2):
        assert run("load", "mme", "one.csv", "--format", "json").json["rejected"] == 1
    assert len(run("log", "--format", "json").json) == 1  # the same file again writes nothing
    run("identify", "Atlantis", "JPN", "--in", "mme")
    assert run("quarantine", "--retry", "--format", "json").json["stored"] == 1
