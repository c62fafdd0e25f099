"""From a text to the draft of its facts: mended, cut into sentences, read, dated, and every claim checked against the text."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from comity.graph.crosswalk import crosswalk
from comity.graph.dates import When
from comity.graph.errors import DateError
from comity.graph.kinds import kind_of
from comity.graph.model import Party
from comity.loaders.reading.candidate import Assertion, Candidate, Reader, Sentence, Span
from comity.loaders.reading.dating import Dated, Undated, document_date, read_dates
from comity.loaders.reading.draft import INTENDED, KINDS, Correction, Dating, Draft, LeftOut, Mention
from comity.loaders.reading.following import Sequel, sequels
from comity.loaders.reading.language import days_of
from comity.loaders.reading.mending import Mend, Mended, mend
from comity.loaders.reading.merging import Claim, facts_of
from comity.loaders.reading.naming import Form, bundled, small_names
from comity.loaders.reading.pairing import paired
from comity.loaders.reading.sentences import sentences
from comity.loaders.reading.texts import Text
from comity.loaders.reading.words import types_of

REMEMBERED = 3
"""Sentences back that "the two sides" and "his counterpart" can reach."""


CARRIED = 0.8
"""What is left of the confidence where a date is that of a sentence before."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a document besides its text; what is empty is taken from the text where it tells."""

    date: str = ""
    title: str = ""
    publisher: str = ""


_GOING_ON = re.compile(
    r"(?:[^,]{1,40}, )?(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Tt]he (?:\w+ )?(?:minister|president|chancellor|premier|secretary))\b"
)
_GENERAL = re.compile(
    r"\b(?:(?:many|several|\w+) times|regularly|often|repeatedly|frequently|every year|each year|routinely)\b",
    re.IGNORECASE,
)
_SIMILAR = re.compile(r"\b(?:similar|such an?|the same kind of|the like)\b", re.IGNORECASE)
_LONGEST_TITLE = 150

_NAME = re.compile(r"[\"“”«»„]([A-Z][^\"“”«»„\n]{1,60})[\"“”«»„]")
_CALLED = re.compile(
    r"\b(?:code[- ]?named|named|called|dubbed|known as|titled|entitled)\s+[\"“”«»„]?([A-Z][\w’'-]*(?: [A-Z0-9][\w’'-]*){0,4})"
)
_DEFINITE = re.compile(
    r"\b(?:the|this|that|these|those|their|its|said)\s+(?:[\"“]?[\w+-]+[\"”]?\s+){0,2}$", re.IGNORECASE
)
_ANOTHER = re.compile(
    r"\b(?:another|again|new|further|separate|second|third|more|additional)\b", re.IGNORECASE
)


def read_document(text: Text, reads: Reader, about: About = About()) -> Draft:
    """The draft of a text's facts as the reader sees them; `DateError` where the date that is given for it is none."""
    if about.date:
        When.parse(about.date)
    mended = mend(text.text)
    parts = sentences(mended)
    own = None if about.date or text.date else document_date(mended, parts)
    dated = about.date or text.date or (own.edtf if own else "")
    parts, capitalised = _capitalised(mended, parts)
    parts = _with_context(parts, dated)
    left_out = [LeftOut(one.span.start, one.span.end, one.reason) for one in mended.unread]
    claims: list[Claim] = []
    told = read_dates(mended, parts, dated)
    for number, (sentence, candidates) in enumerate(zip(parts, reads(parts), strict=True)):
        page = _Page(number, sentence, told[number], mended)
        left_out += page.undated()
        sound = []
        for candidate in candidates:
            wrong = _wrong(candidate, sentence)
            if wrong:
                left_out.append(page.left_out(candidate, wrong))
            else:
                sound.append(candidate)
        claims += map(page.claim, paired(sound, sentence, [time.span for time in page.dates]))
        for sequel in sequels(sentence.text):
            page.follow(sequel, claims)
    facts = facts_of(_similar(_carried(claims)))
    return Draft(
        file=text.name,
        text=text.text,
        title=about.title or text.title or _first_line(text.text),
        sha256=text.sha256,
        original_sha256=text.original_sha256,
        date=dated,
        date_ground=own.ground if own else "",
        publisher=about.publisher or text.publisher,
        derived=not text.own_text or not Path(text.name).is_file(),
        facts=tuple(fact for fact in facts if fact.assertion is not Assertion.NEGATED),
        denied=tuple(fact for fact in facts if fact.assertion is Assertion.NEGATED),
        corrections=tuple(
            sorted([*capitalised, *map(_correction, mended.repairs)], key=lambda one: (one.start, one.end))
        ),
        left_out=tuple(sorted(dict.fromkeys(left_out), key=lambda one: (one.start, one.end))),
    )


