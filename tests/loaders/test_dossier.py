"""Dossiers: what is read from a good one, and the one clear error that every bad one ends in."""

import hashlib
import random
import re
import time
import tracemalloc
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.graph.dates import When
from comity.graph.errors import DossierError, UnknownName
from comity.graph.kinds import kinds
from comity.graph.model import Party, Place, Repair, Statement, Step
from comity.loaders import form
from comity.loaders.dossier import (
    MAX_BYTES,
    Dossier,
    bundled,
    open_bundled,
    parse_dossier,
    read_dossier,
    template,
)
from comity.loaders.form_tables import fill

DOCS = Path(__file__).parents[2] / "docs" / "dossier.md"
WORDS = "The parties agree."
DIGEST = hashlib.sha256(WORDS.encode()).hexdigest()

GOOD = f"""\
dossier: small
title: A small dossier
licence: CC0-1.0
sources:
  gazette: {{title: Gazette, publisher: A state, date: 2016, url: "https://example.org/1", licence: CC0-1.0, sha256: {DIGEST}}}
  paper:
    title: 'No: 1'
actors:
  CLUB: {{label: Organization, name: A club, wikidata: Q1}}
facts:
  pact:
    kind: agreement
    types: [defence, consultation]
    title: A pact
    parties:
      - USA
      - {{actor: AUS, pledges: [consultation]}}
      - {{actor: NZL, dates: 1952-04-29/.., pledges: []}}
    accounts:
      - source: gazette
        place: {{start: 4, end: 22, sha256: {DIGEST}}}
        words: {WORDS}
        says:
          signed: 1951-09-01
          in_force: 1952-04-29/..
          location: [San Francisco]
          summary: of NO consequence
          pairs:
            - {{between: [USA, NZL], step: suspended, date: 1986-08/..}}
      - source: paper
        place: page 1
        confidence: 0.75
        says:
          title: The pact
          types: [defence]
          parties: [USA, CLUB]
          signed: 1951
          reference: ["131 UNTS 83", 2016]
        repaired:
          signed: {{was: In 19 51, rule: split-digits}}
  drill:
    kind: drill
    types: [sea]
    title: A drill
    parties: [{{actor: JPN, role: host}}, {{actor: GBR, role: guest}}]
    accounts:
      - source: paper
        says: {{title: Drill One, held: 2016-10, arrival: 2016-10-22~, personnel: "200"}}
      - source: gazette
        says: {{title: Drill 1, under_way: 2016-10-24}}
"""


def faults(content: str | bytes) -> list[str]:
    with pytest.raises(DossierError) as caught:
        parse_dossier(content, "bad.yaml")
    assert str(caught.value) == "\n".join(caught.value.faults)
    return caught.value.faults


def changed(old: str, new: str) -> list[str]:
    """The faults of the good dossier after one change."""
    assert GOOD.count(old) == 1, old
    return faults(GOOD.replace(old, new))


@pytest.fixture(scope="module")
def good() -> Dossier:
    return parse_dossier(GOOD, "good.yaml")


def test_a_dossier_has_sources_actors_and_statements(good: Dossier) -> None:
    assert (good.id, good.title, good.licence) == ("small", "A small dossier", "CC0-1.0")
    assert [source.id for source in good.sources] == ["small:gazette", "small:paper"]
    assert [source.title for source in good.sources] == ["Gazette", "No: 1"]
    assert [(actor.id, actor.label, actor.name, actor.wikidata) for actor in good.actors] == [
        ("CLUB", "Organization", "A club", "Q1")
    ]
    assert [statement.fact for statement in good.statements] == ["small:pact"] * 2 + ["small:drill"] * 2
    assert good.warnings == ()


