"""The events that one parsed sentence tells of: its nouns and verbs of meeting, agreeing and exercising, with who takes part."""

from collections.abc import Iterator
from dataclasses import replace

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
            yield from _apart(phrases, event)


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