def _correction(repair: Mend) -> Correction:
    return Correction(repair.span.start, repair.span.end, repair.was, repair.now, repair.rule)


def _first_line(text: str) -> str:
    """What stands for a title where a document has none: its first line, or the second where the first only leads to it."""
    lines = [line.strip() for line in text[:5000].splitlines() if line.strip()][:2]
    line = min((line for line in lines if lines[0].endswith(line)), key=len)
    return line if len(line) <= _LONGEST_TITLE else f"{line[:_LONGEST_TITLE].rsplit(' ', 1)[0]} …"


def _capitalised(mended: Mended, parts: Sequence[Sentence]) -> tuple[list[Sentence], list[Correction]]:
    """The sentences with known people's names in capitals where they stand in small letters, and these corrections."""
    found, corrections = [], []
    for part in parts:
        text = part.text
        for span in small_names(text):
            place = mended.original_span(Span(part.span.start + span.start, part.span.start + span.end))
            was, now = text[span.start : span.end], text[span.start : span.end].title()
            text = text[: span.start] + now + text[span.end :]
            corrections.append(Correction(place.start, place.end, was, now, "name-case"))
        found.append(replace(part, text=text))
    return found, corrections


def _with_context(parts: Sequence[Sentence], dated: str) -> list[Sentence]:
    """The sentences with the document's date, and with the actors that those before them name: the latest sentence first, in it in their order."""
    before: list[list[str]] = []
    found = []
    for part in parts:
        mentioned = dict.fromkeys(actor for named in reversed(before[-REMEMBERED:]) for actor in named)
        found.append(replace(part, document_date=dated, mentioned=tuple(mentioned)))
        mentions = bundled().mentions(part.text, days_of(found[-1]))
        named = [each.actor for each in mentions if each.form not in (Form.NONE, Form.SURNAME, Form.CAPITAL)]
        named += [each.actor for each in mentions if each.form is Form.CAPITAL]  # as likely a place only
        if before and _GOING_ON.match(part.text):
            named.insert(0, before[-1][0])  # still about whom the sentence before was about
        if named:
            before.append(list(dict.fromkeys(named)))
    return found


def _wrong(candidate: Candidate, sentence: Sentence) -> str:
    """Why a candidate cannot be kept, whoever gave it; empty where it can."""
    if candidate.kind not in KINDS:
        return f"{candidate.kind} is not read from prose"
    kind = kind_of(candidate.kind)
    spans = [candidate.span, candidate.predicate, *(party.span for party in candidate.parties if party.span)]
    if any(
        not 0 <= span.start < span.end <= len(sentence.text)
        for span in [*spans, candidate.date or candidate.span]
    ):
        return f"{candidate.method} names words that are not in the text"
    unknown = [party.actor for party in candidate.parties if party.actor not in crosswalk()]
    if unknown:
        return f"nobody has the id {', '.join(unknown)}"
    if len({party.actor for party in candidate.parties}) < 2:
        return "only one party is known"
    if candidate.status not in kind.steps:
        return f"{candidate.status} is no step of {kind.plural}"
    if any(party.role not in kind.roles for party in candidate.parties):
        return f"a role that parties to {kind.plural} do not have"
    return ""