def test_an_account_shares_what_the_fact_says(good: Dossier) -> None:
    first = good.statements[0]
    assert first == Statement(
        fact="small:pact",
        kind="agreement",
        source="small:gazette",
        place=Place("", 4, 22, DIGEST),
        types=("defence", "consultation"),
        titles=("A pact",),
        parties=(
            Party("USA", "party"),
            Party("AUS", "party", ("consultation",)),
            Party("NZL", "party", (), When.parse("1952-04-29/..")),
        ),
        steps=(
            Step("signed", When.parse("1951-09-01")),
            Step("in_force", When.parse("1952-04-29/..")),
            Step("suspended", When.parse("1986-08/.."), ("NZL", "USA")),
        ),
        properties=(("location", ("San Francisco",)), ("summary", ("of NO consequence",))),
        words=WORDS,
    )


def test_an_account_may_state_its_own(good: Dossier) -> None:
    second = good.statements[1]
    assert second.place == Place("page 1")
    assert second.confidence == 0.75
    assert second.types == ("defence",)
    assert second.titles == ("The pact",)
    assert second.parties == (Party("CLUB", "party"), Party("USA", "party"))
    assert second.properties == (("reference", ("131 UNTS 83", "2016")),)
    assert second.repairs == (Repair("signed", "In 19 51", "split-digits"),)


def test_the_title_of_a_fact_is_never_lost(good: Dossier) -> None:
    assert [statement.titles for statement in good.statements[2:]] == [("A drill", "Drill One"), ("Drill 1",)]


def test_values_are_the_texts_that_are_written() -> None:
    dossier = parse_dossier(
        GOOD.replace("publisher: A state", "publisher: no").replace("date: 2016", "date: 2016-10-24"), "x"
    )
    assert (dossier.sources[0].publisher, dossier.sources[0].date) == ("no", "2016-10-24")


@pytest.mark.parametrize("name", bundled())
def test_bundled_statements_survive_being_stored_as_json(name: str) -> None:
    dossier = open_bundled(name)
    assert dossier.id == name
    assert dossier.warnings == ()
    for statement in dossier.statements:
        again = Statement.from_dict(statement.to_dict())
        assert again == statement
        assert again.id == statement.id


def test_the_same_file_gives_the_same_ids(tmp_path: Path) -> None:
    path = tmp_path / "good.yaml"
    path.write_text(GOOD, encoding="utf-8")
    first, second = read_dossier(path), read_dossier(str(path))
    windows = parse_dossier("\ufeff" + GOOD.replace("\n", "\r\n"), "windows")
    assert first == second
    assert [s.id for s in windows.statements] == [s.id for s in first.statements]
    assert len({s.id for s in first.statements}) == len(first.statements)


def test_a_reading_is_loaded_as_a_whole(good: Dossier) -> None:
    reading = good.reading()
    assert (reading.collection, reading.whole) == ("small", True)
    assert tuple(reading.records) == good.statements


def test_an_unknown_bundled_dossier_lists_the_bundled_ones() -> None:
    with pytest.raises(UnknownName, match="japan-europe, treaties"):
        open_bundled("treatise")


def test_the_template_is_a_dossier_of_three_kinds() -> None:
    dossier = parse_dossier(template(), "template.yaml")
    assert dossier.warnings == ()
    assert {statement.kind for statement in dossier.statements} == {"agreement", "drill", "talks"}


