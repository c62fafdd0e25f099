"""Events told by nouns: `talks between`, `A's treaty with B`, `held an exercise with`, `a visit to`."""

from spacy.tokens import Token

from comity.loaders.reading import words
from comity.loaders.reading.citing import is_fronted, is_made_known, is_what_ends_it, merely_cited
from comity.loaders.reading.clauses import (
    BETWEEN,
    SUBJECTS,
    WITH,
    agents,
    attached,
    object_of,
    subject_of,
    subjects,
)
from comity.loaders.reading.event import Event
from comity.loaders.reading.noun_kinds import kind_of
from comity.loaders.reading.phrases import Named, Phrases

_VERBS = ("VERB", "AUX")
_BY_WAY_OF = ("through", "via", "by", "in", "after", "during", "following", "to", "on", "into", "at")
_ABOUT = ("of", "on", "for", "concerning", "about", "in")
_DEPTH = 2  # phrases below phrases, to the countries between which a thing is settled
_INTO = ("in", "into", "to", "on", "upon", "for", "at")


def of_noun(phrases: Phrases, noun: Token) -> Event | None:
    """The event that a noun tells of, if it tells of one."""
    kind = kind_of(noun)
    if not kind or merely_cited(noun):
        return None
    if noun.lemma_.casefold() in words.VISITS:
        return _of_visit(phrases, noun)
    if noun.lemma_.casefold() in words.BETWEEN:
        return Event(kind, noun, noun, (), _between(phrases, noun))
    ours = phrases.adjectives(noun)
    theirs = _partners(phrases, noun, kind)
    if theirs:  # their treaty with Norway
        ours += [n for child in noun.children if child.lower_ == "their" for n in phrases.understood(child)]
    clause = None
    for child in noun.children:
        if child.dep_ in ("acl", "relcl"):
            its, others = _of_clause(phrases, child)
            if its or others:
                clause = [child, *(below for below in child.children if below.dep_ == "xcomp")][-1]
            ours, theirs = ours + its, theirs + others
    carrier, its, others = _carried(phrases, noun, kind)
    if _is_complete(phrases, noun, ours, theirs):
        convened = noun.dep_ == "dobj" and kind == "talks" and carrier.lemma_.casefold() in words.CONVENE
        its = (
            subjects(phrases, carrier) if convened else []
        )  # but who brokers talks of others, hosts, welcomes or calls for them is no party
    elif not (ours or its) and not (noun.dep_ == "nsubj" and others):
        its = _of_the_clause(phrases, noun)
        if not (
            theirs or others or (_is_means(noun) and len({named.actor for named in its if named.actor}) > 1)
        ):
            its = []
    if not (ours or its or theirs or others):
        others = _of_the_talks(phrases, noun, kind)
    if carrier == noun or (clause is not None and not (its or others)):
        carrier = clause or carrier
    each = kind == "agreement" and noun.tag_ in ("NNS", "NNPS")  # treaties with several are one with each
    return Event(kind, noun, carrier, ours + its, theirs + others, each=each)


