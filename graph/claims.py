"""Claims with a scope, in a small language that reads as English and that facts can test.

    first air drill of JPN with a country other than USA hosted by JPN
    third logistics agreement of JPN with a country after USA, AUS by signing

A claim is always about one given fact: "this is the first …". What a graph of facts cannot know (a branch of the armed forces, "historic",
"major") has no words here. docs/claims.md describes the language.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from comity.graph.dates import FIRST_DAY, LAST_DAY, When
from comity.graph.errors import InputError, UnknownName
from comity.graph.kinds import Kind, kinds

PROPERTY = "scope"
"""The property of facts that holds claims in this language; kinds that have it can be claimed of."""

ONLY, LAST = 0, -1
"""Ranks that are no numbers: there is no other; none came after it."""

SIZES = {
    "bilateral": "two take part",
    "trilateral": "three take part",
    "multilateral": "more than two take part",
}
"""Words for how many take part, organizations counted as one."""

ORDERS: Mapping[str, Mapping[str, str]] = {"agreement": {"signing": "signed", "entry into force": "in_force"}}
"""For kinds whose facts can be put in order by several steps: how each is written after `by`; the first unless one is written."""

PARTNERS = {"a country": "Country", "an organization": "Organization", "anyone": ""}
"""Partners that are not named, and the label they must have."""

EXAMPLE = "first air drill of JPN with a country other than USA"

Resolver = Callable[[str], str]
"""Gives the id of the actor that a text means; raises a `ComityError` if there is none, or are several."""

_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_RANKS = {word: rank for rank, word in enumerate(_WORDS, start=1)} | {"only": ONLY, "last": LAST}
_NUMBER = re.compile(r"([1-9]\d{0,3})(?:st|nd|rd|th)")
_HEAD = re.compile(r"\s+of(?:\s+|$)", re.IGNORECASE)
_CLAUSES = ("with", "other than", "hosted by", "after", "since", "before", "by")
_CLAUSE = re.compile(rf"(?:^|\s)({'|'.join(_CLAUSES)})(?:\s+|$)", re.IGNORECASE)
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of a fact: which one it is (`rank`, from 1, or `ONLY` or `LAST`) among those in the scope.

    In the scope is every fact of the kind that has all `types`, in which `actor` takes part with one of the partners meant (with each of
    `partners` if they are named). `after` names partners that came before, and each partner counts once then. `since` and `before`
    count from the first day of their date; `order` is the step by whose date facts are put in order: the kind's first in `ORDERS` unless
    one is given, empty where the kind has none there.
    """

    rank: int
    kind: str
    actor: str
    size: str = ""
    types: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    partner_label: str = ""
    other_than: tuple[str, ...] = ()
    host: str = ""
    after: tuple[str, ...] = ()
    since: When | None = None
    before: When | None = None
    order: str = ""

    def __post_init__(self) -> None:
        if not self.order:
            object.__setattr__(self, "order", next(iter(ORDERS.get(self.kind, {}).values()), ""))

    @classmethod
    def parse(cls, text: str, resolve: Resolver) -> Self:
        """Read a claim. `InputError` names the word that cannot stand where it does, and what can; actors are as `resolve` has them."""
        text = " ".join(text.split())
        if len(text) > _LONGEST:
            raise InputError(f"a claim of {len(text)} characters; write at most {_LONGEST}")
        parts = _HEAD.split(text, maxsplit=1)
        if len(parts) < 2 or not parts[1]:
            raise InputError(f"{text!r} does not say whose it is; write it as: {EXAMPLE}")
        rank, kind, size, types = _head(parts[0].split())
        actor, *clauses = _CLAUSE.split(parts[1])
        told = _told(zip((word.lower() for word in clauses[::2]), clauses[1::2], strict=True))
        partners, label = _partners(told.get("with", "anyone"), resolve)
        claim = cls(
            rank=rank,
            kind=kind.name,
            actor=_actor(actor, resolve, "of"),
            size=size,
            types=types,
            partners=partners,
            partner_label=label,
            other_than=_actors(told, "other than", resolve),
            host=_actor(told["hosted by"], resolve, "hosted by") if "hosted by" in told else "",
            after=_actors(told, "after", resolve),
            since=_date(told, "since"),
            before=_date(told, "before"),
            order=_order(told.get("by"), kind),
        )
        _check(claim, kind)
        return claim

    @property
    def from_day(self) -> date:
        """The first day of the time that is claimed about."""
        return self.since.earliest_begin if self.since else FIRST_DAY

    @property
    def until_day(self) -> date:
        """The day before which that time is over."""
        return self.before.earliest_begin if self.before else LAST_DAY

    def __str__(self) -> str:
        with_whom = ", ".join(self.partners) or next(
            text for text, label in PARTNERS.items() if label == self.partner_label
        )
        orders = ORDERS.get(self.kind, {})
        order = next((text for text, step in orders.items() if step == self.order), "")
        clauses = {
            "of": self.actor,
            "with": with_whom if with_whom != "anyone" or self.other_than or self.after else "",
            "other than": ", ".join(self.other_than),
            "hosted by": self.host,
            "after": ", ".join(self.after),
            "since": str(self.since or ""),
            "before": str(self.before or ""),
            "by": "" if order == next(iter(orders), "") else order,
        }
        head = [ordinal(self.rank), self.size, *self.types, self.kind]
        return " ".join([*filter(None, head), *(f"{name} {told}" for name, told in clauses.items() if told)])


