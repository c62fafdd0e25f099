"""Events told by verbs: meeting, visiting, sending, receiving, agreeing and exercising."""

from spacy.tokens import Token

from comity.loaders.reading import words
from comity.loaders.reading.clauses import WITH, attached, object_of, subject_of, subject_tokens, subjects
from comity.loaders.reading.event import Event
from comity.loaders.reading.naming import Form
from comity.loaders.reading.noun_kinds import kind_of
from comity.loaders.reading.phrases import Named, Phrases


def of_verb(phrases: Phrases, verb: Token) -> Event | None:
    """The event that a verb tells of, if it tells of one."""
    lemma = verb.lemma_.casefold()
    target = object_of(verb)
    objects = phrases.named(target) if target is not None else []
    together = any(child.lower_ == "together" for child in verb.children)
    if together and lemma == "bring" and len(objects) > 1:  # brought Peru and Chile together
        return Event("talks", verb, verb, subjects(phrases, verb), objects)
    if lemma in words.MEET or (together and lemma == "come"):
        return _of_meeting(phrases, verb, target, objects)
    if lemma in words.SPEAK:
        partners = attached(phrases, verb, ("with",) if lemma == "discuss" else ("with", "to"))
        if lemma == "discuss" and target is not None and target.lemma_.casefold() not in words.MUTUAL:
            partners += attached(phrases, target, ("with",))
        return Event("talks", verb, verb, subjects(phrases, verb), partners, each=lemma in ("speak", "talk"))
    if lemma == "mediate":
        between = attached(phrases, verb, WITH)
        return Event("talks", verb, verb, subjects(phrases, verb), between) if between else None
    if lemma in words.VISIT and objects:
        return Event("talks", verb, verb, subjects(phrases, verb), objects, visit=True, each=True)
    if (lemma in words.TRAVEL and not (target and lemma in words.GIVE)) or lemma in words.SEND:
        return _of_journey(phrases, verb)
    if lemma in words.CONTACT and target is not None and _is_state(phrases, target):
        who = [
            token for token in subject_tokens(phrases, verb) if token.lemma_.casefold() not in words.TROOPS
        ]
        return Event("talks", verb, verb, [named for token in who for named in phrases.named(token)], objects)
    if lemma in words.SETTLE and target is not None and target.lemma_.casefold() in words.DISPUTES:
        theirs = attached(phrases, target, WITH) or attached(phrases, verb, WITH)
        done = verb.tag_ in ("VBD", "VBN") and subject_of(verb) is not None
        return Event("agreement", verb, verb, subjects(phrases, verb), theirs) if done else None
    if lemma in words.PLEDGE and target is not None and target.lemma_.casefold() in words.AID:
        to = attached(phrases, verb, ("to",)) + attached(phrases, target, ("to",)) + _given(phrases, verb)
        done = subject_of(verb) is not None
        return Event("agreement", verb, verb, subjects(phrases, verb), to, each=True) if to and done else None
    if lemma == "receive" and target is not None and target.lemma_.casefold() in words.AID:
        donors = attached(phrases, verb, ("from",)) + attached(phrases, target, ("from",))
        due = _is_promised(verb) and donors
        return Event("agreement", verb, verb, subjects(phrases, verb), donors) if due else None
    if lemma in words.SEE and target is not None and _is_envoy(phrases, target):
        who = [token for token in subject_tokens(phrases, verb) if _is_envoy(phrases, token)]
        return Event("talks", verb, verb, [named for token in who for named in phrases.named(token)], objects)
    if lemma in words.RECEIVE:
        return _of_receiving(phrases, verb)
    if lemma in words.GIVE:
        return _of_giving(phrases, verb, target)
    if lemma == "call" and any(c.dep_ == "prt" and c.lower_ in ("in", "together") for c in verb.children):
        return _of_receiving(phrases, verb)
    if lemma == "call" and not any(child.dep_ == "xcomp" for child in verb.children):
        on = [p.children for p in verb.children if p.dep_ == "prep" and p.lower_ in ("on", "upon")]
        called = [token for children in on for token in children if token.lemma_.casefold() in words.ENVOYS]
        theirs = [named for token in called for named in phrases.named(token)]
        return Event("talks", verb, verb, subjects(phrases, verb), theirs) if theirs else None
    if lemma in words.AGREE:
        return _of_agreeing(phrases, verb, target)
    if lemma == "join" and target is not None and target.lemma_.casefold() in words.PROJECTS:
        members = phrases.adjectives(target) + attached(phrases, target, ("of", *WITH))
        return Event("agreement", verb, verb, subjects(phrases, verb), members)
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
    if target is not None and verb.lemma_ == "negotiate" and not kind_of(target):  # negotiated a loan with
        with_whom = attached(phrases, verb, ("with",)) + attached(phrases, target, ("with",))
        return Event("talks", verb, verb, subjects(phrases, verb), with_whom) if with_whom else None
    if target is not None and (not objects or target.lemma_.casefold() in words.TROOPS):
        return None  # met a demand, met the advancing troops
    if any(child.dep_ in ("auxpass", "nsubjpass") or child.lower_ == "how" for child in verb.children):
        return None
    if any(token.lemma_.casefold() in words.TROOPS for token in subject_tokens(phrases, verb)):
        return None  # where armies meet, nobody talks
    return Event("talks", verb, verb, subjects(phrases, verb), objects + attached(phrases, verb, WITH))


