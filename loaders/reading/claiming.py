"""From a candidate to a claim: with its place in the original text, its date, its step, and what is to be doubted."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from comity.graph.dates import When
from comity.graph.errors import DateError
from comity.graph.kinds import Kind, kind_of
from comity.graph.model import Party
from comity.loaders.parts import Parts, Refused
from comity.loaders.reading.candidate import Assertion, Candidate, Sentence, Span
from comity.loaders.reading.dating import Dated, Undated
from comity.loaders.reading.draft import Dating, LeftOut, Mention
from comity.loaders.reading.language import days_of
from comity.loaders.reading.mending import Mended
from comity.loaders.reading.merging import Claim
from comity.loaders.reading.naming import Names
from comity.loaders.reading.wording import (
    clause_of,
    is_another,
    is_definite,
    is_general,
    is_planned_time,
    is_similar,
    name_of,
    step_of,
)
from comity.loaders.reading.words import types_of

_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?([?~]?)")

GENERAL = 0.8
"""What is left of the confidence where something is told in general."""


@dataclass(frozen=True, slots=True)
class Located:
    """A sentence with its number, the times that it tells, the text that it stands in, and the names to know."""

    number: int
    sentence: Sentence
    times: Sequence[Dated | Undated]
    mended: Mended
    names: Names

    def claim(self, candidate: Candidate) -> Claim:
        """A candidate that was found to be sound, as a claim; its statement is the clause around its words."""
        kind = kind_of(candidate.kind)
        span = clause_of(candidate.span, self.sentence.text)
        place = self.place(span)
        step = step_of(candidate, self.sentence.text)
        general = is_general(span, self.sentence)
        understood = [party.actor for party in candidate.parties if party.span is None]
        date = self._date(candidate, step)
        repairs = self.mended.repairs_in(self._in_text(span))
        trusted = min([date.trusted, *(repair.confidence for repair in repairs)]) * (
            GENERAL if general else 1
        )
        mention = Mention(
            place.start,
            place.end,
            self.hash_of(place),
            Assertion.ASSERTED if step == "cancelled" else candidate.assertion,
            step,
            date,
            candidate.location,
            candidate.people,
            candidate.method,
            round(candidate.confidence * trusted, 2),
            tuple(_doubts(understood, general)),
            name_of(self.sentence.text[candidate.span.start :]) if kind.name == "drill" else "",
        )
        return Claim(
            kind.name,
            self._types(candidate, kind, span),
            _hosted(candidate, self.sentence, self.names),
            mention,
            self.number,
            definite=is_definite(candidate, self.sentence),
            another=is_another(candidate, self.sentence),
            similar=is_similar(candidate, self.sentence),
            general=general,
            understood=bool(understood),
        )

    def place(self, span: Span) -> Span:
        """The words of the original behind a span of the sentence, without blanks around them."""
        found = self.mended.original_span(self._in_text(span))
        words = self.mended.original[found.start : found.end]
        return Span(found.end - len(words.lstrip()), found.start + len(words.rstrip()))

    def hash_of(self, place: Span) -> str:
        """The SHA-256 of the words at a place of the original."""
        return hashlib.sha256(self.mended.original[place.start : place.end].encode()).hexdigest()

    def undated(self) -> Iterator[LeftOut]:
        """The words that look like a date and could not be read."""
        for time in self.times:
            if isinstance(time, Undated):
                place = self.place(time.span)
                yield LeftOut(place.start, place.end, f"no date was read: {time.reason}")

    def left_out(self, candidate: Candidate, reason: str) -> LeftOut:
        """What a reader gave and was not taken; where its words are not there, the sentence is named."""
        inside = 0 <= candidate.span.start < candidate.span.end <= len(self.sentence.text)
        place = self.place(candidate.span if inside else Span(0, len(self.sentence.text)))
        return LeftOut(place.start, place.end, f"{candidate.kind}: {reason}")

    def date_of(self, asked: Span | None) -> Dating:
        """The time that these words tell."""
        over = [
            time
            for time in self.times
            if asked and time.span.start < asked.end and time.span.end > asked.start
        ]
        if asked is None or not over:
            return Dating()
        time = max(over, key=lambda time: min(time.span.end, asked.end) - max(time.span.start, asked.start))
        if isinstance(time, Undated):
            return Dating(doubts=(f"No date was read: {time.reason}.",))
        edtf = _related(time)
        if not edtf:
            return Dating(doubts=(f"The text says {time.relation} {time.edtf}.",))
        doubts = () if time.ground == "stated" else (f"Date: {time.ground}.",)
        return Dating(edtf, time.was, time.rule, doubts, time.confidence)

    def date_near(self, span: Span) -> Dating:
        """The time told after these words, or before them where none is."""
        spans = sorted((time.span for time in self.times), key=lambda time: (time.start < span.end, time))
        return self.date_of(spans[0] if spans else None)

    def _date(self, candidate: Candidate, step: str) -> Dating:
        """The date of a candidate; what is announced or cancelled cannot be so after the document, so a later time is the planned one."""
        date = self.date_of(candidate.date)
        if not date.edtf or candidate.date is None or step not in ("announced", "cancelled"):
            return date
        told = self.sentence.document_date
        later = bool(told) and When.parse(date.edtf).earliest_begin >= When.parse(told).latest_end
        if later or is_planned_time(candidate.kind, self.sentence.text, candidate.date):
            return replace(date, planned=True)
        return date

    def _in_text(self, span: Span) -> Span:
        start = self.sentence.span.start
        return Span(start + span.start, start + span.end)

    def _types(self, candidate: Candidate, kind: Kind, span: Span) -> tuple[str, ...]:
        """The types that the reader gives, else those of which the clause speaks; of talks both."""
        found = [name for name in candidate.types if name in kind.types and name != "other"]
        if not found or kind.name == "talks":
            found += types_of(kind.name, self.sentence.text[span.start : span.end])
        return tuple(dict.fromkeys(found)) or (("other",) if kind.pledged else ())


def _doubts(understood: Sequence[str], general: bool) -> Iterator[str]:
    if general:
        yield "It is told in general, of no one occasion."
    if understood:
        yield f"That {' and '.join(understood)} is meant is understood from what stands before."


def _related(time: Dated) -> str:
    """The time, or where the words tell one end of it only, the time that has this end; empty where EDTF has no such."""
    form = {
        "since": "{}/",
        "after": "[{}..]",
        "before": "[..{}]",
        "by": "[..{}]",
        "until": "[..{}]",
        "till": "[..{}]",
    }.get(time.relation, "{}")
    edtf = form.format(_outward(time))
    try:
        When.parse(edtf)
    except DateError:
        return ""
    return edtf


def _outward(time: Dated) -> str:
    """The date; of what was before or after it the next one outside, by its own unit: before 2016 is until 2015."""
    step = {"before": -1, "after": 1}.get(time.relation, 0)
    if not step or not (plain := _PLAIN.fullmatch(time.edtf)):
        return time.edtf
    year, month, day = (int(part) if part else None for part in plain.groups()[:3])
    unit = "day" if day else "month" if month else "year"
    moved = Parts(year, month, day, plain[4]).moved(step, unit)
    edtf = moved if isinstance(moved, Refused) else moved.date()
    return edtf if isinstance(edtf, str) else time.edtf


def _hosted(candidate: Candidate, sentence: Sentence, names: Names) -> tuple[Party, ...]:
    """The parties; of those who met or exercised in the country of one of them, that one is the host."""
    parties = tuple({party.actor: Party(party.actor, party.role) for party in candidate.parties}.values())
    default = kind_of(candidate.kind).default_role
    if "host" not in kind_of(candidate.kind).roles or any(party.role != default for party in parties):
        return parties
    there = {mention.actor for mention in names.mentions(candidate.location, days_of(sentence))}
    hosts = there & {party.actor for party in parties}
    if len(hosts) != 1:
        return parties
    return tuple(replace(party, role="host" if party.actor in hosts else "guest") for party in parties)
