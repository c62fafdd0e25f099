"""The events that one parsed sentence tells of: its nouns and verbs of meeting, agreeing and exercising, with who takes part."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from comity.loaders.reading import words
from comity.loaders.reading.clauses import (
    WITH,
    agents,
    attached,
    object_of,
    subject_of,
    subject_tokens,
    subjects,
)
from comity.loaders.reading.naming import Form
from comity.loaders.reading.phrases import Named, Phrases

_VERBS = ("VERB", "AUX")
_INTO = ("in", "into", "to", "on", "upon", "for", "at")


@dataclass(frozen=True, slots=True)
class Event:
    """A noun or verb that tells of a relation, the verb that carries it, and who stands on either side.

    `theirs` are those with whom it is done, or who are visited; they are each a relation of their own where the words say so.
    """

    kind: str
    trigger: Token
    carrier: Token
    ours: Sequence[Named]
    theirs: Sequence[Named] = ()
    visit: bool = False
    each: bool = False


def events(phrases: Phrases) -> Iterator[Event]:
    """The events of a sentence, in the order of their words."""
    for token in phrases.doc:
        event = None
        if token.pos_ in ("NOUN", "PROPN"):
            event = _of_noun(phrases, token)
        elif token.pos_ == "VERB":
            event = _of_verb(phrases, token)
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


def kind_of(noun: Token) -> str:
    """The kind of relation that a noun names, or nothing."""
    lemma = noun.lemma_.casefold()
    before = {child.lower_ for child in noun.children if child.i < noun.i}
    if before & words.DOMESTIC:
        return ""
    if lemma == "memorandum" and not any(child.lower_ == "of" for child in noun.children):
        return ""
    if lemma in words.AGREEMENTS or (lemma == "note" and noun.head.lemma_ == "exchange"):
        return "agreement"
    if lemma in words.TALKS or lemma in words.VISITS:
        return "talks"
    if lemma in words.DRILLS:
        return "drill" if _is_of_forces(noun, before) else ""
    return ""


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


def _of_noun(phrases: Phrases, noun: Token) -> Event | None:
    kind = kind_of(noun)
    if not kind or _merely_cited(noun):
        return None
    if noun.lemma_.casefold() in words.VISITS:
        return _of_visit(phrases, noun)
    if noun.lemma_.casefold() in words.BETWEEN:
        return Event(kind, noun, noun, (), _between(phrases, noun))
    ours = phrases.adjectives(noun)
    theirs = _partners(phrases, noun, kind)
    clause = None
    for child in noun.children:
        if child.dep_ in ("acl", "relcl"):
            its, others = _of_clause(phrases, child)
            if its or others:
                clause = [child, *(below for below in child.children if below.dep_ == "xcomp")][-1]
            ours, theirs = ours + its, theirs + others
    carrier, its, others = _carried(phrases, noun, kind)
    if len({named.actor for named in _between(phrases, noun)}) > 1:
        its = []  # who brokers talks between others, hosts or calls for them is no party
    elif not (ours or its):
        definite = any(child.lower_ in words.DEFINITE for child in noun.children)
        around = _of_the_clause(phrases, noun) if theirs or others or not definite else []
        if theirs or others or len({named.actor for named in around if named.actor}) > 1:
            its = around
    if carrier == noun or (clause is not None and not (its or others)):
        carrier = clause or carrier
    plural = noun.tag_ in ("NNS", "NNPS") and noun.lower_ not in (
        "talks",
        "negotiations",
        "exercises",
        "drills",
        "manoeuvres",
        "maneuvers",
    )
    return Event(kind, noun, carrier, ours + its, theirs + others, each=plural and kind == "agreement")


def _between(phrases: Phrases, noun: Token) -> list[Named]:
    heads = [noun, noun.head] if noun.dep_ == "compound" else [noun]  # a mediation effort between
    return [named for head in heads for named in attached(phrases, head, ("between", "among", "amongst"))]


def _of_the_clause(phrases: Phrases, noun: Token) -> list[Named]:
    """The subject of the clause around `talks with Germany`, where nothing else says whose they are."""
    for above in noun.ancestors:
        if above.pos_ in _VERBS:
            return subjects(phrases, above)
    return []


def _merely_cited(noun: Token) -> bool:
    """Whether an agreement is only named, as what is known already: `under the 1936 treaty`, `their agreement's breach`."""
    if kind_of(noun) != "agreement":
        return False
    if any(child.dep_ == "acl" and child.lemma_.casefold() in words.MAKING for child in noun.children):
        return False
    known = any(child.lower_ in words.DEFINITE or child.dep_ == "poss" for child in noun.children)
    if known and noun.dep_ == "pobj" and noun.head.head.lemma_.casefold() not in words.STAGES | words.ENTER:
        return True
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        terms = noun.head.head.lemma_.casefold()
        return terms in words.CITING and not (
            terms in words.TERMS and any(c.lower_ in ("a", "an") for c in noun.children)
        )
    if noun.dep_ in ("dobj", "nsubjpass"):
        return noun.head.lemma_.casefold() in words.BREACHING
    return False


def _partners(phrases: Phrases, noun: Token, kind: str) -> list[Named]:
    """Talks `with Japan`, `between France and Germany`, `of the ministers of`, a treaty `of friendship with` someone."""
    found = attached(phrases, noun, (*WITH, "by", "involving"))
    if noun.dep_ == "dobj" and noun.head.lemma_.casefold() in words.ADDRESS:
        found += attached(phrases, noun, ("to",))
    for child in noun.children:
        if child.dep_ != "prep":
            continue
        for below in child.children:
            if below.dep_ != "pobj":
                continue
            if child.lower_ == "of" and kind != "agreement":
                found += phrases.named(below)
            if not phrases.named(below):
                found += attached(phrases, below, WITH)
    return found


def _of_clause(phrases: Phrases, verb: Token) -> tuple[list[Named], list[Named]]:
    """A treaty `signed by A and B`, talks `involving C`, an agreement `that Japan plans to sign with France`."""
    lemma = verb.lemma_.casefold()
    if lemma in ("involve", "include", "bring"):
        inside = object_of(verb)
        return [], phrases.named(inside) if inside is not None else []
    if lemma in words.JOINING and verb.dep_ == "relcl":  # a drill in which Finland took part
        who = subject_of(verb)
        return (phrases.named(who), []) if who is not None and who.tag_ not in ("WDT", "WP") else ([], [])
    chain = [verb] + [child for child in verb.children if child.dep_ == "xcomp"]
    if not any(each.lemma_.casefold() in words.CARRY for each in chain):
        return [], []
    subject = subject_of(verb)
    ours = []
    if verb.dep_ == "relcl" and subject is not None and subject.tag_ not in ("WDT", "WP"):
        ours = phrases.named(subject)
    for each in chain:
        ours = ours + agents(phrases, each)
    return ours, [named for each in chain for named in attached(phrases, each, WITH)]


def _carried(phrases: Phrases, noun: Token, kind: str) -> tuple[Token, list[Named], list[Named]]:
    """The verb that carries a noun, with its subjects and those with whom: `held talks with`, `was signed by`, `entered into`."""
    carried = noun
    while carried.dep_ in ("conj", "appos", "nmod") and carried.head.pos_ in ("NOUN", "PROPN"):
        carried = carried.head
    if carried != noun:  # an acquisition and cross-servicing agreement between
        verb, its, theirs = _carried(phrases, carried, kind)
        return verb, its, [] if kind_of(carried) else [*theirs, *attached(phrases, carried, WITH)]
    verb = carried.head
    if carried.dep_ == "compound" and kind_of(verb) == "" and verb.dep_ in ("dobj", "pobj", "nsubjpass"):
        carried, verb = verb, verb.head
    lemma = verb.lemma_.casefold()
    if carried.dep_ in ("dobj", "attr", "oprd") and verb.pos_ in _VERBS:
        if lemma == "host" and kind == "drill":
            return verb, subjects(phrases, verb), []
        if lemma == "be" or lemma not in words.CARRY:
            return (
                verb,
                _of_deed(phrases, verb),
                attached(phrases, verb, WITH) if lemma in words.CARRY else [],
            )
        towards = ("to", "from") if lemma in words.ADDRESS else ()
        return verb, subjects(phrases, verb), attached(phrases, verb, (*WITH, *towards))
    if carried.dep_ in ("nsubjpass", "nsubj") and verb.pos_ in _VERBS:
        if carried.dep_ == "nsubj" and lemma not in words.OCCUR:
            return verb, [], []
        return verb, agents(phrases, verb), attached(phrases, verb, WITH)
    if carried.dep_ == "pobj":
        return _below_preposition(phrases, carried, kind)
    return noun, [], []


def _of_deed(phrases: Phrases, verb: Token) -> list[Named]:
    """`The USSR's response was` a treaty."""
    subject = subject_of(verb)
    if verb.lemma_ == "be" and subject is not None and subject.lemma_.casefold() in words.DEEDS:
        return phrases.adjectives(subject)
    return []


def _below_preposition(phrases: Phrases, noun: Token, kind: str) -> tuple[Token, list[Named], list[Named]]:
    preposition = noun.head
    above = preposition.head
    lemma = above.lemma_.casefold()
    if above.pos_ in _VERBS and preposition.lower_ in _INTO and lemma in words.ENTER:
        joined = object_of(above) if lemma == "join" else None
        theirs = attached(phrases, above, WITH) + (phrases.named(joined) if joined is not None else [])
        return above, subjects(phrases, above), theirs
    if above.pos_ in ("NOUN", "PROPN") and (lemma in words.PROPOSAL or lemma in words.STAGES):
        ours = phrases.adjectives(above)
        theirs = _partners(phrases, above, kind)
        if above.dep_ == "dobj":
            return above.head, ours + subjects(phrases, above.head), theirs
        if above.dep_ == "nsubjpass":
            return above.head, ours + agents(phrases, above.head), theirs
        if above.dep_ in ("attr", "nsubj"):
            about = [
                child for child in above.head.children if child.dep_ in ("attr", "nsubj") and child != above
            ]
            return (
                above,
                ours + [n for c in about if c.lemma_ in words.DEEDS for n in phrases.adjectives(c)],
                theirs,
            )
        if above.dep_ == "pobj" and above.head.head.pos_ in _VERBS and above.head.lower_ in ("by", "with"):
            return above, ours + subjects(phrases, above.head.head), theirs
        return above, ours, theirs
    return noun, [], []


def _of_visit(phrases: Phrases, noun: Token) -> Event | None:
    """A visit `to Tokyo` `by` someone, someone's visit, paid by the subject."""
    hosts = attached(phrases, noun, ("to", "in"))
    guests = phrases.adjectives(noun) + attached(phrases, noun, ("by", "of", "from"))
    verb = noun.head if noun.dep_ != "pobj" else noun.head.head
    carrier = noun
    if noun.dep_ in ("dobj", "pobj") and hosts and not guests and verb.lemma_.casefold() in words.PAY:
        carrier, guests = verb, subjects(phrases, verb)
    if hosts and not guests and noun.dep_ == "pobj":  # said during a visit to Tokyo
        guests = _of_the_clause(phrases, noun)
    guests = [guest for guest in guests if guest.actor not in {host.actor for host in hosts}]
    if not any(guest.actor for guest in guests) and noun.dep_ == "attr":
        guests = [*guests, *_of_deed(phrases, verb)]
    return Event("talks", noun, carrier, guests, hosts, visit=True, each=True) if hosts and guests else None


