import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from comity.queries.matching.weights import START
from tests.cli.conftest import Run
from tests.queries.test_matching import ACSA, DOSSIERS, DRILL


@pytest.fixture
def two(run: Run, store_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A store that holds both small dossiers."""
    monkeypatch.setenv("COMITY_STORE", store_url)
    answer = run("load", "dossier", str(DOSSIERS / "ministry.yaml"), str(DOSSIERS / "press.yaml"))
    assert answer.code == 0, answer.err
    return run


def test_pairs_are_listed_with_their_evidence_the_likeliest_first(two: Run) -> None:
    rows = two("review", "--format", "json").json
    assert {(row["left"], row["right"]) for row in rows[:2]} == {ACSA, DRILL}
    assert any("the same day" in one["text"] for row in rows[:2] for one in row["evidence"])
    for row in rows:
        assert row["bits"] == pytest.approx(START + sum(one["weight"] for one in row["evidence"]), abs=0.01)
    assert "bits)" in two("review", "--format", "csv").out
    assert ACSA[0] in two("review", "--limit", "2").out
    assert two("review", "ministry", "--format", "json").json == []


def test_what_is_accepted_from_a_score_on_is_recorded_with_it(two: Run) -> None:
    answer = two("review", "--accept-from", "0.9", "--by", "the desk")
    assert answer.code == 0, answer.err
    assert f"{ACSA[0]}  {ACSA[1]}" in answer.out
    (first, *_) = two("log", "--format", "json").json
    assert (first["action"], first["by"], first["property"]) == ("judge", "the desk", "same")
    assert ACSA not in {(row["left"], row["right"]) for row in two("review", "--format", "json").json}
    assert two("conflicts", ACSA[1]).code == 0


def test_decisions_come_from_a_file(two: Run) -> None:
    assert two("review", "--write", "review.csv").code == 0
    path = Path("review.csv")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(f"{DRILL[0]},{DRILL[1]},,", f"{DRILL[0]},{DRILL[1]},different,"), encoding="utf-8"
    )
    answer = two("review", "--file", "review.csv", "--by", "Ann")
    assert answer.out.startswith("1 recorded, 0 there already, 0 earlier ones replaced\n")
    again = two("review", "--file", "review.csv", "--by", "Ann")
    assert again.out.startswith("0 recorded, 1 there already")
    path.write_text("left,right,verdict\nministry:acsa,press:nothing,same\n", encoding="utf-8")
    refused = two("review", "--file", "review.csv")
    assert (refused.code, refused.out) == (1, "")
    assert "there is no fact 'press:nothing'" in refused.err


def test_a_drill_of_three_names_becomes_one_that_says_so(two: Run) -> None:
    asked = ("--layer", "drill", "--as-of", "2016-10-24")
    (before,) = two("count", *asked, "--format", "json").json["rows"]
    judged = two("judge", *DRILL, "same", "--reason", "one exercise", "--by", "Ann")
    assert judged.code == 0, judged.err
    (after,) = two("count", *asked, "--format", "json").json["rows"]
    assert after["facts_most"] == before["facts_most"] - 1
    told = two("why", "JPN", *asked, "--possible").out
    for title in ("Guardian North 16", "Northern Guardian", "RAF–JASDF fighter exercise"):
        assert title in told
    assert f"{DRILL[0]} and {DRILL[1]} are one by judgement of Ann, confidence 1: one exercise" in told
    assert two("withdraw", judged.out.strip()).code == 0
    assert two("count", *asked, "--format", "json").json["rows"][0] == before


def test_a_person_decides_in_the_terminal(run: Run, tmp_path: Path) -> None:
    assert run("load", "dossier", str(DOSSIERS / "ministry.yaml"), str(DOSSIERS / "press.yaml")).code == 0
    here, there = pty.openpty()
    environment = {**os.environ, "COLUMNS": "120", "TERM": "dumb"}
    command = [sys.executable, "-m", "comity", "review", "--by", "Ann"]
    with subprocess.Popen(
        command, stdin=there, stdout=there, stderr=there, env=environment, close_fds=True
    ) as process:
        os.close(there)
        seen = _until(here, "[s/d/u/k/q]")
        assert "1 of" in seen
        assert "ministry:" in seen
        os.write(here, b"s\n")
        _until(here, "Why")
        os.write(here, b"one drill\n")
        _until(here, "[s/d/u/k/q]")
        os.write(here, b"q\n")
        assert process.wait(timeout=60) == 0
    os.close(here)
    (entry, *_) = run("log", "--format", "json").json
    assert (entry["action"], entry["property"], entry["by"], entry["reason"]) == (
        "judge",
        "same",
        "Ann",
        "one drill",
    )


def _until(terminal: int, text: str) -> str:
    """What the terminal shows, up to the text."""
    seen, end = "", time.monotonic() + 60
    while text not in seen and time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            seen += os.read(terminal, 65536).decode(errors="replace")
    assert text in seen, seen
    return seen
