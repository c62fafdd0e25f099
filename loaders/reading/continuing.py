"""What goes on over several sentences: a thing called off later, a date told once, an agreement like the one before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from comity.loaders.reading.candidate import Assertion
from comity.loaders.reading.claiming import Located
from comity.loaders.reading.context import REMEMBERED
from comity.loaders.reading.draft import INTENDED, Dating, Mention
from comity.loaders.reading.following import Sequel
from comity.loaders.reading.merging import Claim

CARRIED = 0.8
"""What is left of the confidence where something is taken from a sentence before."""


def follow(sequel: Sequel, here: Located, claims: list[Claim]) -> None:
    """Add what is told further of the claim told last; one that was called off was not held."""
    reach = 0 if sequel.near else REMEMBERED
    places = [
        place
        for place, claim in enumerate(claims)
        if claim.kind in sequel.kinds
        and 0 <= here.number - claim.sentence <= reach
        and claim.mention.start < here.place(sequel.span).start
    ]
    if not places:
        return
    last = claims[places[-1]]
    earlier = last.mention
    if earlier.assertion is Assertion.NEGATED or earlier.status == sequel.step:
        return
    date = Dating() if sequel.step == "cancelled" else here.date_near(sequel.span)
    if sequel.step == "cancelled" and earlier.status not in INTENDED:
        earlier = replace(earlier, status="planned")
    elif last.sentence == here.number and earlier.date.edtf and earlier.date == date:
        earlier = replace(earlier, date=Dating())  # it dates what is told further
    claims[places[-1]] = replace(last, mention=earlier)
    place = here.place(sequel.span)
    mention = Mention(
        place.start,
        place.end,
        here.hash_of(place),
        Assertion.ASSERTED,
        sequel.step,
        date,
        method=earlier.method,
        confidence=round(earlier.confidence * CARRIED, 2),
        doubts=("Which one is meant is understood from what stands before.",),
    )
    claims.append(Claim(last.kind, last.types, last.parties, mention, here.number, definite=True))


def carried(claims: Sequence[Claim]) -> Iterator[Claim]:
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
    near = 0 < claim.sentence - before.sentence <= REMEMBERED
    return near and claim.understood and before.actors == claim.actors and claim.mention.status != "planned"


def alike(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims; a similar agreement has the types of the one told of before."""
    types: tuple[str, ...] = ()
    for claim in claims:
        if claim.kind == "agreement":
            if claim.similar and claim.types == ("other",) and types:
                claim = replace(claim, types=types)
            types = claim.types
        yield claim