# Each: what stands in the good dossier, what is written instead, the field of the fault, words of the fault, and, where the
# fault is not found on the line of the change, what stands on the line that it names.
BAD: dict[str, tuple[str, ...]] = {
    "id of a data set": ("dossier: small", "dossier: atop", "dossier", "write another id, such as atop-own"),
    "id of decisions": ("dossier: small", "dossier: decisions", "dossier", "is where decisions of people are kept"),
    "id of everything": ("dossier: small", "dossier: all", "dossier", "stands for everything loaded"),
    "unknown country by name": ("- USA", "- Japan", "facts.pact.parties[0]", "write JPN for Japan"),
    "several candidates": ("- USA", "- Korea", "facts.pact.parties[0]", "KOR for South Korea or PRK"),
    "Norway is not false": ("- USA", "- NO", "facts.pact.parties[0]", "write NOR for Norway"),
    "unknown actor": ("- USA", "- Atlantis", "facts.pact.parties[0]", "no actor 'Atlantis'"),
    "impossible date": ("1951-09-01", "1951-02-29", "facts.pact.accounts[0].says.signed", "not in the calendar"),
    "no EDTF": ("1951-09-01", "1 Sep 1951", "facts.pact.accounts[0].says.signed", "write EDTF"),
    "ends before it begins": ("1952-04-29/..\n          l", "1952/1951\n          l", "facts.pact.accounts[0].says.in_force", "ends before it begins"),
    "date in brackets": ("held: 2016-10", "held: [..2016-10]", "facts.drill.accounts[0].says.held", "in quotes"),
    "date of a property": ("2016-10-22~", "soon", "facts.drill.accounts[0].says.arrival", "write EDTF"),
    "missing source": ("source: gazette\n        place", "source: gazete\n        place", "facts.pact.accounts[0].source", "did you mean gazette?"),
    "missing field": ("    title: A pact\n", "", "facts.pact", "the field title is missing", "  pact:"),
    "unknown field": ("    title: A pact", "    name: A pact", "facts.pact.name", "no field 'name'"),
    "unknown kind": ("kind: agreement", "kind: agrement", "facts.pact.kind", "did you mean agreement?"),
    "unknown type": ("[defence, c", "[defense, c", "facts.pact.types[0]", "did you mean defence?"),
    "type twice": ("[defence, c", "[consultation, c", "facts.pact.types[1]", "listed twice"),
    "agreement without types": ("    types: [defence, consultation]\n", "", "facts.pact", "needs types", "  pact:"),
    "unknown role": ("role: host", "role: hots", "facts.drill.parties[0].role", "did you mean host?"),
    "unknown step": ("signed: 1951-09-01", "sined: 1951-09-01", "facts.pact.accounts[0].says.sined", "did you mean signed?"),
    "step of another kind": ("under_way: 2016", "signed: 2016", "facts.drill.accounts[1].says.signed", "choose from"),
    "unknown step of a pair": ("step: suspended", "step: stopped", "facts.pact.accounts[0].says.pairs[0].step", "no step of agreements"),
    "pair with a stranger": ("[USA, NZL]", "[USA, JPN]", "facts.pact.accounts[0].says.pairs[0].between[1]", "no party here 'JPN'"),
    "pair of one with itself": ("[USA, NZL]", "[USA, USA]", "facts.pact.accounts[0].says.pairs[0].between", "two different"),
    "one party": ("[USA, CLUB]", "[]", "facts.pact.accounts[1].says.parties", "no party is listed"),
    "party twice": ("{actor: GBR, role: guest}", "JPN", "facts.drill.parties[1]", "twice at the same time"),
    "party with one date": ("dates: 1952-04-29/..", "dates: 1952-04-29", "facts.pact.parties[2].dates", "write 1952-04-29/.."),
    "pledge beyond the types": ("pledges: [consultation]", "pledges: [offence]", "facts.pact.parties[1].pledges[0]", "add it to them"),
    "pledge in a drill": ("role: guest", "pledges: [sea]", "facts.drill.parties[1].pledges", "pledge nothing; remove it"),
    "span backwards": ("start: 4", "start: 22", "facts.pact.accounts[0].place.end", "not after its start"),
    "span too short": ("start: 4", "start: 5", "facts.pact.accounts[0].place.end", "17 characters and the words have 18"),
    "span without end": ("end: 22, ", "", "facts.pact.accounts[0].place", "needs all of start, end and sha256"),
    "quoted number": ("start: 4", 'start: "4"', "facts.pact.accounts[0].place.start", "needs no quotes"),
    "span of a source without hash": ("page 1", f"{{start: 4, end: 22, sha256: {DIGEST}}}", "facts.pact.accounts[1].place", "no sha256"),
    "hash of other words": ("The parties agree.", "The parties argue.", "facts.pact.accounts[0].place.sha256", "not the hash", "start: 4"),
    "no hash": (f"sha256: {DIGEST}}}\n  p", "sha256: abc}\n  p", "sources.gazette.sha256", "64 hexadecimal digits"),
    "no address": ("https://example.org/1", "example.org", "sources.gazette.url", "write an address"),
    "confidence over one": ("0.75", "75", "facts.pact.accounts[1].confidence", "up to 1"),
    "unknown rule": ("split-digits", "split-digit", "facts.pact.accounts[1].repaired.signed.rule", "did you mean split-digits?"),
    "repair of nothing said": ("signed: {was", "agreed: {was", "facts.pact.accounts[1].repaired.agreed", "does not say agreed"),
    "actor comity knows": ("CLUB: {", "NATO: {", "actors.NATO", "comity knows NATO already"),
    "label of an actor": ("label: Organization", "label: Club", "actors.CLUB.label", "Country, Organization"),
    "id with a space": ("dossier: small", "dossier: My facts", "dossier", "small letters"),
    "key with capitals": ("  pact:", "  Pact:", "facts.Pact", "is no id"),
    "empty value": ("title: A pact", "title:", "facts.pact.title", "nothing is written here"),
    "list for a text": ("title: A pact", "title: [A pact]", "facts.pact.title", "a list stands here"),
    "text for a list": ("[defence, consultation]", "defence", "facts.pact.types", "a list should stand here"),
    "text for a mapping": ("    title: 'No: 1'", "    Gazette", "sources.paper", "a mapping should stand here", "  paper:"),
    "duplicate fact": ("  drill:\n", "  pact:\n", "facts.pact", "is written twice (first on line 11)"),
    "duplicate field": ("{title: Drill One", "{title: x, title: y", "facts.drill.accounts[0].says.title", "is written twice (first"),
    "tab": ("    title: A pact", "\ttitle: A pact", "", "there is a tab near; indent with spaces"),
    "colon in a text": ("title: A pact", "title: A pact: one", "", "put the text in quotes"),
    "open quotes": ('"200"', '"200', "", "quotes that are opened and not closed"),
    "open list": ("[sea]", "[sea", "", "a [list] or {mapping} that is not closed"),
    "anchor": ("[sea]", "&a [sea]", "facts.drill.types", "the anchor '&a' is not read"),
    "alias": ("[sea]", "*a", "facts.drill.types", "the alias '*a' is not read"),
    "tag": ("[sea]", "!!python/name:os.system [sea]", "facts.drill.types", "the tag"),
    "merge key": ("    types: [sea]", "    <<: {types: [sea]}", "facts.drill.<<", "the merge key << is not read"),
    "list as a key": ("    types: [sea]", "    [sea]: types", "facts.drill.?", "where a key should"),
    "missing key": ("    types: [sea]", "    ~: types", "facts.drill.?", "a key is missing"),
    "second document": ("  drill:\n", "---\n  drill:\n", "", "a second document begins here"),
    "control character": ("A pact\n", 'A pact"\\0"\n'.replace('A pact"', '"A pact'), "facts.pact.title", "control character"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD.values(), ids=BAD.keys())
def test_a_fault_names_line_field_and_remedy(case: tuple[str, ...]) -> None:
    old, new, field, words, *line_of = case
    found = changed(old, new)
    line = GOOD[: GOOD.index(line_of[0] if line_of else old)].count("\n") + 1
    wanted = f"bad.yaml:{line}: " + (f"{field}: " if field else "")
    assert any(fault.startswith(wanted) and words in fault for fault in found), found
    assert all(re.fullmatch(r"bad\.yaml:\d+: .+", fault) for fault in found)


def test_fewer_than_two_parties_are_no_relation() -> None:
    parties = "{actor: JPN, role: host}, {actor: GBR, role: guest}"
    twice = "{actor: JPN, dates: 2015/2016}, {actor: JPN, dates: 2018/..}"
    assert "at least two different actors" in changed(parties, twice)[0]
    assert "at least two different actors" in changed(parties, "JPN")[0]


def test_a_membership_needs_an_organization() -> None:
    text = (
        GOOD.replace("kind: drill", "kind: membership")
        .replace("[sea]", "[full]")
        .replace("role: host", "role: member")
    )
    assert any(
        "the role member and another the role organization" in f
        for f in faults(text.replace("role: guest", "role: member"))
    )


def test_a_party_may_come_back() -> None:
    text = GOOD.replace("- USA\n", "- USA\n      - {actor: NZL, dates: 1940/1952}\n")
    assert len(parse_dossier(text, "x").statements[0].parties) == 4
    assert "twice at the same time" in faults(text.replace("1940/1952", "1940/1953"))[0]


def test_identical_accounts_are_one_too_many() -> None:
    text = GOOD + "      - source: gazette\n        says: {title: Drill 1, under_way: 2016-10-24}\n"
    assert faults(text) == [
        "bad.yaml:51: facts.drill.accounts[2]: says the same as accounts[1], at the same place of the same source; remove one"
    ]


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = GOOD.replace("1951-09-01", "never").replace("[sea]", "[see]").replace("role: host", "role: hots")
    assert [int(fault.split(":")[1]) for fault in faults(text)] == [24, 43, 45]


def test_reading_stops_after_fifty_faults() -> None:
    found = faults(GOOD + "\n".join(f"nonsense{number}: x" for number in range(1000)))
    assert len(found) == 51
    assert "reading stopped here after 50 faults" in found[-1]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "signed: 1951-09-01",
            "signed: 1953-09-01",
            "in_force (1952-04-29/..) lies before signed (1953-09-01)",
        ),
        ("signed: 1951-09-01", "ended: 1986", "in_force (1952-04-29/..) and ended (1986) tell two ends"),
        ("held: 2016-10", "cancelled: 2016-09, held: 2016-10", "both held and cancelled"),
    ],
)
def test_a_life_that_one_source_will_hardly_tell_is_a_warning(old: str, new: str, told: str) -> None:
    assert old in GOOD
    [warning] = parse_dossier(GOOD.replace(old, new, 1), "x.yaml").warnings
    assert told in warning