def ordinal(rank: int) -> str:
    """The word for a rank: first, tenth, 11th, last, only."""
    for word, known in _RANKS.items():
        if known == rank:
            return word
    ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}"


def claimable() -> dict[str, Kind]:
    """The kinds of facts that claims can be about, by name."""
    return {name: kind for name, kind in kinds().items() if PROPERTY in kind.properties}


def _head(words: Sequence[str]) -> tuple[int, Kind, str, tuple[str, ...]]:
    """Rank, kind, size and types of `first trilateral air drill`."""
    first, *rest = (word.lower() for word in words)
    number = _NUMBER.fullmatch(first)
    if first not in _RANKS and not number:
        raise UnknownName("word to begin a claim with", first, [*_WORDS[:3], "…", "11th", "last", "only"])
    known = claimable() | {kind.plural: kind for kind in claimable().values()}
    if not rest:
        raise InputError(f"what is it the {first} of? Write one of: {', '.join(claimable())}")
    kind = known.get(rest[-1])
    if kind is None:
        raise UnknownName("kind to make a claim of", rest[-1], claimable())
    size, types = "", []
    for word in rest[:-1]:
        if word in SIZES and not size:
            size = word
        elif word in kind.types and word not in types:
            types.append(word)
        elif word in types or word == size or word in SIZES:
            raise InputError(f"{word!r} is one word too many before {rest[-1]!r}; remove it")
        else:
            raise UnknownName(f"word to stand before {rest[-1]!r}", word, [*SIZES, *kind.types])
    rank = _RANKS[first] if first in _RANKS else int(first[:-2])
    return rank, kind, size, tuple(name for name in kind.types if name in types)


def _told(clauses: Iterable[tuple[str, str]]) -> dict[str, str]:
    told: dict[str, str] = {}
    for word, content in clauses:
        if word in told:
            raise InputError(f"{word!r} stands twice; write it once, with commas between several actors")
        if not content:
            raise InputError(f"nothing follows {word!r}; write what it needs or remove it")
        told[word] = content
    return told


def _actor(text: str, resolve: Resolver, clause: str) -> str:
    name = re.sub(r"^the\s+", "", text.strip(), flags=re.IGNORECASE)
    if not name:
        raise InputError(f"an actor is missing after {clause!r}; write its id, such as JPN")
    return resolve(name)


def _actors(told: Mapping[str, str], clause: str, resolve: Resolver) -> tuple[str, ...]:
    """The actors of a list, in the order of their ids."""
    found = [_actor(name, resolve, clause) for name in told[clause].split(",")] if clause in told else []
    twice = next((name for name in found if found.count(name) > 1), "")
    if twice:
        raise InputError(f"{twice} stands twice after {clause!r}; remove one")
    return tuple(sorted(found))


def _partners(text: str, resolve: Resolver) -> tuple[tuple[str, ...], str]:
    """The partners that are named, or the label that they must have."""
    if text.lower() in PARTNERS:
        return (), PARTNERS[text.lower()]
    return _actors({"with": text}, "with", resolve), ""


def _date(told: Mapping[str, str], clause: str) -> When | None:
    if clause not in told:
        return None
    when = When.parse(told[clause])
    if when.is_interval or when.earliest_begin == FIRST_DAY or when.latest_end == LAST_DAY:
        raise InputError(
            f"{when} cannot follow {clause!r}; write a day, a month or a year, such as 1991-12-26"
        )
    return when


def _order(text: str | None, kind: Kind) -> str:
    orders = ORDERS.get(kind.name, {})
    if text is None:
        return ""
    if not orders:
        raise InputError(f"{kind.plural} are put in order by when they began; remove 'by {text}'")
    if text.lower() not in orders:
        raise UnknownName(f"order of {kind.plural}", f"by {text}", [f"by {known}" for known in orders])
    return orders[text.lower()]


def _check(claim: Claim, kind: Kind) -> None:
    """That the parts of the claim fit each other."""
    if claim.host and "host" not in kind.roles:
        raise InputError(f"{kind.plural} have no host; remove 'hosted by'")
    if claim.partners and (claim.other_than or claim.after):
        raise InputError("partners are named, so that nobody is left out: remove 'other than' and 'after'")
    if claim.after and claim.rank != len(claim.after) + 1:
        raise InputError(
            f"what comes after {', '.join(claim.after)} is the {ordinal(len(claim.after) + 1)}, not the {ordinal(claim.rank)}"
        )
    named = [claim.actor, *claim.partners, *claim.other_than, *claim.after]
    twice = next((name for name in named if named.count(name) > 1), "")
    if twice:
        raise InputError(f"{twice} stands in two places of the claim that exclude each other; remove one")
    if claim.from_day >= claim.until_day:
        raise InputError(f"nothing is since {claim.since} and before {claim.before}; exchange them")
