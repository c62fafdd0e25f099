"""The bundled dossier japan-europe: its spans, its repairs, and the accounts that disagree."""

import hashlib
import os
import re
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from comity.graph.accounts import State
from comity.graph.model import Statement
from comity.graph.resolve import Fact, resolve_all
from comity.loaders.dossier import read_dossier
from comity.loaders.repairs import GAP, Repaired, propose, repair

DOSSIER = Path(str(resources.files("comity.loaders") / "dossiers" / "japan-europe.yaml"))
ARTICLE = "japan-europe:article"

# What independent sources say, beside and against each other: fact, source, step or property, EDTF.
ACCOUNTS = [
    ("uk-2plus2-2015", "jt-2014-12-30", "planned", "2015-01-21~"),
    ("uk-2plus2-2015", "jt-2015-01-22", "held", "2015-01-21"),
    ("uk-2plus2-2016", "mofa-2016-01-08", "held", "2016-01-08"),
    ("guardian-north-16", "bccj-2016", "announced", "2016-09-16"),
    ("guardian-north-16", "bccj-2016", "planned", "2016-10/2016-11"),
    ("guardian-north-16", "jt-2016-10-16", "arrival", "2016-10-21"),
    ("guardian-north-16", "article", "arrival", "2016-10-22"),
    ("guardian-north-16", "raf-2016", "arrival", "2016-10-22"),
    ("guardian-north-16", "aircosmos-2016", "arrival", "2016-10-22"),
    ("guardian-north-16", "diplomat-2016", "arrival", "2016-10-22"),
    ("guardian-north-16", "jakartagreater-2016", "arrival", "2016-10-23"),
    ("guardian-north-16", "jt-2016-10-16", "planned", "2016-10-24/2016-11-06"),
    ("guardian-north-16", "diplomat-2016", "under_way", "2016-10-23"),
    ("guardian-north-16", "copybook-2016", "under_way", "2016-10-24"),
    ("guardian-north-16", "article", "under_way", "2016-10-24"),
    ("guardian-north-16", "jt-2016-10-16", "personnel", "about 200 British"),
    ("guardian-north-16", "diplomat-2016", "personnel", "about 170 British support personnel"),
    ("guardian-north-16", "aircosmos-2016", "departure", "2016-11-06"),
    ("invincible-shield", "aircosmos-2016", "planned", "2016-11-06/"),
    ("invincible-shield", "korea-mod-2016", "held", "2016-11-04/2016-11-10"),
    ("acsa-united-kingdom", "article", "signed", "[..2017-01-06]"),
    ("acsa-united-kingdom", "jt-2017-01-07", "negotiating", "[..2017-01-07]"),
    ("acsa-united-kingdom", "govuk-2017", "signed", "2017-01-26"),
    ("acsa-united-kingdom", "kyodo-2017", "signed", "2017-01-26"),
    ("acsa-united-kingdom", "embassy-uk-2017", "signed", "2017-01-26"),
    ("acsa-united-kingdom", "white-paper-2019", "in_force", "2017/.."),
    ("uk-2plus2-2017", "mofa-2017-12-14", "held", "2017-12-14"),
    ("raa-united-kingdom", "mofa-2021-09-28", "negotiating", "2021-09-28"),
    ("raa-united-kingdom", "jt-2022-05-05", "agreed", "2022-05-04"),
    ("raa-united-kingdom", "arabnews-2022-05", "agreed", "2022-05-05"),
    ("raa-united-kingdom", "mofa-2023-09-15", "signed", "2023-01-11"),
    ("raa-united-kingdom", "mofa-2023-09-15", "in_force", "2023-10-15/.."),
]

# What the article says, with the dates as repaired.
OF_THE_ARTICLE = {
    ("nato-talks-2017", "planned", "2017-01-04"),
    ("france-2plus2-2017", "held", "2017-01-06"),
    ("czech-talks-2017", "held", "2017-01-09"),
    ("ireland-talks-2017", "held", "2017-01-10"),
    ("nato-partnership-2014", "signed", "2014"),
    ("anti-piracy-information", "agreed", "2014"),
    ("anti-piracy-drill-2014", "announced", "2014"),
    ("nato-crisis-management-2015", "held", "2015-03"),
    ("guardian-north-16", "under_way", "2016-10-24"),
    ("keen-sword-2016", "held", "2016-11"),
    ("sea-sparrow", "announced", "2016-07"),
    ("acsa-france", "announced", "[..2017-01-06]"),
    ("acsa-united-kingdom", "signed", "[..2017-01-06]"),
    ("acsa-united-states-1996", "signed", "[..2017-01-06]"),
}

