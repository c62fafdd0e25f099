"""From a text to the draft of its facts: mended, cut into sentences, read, dated, and every claim checked against the text."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from comity.graph.crosswalk import crosswalk
from comity.graph.dates import When
from comity.graph.errors import DateError
from comity.graph.kinds import kind_of
from comity.graph.model import Party
from comity.loaders.reading.candidate import Assertion, Candidate, Reader, Sentence, Span
from comity.loaders.reading.dating import Dated, Undated, document_date, read_dates
from comity.loaders.reading.draft import INTENDED, KINDS, Correction, Dating, Draft, LeftOut, Mention
from comity.loaders.reading.mending import Mended, mend
from comity.loaders.reading.merging import Claim, facts_of
from comity.loaders.reading.naming import Form, bundled
from comity.loaders.reading.pairing import pairs_of
from comity.loaders.reading.sentences import sentences
from comity.loaders.reading.texts import Text

REMEMBERED = 3
"""Sentences back that "the two sides" and "his counterpart" can reach."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a document besides its text; what is empty is taken from the text where it tells."""

    date: str = ""
    title: str = ""
    publisher: str = ""


def read_document(text: Text, reads: Reader, about: About = About()) -> Draft:
    """The draft of a text's facts as the reader sees them; `DateError` where the date given for it is none."""
    if about.date:
        When.parse(about.date)
    mended = mend(text.content)
    parts = sentences(mended)
    dated = about.date or _own_date(mended, parts)
    parts = list(_with_context(parts, dated))
    times = read_dates(mended, parts, dated)
    left_out = [
        LeftOut(one.span.start, one.span.end, one.reason) for one in mended.unread
    ]
    claims: list[Claim] = []
    for number, (sentence, candidates, told) in enumerate(zip(parts, reads(parts), times, strict=True)):
        ...
