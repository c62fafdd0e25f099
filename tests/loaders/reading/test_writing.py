"""The draft dossier is one that can be loaded, and the JSON lines are what they are said to be."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from comity.graph.model import Party, Statement
from comity.loaders.dossier import Dossier, parse_dossier
from comity.loaders.reading.candidate import Assertion
from comity.loaders.reading.draft import Correction, Dating, Draft, LeftOut, Mention, ReadFact
from comity.loaders.reading.writing import draft_dossier, json_lines, texts_beside

TEXT = 'On June 4th, 65438/KLOC-0, ministers of Portugal and Norway met.\nThey signed a "Pact: of #friends".'
HOSTILE = 'a: b # c\n"\u2028\x85\x07- [x], {y}\N{GRINNING FACE}'


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def mention(start: int, end: int, status: str, **more: object) -> Mention:
    return Mention(start, end, sha256(TEXT[start:end]), Assertion.ASSERTED, status, **more)  # type: ignore[arg-type]


TALKS = ReadFact(
    "talks-nor-prt-2031-01-04",
    "talks",
    ("ministerial",),
    (Party("PRT", "host"), Party("NOR", "guest")),
    (
        mention(
            0, 64, "held",
            date=Dating("2031-01-04", "June 4th, 65438/KLOC-0", "kloc-digits+month-first+year-from-publication", ("The year is the document's.",)),
            location="Lisbon", people=("A: minister", "null"), confidence=0.8,
        ),
    ),
)  # fmt: skip
PACT = ReadFact(
    "agreement-nor-prt",
    "agreement",
    ("other",),
    (Party("PRT", "party"), Party("NOR", "party")),
    (
        mention(
            65,
            100,
            "signed",
            name="Pact: of #friends",
            confidence=0.3,
            doubts=("Who 'they' are\nis inferred.",),
        ),
    ),
)
DENIED = replace(PACT, id="agreement-dnk-prt", parties=(Party("PRT", "party"), Party("DNK", "party")))
DRAFT = Draft(
    "papers/My article.txt",
    TEXT,
    "A meeting",
    sha256(TEXT),
    sha256(TEXT),
    date="2031-01",
    facts=(TALKS, PACT),
    denied=(DENIED,),
    corrections=(Correction(3, 25, "June 4th, 65438/KLOC-0", "4 January", "kloc-digits"),),
    left_out=(LeftOut(65, 69, "nobody knows who is meant"),),
)


def loaded(*drafts: Draft) -> tuple[Dossier, dict[str, Statement]]:
    dossier = parse_dossier(draft_dossier(drafts), "draft.yaml")
    assert dossier.warnings == ()
    return dossier, {statement.fact: statement for statement in dossier.statements}


def test_the_draft_loads_as_a_dossier() -> None:
    dossier, statements = loaded(DRAFT)
    assert (dossier.id, dossier.title) == ("my-article", "Draft of A meeting")
    [source] = dossier.sources
    assert (source.id, source.date, source.sha256) == ("my-article:my-article", "2031-01", sha256(TEXT))
    talks = statements["my-article:talks-nor-prt-2031-01-04"]
    assert {(party.actor, party.role) for party in talks.parties} == {("PRT", "host"), ("NOR", "guest")}
    assert [(step.name, step.when.text) for step in talks.steps] == [("held", "2031-01-04")]
    assert (talks.place.start, talks.place.end, talks.place.sha256) == (0, 64, sha256(TEXT[:64]))
    assert talks.confidence == 0.8
    assert dict(talks.properties) == {"location": ("Lisbon",), "people": ("A: minister", "null")}
    [repair] = talks.repairs
    assert (repair.property, repair.was) == ("held", "June 4th, 65438/KLOC-0")


def test_what_has_no_date_was_on_the_day_of_the_document_or_before() -> None:
    _, statements = loaded(DRAFT)
    [step] = statements["my-article:agreement-nor-prt"].steps
    assert (step.name, step.when.text) == ("signed", "[..2031-01]")


def test_a_date_of_the_document_that_is_inferred_stays_marked() -> None:
    _, statements = loaded(replace(DRAFT, date="2031-01?"))
    [step] = statements["my-article:agreement-nor-prt"].steps
    assert step.when.text == "[..2031-01?]"


def test_without_a_date_of_the_document_the_step_is_left_for_a_person() -> None:
    dated = replace(DRAFT, date="")
    text = draft_dossier([dated])
    assert "# signed: the text gives no date; write one if you know it" in text
    assert len(parse_dossier(text, "draft.yaml").statements) == 2


def test_comments_tell_what_is_doubtful_and_what_was_left_out() -> None:
    text = draft_dossier([DRAFT])
    for told in (
        "# The year is the document's.",
        "# Who 'they' are is inferred.",
        "# Doubtful (confidence 0.3)",
        '#   3–25  "June 4th, 65438/KLOC-0" → "4 January"  kloc-digits',
        "#   65–69  nobody knows who is meant",
        "# Denied by the text, so no fact:\n#   65–100  Pact: of #friends",
    ):
        assert told in text


def test_whatever_stands_in_a_text_the_draft_can_be_read() -> None:
    odd = replace(
        TALKS,
        mentions=(replace(TALKS.mentions[0], name=HOSTILE, location=HOSTILE, doubts=(HOSTILE,), date=Dating("2031", HOSTILE, "split-digits")),),
    )  # fmt: skip
    draft = replace(
        DRAFT, title=HOSTILE, publisher=HOSTILE, facts=(odd,), left_out=(LeftOut(0, 1, HOSTILE),),
        corrections=(Correction(0, 1, HOSTILE, HOSTILE, "split-digits"),),
    )  # fmt: skip
    dossier, statements = loaded(draft)
    [statement] = statements.values()
    readable = HOSTILE.replace("\x85", "\N{REPLACEMENT CHARACTER}").replace(
        "\x07", "\N{REPLACEMENT CHARACTER}"
    )
    assert statement.repairs[0].was == readable
    assert dossier.sources[0].title == " ".join(readable.split())


def test_several_documents_are_one_dossier_with_a_source_each() -> None:
    other = replace(DRAFT, file="other.txt", facts=(TALKS,))
    dossier, statements = loaded(DRAFT, other)
    assert [source.id for source in dossier.sources] == ["my-article:my-article", "my-article:other"]
    assert "my-article:talks-nor-prt-2031-01-04-other" in statements


def test_files_of_like_names_have_keys_and_facts_of_their_own() -> None:
    names = ("a.txt", "a-3.txt", "b/a.txt", "c/a.txt", "a 3.txt")
    dossier, statements = loaded(*(replace(DRAFT, file=name, facts=(TALKS,)) for name in names))
    assert len({source.id for source in dossier.sources}) == len(dossier.sources) == 5
    assert len(statements) == 5
    long = "x" * 95
    facts = tuple(replace(TALKS, id=long) for _ in range(3))
    assert len(loaded(replace(DRAFT, facts=facts))[1]) == 3


def test_a_line_of_json_for_each_fact() -> None:
    talks, pact, denied = map(json.loads, json_lines(DRAFT).splitlines())
    assert talks["file"] == "papers/My article.txt"
    assert talks["parties"] == [{"actor": "PRT", "role": "host"}, {"actor": "NOR", "role": "guest"}]
    assert (talks["kind"], talks["types"], talks["date"], talks["status"]) == (
        "talks",
        ["ministerial"],
        "2031-01-04",
        "held",
    )
    [statement] = talks["statements"]
    assert sha256(TEXT[statement["start"] : statement["end"]]) == statement["quote_sha256"]
    assert statement["repair"] == {
        "was": "June 4th, 65438/KLOC-0",
        "rule": "kloc-digits+month-first+year-from-publication",
    }
    assert (statement["method"], statement["confidence"], statement["assertion"]) == (
        "comity",
        0.8,
        "asserted",
    )
    assert (pact["date"], pact["statements"][0]["repair"]) == ("", None)
    assert denied["parties"][1]["actor"] == "DNK"


def test_only_a_text_that_is_no_file_yet_is_written_beside(tmp_path: Path) -> None:
    page = replace(DRAFT, file="a/page.html", derived=True)
    assert texts_beside([DRAFT], tmp_path) == {}
    assert texts_beside([page], tmp_path) == {tmp_path / "page.txt": TEXT}


def test_no_other_file_is_overwritten_by_a_text(tmp_path: Path) -> None:
    page = replace(DRAFT, file="a/page.html", derived=True)
    (tmp_path / "page.txt").write_text("Notes of mine", encoding="utf-8")
    [path] = texts_beside([page], tmp_path)
    assert path == tmp_path / f"page-{sha256(TEXT)[:8]}.txt"
    [first, second] = texts_beside(
        [page, replace(page, file="b/page.pdf", sha256="f" * 64)], tmp_path / "empty"
    )
    assert (first.name, second.name) == ("page.txt", "page-ffffffff.txt")
