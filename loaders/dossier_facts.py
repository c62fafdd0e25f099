"""The facts of a dossier and the accounts of each, read into statements."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from comity.graph import claims
from comity.graph.accounts import intersection
from comity.graph.kinds import Kind, kinds
from comity.graph.model import Party, Place, Repair, Source, Statement, Step
from comity.graph.steps import out_of_order
from comity.loaders import form, values
from comity.loaders.dossier_actors import check_parties, parties
from comity.loaders.faults import one_of, quoted
from comity.loaders.repairs import RULES
from comity.loaders.spots import Spot

MOST_MENTIONS = 500_000
"""Mentions of a party in all statements together: each account repeats its fact's parties."""


@dataclass(slots=True)
class Known:
    """What the dossier has listed above its facts: its id, its sources by key, and the ids of its own actors."""

    dossier: str
    sources: Mapping[str, Source]
    actors: frozenset[str]
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the accounts of a fact have in common unless one says otherwise."""

    fact: str
    kind: Kind
    types: tuple[str, ...]
    parties: tuple[Party, ...]


def read_facts(spot: Spot, known: Known) -> Iterator[Statement]:
    """One statement an account, those of a fact together."""
    found = False
    for key, entry in spot.entries("an id for each fact and below it kind, title, parties, accounts"):
        found = True
        values.check_key(key, entry)
        yield from _fact(key, entry, known)
    if spot.is_mapping and not found:
        spot.wrong("no fact is written down; add one (`comity new FILE` shows how)")


def _fact(key: str, spot: Spot, known: Known) -> Iterator[Statement]:
    fields = spot.fields(form.names("fact"), form.required("fact"), "kind: agreement")
    title = values.text(fields, "title")
    name = values.text(fields, "kind")
    kind = kinds().get(name)
    if kind is None:
        if name:
            fields["kind"].wrong(one_of(name, "kind", list(kinds())))
        return  # what the rest may hold depends on the kind
    types = values.types(fields["types"], kind, kind.types) if "types" in fields else ()
    if kind.pledged and not types:
        spot.wrong(
            f"an agreement needs types; write 'types: [{next(iter(kind.types))}]' or others of its kind"
        )
    listed = parties(fields["parties"], kind, types, known.actors) if "parties" in fields else ()
    if "parties" in fields:
        check_parties(fields["parties"], kind, listed)
    if "accounts" not in fields:
        return
    spots = list(fields["accounts"].items("one account a source: '- source: …'"))
    if fields["accounts"].is_list and not spots:
        fields["accounts"].wrong("no source says so; write at least one account: '- source: …'")
    known.mentions += len(spots) * len(listed)
    if known.mentions > MOST_MENTIONS:
        spot.faults.fatal(
            spot.line, spot.path, f"over {MOST_MENTIONS:,} mentions of parties by now; split the dossier"
        )
    shared = _Shared(f"{known.dossier}:{key}", kind, types, listed)
    accounts = _titled([_account(account, shared, known) for account in spots], title)
    _check_distinct(accounts, spots)
    if accounts and not any(account.steps for account in accounts):
        spot.warn("no account gives a step with its date, so nothing can be asked of it by date; add one")
    yield from accounts


def _titled(accounts: list[Statement], title: str) -> list[Statement]:
    """Accounts without a name of their own use the fact's; where all have one, the first has the fact's beside it."""
    titled = [account if account.titles else replace(account, titles=(title,)) for account in accounts]
    if titled and not any(title in account.titles for account in titled):
        titled[0] = replace(titled[0], titles=(title, *titled[0].titles))
    return titled


def _check_distinct(accounts: list[Statement], spots: list[Spot]) -> None:
    seen: dict[str, int] = {}
    for place, account in enumerate(accounts):
        first = seen.setdefault(account.id, place)
        if first != place:
            spots[place].wrong(
                f"says the same as accounts[{first}], at the same place of the same source; remove one"
            )


def _account(spot: Spot, shared: _Shared, known: Known) -> Statement:
    fields = spot.fields(form.names("account"), form.required("account"), "source: ID")
    source = _source(fields["source"], known) if "source" in fields else None
    words = values.verbatim(fields, "words")
    if words and source and not source.licence:
        fields["words"].warn(
            "the source names no licence; quote only where its terms allow it, and write them there"
        )
    says = _Says(shared)
    if "says" in fields:
        says.read(fields["says"], known)
        _warn_of_life(fields["says"], shared.kind, says.steps)
    return Statement(
        fact=shared.fact,
        kind=shared.kind.name,
        source=source.id if source else "",
        place=_place(fields["place"], source, words) if "place" in fields else Place(),
        types=says.types,
        titles=says.titles,
        parties=says.parties,
        steps=tuple(says.steps),
        properties=tuple(sorted(says.properties)),
        repairs=tuple(_repairs(fields["repaired"], says)) if "repaired" in fields else (),
        words=words,
        confidence=values.confidence(fields["confidence"]) if "confidence" in fields else 1.0,
    )


def _warn_of_life(spot: Spot, kind: Kind, steps: list[Step]) -> None:
    """Note what one source will hardly say of one life."""
    order = list(kind.steps)
    whole = sorted((step for step in steps if not step.between), key=lambda step: order.index(step.name))
    off = [step for step in whole if kind.steps[step.name].cancels]
    held = [step for step in whole if kind.steps[step.name].effective]
    over = [step for step in whole if kind.steps[step.name].closes]
    for earlier, later in out_of_order(kind, [step for step in whole if step not in off]):
        spot.warn(
            f"{later.name} ({later.when}) lies before {earlier.name} ({earlier.when}); correct the date that is wrong, if one is"
        )
    for step, other in product(held, off):
        spot.warn(
            f"this account has it both {step.name} and {other.name}; leave away what did not come about, or write an account for each"
        )
    for step, other in product(held, over):
        if step.when.is_interval and not intersection([step.when.end, other.when.begin]):
            spot.warn(
                f"{step.name} ({step.when}) and {other.name} ({other.when}) tell two ends; write the end once"
            )


class _Says:
    """What one account says; what it leaves out it shares with the fact."""

    def __init__(self, shared: _Shared) -> None:
        self.kind = shared.kind
        self.types = shared.types
        self.parties = shared.parties
        self.titles: tuple[str, ...] = ()
        self.steps: list[Step] = []
        self._given: set[tuple[str, tuple[str, ...]]] = set()
        self.properties: list[tuple[str, tuple[str, ...]]] = []

    def read(self, spot: Spot, known: Known) -> None:
        kind = self.kind
        example = f"{next(iter(kind.steps))}: 2016-10-24"
        fields = spot.fields([*form.names("says"), *kind.steps, *kind.properties], (), example)
        if "title" in fields:
            self.titles = values.names(fields["title"])
        if "types" in fields:
            self.types = values.types(fields["types"], kind, kind.types)
        if "parties" in fields:
            self.parties = parties(fields["parties"], kind, self.types, known.actors)
        for name, entry in fields.items():
            if name in kind.steps:
                when = values.when(entry)
                if when:
                    self.steps.append(Step(name, when))
            elif name == claims.PROPERTY and name in kind.properties:
                self.properties.append((name, values.scopes(entry, kind, known.actors)))
            elif name in kind.properties:
                self.properties.append((name, values.told(entry, kind.properties[name].value)))
        if "pairs" in fields:
            for entry in fields["pairs"].items("- {between: [A, B], step: …, date: …}"):
                self._pair(entry)

    def _pair(self, spot: Spot) -> None:
        fields = spot.fields(form.names("pair"), form.required("pair"), "between: [A, B]")
        between = self._between(fields["between"]) if "between" in fields else ()
        name = values.text(fields, "step")
        if name and name not in self.kind.steps:
            fields["step"].wrong(one_of(name, f"step of {self.kind.plural}", list(self.kind.steps)))
        elif name and not self.kind.steps[name].interrupts:
            fields["step"].wrong(
                f"only a suspension can concern some of the parties; for {name} give the parties dates of their own, "
                "or write a fact for each pair"
            )
        when = values.when(fields["date"]) if "date" in fields else None
        if when is None:
            return
        step = self.kind.steps.get(name)
        if (name, between) in self._given and not (step and step.interrupts):
            spot.wrong(
                "this account gives the step for these parties already; write an account for each of its dates"
            )
        self._given.add((name, between))
        self.steps.append(Step(name, when, between))

    def _between(self, spot: Spot) -> tuple[str, ...]:
        actors = {party.actor for party in self.parties}
        between = []
        for entry in spot.items("[A, B]"):
            actor = entry.text(example="an actor's id")
            if actor and actor not in actors:
                entry.wrong(one_of(actor, "party here", sorted(actors)))
            between.append(actor)
        if spot.is_list and (len(between) not in (1, 2) or len(set(between)) < len(between)):
            spot.wrong("a pair is one party or two different ones; write [A] or [A, B]")
        return tuple(sorted(between))


def _source(spot: Spot, known: Known) -> Source | None:
    key = spot.text(example="the id of a source")
    if key and key not in known.sources:
        spot.wrong(one_of(key, "source", list(known.sources)) + "; or list it under 'sources:'")
    return known.sources.get(key)


def _place(spot: Spot, source: Source | None, words: str) -> Place:
    if spot.is_text:
        return Place(text=spot.text())
    fields = spot.fields(form.names("place"), (), "text, or {start: 10, end: 42, sha256: …}")
    text, sha256 = values.text(fields, "text"), values.digest(fields, "sha256")
    span = [name for name in ("start", "end", "sha256") if name in fields]
    if spot.is_mapping and len(span) < 3 and (span or not fields):
        spot.wrong("a span needs all of start, end and sha256 (of the words in it); add what is missing")
    if len(span) < 3:
        return Place(text=text)
    start, end = values.offset(fields["start"]), values.offset(fields["end"])
    if source and not source.sha256:
        key = source.id.partition(":")[2]
        spot.wrong(f"the source {key} has no sha256 of the text that the span counts in; add it there")
    if start is None or end is None:
        return Place(text=text, sha256=sha256)
    if start >= end:
        fields["end"].wrong(
            f"the span ends at {end}, not after its start {start}; write the offset after its last character"
        )
    elif words and end - start != len(words):
        fields["end"].wrong(
            f"the span has {end - start} characters and the words have {len(words)}; correct one of them"
        )
    elif words and sha256 and hashlib.sha256(words.encode()).hexdigest() != sha256:
        fields["sha256"].wrong(
            "this is not the hash of the account's words; correct the words, or the span and its hash"
        )
    return Place(text, start, end, sha256)


def _repairs(spot: Spot, says: _Says) -> Iterator[Repair]:
    said = [step.name for step in says.steps if not step.between] + [name for name, _ in says.properties]
    for key, entry in spot.entries("signed: {was: …, rule: …}"):
        if key not in said:
            entry.wrong(
                f"the account does not say {quoted(key, '')}; repaired may hold: {', '.join(said) or '(nothing)'}"
            )
        fields = entry.fields(form.names("repair"), form.required("repair"), "{was: …, rule: …}")
        rule = values.text(fields, "rule")
        for name in rule.split("+") if rule else ():
            if name not in RULES:
                fields["rule"].wrong(one_of(name, "rule of repair", list(RULES)))
        yield Repair(key, values.verbatim(fields, "was"), rule)
