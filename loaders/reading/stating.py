"""From events to candidates: each relation once, with the roles of its parties, its status, its words, and how sure the reader is."""

from collections.abc import Iterable, Iterator, Sequence

from comity.loaders.reading import words
from comity.loaders.reading.candidate import Assertion, Candidate, Participant, Span
from comity.loaders.reading.circumstances import date_of, location_of, people_of
from comity.loaders.reading.event import Event
from comity.loaders.reading.events import events
from comity.loaders.reading.guessing import countries, host_of, is_made_here, is_signed
from comity.loaders.reading.mood import Mood, is_talked_about, mood_of
from comity.loaders.reading.phrases import Named, Phrases

_ELSEWHERE = frozenset({"amod", "ccomp", "relcl"})
"""What says something else of a thing than its step: their suspended treaty, agreed that they would not sign."""
_STRENGTH = (Assertion.NEGATED, Assertion.PROPOSED, Assertion.ASSERTED)

# How sure a candidate is: by experience with sentences of news and history, not a probability.
_STATED, _INTENDED, _MENTIONED, _UNDERSTOOD, _GUESSED, _MANY = 0.8, 0.7, 0.1, 0.15, 0.35, 0.1


_UNTOLD = "agreed"
"""What an agreement is at least, where no word tells that it was signed or is in force."""


def candidates(phrases: Phrases) -> list[Candidate]:
    """What a sentence states: of two accounts of one relation the stronger, and of two as strong the surer."""
    found: dict[tuple[str, frozenset[str]], Candidate] = {}
    for event in events(phrases):
        for parties, guessed in _relations(phrases, event):
            candidate = _candidate(phrases, event, parties, guessed)
            key = (candidate.kind, frozenset(party.actor for party in candidate.parties))
            held = found.get(key)
            if held is None or _rank(candidate) > _rank(held):
                found[key] = candidate
    return list(found.values())


def _rank(candidate: Candidate) -> tuple[int, float]:
    return _STRENGTH.index(candidate.assertion), candidate.confidence


def _relations(phrases: Phrases, event: Event) -> Iterator[tuple[list[Named], bool]]:
    """The sets of parties of an event: one, or one with each of those with whom it is done."""
    ours, theirs = _distinct(event.ours), _distinct(event.theirs)
    theirs = [named for named in theirs if named.actor not in {n.actor for n in ours}]
    if event.each and ours and theirs:
        for one in ours:
            for other in theirs:
                yield [one, other], False
        return
    if event.visit or (event.each and event.ours):  # a guest of whom it is not known for whom he speaks
        theirs = theirs[:1]
    if event.each and not ours and len(theirs) > 2:  # treaties between Israel and Egypt, Lebanon and Syria
        for other in theirs[1:]:
            yield [theirs[0], other], False
        return
    parties = ours + theirs
    somebody = any(not named.actor for named in (*event.ours, *event.theirs))
    if len(parties) >= 2:
        yield parties, False
    elif len(parties) == 1 and somebody:
        others = [
            named
            for named in countries(phrases, event.trigger, capitals=True)
            if named.actor != parties[0].actor
        ]
        if len(others) == 1:
            yield parties + others, True
    elif len(parties) == 1 and (host := host_of(phrases, event)) and host.actor != parties[0].actor:
        yield [*parties, host], True
    elif is_made_here(phrases, event) or (len(theirs) == 1 and is_signed(event)):
        two = countries(phrases, event.trigger)
        if len(two) == 2 and {party.actor for party in parties} <= {country.actor for country in two}:
            yield two, True


def _distinct(parties: Iterable[Named]) -> list[Named]:
    found: dict[str, Named] = {}
    for party in parties:
        if party.actor and (party.actor not in found or not found[party.actor].words):
            found[party.actor] = party
    return list(found.values())