def test_likely_slips_are_warnings() -> None:
    text = GOOD.replace("  paper:\n", "  unused: {title: Nobody cites it}\n  paper:\n").replace(
        "licence: CC0-1.0, ", ""
    )
    text += "  bare:\n    {kind: talks, title: No date, parties: [JPN, GBR], accounts: [{source: paper}]}\n"
    warnings = parse_dossier(text, "x.yaml").warnings
    assert [warning.split(": ")[:2] for warning in warnings] == [
        ["x.yaml:6", "sources.unused"],
        ["x.yaml:23", "facts.pact.accounts[0].words"],
        ["x.yaml:52", "facts.bare"],
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "there is nothing in it"),
        ("# only a comment\n", "there is nothing in it"),
        ("- a\n- b\n", "a mapping should stand here"),
        ("just words", "a mapping should stand here"),
        (b"dossier: caf\xe9\n", "not UTF-8 (byte 0xe9)"),
        ("dossier: a\x00b\n", "the character U+0000"),
        ("dossier: \ud800\n", "the character U+D800"),
        ("}", "this is not YAML"),
        ("sources: {}\nfacts: {}\n", "no fact is written down"),
        ("dossier: x\ntitle: y\nsources: {a: {title: b}}\nfacts: []\n", "a mapping should stand here"),
    ],
)
def test_what_is_no_dossier_at_all(content: str | bytes, words: str) -> None:
    assert any(words in fault for fault in faults(content))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path, "nul\0"):
        with pytest.raises(DossierError, match="the file cannot be read"):
            read_dossier(path)


