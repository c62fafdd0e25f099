"""The command read: what it prints and writes, what it refuses, and what becomes of a file that cannot be read."""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from comity.graph.statements import live_facts, live_statements
from comity.graph.stores import open_store
from comity.loaders.reading import language, readers
from comity.loaders.reading.candidate import Reader
from comity.loaders.reading.example import example
from tests.cli.conftest import Answer, Run
from tests.loaders.reading.endpoint_server import Endpoint, serving

pytest.importorskip("spacy", reason="needs comity[reader]")

TEXT = "On 4 March 2031, the foreign ministers of Portugal and Norway met in Lisbon. Portugal plans to sign a trade agreement with Denmark."
PAGE = f"""<!doctype html><html><head><title>A meeting</title></head><body><nav><a href="/">Home</a></nav>
<article><h1>A meeting</h1><p>{TEXT}</p><p>The weather was fine, and the ministers walked along the river before they went home again.</p></article>
</body></html>"""


@pytest.fixture
def article(run: Run) -> str:
    """A short text, in the folder where commands run."""
    Path("article.txt").write_text(TEXT, encoding="utf-8")
    return "article.txt"


@pytest.fixture
def served() -> Iterator[Endpoint]:
    with serving() as endpoint:
        yield endpoint


def lines(answer: Answer) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.out.splitlines()]


def check_words(text: str, facts: list[dict[str, Any]]) -> None:
    for fact in facts:
        for statement in fact["statements"]:
            words = text[statement["start"] : statement["end"]]
            assert hashlib.sha256(words.encode()).hexdigest() == statement["quote_sha256"]


def test_a_draft_can_be_corrected_and_loaded(run: Run, article: str) -> None:
    answer = run("read", article, "-o", "draft.yaml", "--date", "2031-03-09", "--source", "A newspaper")
    assert (answer.code, answer.out) == (0, "")
    assert "article.txt: 2 facts, 0 denied, 0 repairs, 0 left out" in answer.err
    draft = yaml.safe_load(Path("draft.yaml").read_text(encoding="utf-8"))
    assert draft["sources"]["article"]["publisher"] == "A newspaper"
    assert set(draft["facts"]) == {"talks-nor-prt-2031-03-04", "agreement-dnk-prt"}
    assert run("check", "draft.yaml").code == 0
    assert run("load", "dossier", "draft.yaml").code == 0
    shown = run("why", "PRT", "--layer", "talks", "--as-of", "2031-03-04", "--texts", ".")
    assert "the foreign ministers of Portugal and Norway met in Lisbon" in shown.out


def test_lines_of_json_are_of_the_text(run: Run, article: str) -> None:
    talks, pact = lines(run("read", article, "--format", "jsonl"))
    assert (talks["kind"], talks["date"], talks["status"]) == ("talks", "2031-03-04", "held")
    assert {party["actor"] for party in pact["parties"]} == {"PRT", "DNK"}
    assert (pact["status"], pact["statements"][0]["assertion"]) == ("announced", "proposed")
    check_words(TEXT, [talks, pact])


def test_repairs_are_listed_beside_lines_of_json(run: Run) -> None:
    answer = run("read", "-", "--format", "jsonl", given="In 20 31 Portugal and Norway signed a treaty.")
    assert "repaired 3–8: '20 31' read as '2031' (split-digits)" in answer.err


def test_standard_input_is_read_and_written_to(run: Run) -> None:
    answer = run("read", "-", "--format", "jsonl", given=TEXT)
    check_words(TEXT, lines(answer))
    assert len(lines(answer)) == 2


def test_the_text_of_a_page_is_written_beside_the_draft(run: Run) -> None:
    Path("page.html").write_text(PAGE, encoding="utf-8")
    answer = run("read", "page.html", "-o", "out.yaml")
    assert answer.code == 0, answer.err
    source = yaml.safe_load(Path("out.yaml").read_text(encoding="utf-8"))["sources"]["page"]
    text = Path("page.txt").read_bytes()
    assert source["sha256"] == hashlib.sha256(text).hexdigest()
    assert source["original_sha256"] == hashlib.sha256(PAGE.encode()).hexdigest()
    assert source["title"] == "A meeting"
    check_words(text.decode(), lines(run("read", "page.html", "--format", "jsonl")))


def test_a_page_for_checking_shows_the_text_and_the_facts(run: Run, article: str) -> None:
    answer = run("read", article, "-o", "draft.yaml", "--html", "check.html")
    assert answer.code == 0, answer.err
    page = Path("check.html").read_text(encoding="utf-8")
    assert 'id="fact-2"' in page
    assert "the foreign ministers of Portugal and Norway met in Lisbon" in page


