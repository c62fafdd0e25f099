"""Who does what in a clause: subjects and agents of verbs, inherited where a verb has none of its own, and what hangs on prepositions."""

from collections.abc import Sequence

from spacy.tokens import Token

from comity.loaders.reading import words
from comity.loaders.reading.phrases import Named, Phrases

BETWEEN = ("between", "among", "amongst")
WITH = ("with", *BETWEEN)
SUBJECTS = ("nsubj", "nsubjpass")
_RELATIVE = ("WDT", "WP")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_HOPS = 6  # from a verb up to the one whose subject it shares


def subject_of(verb: Token) -> Token | None:
    """The verb's own subject."""
    return next((child for child in verb.children if child.dep_ in SUBJECTS), None)


def object_of(verb: Token) -> Token | None:
    """The verb's direct object."""
    return next((child for child in verb.children if child.dep_ == "dobj"), None)


def agents(phrases: Phrases, verb: Token) -> list[Named]:
    """By whom a thing was done."""
    return attached(phrases, verb, ("by",))


def attached(phrases: Phrases, word: Token, prepositions: Sequence[str]) -> list[Named]:
    """Who stands after one of the prepositions under a verb or noun."""
    return [
        named
        for child in word.children
        if child.dep_ in ("prep", "agent", "dative")
        for each in (
            child,
            *(c for c in child.children if c.dep_ in ("conj", "prep")),
        )  # with Japan and with France
        if each.lower_ in prepositions
        for below in each.children
        if below.dep_ == "pobj"
        for named in (_between(phrases, below) if each.lower_ in BETWEEN else _together(phrases, below))
    ]


def _together(phrases: Phrases, first: Token) -> list[Named]:
    """Who a phrase stands for, with the names listed after it that the parser hangs elsewhere: with Peru, Chile, and Cuba."""
    found = phrases.named(first)
    if len(found) < 2:
        return found
    last = first.doc[_last_of(first, found)]
    if all(token.lower_ != "and" for token in first.doc[first.i : last.i]):
        found += [named for named in phrases.listed(last) if named not in found]
    return found


def _last_of(first: Token, found: list[Named]) -> int:
    end = max(named.end for named in found)
    return next((t.i for t in first.doc[first.i :] if t.idx + len(t.text) >= end), first.i)


def _between(phrases: Phrases, first: Token) -> list[Named]:
    """Those between whom something is, of whom there are two at least: where the parser sees one, whoever is named after an `and`."""
    found = phrases.named(first)
    found += [named for named in phrases.listed(first) if named not in found]
    if len({named.actor for named in found}) != 1:
        return found
    joined = False
    for token in first.doc[first.i + 1 :]:
        if token.tag_ in _FINITE:
            break
        joined = joined or token.lower_ == "and"
        other = [named for named in phrases.one(token) if named.actor] if joined else []
        if other:
            return found + other
    return found


def subjects(phrases: Phrases, verb: Token) -> list[Named]:
    """Who does it: the agent, the subject, or the subject of the verb that it hangs on."""
    return [named for token in subject_tokens(phrases, verb) for named in _who(phrases, token)]


def subject_tokens(phrases: Phrases, verb: Token, hops: int = 0) -> list[Token]:
    """The heads of the phrases that say who does it."""
    if hops > _HOPS:
        return []
    by = [
        below
        for child in verb.children
        if child.dep_ == "agent"
        for below in child.children
        if below.dep_ == "pobj" and phrases.named(below)
    ]
    if by:
        return by
    subject = subject_of(verb)
    if subject is not None:
        if subject.tag_ in _RELATIVE and verb.dep_ == "relcl":
            return [verb.head]
        if subject.dep_ == "nsubjpass" and not phrases.named(subject):
            return []
        return [child for child in verb.children if child.dep_ == subject.dep_]
    if verb.tag_ in _FINITE and verb.dep_ != "acl" and verb.i > 0 and phrases.named(verb.nbor(-1)):
        return [verb.nbor(-1)]  # the parser has lost the subject of the verb after it
    head = verb.head
    if head == verb:
        return []
    if verb.dep_ == "pcomp":  # responded by signing
        head = head.head
    if head.pos_ in ("NOUN", "PROPN"):
        if verb.dep_ in ("acl", "relcl") and verb.tag_ == "VBG" and phrases.named(head):
            return [head]
        return _doers(phrases, head, hops)
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "conj", "pcomp", "dep", "acomp"):
        if verb.dep_ != "conj" and head.lemma_.casefold() in words.DIRECTED:
            on = [
                c
                for p in head.children
                if p.dep_ == "prep" and p.lower_ in ("on", "upon")
                for c in p.children
            ]
            told = [
                c
                for c in (*head.children, *on)
                if c.dep_ in ("dobj", "nsubjpass", "pobj") and phrases.named(c)
            ]
            if told:
                return told
        return subject_tokens(phrases, head, hops + 1)
    return []


def _doers(phrases: Phrases, noun: Token, hops: int) -> list[Token]:
    """Whose offer it is: `Japan's plan to sign`, or the subject's who `rejected an offer to meet`."""
    if noun.dep_ == "dobj" and noun.lemma_.casefold() in words.PROPOSAL:  # accepted an offer by Norway to
        by = [b for c in noun.children if c.lower_ == "by" for b in c.children if b.dep_ == "pobj"]
        if any(phrases.named(each) for each in by):
            return by
    if phrases.adjectives(noun):
        return [noun]
    if phrases.named(noun) and noun.dep_ != "pobj":
        return [noun]
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ in ("dobj", "attr", "pobj") and verb.pos_ in ("VERB", "AUX"):
        return subject_tokens(phrases, verb, hops + 1)
    return []


def _who(phrases: Phrases, token: Token) -> list[Named]:
    found = phrases.named(token)
    found += [named for named in phrases.listed(token) if named not in found]
    for beside in token.children:
        if beside.lower_ in ("along", "together"):
            found = found + attached(phrases, token, ("with",))
    if found:
        return found
    lemma = token.lemma_.casefold()
    the = token.tag_ == "NN" and any(child.lower_ == "the" for child in token.children)
    if token.lower_ in ("he", "she") or (the and lemma in words.ENVOYS):
        return phrases.antecedent(token) or phrases.spoken_for(token)
    if token.pos_ != "NOUN" or lemma not in words.DEEDS:
        return []
    return phrases.adjectives(token) or [
        named
        for child in token.children
        if child.dep_ == "prep" and child.lower_ in ("of", "by")
        for below in child.children
        for named in _who(phrases, below)
    ]