def _of_verb(phrases: Phrases, verb: Token) -> Event | None:
    lemma = verb.lemma_.casefold()
    target = object_of(verb)
    objects = phrases.named(target) if target is not None else []
    if lemma in words.MEET:
        return _of_meeting(phrases, verb, target, objects)
    if lemma in words.SPEAK:
        partners = attached(phrases, verb, ("with",) if lemma == "discuss" else ("with", "to"))
        if lemma == "discuss" and target is not None:
            partners += attached(phrases, target, ("with",))
        return Event("talks", verb, verb, subjects(phrases, verb), partners, each=lemma in ("speak", "talk"))
    if lemma == "mediate":
        between = attached(phrases, verb, WITH)
        return Event("talks", verb, verb, subjects(phrases, verb), between) if between else None
    if lemma in words.VISIT and objects:
        return Event("talks", verb, verb, subjects(phrases, verb), objects, visit=True, each=True)
    if lemma in words.TRAVEL or lemma in words.SEND:
        return _of_journey(phrases, verb)
    if lemma in words.RECEIVE:
        return _of_receiving(phrases, verb)
    if lemma == "call" and not any(child.dep_ == "xcomp" for child in verb.children):
        on = [p.children for p in verb.children if p.dep_ == "prep" and p.lower_ in ("on", "upon")]
        called = [token for children in on for token in children if token.lemma_.casefold() in words.ENVOYS]
        theirs = [named for token in called for named in phrases.named(token)]
        return Event("talks", verb, verb, subjects(phrases, verb), theirs) if theirs else None
    if lemma in words.AGREE:
        return _of_agreeing(phrases, verb, target)
    if lemma == "join" and target is not None and target.lemma_.casefold() in words.PROJECTS:
        return Event("agreement", verb, verb, subjects(phrases, verb), phrases.adjectives(target))
    if lemma in words.REHEARSE:
        who = [token for token in subject_tokens(phrases, verb) if token.lemma_.casefold() in words.TROOPS]
        troops = [named for token in who for named in phrases.named(token)]
        return (
            Event("drill", verb, verb, troops, attached(phrases, verb, ("with", "alongside")))
            if troops
            else None
        )
    if lemma in words.DRILL and target is None:
        return Event(
            "drill", verb, verb, subjects(phrases, verb), attached(phrases, verb, ("with", "alongside"))
        )
    return None


