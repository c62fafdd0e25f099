"""What a reader says is checked against the text and the kinds before it is kept, whatever reader it is."""

from comity.graph.crosswalk import crosswalk
from comity.graph.kinds import kind_of
from comity.loaders.reading.candidate import Candidate, Sentence
from comity.loaders.reading.draft import KINDS


def fault_of(candidate: Candidate, sentence: Sentence) -> str:
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
    if candidate.supposed:
        return "the text only supposes it"
    if not 0 <= candidate.confidence <= 1:  # nor is NaN
        return f"{candidate.confidence:g} is no confidence from 0 to 1"
    flat = " ".join(sentence.text.split())
    if any(" ".join(words.split()) not in flat for words in (candidate.location, *candidate.people)):
        return f"{candidate.method} names a place or people that are not in the text"
    return ""