@dataclass(frozen=True, slots=True)
class _Page:
    """A sentence with its number, the times that it tells, and the text that it stands in."""

    number: int
    sentence: Sentence
    times: Sequence[Dated | Undated]
    mended: Mended

    @property
    def dates(self) -> list[Dated]:
        """Those of its times that could be read."""
        return [time for time in self.times if isinstance(time, Dated)]

    def place(self, span: Span) -> Span:
        """The words of the original behind a span of the sentence, without blanks around them."""
        start = self.sentence.span.start
        found = self.mended.original_span(Span(start + span.start, start + span.end))
        words = self.mended.original[found.start : found.end]
        return Span(found.end - len(words.lstrip()), found.start + len(words.rstrip()))

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

    def claim(self, candidate: Candidate) -> Claim:
        """A candidate that was found to be sound, as a claim at its place in the original."""
        kind = kind_of(candidate.kind)
        span = _clause(candidate.span, self.sentence.text)
        place = self.place(span)
        status = _status(candidate, self.sentence.text)
        general = _GENERAL.search(self.sentence.text, span.start, span.end) is not None
        around = self.sentence.text[max(0, candidate.predicate.start - 40) : candidate.predicate.end]
        date = self._date_of(candidate.date)
        repaired = [repair.confidence for repair in self._repairs(span)]
        trusted = min([date.trusted, *repaired]) * (CARRIED if general else 1)
        mention = Mention(
            place.start,
            place.end,
            self._hash(place),
            Assertion.ASSERTED if status == "cancelled" else candidate.assertion,
            status,
            date,
            candidate.location,
            candidate.people,
            candidate.method,
            round(candidate.confidence * trusted, 2),
            tuple(self._doubts(candidate, general)),
            self.number,
            _name(self.sentence.text[candidate.span.start :]) if candidate.kind == "drill" else "",
            _DEFINITE.search(self.sentence.text[: candidate.predicate.start]) is not None,
            _ANOTHER.search(around) is not None,
            _SIMILAR.search(self.sentence.text, candidate.span.start, candidate.span.end) is not None,
            general,
        )
        types = tuple(name for name in candidate.types if name in kind.types)
        types = (
            types
            if types and types != ("other",)
            else types_of(kind.name, self.sentence.text[span.start : span.end])
        )
        return Claim(
            kind.name,
            types or (("other",) if kind.pledged else ()),
            _hosted(candidate, self.sentence),
            mention,
        )

    def follow(self, sequel: Sequel, claims: list[Claim]) -> None:
        """Add what is told further of the claim told last; one that was called off was not held."""
        reach = 0 if sequel.near else REMEMBERED
        places = [
            place
            for place, claim in enumerate(claims)
            if claim.kind in sequel.kinds
            and claim.mention.assertion is not Assertion.NEGATED
            and 0 <= self.number - claim.mention.sentence <= reach
        ]
        if not places or claims[places[-1]].mention.status == sequel.step:
            return
        last = claims[places[-1]]
        earlier = last.mention
        if sequel.step == "cancelled" and earlier.status not in INTENDED:
            earlier = replace(earlier, status="planned")
            claims[places[-1]] = replace(last, mention=earlier)
        place = self.place(sequel.span)
        date = Dating() if sequel.step == "cancelled" else self._date_in(sequel.span)
        mention = Mention(
            place.start,
            place.end,
            self._hash(place),
            Assertion.ASSERTED,
            sequel.step,
            date,
            method=earlier.method,
            confidence=round(earlier.confidence * CARRIED, 2),
            doubts=("Which one is meant is understood from what stands before.",),
            sentence=self.number,
            definite=True,
        )
        claims.append(replace(last, mention=mention))

    def _date_in(self, span: Span) -> Dating:
        """The time told after these words, or before them where none is."""
        after = [time.span for time in self.times if time.span.start >= span.end]
        return self._date_of((after or [time.span for time in self.times])[0]) if self.times else Dating()

    def _hash(self, place: Span) -> str:
        return hashlib.sha256(self.mended.original[place.start : place.end].encode()).hexdigest()

    def _repairs(self, span: Span) -> Sequence[Mend]:
        start = self.sentence.span.start
        return self.mended.repairs_in(Span(start + span.start, start + span.end))

    def _doubts(self, candidate: Candidate, general: bool) -> Iterator[str]:
        if general:
            yield "It is told in general, of no one occasion."
        understood = [
            party.actor
            for party in candidate.parties
            if party.span is None or party.span.start == party.span.end
        ]
        if understood:
            yield f"That {' and '.join(understood)} is meant is understood from what stands before."

    def _date_of(self, asked: Span | None) -> Dating:
        """The time that these words tell."""
        if asked is None:
            return Dating()
        over = [time for time in self.times if time.span.start < asked.end and time.span.end > asked.start]
        if not over:
            return Dating()
        time = max(over, key=lambda time: min(time.span.end, asked.end) - max(time.span.start, asked.start))
        if isinstance(time, Undated):
            return Dating(doubts=(f"No date was read: {time.reason}.",))
        edtf = _related(time)
        if not edtf:
            return Dating(doubts=(f"The text says {time.relation} {time.edtf}.",))
        doubts = () if time.ground == "stated" else (f"Date: {time.ground}.",)
        return Dating(edtf, time.was, time.rule, doubts, time.confidence)