def _of_meeting(phrases: Phrases, verb: Token, target: Token | None, objects: list[Named]) -> Event | None:
    if target is not None and (not objects or target.lemma_.casefold() in words.TROOPS):
        return None  # met a demand, met the advancing troops
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return None
    return Event("talks", verb, verb, subjects(phrases, verb), objects + attached(phrases, verb, WITH))


def _of_journey(phrases: Phrases, verb: Token) -> Event | None:
    """Someone who speaks for a country went, or was sent, to another."""
    lemma = verb.lemma_.casefold()
    to = ("to", "in") if lemma == "arrive" else ("for",) if lemma in ("leave", "depart", "head") else ("to",)
    places = [
        named
        for child in verb.children
        if child.dep_ in ("prep", "dative") and child.lower_ in to
        for place in child.children
        if place.dep_ == "pobj"
        and any(m.form in (Form.NAME, Form.CAPITAL) for m in phrases.mentions_at(place))
        for named in phrases.named(place)
    ]
    if not places:
        return None
    if lemma in words.SEND:
        sent = object_of(verb) or next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
        if sent is None or not _is_envoy(phrases, sent):
            return None
        guests = subjects(phrases, verb) + phrases.adjectives(sent) + phrases.one(sent)
    else:
        travellers = subject_tokens(phrases, verb)
        if not any(_is_envoy(phrases, token) for token in travellers):
            return None
        guests = subjects(phrases, verb)
    return Event("talks", verb, verb, guests, places, visit=True, each=True)


