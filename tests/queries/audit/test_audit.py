import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from comity.graph.curation import decide, judge, withdraw
from comity.graph.errors import InputError, UnknownName
from comity.graph.judgements import read_judgements
from comity.graph.loading import load
from comity.graph.retracting import restore, retract
from comity.graph.stores import Store
from comity.loaders.dossier import open_bundled
from comity.queries.audit import LEVELS, RULES, audit
from comity.queries.audit.findings import Fault, Finding
from comity.queries.audit.licences import ALLOWING, allows_quotation
from comity.queries.audit.manual import MARK, updated
from comity.queries.texts import read_texts
from tests.graph.facts import stated
from tests.queries.audit.graphs import TEXT, clean, facts_of_other, other, same, sha256, tamper

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture
def faulty(store: Store) -> Store:
    """A graph with findings of every level, told of in another order on purpose."""
    load(store, other(stated("old", "DEU FRA", ["in_force 1960/1965"], collection="other")))
    load(store, clean(stated("pact", "JPN USA", ["signed 1960-01-20"])))
    tamper(store, "MATCH (f:Fact {id: 'test:drill'}) SET f.title = 'Another'")
    return store


def test_ids_stay_the_same_on_every_engine(faulty: Store) -> None:
    # Written out: who keeps a list of accepted findings relies on them.
    assert [(finding.level, finding.id) for finding in audit(faulty).findings] == [
        ("error", "fact-differs:8e554317f05a185d"),
        ("warning", "code-outside-dates:31999b2799d0b4d8"),
        ("note", "unresolved-conflict:40527ec289d2dd7c"),
    ]


def test_an_id_depends_on_rule_subject_and_parts_alone() -> None:
    rule = RULES["unresolved-conflict"]
    fault = Fault("fact test:x", "a message", ("statement 1",), ("signed",))
    finding = Finding.of(rule, fault)
    assert Finding.of(rule, replace(fault, message="other words", related=())).id == finding.id
    assert Finding.of(rule, replace(fault, parts=("begin",))).id != finding.id
    assert Finding.of(RULES["steps-backwards"], fault).id != finding.id


def test_a_mended_fault_disappears_and_the_others_keep_their_ids(faulty: Store) -> None:
    before = {finding.id for finding in audit(faulty).findings}
    decide(faulty, "test:pact", {"signed": "1960-01-19"}, reason="the text says so", by="somebody")
    after = {finding.id for finding in audit(faulty).findings}
    assert after < before
    assert {id.partition(":")[0] for id in before - after} == {"unresolved-conflict"}


def test_the_answer_is_plain_and_counts_everything(faulty: Store) -> None:
    found = audit(faulty)
    document = found.to_dict()
    assert document["revision"] == faulty.revision()
    assert list(document["rules"]) == list(RULES)
    assert document["checked"] == sum(rule["checked"] for rule in document["rules"].values())
    assert document["unchecked"] == 2  # the span, and the text that it stands in
    assert [finding["level"] for finding in document["findings"]] == list(LEVELS)
    assert document["findings"][1]["related"] == ["actor DEU", "actor COW-GFR"]
    warned = found.at_least("warning")
    assert [finding.level for finding in warned.findings] == ["error", "warning"]
    assert (warned.counts, found.at_least("note")) == (found.counts, found)


def test_what_is_not_known_is_refused_and_nothing_else_read(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="orphan-actor"):
        audit(store, rules=["orphan"])
    with pytest.raises(UnknownName, match="agreement"):
        audit(store, kinds=["treaty"])
    load(store, clean())
    with pytest.raises(InputError, match="no folder"):
        audit(store, texts=tmp_path / "nothing")


def test_an_empty_store_has_no_finding(store: Store) -> None:
    found = audit(store)
    assert found.findings == ()
    assert {name: number for name, number in found.checked.items() if number} == {"revision-differs": 1}


