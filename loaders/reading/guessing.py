"""Who is meant where a sentence does not say whose an event is, but names few countries: what is guessed is told as less sure."""

from spacy.tokens import Token

from comity.graph.crosswalk import crosswalk
from comity.loaders.reading import words
from comity.loaders.reading.clauses import subject_of
from comity.loaders.reading.event import Event
from comity.loaders.reading.naming import Form
from comity.loaders.reading.phrases import Named, Phrases


def countries(phrases: Phrases, about: Token, capitals: bool = False) -> list[Named]:
    """The countries named in the sentence that a word is in; by their capitals only if asked for, as these may be no more than places.

    Not those that only tell of it: Norway's minister said that Peru and Chile had signed.
    """
    telling = _told_by(about)
    named = [
        Named(mention.actor, mention.start, mention.end)
        for token in about.sent
        if token.i not in telling
        for mention in phrases.mentions_at(token)
        if mention.form is not Form.SURNAME
        and (capitals or mention.form is not Form.CAPITAL)
        and crosswalk().actor(mention.actor).label == "Country"
    ]
    return list({each.actor: each for each in reversed(named)}.values())[::-1]


def _told_by(word: Token) -> set[int]:
    """The places of those who say what a word is part of."""
    clauses = [
        each for each in (word, *word.ancestors) if each.dep_ == "ccomp" and each.head.lemma_ in words.TELLING
    ]
    subjects = [child for each in clauses for child in each.head.children if child.dep_ == "nsubj"]
    return {token.i for subject in subjects for token in subject.subtree}


def is_signed(event: Event) -> bool:
    """Whether an agreement is told with its signing: `the Treaty of Ancón, signed with Chile`."""
    said = [child for child in event.trigger.children if child.dep_ in ("acl", "relcl")]
    after = event.trigger.doc[event.trigger.right_edge.i + 1 :][:2]
    said += [token for token in after if token.tag_ == "VBN"]
    return event.kind == "agreement" and any(
        token.lemma_.casefold() in words.MAKING for token in (event.carrier, event.trigger.head, *said)
    )


def is_made_here(phrases: Phrases, event: Event) -> bool:
    """Whether the sentence tells of the making of an agreement that it has not named before: `an agreement was reached`."""
    noun = event.trigger
    if event.kind != "agreement" or noun.pos_ == "VERB":
        return False
    if noun.dep_ == "pobj" and noun.head.lower_ == "by" and not list(noun.children):
        return True  # settled by treaty
    known = [child.lower_ for child in noun.children if child.lower_ in words.DEFINITE]
    if known and (known != ["the"] or noun.dep_ != "nsubjpass"):  # but: the agreement was signed
        return False
    maker = subject_of(event.carrier) if event.carrier.pos_ == "VERB" else None
    if (
        maker is not None
        and maker.pos_ == "NOUN"
        and maker.dep_ == "nsubj"
        and not phrases.stands_for_a_country(maker)
    ):
        return event.carrier.lemma_ in ("lead", "result")
    return event.carrier.lemma_.casefold() in words.MAKING or any(
        above.lemma_.casefold() in words.MAKING for above in (noun.head, noun.head.head)
    )


def host_of(phrases: Phrases, event: Event) -> Named | None:
    """With whom talks in a capital were held, where only somebody's office is told: `held talks in Oslo with the prime minister`."""
    if event.kind != "talks" or event.visit:
        return None
    around = (event.trigger, event.carrier)
    prepositions = [child for word in around for child in word.children if child.dep_ == "prep"]
    places = [below for each in prepositions if each.lower_ == "in" for below in each.children]
    others = [below for each in prepositions if each.lower_ == "with" for below in each.children]
    if not any(other.lemma_.casefold() in words.ENVOYS for other in others):
        return None
    capitals = [m for place in places for m in phrases.mentions_at(place) if m.form is Form.CAPITAL]
    return Named(capitals[0].actor, capitals[0].start, capitals[0].end) if capitals else None
