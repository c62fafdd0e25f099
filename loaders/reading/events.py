"""The events that one parsed sentence tells of: its nouns and verbs of meeting, agreeing and exercising, with their parties."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from comity.loaders.reading import words
from comity.loaders.reading.candidate import Assertion, Candidate, Participant, Span
from comity.loaders.reading.circumstances import date_of, location_of, people_of
from comity.loaders.reading.mood import Mood, mood_of
from comity.loaders.reading.naming import Form
from comity.loaders.reading.phrases import Named, Phrases

_WITH = ("with", "between", "among", "amongst")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_FORCES = words.lemmas(
    "force forces troop troops army navy fleet warship ship vessel plane aircraft jet fighter military"
)
_DIRECTED = words.lemmas(
    "invite urge ask request call order instruct send persuade allow permit enable tell press push convince authorize authorise "
    "dispatch direct want wish require force commission"
)
_MILITARY = re.compile(
    r"\b(?:joint|military|naval|air|combined|bilateral|trilateral|multilateral|multinational|live-fire|war|warfare|maritime|army|navy|"
    r"forces?|annual|defen[cs]e|amphibious|anti-\w+|troops?|warships?|fighters?|codenamed|code-named|nato|manoeuvres|maneuvers)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Event:
    kind: str
    trigger: Token
    carrier: Token
    parties: tuple[Named, ...]
    visit: tuple[str, ...] = ()
    """The actors visited."""


def candidates(phrases: Phrases) -> list[Candidate]:
    """What a sentence states, each relation once."""
    found: dict[tuple[str, frozenset[str]], Candidate] = {}
    for event in _events(phrases):
        parties = _distinct(event.parties)
        if len(parties) < 2:
            continue
        candidate = _candidate(phrases, event, parties)
        key = (candidate.kind, frozenset(party.actor for party in candidate.parties))
        held = found.get(key)
        if held is None or _rank(candidate) > _rank(held):
            found[key] = candidate
    return list(found.values())


def _rank(candidate: Candidate) -> tuple[int, float]:
    order = (Assertion.NEGATED, Assertion.PROPOSED, Assertion.ASSERTED)
    return order.index(candidate.assertion), candidate.confidence


def _events(phrases: Phrases) -> Iterator[_Event]:
    for token in phrases.doc:
        lemma = token.lemma_.casefold()
        if token.pos_ in ("NOUN", "PROPN"):
            kind = _kind_of_noun(token)
            if kind:
                yield _of_noun(phrases, token, kind)
        elif token.pos_ == "VERB":
            event = _of_verb(phrases, token, lemma)
            if event:
                yield event


def _kind_of_noun(token: Token) -> str:
    lemma = token.lemma_.casefold()
    if lemma in words.AGREEMENTS:
        if lemma == "understanding":
            return ""
        return "agreement"
    if lemma in words.VISITS or lemma in words.TALKS or token.lower_ == "talks":
        return "talks"
    if lemma in words.DRILLS:
        if lemma in ("game", "games") and not any(c.lower_ == "war" for c in token.children):
            return ""
        around = " ".join(c.text for c in token.subtree)
        if lemma in ("exercise", "drill", "game") and not (_MILITARY.search(around) or token.tag_ == "NNS"):
            return ""
        return "drill"
    if lemma == "note" and token.head.lemma_ == "exchange":
        return "agreement"
    return ""


def _of_noun(phrases: Phrases, noun: Token, kind: str) -> _Event:
    lemma = noun.lemma_.casefold()
    if lemma in words.VISITS:
        return _of_visit(phrases, noun)
    parties = list(phrases.adjectives(noun))
    own = len(parties)
    parties += _prepositional(phrases, noun, kind)
    carrier, carried = noun, noun
    while carried.dep_ in ("conj", "appos") and carried.head.pos_ in ("NOUN", "PROPN"):
        carried = carried.head
        if carried.dep_ != "appos":
            break
    for child in noun.children:
        if child.dep_ in ("acl", "relcl"):
            parties += _of_participle(phrases, child)
    verb = carried.head
    if carried.dep_ in ("dobj", "nsubjpass", "nsubj", "attr", "oprd", "dative"):
        if verb.pos_ in ("VERB", "AUX"):
            carrier = verb
            active = carried.dep_ in ("dobj", "attr", "oprd")
            if active and verb.lemma_.casefold() in words.CARRY:
                parties += subjects(phrases, verb)
            if carried.dep_ == "nsubjpass":
                parties += _agents(phrases, verb)
            if carried.dep_ != "nsubj" or verb.lemma_.casefold() in words.OCCUR:
                parties += _attached(phrases, verb, _WITH)
            if (
                len(_distinct(parties)) < 2
                and active
                and verb.lemma_.casefold() in ("propose", "offer", "request", "seek", "demand")
            ):
                parties += _attached(phrases, verb, ("to", "from"))
    elif carried.dep_ == "pobj":
        above = carried.head.head
        if (
            above.pos_ == "VERB"
            and above.lemma_.casefold() in words.CARRY
            and carried.head.lower_
            in ("in", "into", "to", "on", "upon", "for", "at", "up", "with", "of", "off", "under", "during")
        ):
            carrier = above
            if not (
                carried.head.lower_ in ("under", "during", "with", "at", "of")
                and above.lemma_ not in ("meet", "agree", "participate")
            ):
                parties += subjects(phrases, above)
                parties += _attached(phrases, above, _WITH)
        elif above.pos_ in ("NOUN", "PROPN") and above.lemma_.casefold() in words.PROPOSAL | {
            "signing",
            "signature",
            "conclusion",
            "round",
            "series",
            "session",
            "ratification",
            "text",
            "term",
            "exchange",
            "resumption",
            "start",
            "beginning",
            "day",
            "week",
            "hour",
            "basis",
            "result",
            "entry",
        }:
            parties += phrases.adjectives(above)
            parties += _prepositional(phrases, above, kind)
            if above.dep_ in ("dobj", "nsubjpass") and above.head.pos_ == "VERB":
                carrier = above.head
                parties += (
                    subjects(phrases, above.head) if above.dep_ == "dobj" else _agents(phrases, above.head)
                )
            elif above.dep_ == "attr":
                parties += phrases.adjectives(_subject(above.head) or above)
    del own
    return _Event(kind, noun, carrier, tuple(parties))


def _prepositional(phrases: Phrases, noun: Token, kind: str) -> list[Named]:
    """Talks `with Japan`, `between France and Germany`, `of ministers`, a treaty `of friendship with` someone."""
    found: list[Named] = []
    for child in noun.children:
        if child.dep_ not in ("prep", "agent", "dative"):
            continue
        for below in child.children:
            if below.dep_ != "pobj":
                continue
            if child.lower_ in _WITH or child.lower_ == "by":
                found += phrases.named(below)
            elif child.lower_ in ("of", "to", "from") and kind == "talks":
                if child.lower_ == "of" and (
                    phrases.stands_for_a_country(below) or phrases.mentions_at(below)
                ):
                    found += phrases.named(below)
            elif child.lower_ == "of" and phrases.mentions_at(below) and kind == "drill":
                found += phrases.named(below)
            if not phrases.stands_for_a_country(below) and not phrases.mentions_at(below):
                for lower in below.children:
                    if lower.dep_ == "prep" and lower.lower_ in _WITH:
                        for place in lower.children:
                            if place.dep_ == "pobj":
                                found += phrases.named(place)
    return found


def _of_participle(phrases: Phrases, verb: Token) -> list[Named]:
    """A treaty `signed by A and B`, talks `involving C`, `that Japan held with France`."""
    found: list[Named] = []
    if verb.lemma_ in ("involve", "include"):
        for child in verb.children:
            if child.dep_ in ("dobj", "prep"):
                found += phrases.named(child)
        return found
    if verb.lemma_.casefold() not in words.CARRY:
        return found
    found += _agents(phrases, verb) + _attached(phrases, verb, _WITH)
    if (
        verb.dep_ == "relcl" and any(c.dep_ == "dobj" and c.tag_ in ("WDT", "WP") for c in verb.children)
    ) or (
        verb.dep_ == "relcl"
        and not any(c.dep_ in _SUBJECTS and c.tag_ in ("WDT", "WP") for c in verb.children)
    ):
        found += [n for c in verb.children if c.dep_ == "nsubj" for n in phrases.named(c)]
    return found


def _agents(phrases: Phrases, verb: Token) -> list[Named]:
    return [
        named
        for child in verb.children
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
        for below in child.children
        if below.dep_ == "pobj"
        for named in phrases.named(below)
    ]


def _attached(phrases: Phrases, verb: Token, prepositions: Sequence[str]) -> list[Named]:
    return [
        named
        for child in verb.children
        if child.dep_ in ("prep", "dative") and child.lower_ in prepositions
        for below in child.children
        if below.dep_ == "pobj"
        for named in phrases.named(below)
    ]


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in _SUBJECTS), None)


def subjects(phrases: Phrases, verb: Token, depth: int = 0) -> list[Named]:
    """Who does it: the verb's own subject, or that of the verb it hangs on."""
    if depth > 6:
        return []
    agents = _agents(phrases, verb)
    if agents:
        return agents
    subject = _subject(verb)
    if subject is not None and (
        subject.dep_ != "nsubjpass" or phrases.stands_for_a_country(subject) or phrases.mentions_at(subject)
    ):
        if subject.tag_ in ("WDT", "WP") or subject.lower_ == "that":
            antecedent = verb.head if verb.dep_ == "relcl" else None
            return phrases.named(antecedent) if antecedent is not None else []
        if subject.lower_ in ("he", "she", "it") and subject.dep_ != "expl":
            return _antecedent(phrases, subject)
        found = phrases.named(subject)
        if found or subject.pos_ != "NOUN":
            return found
        return []
    head = verb.head
    if head is verb:
        return []
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "conj", "pcomp", "dep"):
        if verb.dep_ == "pcomp":
            head = head.head
        if head.pos_ in ("NOUN", "PROPN"):
            return _doer(phrases, head, depth)
        if verb.dep_ != "conj" and head.lemma_.casefold() in _DIRECTED:
            objects = [n for c in head.children if c.dep_ in ("dobj", "nsubjpass") for n in phrases.named(c)]
            if objects:
                return objects
        return subjects(phrases, head, depth + 1)
    if verb.dep_ in ("acl", "relcl"):
        if verb.tag_ == "VBG" and (phrases.stands_for_a_country(head) or phrases.mentions_at(head)):
            return phrases.named(head)
        return _doer(phrases, head, depth)
    return []


