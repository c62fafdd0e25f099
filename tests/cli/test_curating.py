import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

DRILL = "small:drill"


def test_conflicts_are_listed_with_accounts_and_an_exit_status(run: Run, loaded: str) -> None:
    answer = run("conflicts", "--format", "json")
    assert answer.code == 3
    (begin,) = (row for row in answer.json["rows"] if row["property"] == "begin")
    assert [(account["value"], account["source"]) for account in begin["accounts"]] == [
        ("2016-10-23", "small:paper"),
        ("2016-10-24/2016-11-06", "small:other"),
    ]
    assert begin["by_policy"]["earliest"] == "2016-10-23"
    table = run("conflicts", DRILL)
    assert "Guardian: begin" in table.out
    assert "→ unsettled; earliest 2016-10-23, latest 2016-10-24" in table.out
    assert "small:paper: “A newspaper”" in table.out
    rows = run("conflicts", "--format", "csv").out.splitlines()
    assert rows[0] == "fact,property,value,source,place,found,words,statement,decide,settled_to,settled_by"
    assert "to settle it: comity decide small:drill under_way=2016-10-23 --reason WHY" in table.out
    assert "begin follows from held and under_way" in table.out
    assert run("conflicts", "small:pact").code == 0
    assert run("conflicts", "--policy", "earliest").code == 0


def test_a_decision_settles_a_conflict_and_can_be_withdrawn(run: Run, loaded: str) -> None:
    decided = run(
        "decide", DRILL, "under_way=2016-10-24", "--reason", "the flight in is not the drill", "--by", "Ann"
    )
    assert decided.code == 0, decided.err
    id = decided.out.strip()
    assert f"comity withdraw {id[:12]}" in decided.err
    answer = run("conflicts", DRILL)
    assert answer.code == 0
    assert "settled by decision: 2016-10-24" in answer.out
    assert "decisions:ann\n" in answer.out
    assert "“the flight in is not the drill”" in answer.out
    log = run("log", "--format", "json").json
    assert [(entry["action"], entry["subject"], entry["property"], entry["by"]) for entry in log] == [
        ("decide", DRILL, "under_way", "Ann"),
        ("load", "small", "", ""),
    ]
    assert run("withdraw", id[:8], "--by", "Ann").code == 0
    assert run("conflicts", DRILL).code == 3
    assert run("log", DRILL, "--format", "json").json[1]["undone"]


def test_a_person_is_named_by_the_environment(run: Run, loaded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_BY", "Desk 4")
    run("judge", "small:pact", "small:club", "different", "--reason", "other parties")
    (entry, _) = run("log", "--format", "json").json
    assert (entry["by"], entry["property"], entry["subject"]) == (
        "Desk 4",
        "different",
        "small:club and small:pact",
    )
    again = run("judge", "small:pact", "small:club", "different", "--reason", "other parties")
    assert "nothing changed" in again.err


def test_what_cannot_be_decided_is_explained(run: Run, loaded: str) -> None:
    answer = run("decide", "small:dril", "held=2016", "--reason", "because")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("Error: there is no fact 'small:dril'; choose from: small:drill")
    assert run("decide", DRILL, "held", "--reason", "because").code == 2
    assert "step or property of drill" in run("decide", DRILL, "hold=2016", "--reason", "because").err
    assert "cannot be the same" in run("judge", "small:pact", DRILL, "same").err


def test_the_record_answers_for_a_day_before_anything_was_known(run: Run, loaded: str) -> None:
    assert run("rank", "--known-on", "2001-01-01", "--format", "json").json["rows"] == []
    assert run("conflicts", "--known-on", "2001-01-01").code == 0
    assert "known on 2001-01-01" in run("conflicts", "--known-on", "2001-01-01").out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("conflicts", "small:nothing"), "there is no fact 'small:nothing'; choose from: small:"),
        (("conflicts", "--layer", "foo"), "'foo'; choose from: agreement"),
        (
            ("conflicts", "--source", "nobody"),
            "there is no dossier, data set or source 'nobody'; choose from: small",
        ),
        (("conflicts", "--policy", "trusted:small:papre"), "choose from: small:paper"),
        (("review", "nosuch"), "there is no dossier, data set or source 'nosuch'; choose from: small"),
        (("review", "--layer", "foo"), "'foo'; choose from: agreement"),
        (("test-claim", "--source", "nobody"), "'nobody'; choose from: small"),
        (
            ("log", "nothing"),
            "there is no collection, source, fact or statement 'nothing'; choose from: small",
        ),
        (("decide", DRILL, "begin=2016-10-24", "--reason", "why"), "decide one of under_way, held, such as"),
        (
            ("decide", DRILL, "parties=JPN host", "--reason", "why"),
            "there is no account of a party on which sources differ",
        ),
    ],
)
def test_a_slip_is_an_error_that_says_what_there_is(
    run: Run, here: Path, arguments: tuple[str, ...], told: str
) -> None:
    answer = run(*arguments)
    assert (answer.code, answer.out) == (1, "")
    assert told in answer.err


