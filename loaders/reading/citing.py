"""Agreements that are told, and those that are only named as what is known already: `under the 1936 treaty`."""

import re

from spacy.tokens import Token

from comity.loaders.reading import words
from comity.loaders.reading.noun_kinds import kind_of

_VERBS = ("VERB", "AUX")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")


def merely_cited(noun: Token) -> bool:
    """Whether an agreement or a conference is only named, as what is known already: `under the 1936 treaty`, `their agreement's breach`."""
    if kind_of(noun) == "talks":  # the members of the conference
        above = noun.head.head.lemma_.casefold() if noun.dep_ == "pobj" and noun.head.lower_ == "of" else ""
        return bool(above) and any(c.lower_ == "the" for c in noun.children) and above not in words.STAGES
    if kind_of(noun) != "agreement":
        return False
    if any(
        child.dep_ in ("acl", "relcl") and child.lemma_.casefold() in words.MAKING for child in noun.children
    ):
        return False
    if noun.lemma_.casefold() in words.STANDING and not _is_made(noun):
        return True
    dated = any(child.i < noun.i and _YEAR.fullmatch(child.text) for child in noun.children)
    if dated and not any(child.lower_ in ("a", "an") for child in noun.children):
        return True
    known = any(child.lower_ in words.DEFINITE or child.dep_ == "poss" for child in noun.children)
    if known and noun.dep_ == "pobj" and (is_what_ends_it(noun) or is_fronted(noun)):
        return False
    if known and noun.dep_ == "pobj" and noun.head.head.lemma_.casefold() not in words.STAGES | words.ENTER:
        return True
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        terms = noun.head.head.lemma_.casefold()
        return terms in words.CITING
    if noun.dep_ in ("dobj", "nsubjpass"):
        return noun.head.lemma_.casefold() in words.BREACHING
    return False


def is_what_ends_it(noun: Token) -> bool:
    """Whether a treaty is told as what was brought about: the war ended `with the treaty`, relations were governed `by the agreement`."""
    above = noun.head.head
    if noun.head.lower_ == "by" and above.lemma_.casefold() in words.BINDING:
        return any(child.dep_ == "nsubjpass" for child in above.children)
    return noun.head.lower_ in ("with", "through", "in") and above.lemma_ in (
        "end",
        "terminate",
        "conclude",
        "culminate",
    )


def is_fronted(noun: Token) -> bool:
    """Whether a treaty stands before those who did something by it: `in the Lima Protocol` Norway and Peru divided the islands."""
    verb = noun.head.head
    if noun.head.lower_ not in ("by", "in", "through") or verb.pos_ not in _VERBS or noun.i > verb.i:
        return False
    return not any(child.dep_ == "poss" for child in noun.children)


def is_made_known(noun: Token) -> bool:
    """Whether a treaty is told with its signing: `a treaty signed in 1828`."""
    new = any(child.lower_ in ("a", "an") for child in noun.children)
    return new and any(c.dep_ == "acl" and c.lemma_.casefold() in words.MAKING for c in noun.children)


def _is_made(noun: Token) -> bool:
    """Whether an alliance is made or sought, and not only there."""
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    around = {above, *(child for child in noun.children if child.dep_ in ("acl", "relcl"))}
    return any(token.lemma_.casefold() in words.ALLYING for token in around)
