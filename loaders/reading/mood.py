"""What a sentence does with an event it names: says it, intends or offers it, denies it or calls it off."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from comity.loaders.reading import words
from comity.loaders.reading.candidate import Assertion
from comity.loaders.reading.event import Event

_STRENGTH = (Assertion.NEGATED, Assertion.PROPOSED, Assertion.ASSERTED)
_STOPS = frozenset({"relcl", "parataxis", "advcl", "ROOT"})
_SUPPOSING = frozenset({"if", "unless", "whether", "lest", "provided"})
_RUMOURS = words.lemmas("rumor rumour speculation gossip hearsay")
_POSSIBLE = words.lemmas("could might may")
_UNREAL = words.lemmas(
    "proposed planned possible future potential prospective scheduled upcoming forthcoming impending intended hypothetical envisaged draft "
    "suggested likely eventual desired"
)
_NOUN_INTENT = words.lemmas(
    "propose offer request seek demand suggest plan want urge consider schedule expect await desire advocate prepare need "
    "arrange wish envisage promise favor favour ask call press push appeal invite hope hop aim insist negotiate discuss draft"
)
_BESIDE = words.lemmas("under after during despite following since within per through by as upon amid until")
"""Before an event that is told beside the clause, and does not share its mood."""
_SUBJECTS = ("nsubj", "nsubjpass")
_DENIED = frozenset({"no", "neither", "nor"})
_HARDLY = frozenset({"hardly", "scarcely"})
_CLAUSES = 12  # how far up a sentence's words are followed; longer chains are parsing gone wrong
_REPORTS = words.lemmas(
    "say report announce state tell declare claim note add explain write confirm reveal disclose believe think learn show indicate"
)


@dataclass(frozen=True, slots=True)
class Mood:
    """How an event is asserted, whether it was called off, a time to come is told (`will`), or it is only supposed (`if`, `could`)."""

    assertion: Assertion
    cancelled: bool = False
    future: bool = False
    supposed: bool = False


def is_talked_about(noun: Token) -> bool:
    """Whether a thing is only what talks are about: `negotiations on a defence pact`."""
    above = noun.head.head
    if noun.dep_ != "pobj" or above.pos_ != "NOUN" or above.lemma_.casefold() not in words.TALKS:
        return False
    return noun.head.lower_ in ("on", "about", "over", "for", "towards", "toward", "concerning")


def mood_of(event: Event) -> Mood:
    """The mood of an event: that of its noun or verb, or of the clause that carries it (`a treaty that Japan plans to sign`)."""
    moods = [_mood(event.trigger)]
    if event.carrier.dep_ in ("relcl", "acl", "xcomp") and event.trigger in event.carrier.ancestors:
        moods.append(_mood(event.carrier))
    if event.kind != "agreement" and event.carrier.lemma_ in ("announce", "approve"):
        moods.append(Mood(Assertion.PROPOSED))
    return min(moods, key=lambda mood: _STRENGTH.index(mood.assertion))


def _mood(event: Token) -> Mood:
    proposed = denied = cancelled = future = supposed = False
    if event.pos_ in ("NOUN", "PROPN"):
        denied = any(c.lower_ in _DENIED for c in event.children)
        proposed = any(c.lower_ in _UNREAL for c in event.children if c.dep_ in ("amod", "compound"))
    node = event
    for _ in range(_CLAUSES):
        if node.pos_ in ("VERB", "AUX"):
            undone = node.lemma_.casefold() in words.AFTERWARDS and node != event and event.pos_ != "VERB"
            if any(c.dep_ == "neg" and _denies(c) for c in node.children) or _nobody_does(node):
                denied = denied or not undone
            if any(
                c.lower_ == "ever" and any(d.lower_ in _HARDLY for d in c.children) for c in node.children
            ):
                denied = True
            if _heads(node) and any(c.dep_ == "aux" and c.lower_ == "to" for c in node.children):
                proposed = future = True  # a headline: minister to visit Norway
            if any(c.dep_ == "aux" and c.lower_ in words.MODALS for c in node.children):
                proposed = future = True
            if any(c.dep_ == "mark" and c.lower_ == "until" for c in node.children):
                proposed = True
            if _is_supposed(node):
                proposed = supposed = True
            if node.lemma_ == "rule" and any(c.lower_ == "out" for c in node.children):
                denied = True
            if node.lemma_ == "have" and any(c.lower_ == "yet" for c in node.children) and node != event:
                denied = True
            if node.lemma_ == "go" and node.tag_ == "VBG":
                proposed = True
        head, dep = node.head, node.dep_
        if head == node:
            break
        lemma = head.lemma_.casefold()
        if head.pos_ in ("VERB", "AUX", "ADJ"):
            if node.pos_ in ("VERB", "AUX"):
                infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in node.children)
                if dep == "advcl" and infinitive:
                    proposed = True
                elif dep in ("xcomp", "ccomp", "pcomp"):
                    if lemma in words.DENY or lemma in words.UNABLE:
                        denied = True
                    elif dep == "ccomp" and _is_false(head):
                        denied = True
                        break
                    elif lemma in _REPORTS and dep == "ccomp":
                        break
                    elif lemma in words.INTEND or head.pos_ == "ADJ" or _is_due(node):
                        proposed = True
                elif dep == "conj":
                    if any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in node.children):
                        break
                elif dep in _STOPS:
                    break
            elif dep in ("dobj", "nsubjpass", "nsubj", "pobj", "attr"):
                denied, proposed, cancelled = _governed(head, dep, denied, proposed, cancelled)
        elif head.dep_ == "prep" or dep == "pobj":
            above = head.head
            over = above.lemma_.casefold()
            if above.pos_ in ("VERB", "AUX"):
                if over in words.DENY:
                    denied = True
                elif over in _NOUN_INTENT and head.lower_ in ("for", "on", "to", "about"):
                    proposed = True
            elif (
                (over in words.PROPOSAL and head.lower_ in ("for", "of", "to"))
                or is_talked_about(node)
                or (over in ("close", "near") and head.lower_ == "to")
            ):
                proposed = True
            elif over in words.REFUSAL or _is_refuted(above):
                denied = True
            if head.lower_ == "without":
                denied = True
            if above.pos_ in ("VERB", "AUX") and head.lower_ in _BESIDE:
                break
            node = above
            continue
        elif head.pos_ in ("NOUN", "PROPN"):
            if dep in ("acl", "ccomp", "relcl") and _is_refuted(head):
                denied = True
                break
            if dep in ("acl", "pcomp"):
                if lemma in words.PROPOSAL:
                    proposed = True
                elif lemma in words.REFUSAL:
                    denied = True
                elif node.tag_ == "VBN" or (node.tag_ == "VBG" and lemma not in words.PROPOSAL):
                    break
            elif dep == "relcl":
                break
            elif dep in ("compound", "nmod", "amod", "poss") and lemma in words.PROPOSAL | words.REFUSAL:
                proposed, denied = proposed or lemma in words.PROPOSAL, denied or lemma in words.REFUSAL
        node = head
    if denied:
        return Mood(Assertion.NEGATED, cancelled, future)
    return Mood(Assertion.PROPOSED if proposed else Assertion.ASSERTED, cancelled, future, supposed)


def _is_supposed(verb: Token) -> bool:
    """`If they sign`, `should they sign, …`, `doubts whether they signed`, `they could sign`, `they signed, according to rumours`."""
    if any(c.dep_ == "mark" and c.lower_ in _SUPPOSING for c in verb.children):
        return True
    aux = [c for c in verb.children if c.dep_ == "aux"]
    if any(c.lower_ in _POSSIBLE for c in aux):
        return True
    if any(word.lemma_.casefold() in _RUMOURS and word.head.lower_ in ("to", "by") for word in _beside(verb)):
        return True
    subject = min((c.i for c in verb.children if c.dep_ in _SUBJECTS), default=-1)
    asked = verb.sent.text.rstrip().endswith("?")
    return not asked and any(c.lower_ in ("should", "were", "had") and c.i < subject for c in aux)


def _beside(verb: Token) -> Iterator[Token]:
    """The words two prepositions below a verb: `according to rumours`."""
    for child in verb.children:
        if child.dep_ == "prep":
            yield from (word for below in child.children for word in (below, *below.children))


def _denies(word: Token) -> bool:
    """Whether a `not` denies what it stands by: `not until 1921` and `not only` do not."""
    after = word.doc[word.i + 1 : word.i + 2].text.lower()
    return word.lower_ != "only" and after not in ("until", "till", "only")


def _nobody_does(verb: Token) -> bool:
    """`Neither A nor B signed`, `no minister met`, `has neither signed nor`, `nor held`."""
    subjects = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if any(child.lower_ in _DENIED for subject in subjects for child in subject.children):
        return True
    if any(child.lower_ in ("neither", "nor") for child in verb.children):
        return True
    return verb.dep_ == "conj" and any(child.lower_ == "nor" for child in verb.head.children)


def _is_refuted(claim: Token) -> bool:
    """Whether a report, a rumour or a claim is said to be false: `no truth in a report`, `denied reports`, `rumours are unfounded`."""
    if claim.lemma_.casefold() not in words.CLAIMS:
        return False
    if any(child.lower_ in _DENIED or child.lower_ in words.FALSE for child in claim.children):
        return True
    above = claim.head
    if claim.dep_ in ("dobj", "nsubjpass") and above.lemma_.casefold() in words.DENY:
        return not any(child.dep_ == "neg" for child in above.children)
    if claim.dep_ == "nsubj":
        return _is_false(above)
    return claim.dep_ == "pobj" and _is_refuted(above.head)


def _is_false(verb: Token) -> bool:
    """Whether a clause says of something that it is false, or not true."""
    said = {child.lower_ for child in verb.children if child.dep_ in ("acomp", "attr", "oprd")}
    denied = any(child.dep_ == "neg" for child in verb.children)
    return bool(said & (words.TRUE if denied else words.FALSE))


def _is_due(verb: Token) -> bool:
    """`Japan was to have signed`: it was due to be done."""
    aux = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return verb.head.lemma_ == "be" and {"to", "have"} <= aux


def _before_it_began(clause: Token) -> bool:
    if clause.dep_ != "advcl" or clause.lemma_ not in ("begin", "start", "open", "commence"):
        return False
    return any(child.lower_ == "before" for child in clause.children)


def _heads(verb: Token) -> bool:
    """Whether a sentence has no verb above this one: `Minister to visit Norway`."""
    return verb.dep_ == "ROOT" or (verb.head.dep_ == "ROOT" and verb.head.pos_ in ("NOUN", "PROPN"))


def _governed(
    verb: Token, dep: str, denied: bool, proposed: bool, cancelled: bool
) -> tuple[bool, bool, bool]:
    lemma = verb.lemma_.casefold()
    if dep == "nsubj" and lemma in ("fail", "collapse") and any(_before_it_began(c) for c in verb.children):
        return True, proposed, True
    if dep == "nsubj" and lemma not in ("fail", "collapse"):
        return denied, proposed, cancelled
    off = any(c.lower_ == "off" for c in verb.children)
    if lemma in words.CANCEL or (lemma in ("call", "break") and off and dep != "nsubj"):
        return True, proposed, True
    if lemma in words.DENY and dep != "nsubj":
        return True, proposed, cancelled
    return denied, proposed or lemma in _NOUN_INTENT, cancelled
