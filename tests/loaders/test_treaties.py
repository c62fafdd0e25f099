"""The bundled dossier treaties: its size, NATO and ANZUS day by day, and its differences from ATOP, all of them explained."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from comity.graph.accounts import State
from comity.graph.crosswalk import crosswalk
from comity.graph.dates import LAST_DAY, When
from comity.graph.kinds import kinds
from comity.graph.model import Statement
from comity.graph.resolve import Fact, resolve_all
from comity.graph.ties import derive_ties
from comity.loaders.dossier import read_dossier

DOSSIER = Path(str(resources.files("comity.loaders") / "dossiers" / "treaties.yaml"))
DOCUMENT = Path(__file__).parents[2] / "docs" / "treaties.md"

ATOP_ENDS = date(2018, 12, 31)
# A state's last day and the first of its successor are one change; ATOP gives both as the same day.
SAME_CHANGE = timedelta(days=1)

NATO_JOINED = {
    "1949-08-24": "BEL CAN DNK FRA GBR ISL ITA LUX NLD NOR PRT USA",
    "1952-02-18": "GRC TUR",
    "1955-05-06": "DEU",
    "1982-05-30": "ESP",
    "1999-03-12": "CZE HUN POL",
    "2004-03-29": "BGR EST LTU LVA ROU SVK SVN",
    "2009-04-01": "ALB HRV",
    "2017-06-05": "MNE",
    "2020-03-27": "MKD",
    "2023-04-04": "FIN",
    "2024-03-07": "SWE",
}

Spans = Mapping[str, Sequence[When]]
"""The times for which each actor is party to something."""


class Difference(NamedTuple):
    """One row of the table in docs/treaties.md, without its reason."""

    fact: str
    what: str
    actors: str
    atop: str
    dossier: str


@pytest.fixture(scope="module")
def statements() -> tuple[Statement, ...]:
    return tuple(read_dossier(DOSSIER).statements)


@pytest.fixture(scope="module")
def facts(statements: tuple[Statement, ...]) -> dict[str, Fact]:
    return {fact.id.removeprefix("treaties:"): fact for fact in resolve_all(statements)}


def _spans(fact: Fact) -> dict[str, list[When]]:
    """When each party was one: its own dates within those of the fact; nothing where it never came into force."""
    spans: defaultdict[str, list[When]] = defaultdict(list)
    for party in fact.parties:
        own = party.dates or fact.span
        held = fact.span.meet(own) if fact.span and own else None
        if party.role != "organization" and held:
            spans[party.actor].append(held)
    return {
        actor: sorted(held, key=lambda when: when.earliest_begin) for actor, held in sorted(spans.items())
    }


def _on(fact: Fact, day: date) -> set[str]:
    return {actor for actor, held in _spans(fact).items() if any(when.certainly_on(day) for when in held)}


def test_it_is_as_large_as_promised(statements: tuple[Statement, ...], facts: dict[str, Fact]) -> None:
    actors = {party.actor for statement in statements for party in statement.parties}
    assert len(facts) >= 120
    assert len(actors) >= 150
    assert actors <= {actor.id for actor in crosswalk().actors()}


def test_nothing_is_in_conflict_but_what_sources_dispute(facts: dict[str, Fact]) -> None:
    disputed = {name: fact.conflicts for name, fact in facts.items() if fact.conflicts}
    assert disputed == {"oas-membership": ("parties",)}  # whether Venezuela has left


def test_every_fact_has_a_title_and_says_in_its_own_words_what_it_is(facts: dict[str, Fact]) -> None:
    for name, fact in facts.items():
        assert len(fact.titles) == 1, name
        assert fact.status != State.MISSING, name
        assert "summary" in fact.properties or name == "arab-league-pact", name


def test_memberships_name_one_organization(facts: dict[str, Fact]) -> None:
    for name, fact in facts.items():
        if fact.kind == "membership":
            assert [party.role for party in fact.parties].count("organization") == 1, name


def test_no_actor_is_a_party_twice_at_a_time(facts: dict[str, Fact]) -> None:
    for name, fact in facts.items():
        for actor, held in _spans(fact).items():
            for earlier, later in pairwise(held):
                assert earlier.latest_end < later.earliest_begin, (name, actor)


def test_dates_of_a_party_lie_within_the_fact(statements: tuple[Statement, ...]) -> None:
    for statement in statements:
        effects = [
            step.when for step in statement.steps if kinds()[statement.kind].steps[step.name].effective
        ]
        for when in effects:
            for party in statement.parties:
                if party.dates:
                    assert party.dates.latest_begin >= when.earliest_begin, (statement.fact, party.actor)
                    assert when.meet(party.dates), (statement.fact, party.actor)


@pytest.mark.parametrize("name", ["north-atlantic-treaty", "nato-membership"])
def test_nato_members_joined_with_their_instruments(facts: dict[str, Fact], name: str) -> None:
    spans = _spans(facts[name])
    joined = {actor: day for day, actors in NATO_JOINED.items() for actor in actors.split()}
    assert {actor: [when.text for when in held] for actor, held in spans.items()} == {
        actor: [f"{day}/.."] for actor, day in joined.items()
    }


@pytest.mark.parametrize("name", ["north-atlantic-treaty", "nato-membership"])
@pytest.mark.parametrize(
    ("year", "members"), [(1949, 0), (1950, 12), (1960, 15), (1985, 16), (2000, 19), (2010, 28), (2025, 32)]
)
def test_nato_members_on_the_first_of_january(
    facts: dict[str, Fact], name: str, year: int, members: int
) -> None:
    assert len(_on(facts[name], date(year, 1, 1))) == members


def test_anzus_goes_on_with_one_obligation_suspended(facts: dict[str, Fact]) -> None:
    anzus = facts["anzus"]
    assert not _on(anzus, date(1952, 4, 28))
    for day in (date(1952, 4, 29), date(1986, 7, 31), date(1987, 1, 1), date(2025, 1, 1)):
        assert _on(anzus, day) == {"AUS", "NZL", "USA"}

    def defended(day: date) -> set[tuple[str, str]]:
        ties = derive_ties([anzus])
        return {(tie.left, tie.right) for tie in ties if tie.in_effect and tie.when.certainly_on(day)}

    everyone = {("AUS", "NZL"), ("AUS", "USA"), ("NZL", "USA")}
    assert defended(date(1986, 7, 31)) == everyone
    assert defended(date(1986, 9, 1)) == everyone - {("NZL", "USA")}
    assert anzus.status == "in_force"


@pytest.mark.parametrize(
    ("name", "actor", "day", "member"),
    [
        ("rio-treaty", "MEX", "2004-09-07", False),
        ("rio-treaty", "URY", "2022-01-01", True),
        ("ecowas-membership", "MRT", "2001-01-01", False),
        ("ecowas-membership", "NER", "2025-01-29", True),
        ("ecowas-membership", "NER", "2025-01-30", False),
        ("collective-security-treaty", "UZB", "2004-01-01", False),
        ("collective-security-treaty", "UZB", "2010-01-01", True),
        ("collective-security-treaty", "UZB", "2013-01-01", False),
        ("eu-membership", "GBR", "2020-02-01", False),
        ("eu-mutual-defence", "GBR", "2020-01-31", True),
        ("council-of-europe-membership", "RUS", "2022-03-17", False),
        ("g7-membership", "RUS", "2010-01-01", False),
        ("g8-membership", "RUS", "2010-01-01", True),
        ("oas-membership", "NIC", "2023-11-20", False),
        ("african-union-membership", "MAR", "2016-12-31", False),
        ("us-taiwan-mutual-defence", "TWN", "1980-01-02", False),
        ("warsaw-pact", "RUS", "1991-07-02", False),
    ],
)
def test_entries_and_exits(facts: dict[str, Fact], name: str, actor: str, day: str, member: bool) -> None:
    assert (actor in _on(facts[name], date.fromisoformat(day))) is member


def test_every_difference_from_atop_is_explained(facts: dict[str, Fact], data_folder: Path) -> None:
    compared = {fact: atop for fact, atop in _table("Compared alliances")}
    alliances = _atop(data_folder / "atop" / "atop5_1m.csv", set(compared.values()))
    found = {
        row
        for fact, atop in compared.items()
        for row in differences(fact, _spans(facts[fact]), alliances[atop])
    }
    explained = {Difference(*cells): why for *cells, why in _table("Every difference")}
    assert found == set(explained)
    assert all(explained.values())


def _table(heading: str) -> list[list[str]]:
    """The cells of the table under a heading of docs/treaties.md, head and rule left out."""
    _, _, below = DOCUMENT.read_text(encoding="utf-8").partition(f"## {heading}\n")
    rows = [line for line in below.partition("\n## ")[0].splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in rows[2:]]


def _atop(table: Path, wanted: set[str]) -> dict[str, dict[str, list[When]]]:
    """ATOP's members of the wanted alliances: phases that follow on each other joined, West Germany read as Germany."""
    spells: defaultdict[str, defaultdict[str, list[tuple[date, date]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    with table.open(encoding="latin-1", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["atopid"] not in wanted:
                continue
            actor = crosswalk().one(row["member"], system="cow").id.replace("COW-GFR", "DEU")
            spells[row["atopid"]][actor].append((_day(row, "ent"), _day(row, "exit")))
    return {
        alliance: {actor: _joined(sorted(held)) for actor, held in members.items()}
        for alliance, members in spells.items()
    }


def _day(row: dict[str, str], end: str) -> date:
    year, month, day = (row[f"{part}{end}"] for part in ("yr", "mo", "day"))
    return LAST_DAY if year == "0" else date(int(year), int(month or 1), int(day or 1))


def _joined(spells: list[tuple[date, date]]) -> list[When]:
    joined = [spells[0]]
    for begin, end in spells[1:]:
        last = joined[-1]
        if last[1] < LAST_DAY and begin - last[1] <= SAME_CHANGE:
            joined[-1] = last[0], max(last[1], end)
        else:
            joined.append((begin, end))
    return [When.of((begin, begin), (end, end)) for begin, end in joined]


def differences(fact: str, dossier: Spans, atop: Spans) -> set[Difference]:
    """What ATOP has otherwise than the dossier, to the end of ATOP; actors with the same difference stand together."""
    # What is grouped: the sort of difference and what the dossier has; for parties that one side lacks, both sides.
    rows: defaultdict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for actor in sorted({*dossier, *atop}):
        ours, theirs = dossier.get(actor, ()), atop.get(actor, ())
        if len(ours) != len(theirs):
            rows["party", _texts(ours), _texts(theirs)].append((_texts(theirs), actor))
            continue
        for here, there in zip(ours, theirs, strict=True):
            if not here.earliest_begin <= there.earliest_begin <= here.latest_begin:
                rows["entry", here.text.partition("/")[0]].append((there.earliest_begin.isoformat(), actor))
            if not _same_end(here, there.latest_end):
                end = ".." if there.latest_end == LAST_DAY else there.latest_end.isoformat()
                rows["exit", here.text.partition("/")[2]].append((end, actor))
    return {
        Difference(fact, what, " ".join(actor for _, actor in held), _range([text for text, _ in held]), ours)
        for (what, ours, *_), held in rows.items()
    }


def _same_end(here: When, there: date) -> bool:
    if there == LAST_DAY:
        return here.latest_end > ATOP_ENDS
    if here.earliest_end == LAST_DAY:
        return False
    return here.earliest_end - SAME_CHANGE <= there <= here.latest_end + SAME_CHANGE


def _texts(spans: Sequence[When]) -> str:
    return ", ".join(when.text for when in spans) or "not a party"


def _range(texts: list[str]) -> str:
    return texts[0] if len(set(texts)) == 1 else f"{min(texts)} to {max(texts)}"