def _doer(phrases: Phrases, noun: Token, depth: int) -> list[Named]:
    """Whose offer or plan a noun is: `Japan's plan to sign`, `rejected an offer to meet` by the subject's."""
    own = phrases.adjectives(noun)
    if own:
        return own
    if phrases.stands_for_a_country(noun):
        return phrases.named(noun)
    if noun.dep_ in ("dobj", "attr", "pobj"):
        verb = noun.head if noun.dep_ != "pobj" else noun.head.head
        if verb.pos_ in ("VERB", "AUX"):
            return subjects(phrases, verb, depth + 1)
    return []


def _antecedent(phrases: Phrases, pronoun: Token) -> list[Named]:
    """The subject named last before a pronoun in the sentence."""
    for i in range(pronoun.i - 1, -1, -1):
        token = phrases.doc[i]
        if token.dep_ in _SUBJECTS:
            found = phrases.one(token)
            if found:
                return found
    return []


def _of_visit(phrases: Phrases, noun: Token) -> _Event:
    """A visit `to Tokyo` `by` someone, someone's visit, paid by the subject."""
    hosts: list[Named] = []
    guests = list(phrases.adjectives(noun))
    for child in noun.children:
        if child.dep_ in ("prep", "agent"):
            for below in child.children:
                if below.dep_ == "pobj":
                    if child.lower_ in ("to", "in"):
                        hosts += phrases.named(below)
                    elif child.lower_ in ("by", "of", "from"):
                        guests += phrases.named(below)
    carrier = noun
    verb = noun.head
    if noun.dep_ in ("dobj", "pobj") and hosts and not guests:
        verb = verb if noun.dep_ == "dobj" else verb.head
        if verb.pos_ == "VERB" and verb.lemma_ not in (
            "denounce",
            "condemn",
            "criticize",
            "welcome",
            "follow",
        ):
            carrier = verb
            guests += subjects(phrases, verb)
    if not hosts or not guests:
        hosts = []
    return _Event("talks", noun, carrier, tuple(guests + hosts), tuple(n.actor for n in hosts))


