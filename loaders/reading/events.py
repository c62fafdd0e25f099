"""The events that one parsed sentence tells of: its nouns and verbs of meeting, agreeing and exercising, with who takes part."""

from collections.abc import Iterator
from dataclasses import replace

from comity.loaders.reading import words
from comity.loaders.reading.clauses import subjects
from comity.loaders.reading.event import Event
from comity.loaders.reading.nouns import of_noun
from comity.loaders.reading.phrases import Phrases
from comity.loaders.reading.verbs import of_verb


def events(phrases: Phrases) -> Iterator[Event]:
    """The events of a sentence, in the order of their words."""
    for token in phrases.doc:
        event = None
        if token.pos_ in ("NOUN", "PROPN"):
            event = of_noun(phrases, token)
        elif token.pos_ == "VERB":
            event = of_verb(phrases, token)
        if event is not None:
            yield from _apart(phrases, _with_proposer(phrases, event))


def _with_proposer(phrases: Phrases, event: Event) -> Event:
    """The event; where it has one party, whoever proposes it is the other: Japan suggested `that Norway join in talks`."""
    if len({named.actor for named in (*event.ours, *event.theirs)}) != 1:
        return event
    verb = event.carrier if event.carrier.pos_ == "VERB" else event.carrier.head
    above = verb.head
    if verb.dep_ == "acl" and above.lemma_.casefold() in words.PROPOSAL and above.dep_ == "dobj":
        return replace(
            event, theirs=[*event.theirs, *subjects(phrases, above.head)]
        )  # accepted an offer to meet
    if verb.dep_ != "ccomp" or event.trigger.lemma_ == "agree" or above.lemma_.casefold() not in words.INTEND:
        return event
    return replace(event, theirs=[*event.theirs, *subjects(phrases, above)])


def _apart(phrases: Phrases, event: Event) -> Iterator[Event]:
    """Treaties `between A and B and between C and D` are two."""
    groups = [
        attached_to
        for token in dict.fromkeys((event.trigger, event.carrier))
        for first in token.children
        if first.lower_ == "between"
        for each in (
            first,
            *(child for child in first.subtree if child.lower_ == "between" and child != first),
        )
        if (
            attached_to := [
                n for below in each.children if below.dep_ == "pobj" for n in phrases.named(below)
            ]
        )
    ]
    if len(groups) < 2:
        yield event
        return
    for group in groups:
        yield replace(event, ours=(), theirs=group)