HEAD = "dossier: x\ntitle: y\nsources: {a: {title: t}}\nfacts:\n"
CHANCE = random.Random(3)


def _laughs() -> str:
    return "a0: &a0 [ha, ha]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 30))


def _talks(parties: str, accounts: str) -> str:
    return f"{HEAD}  a: {{kind: talks, title: x, parties: [{parties}], accounts: [{accounts}]}}\n"


def _often(last: int) -> str:
    return ", ".join(f"{{actor: USA, dates: {year:04d}-01-01/{year:04d}-01-01}}" for year in range(1, last))


def _accounts(number: int, source: str = "a") -> str:
    return ", ".join(f"{{source: {source}, place: p{n}}}" for n in range(number))


# Each: what makes the content, and words of its fault.
NOISE: dict[str, tuple[Callable[[], str | bytes], str]] = {
    "bytes": (lambda: CHANCE.randbytes(MAX_BYTES), "not UTF-8"),
    "signs": (lambda: "".join(CHANCE.choices("abc :-\n[]{}#'|>", k=MAX_BYTES)), "this is not YAML"),
    "one word": (lambda: "x" * MAX_BYTES, "a mapping should stand here"),
    "too large": (lambda: "x" * (MAX_BYTES + 1), "larger than 10 MB"),
    "brackets": (lambda: "[" * MAX_BYTES, "levels deep"),
    "dashes": (lambda: "- " * (MAX_BYTES // 2), "levels deep"),
    "question marks": (lambda: "? " * (MAX_BYTES // 2), "levels deep"),
    "one key": (lambda: "k: v\n" * (MAX_BYTES // 5), "written twice"),
    "many keys": (lambda: "\n".join(f"k{n}: v" for n in range(700_000)), "more than 100,000 values"),
    "long list": (lambda: "[" + "a," * (MAX_BYTES // 2 - 1) + "]", "more than 100,000 values"),
    "open quotes": (lambda: "x: '" + "\n" * (MAX_BYTES - 4), "opened and not closed"),
    "long text": (lambda: "title: |\n" + "  x\n" * (MAX_BYTES // 4 - 9), "write at most 20,000"),
    "comments": (lambda: "#" * MAX_BYTES, "there is nothing in it"),
    "billion laughs": (_laughs, "the alias '*a0' is not read"),
    "a party often": (lambda: _talks(_often(9000), _accounts(1)), "fewer than two parties"),
    "parties in accounts": (lambda: _talks(f"JPN, {_often(5000)}", _accounts(5000)), "mentions of parties"),
    "unknown sources": (lambda: _talks("JPN, USA", _accounts(90, "z")), "there is no source 'z'"),
    "own actors": (
        lambda: "actors:\n" + "".join(f"  K{n}: {{label: Country, name: v}}\n" for n in range(16_000)),
        "the field facts is missing",
    ),
}


@pytest.mark.parametrize("name", NOISE)
def test_noise_ends_soon_in_one_clear_error(name: str) -> None:
    make, words = NOISE[name]
    content = make()
    begun = time.process_time()
    found = faults(content)
    assert time.process_time() - begun < 2
    assert any(words in fault for fault in found), found[:3]
    assert len(found) <= 51
    assert all(len(fault) < 1100 for fault in found)


@pytest.mark.parametrize("name", ["billion laughs", "brackets", "many keys", "one word"])
def test_noise_takes_little_memory(name: str) -> None:
    content = NOISE[name][0]()
    tracemalloc.start()
    faults(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * MAX_BYTES


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(20_000_000_000)  # a hole: it takes no room on the disk
    with pytest.raises(DossierError, match="larger than 10 MB"):
        read_dossier(path)


# Texts are quickly read: more of them than of other examples, and as many as a long run asks for.
EXAMPLES = max(300, settings().max_examples)


def _only_dossier_errors(content: str | bytes) -> None:
    try:
        dossier = parse_dossier(content, "fuzz.yaml")
    except DossierError as error:
        assert error.faults
        assert all(re.match(r"fuzz\.yaml:\d+: ", fault) for fault in error.faults)
        assert all("\n" not in fault for fault in error.faults)
    else:
        assert dossier.statements
        assert {Statement.from_dict(statement.to_dict()) for statement in dossier.statements} == set(
            dossier.statements
        )


@given(st.one_of(st.text(), st.binary(), st.text(alphabet="ab:-[]{}&*!|>'\"%@`#?,<~ \n\t", max_size=80)))
@settings(max_examples=EXAMPLES)
def test_any_text_or_bytes_give_a_dossier_or_its_error(content: str | bytes) -> None:
    _only_dossier_errors(content)


LINES = GOOD.splitlines()
PIECES = [
    *re.findall(r"[\w./~-]+", GOOD),
    "[]",
    "{}",
    "''",
    "~",
    "0",
    "-1",
    "..",
    "/",
    "&a",
    "*a",
    "!x",
    "<<",
    "2016/..",
    "JPN",
]


@given(st.data())
@settings(max_examples=EXAMPLES)
def test_any_change_of_a_good_dossier_gives_a_dossier_or_its_error(data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["drop", "double", "swap", "indent", "piece", "text"])):
            case "drop" if len(lines) > 1:
                del lines[place]
            case "double":
                lines.insert(place, lines[place])
            case "swap":
                other = data.draw(st.integers(0, len(lines) - 1))
                lines[place], lines[other] = lines[other], lines[place]
            case "indent":
                lines[place] = " " * data.draw(st.integers(0, 8)) + lines[place].lstrip()
            case "piece":
                old = data.draw(st.sampled_from(re.findall(r"[\w./~-]+", lines[place]) or [" "]))
                lines[place] = lines[place].replace(old, data.draw(st.sampled_from(PIECES)), 1)
            case _:
                lines[place] += data.draw(st.text(max_size=10))
    _only_dossier_errors("\n".join(lines))


def test_the_page_on_dossiers_tells_the_form_as_it_is() -> None:
    page = DOCS.read_text(encoding="utf-8")
    assert fill(page) == page, "run: python -m comity.loaders.form_tables docs/dossier.md"
    for part in (*form.FORM, "kinds"):
        assert f"<!-- table: {part} -->" in page
    for kind in kinds():
        assert f"### {kind}\n" in page


def test_the_examples_of_the_page_are_true() -> None:
    page = DOCS.read_text(encoding="utf-8")
    example = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0]
    assert parse_dossier(example, "my-facts.yaml").warnings == ()
    shown = re.findall(r"<!-- faults -->\n```\n(.*?)```", page, re.DOTALL)[0].splitlines()
    wrong = (
        example.replace("[FRA, DEU]", "[France, DEU]")
        .replace("signed:", "sigend:")
        .replace("2020-01-22/..", "2020-01-22/2019")
    )
    with pytest.raises(DossierError) as caught:
        parse_dossier(wrong, "my-facts.yaml")
    assert caught.value.faults == shown


def test_the_dates_of_page_and_template_can_be_read() -> None:
    section = DOCS.read_text(encoding="utf-8").partition("## Dates")[2].partition("## The file")[0]
    dates = re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)
    dates += re.findall(r"(?:^#|  )  +(\"?[\[\d][-\d./~\[\]]+\"?)(?=   *)", template(), re.MULTILINE)
    assert len(dates) > 15
    for date in dates:
        assert When.parse(date.strip('"'))


def test_an_accent_written_apart_is_the_same_statement() -> None:
    written = GOOD.replace("The pact", "L\u2019\u00c9lys\u00e9e")
    assert unicodedata.normalize("NFD", written) != written
    apart = parse_dossier(unicodedata.normalize("NFD", written), "small.yaml")
    assert apart.statements == parse_dossier(written, "small.yaml").statements