_TOWARDS = {"arrive": ("to", "in"), "leave": ("for",), "depart": ("for",), "shuttle": ("to", "between")}


def _of_journey(phrases: Phrases, verb: Token) -> Event | None:
    """Someone who speaks for a country went, or was sent, to another."""
    lemma = verb.lemma_.casefold()
    to = _TOWARDS.get(lemma, ("to",))
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
    if any(m.form is Form.PERSON for m in phrases.mentions_at(token)):
        return True
    if token.pos_ == "PROPN" and token.ent_type_ == "PERSON":
        return True
    if any(child.lower_ == "military" for child in token.children) and token.lemma_ in (
        "adviser",
        "advisor",
        "mission",
        "team",
    ):
        return False  # who trains the troops of an ally
    return token.lemma_.casefold() in words.ENVOYS | words.EXPERTS


def _of_receiving(phrases: Phrases, verb: Token) -> Event | None:
    # The parser takes `Prime Minister Eden` for no object of `telephoned`.
    target = object_of(verb) or next(
        (c for c in verb.children if c.dep_ == "npadvmod" and c.i > verb.i), None
    )
    if target is not None and _is_envoy(phrases, target):
        return Event("talks", verb, verb, subjects(phrases, verb), phrases.named(target))
    called = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    if called is not None and _is_envoy(phrases, called):
        where = attached(phrases, verb, ("to", "by", "in", "at")) + attached(phrases, called, ("to", "in"))
        return Event("talks", verb, verb, phrases.one(called), where)
    return None


def _of_agreeing(phrases: Phrases, verb: Token, target: Token | None) -> Event | None:
    lemma = verb.lemma_.casefold()
    partners = attached(phrases, verb, WITH)
    if lemma == "sign" and target is not None and kind_of(target):
        return None  # the treaty is what is told
    passive = verb.dep_ == "acl" or any(child.dep_ == "nsubjpass" for child in verb.children)
    if lemma == "sign" and target is None and passive and not partners:
        return None
    agreed = next((child for child in verb.children if child.dep_ == "xcomp"), None)
    who = subjects(phrases, verb)
    if lemma == "agree" and agreed is not None:
        together = (
            len({named.actor for named in who if named.actor} | {named.actor for named in partners}) > 1
        )
        if not together or agreed.lemma_.casefold() in _OWN_EVENT or _tells_of_an_event(agreed):
            return None  # agreed to begin talks: what is told is what they agreed to do
    return Event("agreement", verb, verb, who, partners)


_OWN_EVENT = words.MEET | words.SPEAK | words.VISIT | words.AGREE | words.DRILL | words.RECEIVE


def _tells_of_an_event(verb: Token) -> bool:
    """Whether it is told of talks, agreements or drills what two agreed to do: to hold talks."""
    return any(kind_of(token) for token in verb.subtree if token.pos_ in ("NOUN", "PROPN"))


def _of_giving(phrases: Phrases, verb: Token, target: Token | None) -> Event | None:
    """What one state promises to another: agreed to supply Norway with gas, will give Norway a loan, offered to return its ships."""
    if not _is_promised(verb):
        return None
    things = [target] if target is not None else []
    to = [
        *attached(phrases, verb, ("to", "for")),
        *(named for thing in things for named in attached(phrases, thing, ("to", "for"))),
        *_given(phrases, verb),
        *(named for thing in things if _is_state(phrases, thing) for named in phrases.named(thing)),
    ]
    if (
        not to and target is not None and verb.lemma_.casefold() in words.FREE
    ):  # return the bodies of five Norwegian airmen
        of = [b for c in target.children if c.lower_ == "of" for b in c.children if b.dep_ == "pobj"]
        to = [named for each in (target, *of) for named in phrases.adjectives(each)]
    agreed = verb.dep_ == "xcomp" and verb.head.lemma_.casefold() == "agree"
    told = verb.head if agreed else verb
    return Event("agreement", told, told, subjects(phrases, verb), to, each=True) if to else None


def _is_promised(verb: Token) -> bool:
    """Whether a state binds itself to do a thing: agreed to, is to, will, said that it would."""
    if verb.dep_ == "xcomp" and (verb.head.lemma_.casefold() in words.COMMIT or verb.head.lemma_ == "be"):
        return True
    will = {"will", "'ll"} | ({"would"} if verb.dep_ == "ccomp" else set())
    return any(child.dep_ == "aux" and child.lower_ in will for child in verb.children)


def _given(phrases: Phrases, verb: Token) -> list[Named]:
    """To whom a thing is given, without a preposition: gave Norway a loan."""
    return [named for child in verb.children if child.dep_ == "dative" for named in phrases.named(child)]


def _is_state(phrases: Phrases, token: Token) -> bool:
    return any(m.form in (Form.NAME, Form.CAPITAL) for m in phrases.mentions_at(token))