def _of_verb(phrases: Phrases, verb: Token, lemma: str) -> _Event | None:
    parties: list[Named] = []
    objects = [n for c in verb.children if c.dep_ == "dobj" for n in phrases.named(c)]
    target = next((c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")), None)
    if lemma in words.MEET:
        if target is not None and target.dep_ == "dobj" and not objects:
            return None  # met a demand
        parties = subjects(phrases, verb) + objects + _attached(phrases, verb, _WITH)
        return _Event("talks", verb, verb, tuple(parties))
    if lemma in words.SPEAK:
        partners = _attached(phrases, verb, ("with", "to") if lemma != "discuss" else ("with",))
        who = subjects(phrases, verb)
        if partners or (lemma == "discuss" and len(_distinct(who)) > 1):
            return _Event("talks", verb, verb, tuple(who + partners))
        return None
    if lemma == "mediate":
        return _Event("talks", verb, verb, tuple(subjects(phrases, verb) + _attached(phrases, verb, _WITH)))
    if lemma in words.VISIT:
        if target is not None and target.dep_ == "dobj" and objects:
            return _Event(
                "talks", verb, verb, tuple(subjects(phrases, verb) + objects), tuple(n.actor for n in objects)
            )
        return None
    if lemma in words.TRAVEL or lemma in words.SEND:
        return _of_journey(phrases, verb, lemma)
    if lemma in words.RECEIVE:
        if target is None or not (
            phrases.stands_for_a_country(target)
            or any(m.form is Form.PERSON for m in phrases.mentions_at(target))
        ):
            return None
        if target.dep_ == "nsubjpass":
            parties = phrases.named(target) + _agents(phrases, verb) + _attached(phrases, verb, ("to",))
        else:
            parties = subjects(phrases, verb) + objects
        return _Event("talks", verb, verb, tuple(parties))
    if lemma in words.AGREE:
        return _of_agreeing(phrases, verb, lemma, target)
    if lemma in words.DRILL:
        partners = _attached(phrases, verb, ("with", "alongside"))
        if target is not None and target.dep_ == "dobj":
            return None
        return _Event("drill", verb, verb, tuple(subjects(phrases, verb) + partners))
    return None


def _of_journey(phrases: Phrases, verb: Token, lemma: str) -> _Event | None:
    places = [
        named
        for child in verb.children
        if child.dep_ in ("prep", "dative")
        and child.lower_ in ("to", "in", "for")
        and not (child.lower_ == "in" and lemma != "arrive")
        for below in child.children
        if below.dep_ == "pobj"
        and any(m.form in (Form.NAME, Form.CAPITAL) for m in phrases.mentions_at(below))
        for named in phrases.named(below)
    ]
    if not places:
        return None
    if lemma in words.SEND:
        sent = next((c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")), None)
        if sent is None or not phrases.stands_for_a_country(sent) or sent.lemma_.casefold() in _FORCES:
            return None
        travellers = subjects(phrases, verb) + phrases.adjectives(sent)
    else:
        subject = _subject(verb)
        if (
            subject is not None
            and subject.tag_ not in ("WDT", "WP", "PRP")
            and not (
                (phrases.stands_for_a_country(subject) and subject.lemma_.casefold() not in _FORCES)
                or any(m.form is Form.PERSON for m in phrases.mentions_at(subject))
            )
        ):
            return None
        travellers = subjects(phrases, verb)
    if not travellers:
        return None
    return _Event("talks", verb, verb, tuple(travellers + places), tuple(n.actor for n in places))


def _of_agreeing(phrases: Phrases, verb: Token, lemma: str, target: Token | None) -> _Event | None:
    who = subjects(phrases, verb)
    partners = _attached(phrases, verb, ("with",))
    if lemma == "agree":
        for child in verb.children:  # agreed to begin talks: the talks are what is told
            if child.dep_ == "xcomp" and _leads_to_event(child):
                return None
        return _Event("agreement", verb, verb, tuple(who + partners))
    if lemma == "ally":
        return _Event("agreement", verb, verb, tuple(who + partners))
    if lemma == "sign" and (target is None or not _kind_of_noun(target)):
        if target is not None and target.dep_ == "nsubjpass":
            who = _agents(phrases, verb)
        return _Event("agreement", verb, verb, tuple(who + partners))
    return None


def _leads_to_event(verb: Token) -> bool:
    lemma = verb.lemma_.casefold()
    if lemma in words.MEET or lemma in words.SPEAK or lemma in words.VISIT or lemma in words.DRILL:
        return True
    return any(
        c.dep_ in ("dobj", "prep") and (_kind_of_noun(c) or any(_kind_of_noun(g) for g in c.children))
        for c in verb.children
    )


def _distinct(parties: Iterable[Named]) -> list[Named]:
    found: dict[str, Named] = {}
    for party in parties:
        if party.actor and (party.actor not in found or found[party.actor].start == found[party.actor].end):
            found[party.actor] = party
    return list(found.values())


def _candidate(phrases: Phrases, event: _Event, parties: Sequence[Named]) -> Candidate:
    mood = mood_of(event.trigger)
    span = _clause(event, parties)
    text = phrases.doc.text[span.start : span.end]
    types = list(words.types_of(event.kind, text))
    if event.kind == "talks":
        types += ["visit"] if event.visit else []
        types += ["multilateral"] if len(parties) > 2 else []
    return Candidate(
        kind=event.kind,
        parties=tuple(
            Participant(p.actor, _role(event, p), Span(p.start, p.end) if p.end > p.start else None)
            for p in parties
        ),
        status=_status(event, mood),
        assertion=mood.assertion,
        span=span,
        predicate=_predicate(event),
        types=tuple(types),
        date=date_of(phrases.doc, event.trigger),
        location=location_of(event.trigger, event.carrier),
        people=people_of(phrases.doc, span),
        confidence=_confidence(event, mood, parties),
    )


def _role(event: _Event, party: Named) -> str:
    if event.kind == "agreement":
        return "party"
    if event.visit:
        return "host" if party.actor in event.visit else "guest"
    return "participant"


def _status(event: _Event, mood: Mood) -> str:
    if mood.cancelled and event.kind != "agreement":
        return "cancelled"
    lemmas = {
        event.trigger.lemma_.casefold(),
        event.carrier.lemma_.casefold(),
        event.trigger.head.lemma_.casefold(),
    }
    lemmas |= {c.lemma_.casefold() for c in event.trigger.children if c.dep_ in ("acl", "relcl")}
    if event.kind == "agreement":
        if mood.assertion is not Assertion.ASSERTED:
            return "negotiating" if lemmas & {"negotiate", "discuss"} else "announced"
        if lemmas & {"sign", "initial", "signing", "signature", "conclude", "ink", "exchange"}:
            return "signed"
        if lemmas & {"denounce", "abrogate", "terminate", "end", "annul", "expire"}:
            return "ended"
        if lemmas & {"suspend"}:
            return "suspended"
        if lemmas & {"negotiate"}:
            return "negotiating"
        return (
            "agreed"
            if lemmas & {"agree", "reach"}
            else "in_force"
            if lemmas & {"enter", "ratify"}
            else "signed"
        )
    if mood.assertion is Assertion.PROPOSED:
        return "planned" if mood.future or lemmas & {"plan", "intend", "schedule", "will"} else "announced"
    if lemmas & {"begin", "start", "open", "launch", "resume", "continue"}:
        return "under_way"
    return "held"


def _confidence(event: _Event, mood: Mood, parties: Sequence[Named]) -> float:
    understood = sum(party.start == party.end for party in parties)
    sure = 0.8 if mood.assertion is Assertion.ASSERTED else 0.7
    return round(sure - 0.15 * bool(understood) - 0.1 * (len(parties) > 3), 2)


def _predicate(event: _Event) -> Span:
    return Span(event.trigger.idx, event.trigger.idx + len(event.trigger.text))


def _clause(event: _Event, parties: Sequence[Named]) -> Span:
    """The words from the first to the last of predicate, carrier and parties."""
    starts = [event.trigger.idx, event.carrier.idx, *(p.start for p in parties if p.end > p.start)]
    ends = [
        event.trigger.idx + len(event.trigger),
        event.carrier.idx + len(event.carrier),
        *(p.end for p in parties),
    ]
    return Span(min(starts), max(ends))
