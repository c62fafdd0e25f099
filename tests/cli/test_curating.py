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
    assert rows[0] == "fact,property,value,source,place,statement,settled_to,settled_by"
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
    assert "decisions:ann “the flight in is not the drill”" in answer.out
    log = run("log", "--format", "json").json
    assert [(entry["action"], entry["subject"], entry["property"], entry["by"]) for entry in log] == [
        ("decide", DRILL, "under_way", "Ann"),
        ("load", "small", "", ""),
    ]
    assert run("withdraw", id[:8], "--by", "Ann").code == 0
    assert run("conflicts", DRILL).code == 3
    assert run("log", DRILL, "--format", "json").json[1]["undone"]


def test_a_person_is_named_by_the_environment(run: Run, loaded: str, monkeypatch: object) -> None:
    import pytest

    assert isinstance(monkeypatch, pytest.MonkeyPatch)
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