def _is_envoy(phrases: Phrases, token: Token) -> bool:
    if token.lower_ in ("he", "she", "who"):
        return True
    if any(m.form in (Form.PERSON, Form.SURNAME) for m in phrases.mentions_at(token)):
        return True
    if token.pos_ == "PROPN" and token.ent_type_ == "PERSON":
        return True
    return token.lemma_.casefold() in words.ENVOYS


def _of_receiving(phrases: Phrases, verb: Token) -> Event | None:
    target = object_of(verb)
    if target is not None and _is_envoy(phrases, target):
        return Event("talks", verb, verb, subjects(phrases, verb), phrases.named(target))
    called = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    if called is not None and _is_envoy(phrases, called):
        where = attached(phrases, verb, ("to", "by")) + attached(phrases, called, ("to",))
        return Event("talks", verb, verb, phrases.one(called), where)
    return None


def _of_agreeing(phrases: Phrases, verb: Token, target: Token | None) -> Event | None:
    lemma = verb.lemma_.casefold()
    partners = attached(phrases, verb, ("with",))
    if lemma == "sign" and target is not None and kind_of(target):
        return None  # the treaty is what is told
    if lemma == "sign" and target is None and any(c.dep_ == "nsubjpass" for c in verb.children):
        return None
    if lemma == "agree" and any(child.dep_ == "xcomp" for child in verb.children):
        return None  # agreed to begin talks, to withdraw: what is told is what they agreed to do
    return Event("agreement", verb, verb, subjects(phrases, verb), partners)