IN_CONFLICT = [
    ("guardian-north-16", "begin"),
    ("guardian-north-16", "arrival"),
    ("guardian-north-16", "personnel"),
    ("czech-talks-2017", "begin"),
    ("ireland-talks-2017", "begin"),
    ("keen-sword-2016", "begin"),
    ("invincible-shield", "begin"),
]


@pytest.fixture(scope="module")
def statements() -> tuple[Statement, ...]:
    return tuple(read_dossier(DOSSIER).statements)


@pytest.fixture(scope="module")
def facts(statements: tuple[Statement, ...]) -> dict[str, Fact]:
    return {fact.id.removeprefix("japan-europe:"): fact for fact in resolve_all(statements)}


@pytest.fixture(scope="module")
def plain() -> Any:
    """The file's content with every value as it is written."""
    return yaml.load(DOSSIER.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.fixture(scope="module")
def original() -> bytes:
    if "COMITY_DATA" not in os.environ:
        pytest.skip("the article is not part of comity: COMITY_DATA names no data folder")
    return (Path(os.environ["COMITY_DATA"]) / "mission" / "article.txt").read_bytes()


@pytest.fixture(scope="module")
def article(original: bytes) -> str:
    return original.decode("utf-8")


def _of_article(statements: tuple[Statement, ...]) -> list[Statement]:
    return [statement for statement in statements if statement.source == ARTICLE]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _said(statement: Statement) -> set[tuple[str, str]]:
    steps = {(step.name, step.when.text) for step in statement.steps}
    return steps | {(name, value) for name, values in statement.properties for value in values}


def test_the_file_has_no_anchors_aliases_or_tags() -> None:
    events = yaml.parse(DOSSIER.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for event in events:
        assert getattr(event, "anchor", None) is None, event
        assert getattr(event, "tag", None) is None, event


def test_it_reads_without_a_warning() -> None:
    assert read_dossier(DOSSIER).warnings == ()


def test_every_source_is_used_and_cites_who_published_it(
    plain: Any, statements: tuple[Statement, ...]
) -> None:
    used = {statement.source.removeprefix("japan-europe:") for statement in statements}
    assert used == set(plain["sources"])
    for name, source in plain["sources"].items():
        assert source["title"] and source["publisher"] and source["date"], name
        assert name == "article" or source["url"].startswith("http"), name


def test_the_source_has_the_hashes_of_its_text_and_file(plain: Any, original: bytes, article: str) -> None:
    source = plain["sources"]["article"]
    assert source["sha256"] == _sha256(article)
    assert source["original_sha256"] == hashlib.sha256(original).hexdigest()


def test_every_account_of_the_article_has_the_hash_of_its_words(
    statements: tuple[Statement, ...], article: str
) -> None:
    for statement in _of_article(statements):
        words = article[statement.place.start : statement.place.end]
        assert words == words.strip() != "", statement.fact
        assert statement.place.sha256 == _sha256(words), statement.fact


def test_what_was_repaired_stands_in_the_span(statements: tuple[Statement, ...], article: str) -> None:
    for statement in _of_article(statements):
        words = article[statement.place.start : statement.place.end]
        for repaired in statement.repairs:
            pieces = [re.escape(piece.strip()) for piece in repaired.was.split(GAP)]
            assert re.search(".*".join(pieces), words), (statement.fact, repaired.was)


def test_the_words_of_the_article_are_not_in_the_file(
    plain: Any, statements: tuple[Statement, ...], article: str
) -> None:
    assert not any(statement.words for statement in _of_article(statements))
    longest = 7

    def runs(text: str) -> set[str]:
        words = re.findall(r"\w+", text.casefold())
        return {" ".join(words[at : at + longest]) for at in range(len(words) - longest + 1)}

    assert not runs(article) & runs(str(plain["facts"]))


def test_every_repaired_date_is_what_its_rules_make_of_the_words(
    plain: Any, statements: tuple[Statement, ...]
) -> None:
    published = plain["sources"]["article"]["date"]
    repairs = [(statement, repaired) for statement in statements for repaired in statement.repairs]
    assert repairs
    for statement, repaired in repairs:
        date = repair(repaired.was, repaired.rule, published)
        assert (repaired.property, date) in _said(statement), (statement.fact, repaired)
        assert propose(repaired.was, published) == Repaired(str(date), repaired.rule)


def test_every_date_of_the_article_is_repaired_or_bounded_by_its_writing(
    statements: tuple[Statement, ...],
) -> None:
    for statement in _of_article(statements):
        dated = {step.name: step.when.text for step in statement.steps}
        by_rule = {repaired.property for repaired in statement.repairs}
        assert all(name in by_rule or text == "[..2017-01-06]" for name, text in dated.items()), (
            statement.fact
        )


def test_the_article_says_this_and_no_more(statements: tuple[Statement, ...]) -> None:
    said = {
        (statement.fact.removeprefix("japan-europe:"), step.name, step.when.text)
        for statement in _of_article(statements)
        for step in statement.steps
    }
    assert said == OF_THE_ARTICLE


@pytest.mark.parametrize(("fact", "source", "name", "value"), ACCOUNTS)
def test_the_accounts_of_other_sources_stand_beside_it(
    statements: tuple[Statement, ...], fact: str, source: str, name: str, value: str
) -> None:
    accounts = [
        statement
        for statement in statements
        if (statement.fact, statement.source) == (f"japan-europe:{fact}", f"japan-europe:{source}")
    ]
    assert any((name, value) in _said(statement) for statement in accounts)


@pytest.mark.parametrize(("fact", "name"), IN_CONFLICT)
def test_what_sources_disagree_on_comes_out_as_a_conflict(
    facts: dict[str, Fact], fact: str, name: str
) -> None:
    assert name in facts[fact].conflicts


@pytest.mark.parametrize(
    ("fact", "step"),
    [("acsa-united-kingdom", "signed"), ("sea-sparrow", "announced"), ("raa-united-kingdom", "agreed")],
)
def test_steps_that_sources_date_differently_are_in_conflict(
    facts: dict[str, Fact], fact: str, step: str
) -> None:
    assert [found.state for found in facts[fact].steps if found.name == step] == [State.CONFLICT]


def test_intentions_never_took_effect(facts: dict[str, Fact], statements: tuple[Statement, ...]) -> None:
    assert facts["sea-sparrow"].span is None
    assert facts["sea-sparrow"].status == "announced"
    [planned] = [s for s in _of_article(statements) if s.fact == "japan-europe:acsa-france"]
    assert [step.name for step in planned.steps] == ["announced"]


def test_claims_keep_their_scope(facts: dict[str, Fact]) -> None:
    claims = facts["guardian-north-16"].properties["claim"].values
    assert {claim.partition(" the United States")[0] for claim in claims if "United States" in claim} == {
        "first joint exercise of the Japan Air Self-Defense Force with a country other than",
        "first exercise in Japan with the forces of a country other than",
    }


def test_the_drill_has_a_host_and_a_guest_and_the_onward_drill_three_parties(facts: dict[str, Fact]) -> None:
    roles = {party.actor: party.role for party in facts["guardian-north-16"].parties}
    assert roles == {"JPN": "host", "GBR": "guest"}
    assert [party.actor for party in facts["invincible-shield"].parties] == ["GBR", "KOR", "USA"]


def test_two_names_of_one_agreement_are_one_fact(facts: dict[str, Fact]) -> None:
    assert "Defence Logistics Treaty" in facts["acsa-united-kingdom"].titles


def test_the_access_agreement_has_its_whole_life(facts: dict[str, Fact]) -> None:
    fact = facts["raa-united-kingdom"]
    assert [step.name for step in fact.steps] == ["announced", "negotiating", "agreed", "signed", "in_force"]
    assert fact.status == "in_force"