def _of_the_talks(phrases: Phrases, noun: Token, kind: str) -> list[Named]:
    """Those whose talks came to an agreement: `talks between Peru and Chile led to a treaty`."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    talks = subject_of(verb) if verb.lemma_.casefold() in words.RESULT else None
    if kind != "agreement" or talks is None or kind_of(talks) != "talks":
        return []
    event = of_noun(phrases, talks)
    return [*event.ours, *event.theirs] if event is not None else []


def _is_complete(phrases: Phrases, noun: Token, ours: list[Named], theirs: list[Named]) -> bool:
    """Whether the words about a noun name both sides: talks `between A and B`, `A's` treaty `with B`, an exercise `of A and B`."""
    sides = (_between(phrases, noun), ours, attached(phrases, noun, ("of", "by")))
    return bool(ours and theirs) or any(len({named.actor for named in side}) > 1 for side in sides)


def _is_means(noun: Token) -> bool:
    """Whether the subjects of a clause do it by way of the noun: `settled it through negotiations`, `put their names to a treaty`."""
    known = any(child.lower_ in words.DEFINITE for child in noun.children)
    if noun.dep_ == "pobj" and (is_what_ends_it(noun) or is_fronted(noun)):
        return True
    if is_made_known(noun) and noun.dep_ == "pobj":  # under (the terms of) a treaty signed in 1828
        return True
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and noun.head.head.lemma_.casefold() in words.DURATIONS
    ):
        noun = noun.head.head  # after four months of negotiations
    if noun.lemma_.casefold() in words.TELEPHONE:
        return True  # they spent the night on the telephone
    return not known and (noun.dep_ == "dobj" or (noun.dep_ == "pobj" and noun.head.lower_ in _BY_WAY_OF))


def _between(phrases: Phrases, noun: Token) -> list[Named]:
    heads = [noun, noun.head] if noun.dep_ == "compound" else [noun]  # a mediation effort between
    if noun.dep_ == "pobj" and noun.head.head.lemma_.casefold() in words.STAGES:
        heads.append(noun.head.head)  # a round of mediation between
    return [named for head in heads for named in attached(phrases, head, BETWEEN)]


def _of_the_clause(phrases: Phrases, noun: Token) -> list[Named]:
    """The subject of the clause around `talks with Germany`, where nothing else says whose they are."""
    for above in noun.ancestors:
        if above.pos_ in _VERBS and (above != noun.head or noun.dep_ not in SUBJECTS or above.dep_ != "conj"):
            brokered = noun.dep_ == "nsubjpass" and above.lemma_.casefold() in words.BROKER
            return [] if brokered else subjects(phrases, above) or _afflicted(phrases, above)
    return []


def _afflicted(phrases: Phrases, verb: Token) -> list[Named]:
    """Whose crisis it is that ended with a treaty: `the war ended for Peru with`."""
    subject = subject_of(verb)
    if subject is None or subject.lemma_.casefold() not in words.ORDEALS:
        return []
    return phrases.concerned(subject)


def _partners(phrases: Phrases, noun: Token, kind: str) -> list[Named]:
    """Talks `with Japan`, `between France and Germany`, `of the ministers of`, a treaty `of friendship with` someone."""
    found = attached(phrases, noun, (*WITH, "by", "involving"))
    if noun.lemma_.casefold() in words.TOWARDS | words.TELEPHONE:
        found += attached(phrases, noun, ("to", "on"))
    if noun.dep_ == "pobj" and noun.head.head.lemma_.casefold() in words.PROPOSAL:  # an offer of a truce to
        found += attached(phrases, noun, ("to",))
    if noun.dep_ == "dobj" and noun.head.lemma_.casefold() in words.ADDRESS:
        found += attached(phrases, noun, ("to", "from"))
    for child in noun.children:
        if child.dep_ != "prep":
            continue
        for below in child.children:
            if below.dep_ != "pobj":
                continue
            if child.lower_ == "of":
                of = attached(phrases, noun, ("of",))
                found += of if kind != "agreement" or len({named.actor for named in of}) > 1 else []
            found += _further(phrases, below)
    return found


def _further(phrases: Phrases, noun: Token, depth: int = 0) -> list[Named]:
    """Those with whom it is, deeper in a phrase: protocols on the establishment of relations `between A and B`."""
    if phrases.named(noun) or depth > _DEPTH:
        return []
    found = attached(phrases, noun, WITH)
    if found or (depth and kind_of(noun)):
        return found
    below = [
        b
        for child in noun.children
        if child.dep_ == "prep" and child.lower_ in _ABOUT
        for b in child.children
    ]
    return [named for each in below if each.dep_ == "pobj" for named in _further(phrases, each, depth + 1)]


def _of_clause(phrases: Phrases, verb: Token) -> tuple[list[Named], list[Named]]:
    """A treaty `signed by A and B`, talks `involving C`, an agreement `that Japan plans to sign with France`."""
    lemma = verb.lemma_.casefold()
    if lemma in words.BROKER:
        return [], []
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
        told = object_of(verb) if lemma in words.DIRECTED else None  # which Peru pressed Chile to sign
        ours = phrases.named(told or subject)
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
        if lemma not in words.CARRY:
            return verb, [], []
        towards = ("to", "from") if lemma in words.ADDRESS else ()
        asked = (
            [n for c in verb.children if c.dep_ in ("dative", "nsubjpass") for n in phrases.named(c)]
            if towards
            else []
        )
        return verb, subjects(phrases, verb), attached(phrases, verb, (*WITH, *towards)) + asked
    if carried.dep_ in ("nsubjpass", "nsubj") and verb.pos_ in _VERBS:
        bound = _bound(phrases, kind, verb, object_of(verb)) if carried.dep_ == "nsubj" else []
        if bound or (carried.dep_ == "nsubj" and lemma not in words.OCCUR):
            return verb, [], bound or attached(phrases, verb, BETWEEN)
        by = [] if lemma in words.BROKER else agents(phrases, verb)
        into = [
            b for c in verb.children if c.lower_ in ("into", "in") for b in c.children
        ]  # went into effect between
        between = [named for each in into for named in attached(phrases, each, BETWEEN)]
        return verb, by, attached(phrases, verb, WITH) + between
    if carried.dep_ == "pobj":
        return _below_preposition(phrases, carried, kind)
    return noun, [], []


def _bound(phrases: Phrases, kind: str, verb: Token, bound: Token | None) -> list[Named]:
    """Those whom a treaty commits, or between whom it settles something: it `ended the war between Peru and Chile`."""
    doing = {"agreement": words.BINDING, "talks": words.GATHER, "drill": words.GATHER}[kind]
    if bound is None or verb.lemma_.casefold() not in doing:
        return []
    found = (
        attached(phrases, bound, BETWEEN)
        or phrases.named(bound) + phrases.listed(bound)
        or phrases.adjectives(bound)
    )
    return found if len({named.actor for named in found if named.actor}) > 1 else []


def _below_preposition(phrases: Phrases, noun: Token, kind: str) -> tuple[Token, list[Named], list[Named]]:
    preposition = noun.head
    above = preposition.head
    lemma = above.lemma_.casefold()
    if preposition.lower_ == "by" and above.pos_ in _VERBS and not attached(phrases, noun, WITH):
        bound = _bound(phrases, kind, above, subject_of(above))
        if bound:
            return above, [], bound
    if above.pos_ in _VERBS and preposition.lower_ in _INTO and lemma in words.ENTER:
        joined = object_of(above) if lemma in words.ASKING else None
        theirs = attached(phrases, above, WITH) + (phrases.named(joined) if joined is not None else [])
        return above, subjects(phrases, above), theirs
    if above.pos_ in ("NOUN", "PROPN") and (lemma in words.PROPOSAL or lemma in words.STAGES):
        ours = phrases.adjectives(above)
        theirs = _partners(phrases, above, kind) + attached(phrases, above, ("to",))
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
    of = noun.lemma_ == "tour"  # a tour of Peru is one to Peru
    hosts = attached(phrases, noun, ("to", "in", "of") if of else ("to", "in"))
    guests = phrases.adjectives(noun) + attached(
        phrases, noun, ("by", "from") if of else ("by", "of", "from")
    )
    verb = noun.head if noun.dep_ != "pobj" else noun.head.head
    if guests and not hosts:  # during a visit by the minister, X, to Rome
        hosts = attached(phrases, verb, ("to",))
    carrier = noun
    if noun.dep_ in ("dobj", "pobj") and hosts and not guests and verb.lemma_.casefold() in words.PAY:
        carrier, guests = verb, subjects(phrases, verb)
    if hosts and not guests and noun.dep_ == "pobj":  # said during a visit to Tokyo
        guests = _of_the_clause(phrases, noun)
    hosts = [host for host in hosts if host.actor not in {guest.actor for guest in guests}]
    if hosts and not guests and noun.dep_ == "attr":  # the response was a visit
        guests = subjects(phrases, verb)
    return Event("talks", noun, carrier, guests, hosts, visit=True, each=True) if hosts and guests else None
