"""From a text to the draft of its facts: mended, cut into sentences, read, checked, dated, and gathered."""

from dataclasses import dataclass
from pathlib import Path

from comity.graph.dates import When
from comity.loaders.reading.candidate import Assertion, Reader
from comity.loaders.reading.checking import fault_of
from comity.loaders.reading.claiming import Located
from comity.loaders.reading.context import capitalised, with_context
from comity.loaders.reading.continuing import alike, carried, follow
from comity.loaders.reading.dating import Dated, document_date, read_dates
from comity.loaders.reading.draft import Correction, Draft, LeftOut
from comity.loaders.reading.following import sequels
from comity.loaders.reading.mending import Mend, mend
from comity.loaders.reading.merging import Claim, facts_of
from comity.loaders.reading.naming import Names, bundled
from comity.loaders.reading.pairing import paired, respectively
from comity.loaders.reading.sentences import sentences
from comity.loaders.reading.texts import Text

_LONGEST_TITLE = 150


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a document besides its text; what is empty is taken from the text where it tells.

    `names` are those that can be told in it, comity's own where None.
    """

    date: str = ""
    title: str = ""
    publisher: str = ""
    names: Names | None = None


def read_document(text: Text, reads: Reader, about: About = About()) -> Draft:
    """The draft of a text's facts as the reader sees them; `DateError` where the date that is given for it is none."""
    if about.date:
        When.parse(about.date)
    known = about.names or bundled()
    mended = mend(text.text)
    parts = sentences(mended)
    own = None if about.date or text.date else document_date(mended, parts)
    dated = about.date or text.date or (own.edtf if own else "")
    parts, names = capitalised(mended, parts)
    parts = with_context(parts, dated, known)
    left_out = [LeftOut(one.span.start, one.span.end, one.reason) for one in mended.unread]
    claims: list[Claim] = []
    told = read_dates(mended, parts, dated)
    for number, (sentence, candidates) in enumerate(zip(parts, reads(parts), strict=True)):
        here = Located(number, sentence, told[number], mended, known)
        left_out += here.undated()
        faults = [(candidate, fault_of(candidate, sentence)) for candidate in candidates]
        left_out += [here.left_out(candidate, fault) for candidate, fault in faults if fault]
        sound = [candidate for candidate, fault in faults if not fault]
        times = [time.span for time in told[number] if isinstance(time, Dated)]
        sound, unclear = respectively(sound, sentence, times)
        left_out += [here.left_out(each, "it is not told who is meant with whom") for each in unclear]
        claims += map(here.claim, paired(sound, sentence, times))
        for sequel in sequels(sentence.text):
            follow(sequel, here, claims)
    facts = facts_of(alike(carried(claims)))
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
            sorted([*names, *map(_correction, mended.repairs)], key=lambda one: (one.start, one.end))
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
