"""What a sentence needs of the document around it: names as they are spelt, and whom the sentences before it are about."""

import re
from collections.abc import Sequence
from dataclasses import replace

from comity.loaders.reading.candidate import Sentence, Span
from comity.loaders.reading.draft import Correction
from comity.loaders.reading.language import days_of
from comity.loaders.reading.mending import Mended
from comity.loaders.reading.naming import Form, Names, small_names

NAME_CASE = "name-case"
"""The rule that puts a known person's name in capitals (docs/repairs.md)."""

REMEMBERED = 3
"""Sentences back that "the two sides" and "the exercise" can reach."""

_GOING_ON = re.compile(
    r"(?:[^,]{1,40}, )?(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Tt]he (?:\w+ )?(?:minister|president|chancellor|premier|secretary))\b"
)


def capitalised(mended: Mended, parts: Sequence[Sentence]) -> tuple[list[Sentence], list[Correction]]:
    """The sentences with known people's names in capitals where they stand in small letters, and these corrections."""
    found, corrections = [], []
    for part in parts:
        text = part.text
        for span in small_names(text):
            place = mended.original_span(Span(part.span.start + span.start, part.span.start + span.end))
            was, now = text[span.start : span.end], text[span.start : span.end].title()
            text = text[: span.start] + now + text[span.end :]
            corrections.append(Correction(place.start, place.end, was, now, NAME_CASE))
        found.append(replace(part, text=text))
    return found, corrections


def with_context(parts: Sequence[Sentence], dated: str, names: Names) -> list[Sentence]:
    """The sentences with the document's date, and with the actors that those before them name: the latest sentence first, in it in their order."""
    before: list[list[str]] = []
    found = []
    for part in parts:
        mentioned = dict.fromkeys(actor for named in reversed(before[-REMEMBERED:]) for actor in named)
        found.append(replace(part, document_date=dated, mentioned=tuple(mentioned)))
        mentions = names.mentions(part.text, days_of(found[-1]))
        named = [each.actor for each in mentions if each.form not in (Form.NONE, Form.SURNAME, Form.CAPITAL)]
        named += [each.actor for each in mentions if each.form is Form.CAPITAL]  # as likely a place only
        if before and _GOING_ON.match(part.text):
            named.insert(0, before[-1][0])  # still about whom the sentence before was about
        if named:
            before.append(list(dict.fromkeys(named)))
    return found