def test_a_folder_is_one_draft_and_a_faulty_file_stops_nobody(run: Run) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(TEXT, encoding="utf-8")
    Path("in/b.txt").write_bytes(bytes(range(256)) * 20)
    Path("in/c.txt").write_text(TEXT, encoding="utf-8")
    answer = run("read", "in", "-o", "draft.yaml")
    assert answer.code == 1
    assert "in/b.txt holds no text that can be read" in answer.err
    draft = yaml.safe_load(Path("draft.yaml").read_text(encoding="utf-8"))
    assert (list(draft["sources"]), len(draft["facts"])) == (["a", "c"], 4)
    assert run("check", "draft.yaml").code == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\x00\x01\xff\xfe" * 500, "binary data"),
        ("条约由中国和日本的外交部长在北京签署。双方同意加强合作。".encode() * 20, "not in English"),
        ("وقعت مصر والأردن اتفاقية في القاهرة يوم الاثنين الماضي. ".encode() * 20, "not in English"),
        (b"Portugal and Norway signed a treaty in 2031. " * 250_000, "split it"),
        (b"%PDF-1.4\n%%EOF", "PDF"),
    ],
    ids=["empty", "binary", "chinese", "arabic", "ten megabytes", "a broken PDF"],
)
def test_what_cannot_be_read_is_told_in_a_line(run: Run, content: bytes, told: str) -> None:
    Path("odd.txt").write_bytes(content)
    answer = run("read", "odd.txt")
    assert answer.code == 1
    assert told in answer.err
    assert len(answer.err.splitlines()) == 1
    assert answer.out == ""


def test_a_corrected_draft_is_not_replaced(run: Run, article: str) -> None:
    assert run("read", article, "-o", "draft.yaml").code == 0
    assert run("read", article, "-o", "draft.yaml").code == 0  # as it was
    Path("draft.yaml").write_text("dossier: corrected\n", encoding="utf-8")
    refused = run("read", article, "-o", "draft.yaml")
    assert refused.code == 1
    assert "--force" in refused.err
    assert Path("draft.yaml").read_text(encoding="utf-8") == "dossier: corrected\n"
    assert run("read", article, "-o", "draft.yaml", "--force").code == 0


@pytest.mark.parametrize(
    "outputs",
    [
        ["-o", "in/article.txt", "--force"],
        ["-o", "in/../in/article.txt", "--format", "jsonl"],
        ["--html", "in/article.txt"],
        ["-o", "out.yaml", "--html", "out.yaml"],
        ["-o", "people.csv", "--people", "people.csv", "--force"],
    ],
)
@pytest.mark.parametrize("given", ["in", "in/article.txt"])
def test_no_output_is_written_over_what_is_read_or_over_another(
    run: Run, outputs: list[str], given: str
) -> None:
    Path("in").mkdir()
    Path("in/article.txt").write_text(TEXT, encoding="utf-8")
    Path("people.csv").write_text("name,actor,span\n", encoding="utf-8")
    answer = run("read", given, *outputs)
    assert answer.code == 1
    assert "Error: " in answer.err
    assert Path("in/article.txt").read_text(encoding="utf-8") == TEXT
    assert Path("people.csv").read_text(encoding="utf-8") == "name,actor,span\n"
    assert not Path("out.yaml").exists()


def test_the_text_of_a_page_is_not_written_over_the_draft(run: Run) -> None:
    Path("page.html").write_text(PAGE, encoding="utf-8")
    assert run("read", "page.html", "-o", "page.txt").code == 0
    assert Path("page.txt").read_text(encoding="utf-8").startswith("# A draft")
    assert len(list(Path().glob("page-*.txt"))) == 1


def test_facts_are_loaded_as_they_were_read_only_if_they_are_sure(
    run: Run, article: str, tmp_path: Path
) -> None:
    refused = run("read", article, "--load")
    assert refused.code == 1
    assert "not loaded: 1 fact of 2 below confidence 0.75" in refused.err
    assert run("read", article, "--load", "--yes").code == 0
    assert run("read", article, "--load", "--sure", "0.1").code == 0
    with open_store(str(tmp_path / "store")) as store:
        held = live_statements(store.read, sorted(live_facts(store, "article")))
    assert {statement.method for statement in held} == {"reader"}


def test_what_a_person_loaded_is_not_replaced_by_what_was_read(run: Run, article: str) -> None:
    assert run("read", article, "-o", "article.yaml").code == 0
    assert run("load", "dossier", "article.yaml").code == 0
    refused = run("read", article, "--load", "--sure", "0.1")
    assert refused.code == 1
    assert "corrected" in refused.err
    assert run("read", article, "--load", "--yes").code == 0


