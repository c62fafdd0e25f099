"""What statements tell of each actor as a party of one fact: its entries, source by source, and whether they agree."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from comity.graph.accounts import Account, intersection
from comity.graph.dates import ALWAYS, Bounds, When
from comity.graph.model import Party, Statement


@dataclass(frozen=True, slots=True)
class Told:
    """What one statement, or several that go together, tell of an actor: its entries, and which statements these are."""

    entries: tuple[Party, ...]
    statements: tuple[Statement, ...]

    @property
    def account(self) -> Account:
        """It as an account of the parties."""
        first = self.statements[0]
        return Account(entries_text(self.entries), first.source, first.id)


def told_of_actors(told: Sequence[Statement]) -> list[tuple[str, list[Told]]]:
    """What is told of each actor, in the order of their ids.

    A source may tell an actor's spells one by one, a row for each: those that need not overlap are told together, and differ without
    any dispute.
    """
    found: defaultdict[str, dict[str, Told]] = defaultdict(dict)
    for statement in told:
        if len(statement.parties) == 1:  # most rows of tables
            found[statement.parties[0].actor][statement.id] = Told(statement.parties, (statement,))
            continue
        entries: defaultdict[str, list[Party]] = defaultdict(list)
        for party in statement.parties:
            entries[party.actor].append(party)
        for actor, own in entries.items():
            found[actor][statement.id] = Told(tuple(own), (statement,))
    return [
        (actor, list(by_statement.values()) if len(by_statement) == 1 else _together(by_statement.values()))
        for actor, by_statement in sorted(found.items())
    ]


def _together(told: Iterable[Told]) -> list[Told]:
    """What is told of one actor, with the spells that a source tells one by one put together."""
    by_source: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_source[one.statements[0].source].append(one)
    found: list[Told] = []
    for same in by_source.values():
        entries = dict.fromkeys(party for one in same for party in one.entries)
        if len(entries) > 1 and _apart(entries):
            spells = sorted(entries, key=lambda party: (party.dates or ALWAYS).begin)
            found.append(Told(tuple(spells), tuple(each for one in same for each in one.statements)))
        else:
            found += same
    return found


def _apart(entries: Iterable[Party]) -> bool:
    """Whether no two of an actor's entries surely overlap, save on the day on which one gives way to the next.

    Phases of a treaty may run side by side, each with other partners.
    """
    phases: defaultdict[str, list[When]] = defaultdict(list)
    for party in entries:
        phases[party.phase].append(party.dates or ALWAYS)
    groups = phases.values() if "" not in phases else [[when for times in phases.values() for when in times]]
    return all(
        earlier.earliest_end <= later.latest_begin
        for times in groups
        for earlier, later in pairwise(sorted(times, key=lambda when: (when.begin, when.end)))
    )


def agreed_entries(told: Sequence[Told]) -> tuple[Party, ...] | None:
    """An actor's entries where all that is told of it agrees, within the time that is left by all accounts; None where they differ.

    Dates of different precision agree where some day satisfies all of them.
    """
    first = told[0].entries
    if all(one.entries == first for one in told):
        return first
    if len({tuple(replace(party, dates=None) for party in one.entries) for one in told}) > 1:
        return None
    agreed = []
    for same in zip(*(one.entries for one in told), strict=True):
        # A party without dates of its own is one for all the fact's time.
        times = [party.dates or ALWAYS for party in same]
        begin, end = intersection([when.begin for when in times]), intersection([when.end for when in times])
        if begin is None or end is None:
            return None
        agreed.append(same[0] if len(set(times)) == 1 else during(same[0], begin, end))
    return tuple(agreed)


def during(party: Party, begin: Bounds, end: Bounds) -> Party:
    """The party within a time of its own, which for all time is none."""
    when = When.of(begin, end)
    return replace(party, dates=None if when == ALWAYS else when)


def party_accounts(told: Sequence[Statement]) -> dict[str, tuple[Party, ...]]:
    """The accounts of each party on which the statements differ, by the texts that they go by."""
    return {
        one.account.value: one.entries
        for _, entries in told_of_actors(told)
        if agreed_entries(entries) is None
        for one in entries
    }


def text_of(party: Party) -> str:
    """A party as one text: who, in which role, pledging what, within which time of its own, in which phase."""
    phase = f"phase {party.phase}" if party.phase else ""
    return " ".join(filter(None, (party.actor, party.role, _pledges(party), str(party.dates or ""), phase)))


def entries_text(entries: tuple[Party, ...]) -> str:
    """An actor's entries as one text."""
    return "; ".join(map(text_of, entries))


def _pledges(party: Party) -> str:
    """What it pledges, in words that tell a party that pledges nothing from one of which no pledge is told."""
    if party.pledges is None:
        return ""
    return ",".join(party.pledges) or "pledges nothing"