def test_the_bundled_dossiers_give_notes_alone(bundled_store: Store) -> None:
    found = audit(bundled_store)
    assert found.at_least("warning").findings == ()
    assert {name for name, number in found.counts.items() if number} <= {
        # Dependencies may be members, and organizations count members from their predecessors on.
        "party-beyond-life",
        # Printed documents, and the article, whose page has no address of its own.
        "source-without-address",
        "unresolved-conflict",
    }
    assert found.unchecked["span-differs"] == 14


def test_the_words_of_the_article_stand_where_the_dossier_says(store: Store, data_folder: Path) -> None:
    load(store, open_bundled("japan-europe").reading())
    found = audit(
        store, texts=data_folder / "mission", rules=["span-differs", "text-missing", "span-uncheckable"]
    )
    assert (found.findings, found.checked["span-differs"], sum(found.unchecked.values())) == ((), 14, 0)


def _changes(store: Store, chance: random.Random) -> list[Callable[[], object]]:
    """Everything that may be done to the store."""
    live = [judgement.id for judgement in read_judgements(store.read)]
    name = chance.choice(["test", "other", "test:a", "test:b", "other:a"])
    pair = chance.sample(["other:one", "other:two", "test:pact"], 2)
    return [
        lambda: load(store, clean()),
        lambda: facts_of_other(store, "one", "two"),
        lambda: facts_of_other(store, "one"),
        lambda: retract(store, name),
        lambda: restore(store, name),
        lambda: decide(
            store, chance.choice(pair), {"signed": f"201{chance.randint(0, 9)}"}, reason="so", by="a"
        ),
        lambda: judge(store, [same(*pair)]),
        lambda: withdraw(store, chance.choice(live)),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_nothing_that_comity_does_breaks_a_promise(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    load(store, clean())
    facts_of_other(store, "one", "two")
    for _ in range(20):
        change = chance.choice(_changes(store, chance))
        try:
            change()
        except (InputError, IndexError):
            continue
        errors = audit(store).at_least("error").findings
        assert [finding.message for finding in errors] == []


@pytest.mark.parametrize(
    "licence",
    [
        *ALLOWING, "CC-BY-4.0", "cc by 4.0", "CC-BY-SA-3.0-IGO", "CC0-1.0", "CC0", "OGL-UK-3.0", "ODbL-1.0",
        "Open Government Licence v3.0", "Open Government License", "Public domain", "MIT OR LicenseRef-own",
        "Creative Commons Attribution 4.0 International License", "(CC-BY-4.0 AND OGL-UK-3.0)",
        "https://creativecommons.org/licenses/by-sa/4.0/deed.en", "http://creativecommons.org/publicdomain/zero/1.0/",
    ],
)  # fmt: skip
def test_licences_that_let_words_be_passed_on(licence: str) -> None:
    assert allows_quotation(licence)


@pytest.mark.parametrize(
    "licence",
    [
        "", " ", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "CC-BY-NC-SA-4.0", "all rights reserved", "free to use", "unknown",
        "CC-BY-4.0 AND proprietary", "https://creativecommons.org/licenses/by-nc/4.0/", "4.0", "the", "©", "licence",
        "not in the public domain", "OR",
    ],
)  # fmt: skip
def test_licences_that_do_not(licence: str) -> None:
    assert not allows_quotation(licence)


def test_texts_are_found_by_their_hash_whatever_their_mark(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    assert read_texts(tmp_path, {sha256(TEXT)}) == {sha256(TEXT): TEXT}
    marked = "\ufeff" + TEXT
    assert read_texts(tmp_path, {sha256(marked), "0" * 64}) == {sha256(marked): marked}


def test_the_document_is_up_to_date() -> None:
    text = (DOCS / "audit.md").read_text(encoding="utf-8")
    assert text.count(MARK) == 1
    assert text == updated(text), "python -m comity.queries.audit.manual docs/audit.md"


def test_every_rule_says_why_and_what_to_do() -> None:
    for rule in RULES.values():
        assert rule.level in LEVELS
        for text in (rule.about, rule.why, rule.remedy):
            assert text.endswith(".") and text[0].isupper() and "|" not in text
    levels = [LEVELS.index(rule.level) for rule in RULES.values()]
    assert levels[0] == 0