def test_a_model_behind_an_endpoint_reads(
    run: Run, article: str, served: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMITY_LLM_KEY", "secret")
    fact = {
        "sentence": 1, "kind": "talks", "types": ["ministerial"], "status": "held", "assertion": "asserted",
        "parties": [{"words": "Portugal", "actor": "PRT"}, {"words": "Norway", "actor": "NOR"}],
        "words": "Portugal and Norway met in Lisbon", "date": "4 March 2031",
    }  # fmt: skip
    served.says({"facts": [fact, {**fact, "words": "Portugal and Norway quarrelled"}]})
    answer = run(
        "read",
        article,
        "--reader",
        "llm",
        "--endpoint",
        served.url,
        "--llm-model",
        "small",
        "--format",
        "jsonl",
    )
    assert answer.code == 0, answer.err
    [talks] = lines(answer)
    assert (talks["date"], talks["statements"][0]["method"]) == ("2031-03-04", "llm:small")
    assert "1 left out" in answer.err
    assert served.keys == ["Bearer secret"]


def test_an_endpoint_that_refuses_is_told_of_in_a_line(run: Run, article: str, served: Endpoint) -> None:
    served.fails(401, {"error": {"message": "no key"}})
    answer = run("read", article, "--reader", "llm", "--endpoint", served.url, "--llm-model", "small")
    assert answer.code == 1
    assert "COMITY_LLM_KEY" in answer.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--reader", "nobody"], "there is no reader 'nobody'; choose from: comity, llm"),
        (["--reader", "llm"], "--endpoint"),
        (["--model", "no_such_model"], "no_such_model"),
        (["--date", "last year"], "write EDTF"),
        (["--html", "-"], "--html"),
    ],
)
def test_what_was_asked_wrongly_is_told_before_anything_is_written(
    run: Run, article: str, options: list[str], told: str
) -> None:
    answer = run("read", article, "-o", "draft.yaml", *options)
    assert answer.code in (1, 2)
    assert told in answer.err
    assert not Path("draft.yaml").exists()


def test_a_person_can_be_added(run: Run) -> None:
    Path("a.txt").write_text("Vasco Almirante met Ola Nordsen in Lisbon in March 2031.", encoding="utf-8")
    Path("people.csv").write_text(
        "name,actor,span\nVasco Almirante,PRT,2030/..\nOla Nordsen,NOR,2030/..\n", encoding="utf-8"
    )
    assert lines(run("read", "a.txt", "--format", "jsonl")) == []
    [talks] = lines(run("read", "a.txt", "--format", "jsonl", "--people", "people.csv"))
    assert {party["actor"] for party in talks["parties"]} == {"PRT", "NOR"}


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("", "people.csv: write the columns name,actor,span"),
        ("name,actor,span\nVasco,PRT", "people.csv:2: write a name"),
        ("name,actor,span\nVasco,Portugall,", "people.csv:2: "),
        ("name,actor,span\nVasco,PRT,yesterday", "people.csv:2: "),
        (f"name,actor,span\n{'V' * 2_200_000},PRT,", "people.csv:2: this is no line of a CSV table"),
    ],
)
def test_a_table_of_people_that_cannot_be_read_is_told(run: Run, article: str, table: str, told: str) -> None:
    Path("people.csv").write_text(table, encoding="utf-8")
    answer = run("read", article, "--people", "people.csv")
    assert answer.code == 1
    assert told in answer.err


def test_a_file_that_is_not_there_is_named(run: Run) -> None:
    answer = run("read", "nowhere.txt")
    assert answer.code == 1
    assert "nowhere.txt cannot be read" in answer.err


def test_the_example_tells_of_what_it_says_and_not_of_what_it_denies(run: Run) -> None:
    facts = lines(run("read", "example", "--format", "jsonl"))
    check_words(example().text, facts)
    told = {
        (fact["kind"], " ".join(sorted(party["actor"] for party in fact["parties"])), fact["status"])
        for fact in facts
    }
    assert {
        ("talks", "NOR PRT", "held"), ("agreement", "NOR PRT", "signed"), ("agreement", "DNK PRT", "announced"),
        ("drill", "NOR PRT", "planned"), ("drill", "ISL PRT", "cancelled"),
    } <= told  # fmt: skip
    assert ("agreement", "PRT SWE", "") in told  # denied


def test_the_extra_that_is_missing_is_named(run: Run, article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    language._pipeline.cache_clear()
    answer = run("read", article)
    assert answer.code == 1
    assert "pip install 'comity[reader]'" in answer.err


def test_another_package_adds_a_reader_and_a_broken_one_stops_nobody(
    run: Run, article: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from importlib.metadata import EntryPoint

    points = [
        EntryPoint("broken", "no_such_package:make", readers.GROUP),
        EntryPoint("silent", "tests.cli.test_reading:silent", readers.GROUP),
    ]
    monkeypatch.setattr(readers, "entry_points", lambda group: points)
    readers.makers.cache_clear()
    try:
        answer = run("read", article, "--reader", "silent", "--format", "jsonl")
    finally:
        readers.makers.cache_clear()
    assert (answer.code, answer.out) == (0, "")
    assert "the reader broken (no_such_package:make) cannot be used" in caplog.text


def silent(options: readers.Options) -> Reader:
    """A reader that finds nothing."""
    return lambda sentences: [() for _ in sentences]