def test_a_value_that_is_given_twice_is_wrong_usage(run: Run, here: Path) -> None:
    answer = run("decide", DRILL, "held=2016", "held=2017", "--reason", "why")
    assert answer.code == 2
    assert "held is given twice" in answer.err


def test_decisions_are_not_retracted(run: Run, loaded: str) -> None:
    run("decide", DRILL, "under_way=2016-10-24", "--reason", "x", "--by", "judge")
    before = run("status", "--format", "json").json["revision"]
    for name in ("decisions", "decisions:judge"):
        answer = run("retract", name)
        assert answer.code == 1
        assert "comity withdraw" in answer.err
    assert run("status", "--format", "json").json["revision"] == before
    assert run("audit", "--level", "error").code == 0


def test_another_threshold_stands_above_the_answer(run: Run, loaded: str) -> None:
    answers = {
        threshold: [run(*command, "--same-from", threshold).out for command in (
            ("count", "--as-of", "2016"), ("conflicts",), ("relate", "JPN", "GBR"), ("show", "JPN"), ("test-claim",),
        )]
        for threshold in ("0.5", "0.9")
    }  # fmt: skip
    assert all("same from 0.5" in answer for answer in answers["0.5"])
    assert not any("same from" in answer for answer in answers["0.9"])


def test_a_backup_is_made_and_restored(run: Run, loaded: str, tmp_path: Path) -> None:
    made = run("backup", "-o", "saved")
    assert made.code == 0
    assert made.out == ""
    assert "Wrote saved: " in made.err
    manifest = json.loads(Path("saved/backup.json").read_text())
    other = str(tmp_path / "other")
    restored = run("restore", "saved", "--store", other, "--format", "json")
    assert restored.json["revision"] == manifest["revision"]
    assert restored.json["statements"] == manifest["files"]["statements"]["rows"] > 0
    before, after = (run("status", "--store", store, "--format", "json").json for store in (loaded, other))
    assert {**before, "store": "", "engine": ""} == {**after, "store": "", "engine": ""}
    assert run("log", "--store", other).out == run("log", "--store", loaded).out
    assert run("restore", "saved", "--store", other).code == 0  # it is there already
    assert run("retract", "small", "--store", other).code == 0
    refused = run("restore", "saved", "--store", other)
    assert (refused.code, "restored into an empty one" in refused.err) == (1, True)
    assert run("restore", "small", "--store", other).code == 0  # a retraction, as there is no such folder
    again = run("backup", "-o", "saved")
    assert (again.code, "saved is there already" in again.err) == (1, True)
    named = run("restore", "saved", "--store", str(tmp_path / "third"), "--by", "me")
    assert (named.code, "leave --by out" in named.err) == (2, True)
    assert not (tmp_path / "third").exists()
    Path("saved/log.parquet").unlink()
    damaged = run("restore", "saved", "--store", str(tmp_path / "third"))
    assert (damaged.code, "log.parquet is missing" in damaged.err) == (1, True)