_CLAUSE_END = re.compile(r"[,;:()]|\s[–—-]\s|[.!?][\"”’)]*$")
_CLAUSE_BEGIN = re.compile(r"[,;:()]\s|\s[–—-]\s")


def _clause(span: Span, sentence: str) -> Span:
    """The words with the rest of the clause around them: a reader of the draft can check what it can read."""
    end = _CLAUSE_END.search(sentence, span.end)
    begins = [
        found.end()
        for found in _CLAUSE_BEGIN.finditer(sentence, 0, span.start + 1)
        if found.end() <= span.start
    ]
    return Span(begins[-1] if begins else 0, end.start() if end else len(sentence))


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
    edtf = form.format(time.edtf)
    try:
        When.parse(edtf)
    except DateError:
        return ""
    return edtf


_PUT_OFF = re.compile(r"\b(?:postpon|put off|delay|shelv)", re.IGNORECASE)
_FELL_THROUGH = re.compile(
    r"\b(?:planned|scheduled|due)\b.*\b(?:never|not) (?:take|took) place\b", re.IGNORECASE
)
_ANNOUNCING = re.compile(r"\b(?:announc|declar|decid|agree|said|say)", re.IGNORECASE)


def _status(candidate: Candidate, words: str) -> str:
    """The step; of what is only intended, one that says so: announced, or planned for the time that is told."""
    if candidate.status == "cancelled" and _PUT_OFF.search(words):
        return "announced"
    if (
        candidate.assertion is Assertion.NEGATED
        and candidate.kind != "agreement"
        and _FELL_THROUGH.search(words)
    ):
        return "cancelled"
    if candidate.status == "announced" and candidate.kind != "agreement":
        return "planned" if candidate.date and not _ANNOUNCING.search(words) else "announced"
    if candidate.assertion is not Assertion.PROPOSED or candidate.status in (
        *INTENDED,
        "negotiating",
        "cancelled",
    ):
        return candidate.status
    return "announced" if candidate.kind == "agreement" else "planned"


def _name(words: str) -> str:
    """What the words call the thing, where they put it in quotation marks or say how it is called."""
    found = _CALLED.search(words) or _NAME.search(words)
    return found[1].strip(" ,.") if found else ""


def _carried(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims; one without a date whose parties are understood from the sentence before has the date of what was told of them there."""
    last: Claim | None = None
    for claim in claims:
        mention = claim.mention
        if last and not mention.date.edtf and _goes_on(last, claim):
            ground = f"Date: that of the sentence before, {last.mention.date.edtf}."
            date = replace(last.mention.date, doubts=(ground,))
            mention = replace(mention, date=date, confidence=round(mention.confidence * CARRIED, 2))
            claim = replace(claim, mention=mention)
        elif mention.date.edtf:
            last = claim
        yield claim


def _goes_on(before: Claim, claim: Claim) -> bool:
    one, other = before.mention, claim.mention
    near = 0 < other.sentence - one.sentence <= REMEMBERED
    understood = any("understood" in doubt for doubt in other.doubts)
    return (
        near and understood and before.actors == claim.actors and other.status not in INTENDED - {"announced"}
    )


def _similar(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims; a similar agreement has the types of the one told of before."""
    types: tuple[str, ...] = ()
    for claim in claims:
        if claim.kind == "agreement":
            if claim.mention.similar and claim.types == ("other",) and types:
                claim = replace(claim, types=types)
            types = claim.types
        yield claim


def _hosted(candidate: Candidate, sentence: Sentence) -> tuple[Party, ...]:
    """The parties; of those who met or exercised in the country of one of them, that one is the host."""
    parties = tuple({party.actor: Party(party.actor, party.role) for party in candidate.parties}.values())
    default = kind_of(candidate.kind).default_role
    if "host" not in kind_of(candidate.kind).roles or any(party.role != default for party in parties):
        return parties
    there = {mention.actor for mention in bundled().mentions(candidate.location, days_of(sentence))}
    hosts = there & {party.actor for party in parties}
    if len(hosts) != 1:
        return parties
    return tuple(replace(party, role="host" if party.actor in hosts else "guest") for party in parties)