def _candidate(phrases: Phrases, event: Event, parties: Sequence[Named], guessed: bool) -> Candidate:
    mood = mood_of(event)
    span = _span(event, parties)
    last = event.trigger.doc[max(event.trigger.right_edge.i, event.carrier.right_edge.i)]
    about = (
        last.idx + len(last.text) if event.kind == "agreement" else span.end
    )  # a treaty with France on supplies
    types = [*words.types_of(event.kind, phrases.doc.text[span.start : max(span.end, about)])]
    if event.kind == "talks":
        types += ["visit"] * event.visit + ["multilateral"] * (len(parties) > 2)
    visited = {named.actor for named in event.theirs} if event.visit else set()
    understood = any(not party.words for party in parties)
    confidence = _STATED if mood.assertion is Assertion.ASSERTED else _INTENDED
    status = _status(event, mood)
    confidence -= (
        _MENTIONED * (not status) + _GUESSED * guessed + _UNDERSTOOD * understood + _MANY * (len(parties) > 3)
    )
    return Candidate(
        kind=event.kind,
        parties=tuple(
            Participant(p.actor, _role(event, p.actor in visited), Span(p.start, p.end) if p.words else None)
            for p in parties
        ),
        status=status or _UNTOLD,
        assertion=mood.assertion,
        span=span,
        predicate=Span(event.trigger.idx, event.trigger.idx + len(event.trigger.text)),
        types=tuple(types),
        date=None if _is_ratified(event) else date_of(phrases.doc, event.trigger),
        location=location_of(event.trigger, event.carrier),
        people=people_of(phrases.doc, span),
        confidence=round(confidence, 2),
        supposed=mood.supposed,
    )


def _role(event: Event, visited: bool) -> str:
    if event.kind == "agreement":
        return "party"
    if event.visit:
        return "host" if visited else "guest"
    return "participant"


def _status(event: Event, mood: Mood) -> str:
    """The step that is told; none of an agreement that is only mentioned."""
    own = (child for child in event.trigger.children if child.dep_ not in _ELSEWHERE)
    around = {event.trigger, event.carrier, event.trigger.head, *own}
    if event.trigger.dep_ == "pobj":  # put their signatures to
        around |= {
            event.trigger.head.head,
            *(c for c in event.trigger.head.head.children if c.dep_ == "dobj"),
        }
    lemmas = {
        token.lemma_.casefold() for token in around if token.pos_ in ("VERB", "AUX") or token != event.carrier
    }
    if event.kind == "agreement":
        if mood.assertion is not Assertion.ASSERTED:
            talked = lemmas & {"negotiate", "discuss"} or is_talked_about(event.trigger)
            return "negotiating" if talked else "announced"
        if (
            event.trigger.dep_ in ("dobj", "nsubjpass")
            and event.trigger.head.lemma_.casefold() in words.ENDING
        ):
            return "ended"
        for status, verbs in words.AGREEMENT_STATUS:
            if lemmas & verbs:
                return status
        return ""
    if mood.cancelled:
        return "cancelled"
    if mood.assertion is Assertion.PROPOSED:
        above = lemmas | {token.lemma_ for token in event.carrier.ancestors}
        return "planned" if mood.future or above & {"plan", "intend", "schedule"} else "announced"
    return (
        "under_way"
        if mood.assertion is Assertion.ASSERTED
        and lemmas & {"begin", "start", "open", "launch", "resume", "continue"}
        else "held"
    )


def _is_ratified(event: Event) -> bool:
    """Whether a date would be that of one side's consent: by then it was signed, and it may not be in force."""
    return event.kind == "agreement" and "ratify" in (event.carrier.lemma_, event.trigger.head.lemma_)


def _span(event: Event, parties: Sequence[Named]) -> Span:
    """The words from the first to the last of predicate, carrier and parties."""
    named = [party for party in parties if party.words]
    tokens = (event.trigger, event.carrier)
    return Span(
        min(*(token.idx for token in tokens), *(party.start for party in named)),
        max(*(token.idx + len(token.text) for token in tokens), *(party.end for party in named)),
    )
