"""What kind of relation a noun names: a treaty, talks, an exercise; or none, as a press conference or a good deal."""

import re

from spacy.tokens import Token

from comity.loaders.reading import words
from comity.loaders.reading.clauses import WITH

_TABLES = frozenset({"negotiating", "conference", "bargaining", "peace"})


def kind_of(noun: Token) -> str:
    """The kind of relation that a noun names, or nothing."""
    lemma = noun.lemma_.casefold()
    before = {child.lower_ for child in noun.children if child.i < noun.i}
    exchanged = "exchange" in (noun.head.lemma_, noun.head.head.lemma_)  # an exchange of notes
    if lemma == "office" and "good" in before:
        return "talks"
    if before & words.DOMESTIC:
        return ""
    if lemma == "memorandum" and noun.pos_ != "PROPN" and not any(c.lower_ == "of" for c in noun.children):
        return ""
    if lemma in words.AGREEMENTS or (exchanged and lemma in ("note", "letter")):
        return "agreement"
    if lemma == "fire" and "cease" in before:  # a cease-fire
        return "agreement"
    if lemma in words.TELEPHONE or (lemma == "call" and before & words.TELEPHONE):
        return "talks" if any(child.lower_ in (*WITH, "to") for child in noun.children) else ""
    if lemma == "call" and noun.head.lemma_ == "pay" and any(child.lower_ == "on" for child in noun.children):
        return "talks"
    if lemma in words.MEALS:
        beside = (*noun.children, *noun.head.children)
        return "talks" if any(child.lower_ == "with" for child in beside) else ""
    if lemma == "table" and before & _TABLES:
        return "talks"
    if lemma == "term" and noun.dep_ == "pobj" and noun.head.head.lemma_ == "come":  # came to terms
        return "agreement"
    if exchanged and lemma in ("view", "message", "idea", "telegram"):
        return "talks"
    if noun.pos_ == "PROPN" and any(c.text == "Exercise" and c.dep_ == "compound" for c in noun.children):
        return "drill"  # Exercise Northern Sun
    if lemma == "training" and before & {"joint", "combined", "bilateral", "multinational"}:
        return "drill"
    if lemma in words.OUTCOMES and _is_settled(noun, before):
        return "agreement"
    if lemma in words.TALKS or lemma in words.VISITS:
        return "talks"
    if lemma in words.DRILLS:
        return "drill" if _is_of_forces(noun, before) else ""
    return ""


def _is_settled(noun: Token, before: set[str]) -> bool:
    """Whether a declaration, an understanding or a settlement is one of two sides: a joint one, or one that they sign or reach."""
    if "joint" in before or (noun.dep_ == "pobj" and noun.head.head.lemma_ == "join"):
        return True
    if noun.pos_ == "PROPN" and noun.dep_ == "nsubj" and noun.head.lemma_.casefold() in words.BINDING:
        return True  # the Tashkent Declaration committed
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    around = [child for child in noun.children if child.dep_ == "acl"]
    if noun.dep_ in ("dobj", "nsubjpass"):
        around.append(noun.head)
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        around.append(above)  # the signing of
    if any(token.lemma_.casefold() in words.SETTLING | words.MAKING for token in around):
        return True
    return noun.lemma_ == "peace" and noun.dep_ == "dobj" and noun.head.lemma_ == "make"


def _is_of_forces(noun: Token, before: set[str]) -> bool:
    """Whether an exercise is one of forces: not the exercise of power, a writing exercise, a dentist's drill."""
    if noun.lemma_.casefold() == "game":
        return "war" in before
    if re.search(words.MILITARY, " ".join(token.text for token in noun.subtree), re.IGNORECASE):
        return True
    if noun.doc[noun.i + 1 : noun.i + 2].text.isspace() or any(
        child.lower_ in WITH for child in noun.children
    ):
        return True  # its name was blanked out; a drill with Japan
    if any(child.lower_ == "of" for child in noun.children) or before & words.CIVIL:
        return False
    return noun.tag_ in ("NNS", "NNPS") or "the" in before or noun.head.lemma_.casefold() in words.STAGING
