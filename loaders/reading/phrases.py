"""Whom a phrase stands for: `Japan`, `Japan's foreign minister`, `the presidents of Kenya and Uganda`, `French and Egyptian warships`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from comity.graph.crosswalk import crosswalk
from comity.loaders.reading import words
from comity.loaders.reading.naming import Form, Mention

_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "nummod", "conj", "dep", "quantmod", "npadvmod"})


@dataclass(frozen=True, slots=True)
class Named:
    """An actor and the words that name it, as a range of characters; an empty range where it is only understood.

    The actor is empty where the words name somebody without telling for whom they speak: `Queen Wilhelmina`.
    """

    actor: str
    start: int
    end: int

    @property
    def words(self) -> bool:
        """Whether words name it, and it is not only understood."""
        return self.end > self.start


@dataclass(slots=True)
class Phrases:
    """The phrases of one parsed sentence."""

    doc: Doc
    mentioned: Sequence[str] = ()
    _at: dict[int, list[Mention]] = field(default_factory=dict)

    @classmethod
    def of(cls, doc: Doc, mentions: Iterable[Mention], mentioned: Sequence[str]) -> "Phrases":
        """The phrases of a sentence in which these names were found; `mentioned` were named before it."""
        phrases = cls(doc, mentioned)
        for mention in mentions:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if mention.form is Form.NONE or span is None or not phrases._counts(mention, span.start):
                continue
            for token in span:
                phrases._at.setdefault(token.i, []).append(mention)
        return phrases

    def named(self, token: Token) -> list[Named]:
        """Whom the phrase with this head stands for, with all that is coordinated with it."""
        found = self.one(token)
        for other in self._coordinated(token):
            found += [named for named in self.one(other) if named not in found]
        return found

    def _coordinated(self, token: Token) -> Iterator[Token]:
        """What is coordinated with a phrase, also where the parser takes a list's next name, or what follows a person's, for an apposition."""
        for child in token.children:
            if child.dep_ == "appos":
                if self._names(child) and self._names(token):  # Peru, Chile, and Cuba
                    yield child
                if self._names(child) or self._is_person(child):  # Kenya's minister, X, and Uganda's, Y
                    yield from self._coordinated(child)
            elif child.dep_ == "conj" and not any(below.dep_ == "neg" for below in child.children):
                yield child
                yield from self._coordinated(child)

    def _names(self, token: Token) -> bool:
        return any(m.form is Form.NAME for m in self._at.get(token.i, ()))

    def listed(self, token: Token) -> list[Named]:
        """The names that follow one in a bare list, `Chile, and Cuba`, however the parser has taken it apart."""
        found: list[Named] = []
        own = [m for m in self._at.get(token.i, ()) if m.form in (Form.NAME, Form.CAPITAL)]
        while own:
            found += [named for named in _named(own) if named not in found]
            after = self.doc[token.i + 1 :]
            skipped = next(
                (i for i, t in enumerate(after) if t.lower_ not in (",", "and", "the")), len(after)
            )
            if not skipped or skipped == len(after) or after[0].lower_ == "the":
                break
            first = after[skipped]
            own = [m for m in self._at.get(first.i, ()) if m.form in (Form.NAME, Form.CAPITAL)]
            own = [m for m in own if not self._owns(m)]
            token = next((t for t in reversed(after) if own and own[0] in self._at.get(t.i, ())), first)
        return found

    def one(self, token: Token) -> list[Named]:
        """Whom the phrase with this head stands for by itself."""
        own = [m for m in self._at.get(token.i, ()) if m.form is not Form.SURNAME or self._titled(token)]
        if own and any(m.form not in (Form.PERSON, Form.SURNAME) for m in own):
            if any(m.form in (Form.ADJECTIVE, Form.PREFIX) for m in own):
                return _named([*own, *self._modifying(token, hyphen=True)])
            return _named([m for m in own if m.form not in (Form.PERSON, Form.SURNAME)])
        if self.stands_for_a_country(token):
            around = _named(self._modifying(token))
            around += [n for n in self._belonging(token) if n not in around]
            if token.lemma_.casefold() in words.MEMBERS:  # a member of the League is not the League
                around = [n for n in around if crosswalk().actor(n.actor).label == "Country"]
            if around:
                return around
        if token.pos_ in ("PROPN", "NOUN"):
            for child in token.children:
                if child.dep_ == "appos":  # Edward Rowlands, the British minister
                    found = [named for named in self.named(child) if named.actor]
                    if found:
                        return found
        if own:  # Özal of Turkey and Papandreou of Greece
            of = [b for c in token.children if c.lower_ == "of" for b in c.children if b.dep_ == "pobj"]
            return _named(own) + [
                n for each in of for n in self.named(each) if n.actor not in {m.actor for m in own}
            ]
        if token.lower_ in ("he", "she", "it", "him"):
            return self.antecedent(token)
        if token.lower_ == "they":
            return self.understood(token) or self.antecedent(token)
        return self.understood(token) or self._somebody(token)

    def antecedent(self, pronoun: Token) -> list[Named]:
        """The subject named last before a pronoun in the sentence, if it is one alone."""
        for token in reversed(self.doc[: pronoun.i]):
            if token.dep_ in ("nsubj", "nsubjpass") and token.pos_ != "PRON":
                found = self.named(token) or self.concerned(token)
                if found:
                    return found if len(found) == 1 else []
        return []

    def concerned(self, noun: Token) -> list[Named]:
        """Whose crisis or decision a subject is: `Norway's crisis`, `the crisis ended for Norway`."""
        return self.adjectives(noun) or [
            named
            for child in (*noun.children, *noun.head.children)
            if child.dep_ == "prep" and child.lower_ in ("for", "of", "by", "between")
            for below in child.children
            for named in (self.named(below) if child.lower_ == "between" else self.one(below))
        ]

    def _somebody(self, token: Token) -> list[Named]:
        if self._is_person(token):
            return [Named("", token.idx, token.idx + len(token.text))]
        return []

    def adjectives(self, token: Token) -> list[Named]:
        """The actors in the words before a noun: `Anglo-French` conversations, `Japan's` agreement, a `France-Togo` treaty.

        Not those that are part of its name (the Balkan Pact), nor places it is named for: the Algiers Agreement, the Trinidad Protocol.
        """
        found = [m for m in self._modifying(token) if not m.start <= token.idx < m.end]
        if (
            len({m.actor for m in found}) == 1
            and token.pos_ == "PROPN"
            and not any(self._owns(m) for m in found)
        ):
            found = [m for m in found if m.form is not Form.NAME]
        return _named(
            m for m in found if m.form is not Form.CAPITAL or self._owns(m) or "-" in self._beside(m)
        )

    def _beside(self, mention: Mention) -> str:
        return (
            self.doc.text[max(mention.start - 1, 0) : mention.start]
            + self.doc.text[mention.end : mention.end + 1]
        )

    def _owns(self, mention: Mention) -> bool:
        return self.doc.text[mention.end : mention.end + 1] in ("'", "’")

    def understood(self, token: Token) -> list[Named]:
        """Whom `they`, `both countries`, `the two sides` mean: the two that were named, in this sentence or before it."""
        if not self._several(token):
            return []
        doer = {t.i for c in token.head.children if c.dep_ == "nsubj" and c != token for t in c.subtree}
        before = list(
            dict.fromkeys(
                m.actor
                for i in range(token.i)
                if i not in doer  # who persuades the two sides is none of them
                for m in self._at.get(i, ())
                if self._certain(m)
            )
        )
        if len(before) > 2:
            before = [actor for actor in before if crosswalk().actor(actor).label == "Country"]
        if len(before) > 2:
            before = next(
                (
                    list(dict.fromkeys(named.actor for named in self.named(other)))
                    for other in reversed(self.doc[: token.i])
                    if other.dep_ in ("nsubj", "nsubjpass")
                    and other.right_edge.i < token.i
                    and len(self.named(other)) == 2
                ),
                [],
            )
        elif len(before) < 2:
            before += [actor for actor in self.mentioned if actor not in before][: 2 - len(before)]
        return [Named(actor, token.idx, token.idx) for actor in before] if len(before) == 2 else []

    def spoken_for(self, token: Token) -> list[Named]:
        """For whom `he` or `the minister` speaks where nobody is named for it in the sentence: the first actor of the sentence before."""
        return [Named(self.mentioned[0], token.idx, token.idx)] if self.mentioned else []

    def stands_for_a_country(self, token: Token) -> bool:
        """Whether a phrase with this head can speak for the country it names: an office, forces, or a person's name."""
        lemma = token.lemma_.casefold()
        if any(child.lower_ in words.SPORTS for child in token.children):
            return False
        if lemma in words.OFFICES or token.lower_ in words.OFFICES:
            return True
        return token.pos_ == "PROPN" and (token.ent_type_ in ("PERSON", "NORP") or self._titled(token))

    def mentions_at(self, token: Token) -> list[Mention]:
        """The names that this token belongs to."""
        return self._at.get(token.i, [])

    @staticmethod
    def _certain(mention: Mention) -> bool:
        return mention.form is not Form.SURNAME

    def _modifying(self, token: Token, hyphen: bool = False) -> list[Mention]:
        found: list[Mention] = []
        for child in token.children:
            if (
                child.i < token.i
                and child.dep_ in _MODIFIERS
                and (not hyphen or token.i - child.right_edge.i <= 2)
            ):
                if hyphen and not any(
                    m.form in (Form.PREFIX, Form.ADJECTIVE, Form.NAME) for m in self._at.get(child.i, ())
                ):
                    continue
                found += [m for m in self._at.get(child.i, ()) if m.form is not Form.SURNAME]
                if (
                    child.dep_ == "poss"
                    and not self._at.get(child.i)
                    and not self.stands_for_a_country(child)
                ):
                    continue
                found += self._modifying(child)
                found += [m for sub in child.conjuncts if sub.i < token.i for m in self._at.get(sub.i, ())]
        return list(dict.fromkeys(found))

    def _belonging(self, token: Token) -> list[Named]:
        """The president `of Rwanda`, a delegation `from Japan`."""
        found: list[Named] = []
        for child in token.children:
            if child.dep_ == "acl" and child.lemma_ in (
                "lead",
                "head",
            ):  # a delegation led by the Japanese minister
                found += [
                    n
                    for by in child.children
                    if by.dep_ == "agent"
                    for p in by.children
                    for n in self.named(p)
                ]
            seated = child.lower_ == "in" and token.lemma_.casefold() in words.SEATED
            if child.dep_ == "prep" and (seated or child.lower_ in ("of", "from", "for", "including")):
                for place in child.children:
                    if place.dep_ == "pobj":
                        found += self.named(place)
        return found

    def _several(self, token: Token) -> bool:
        if token.lower_ in ("they", "both", "them", "their"):
            return True
        if token.lemma_.casefold() not in words.SIDES or token.tag_ not in ("NNS", "NNPS"):
            return False
        return any(child.lower_ in ("two", "both", "these", "their") for child in token.children)

    def _is_person(self, token: Token) -> bool:
        return token.pos_ == "PROPN" and (token.ent_type_ == "PERSON" or self._titled(token))

    def _titled(self, token: Token) -> bool:
        if any(child.lemma_.casefold() in words.TITLES for child in token.children):
            return True
        return token.i > 0 and self.doc[token.i - 1].lemma_.casefold() in words.TITLES

    def _counts(self, mention: Mention, start: int) -> bool:
        """Jordan in `Michael Jordan` is no country, an anti-Soviet treaty none of the Soviet Union, a name's beginning no name."""
        if self.doc.text[: mention.start].casefold().endswith(("anti-", "pro-", "non-", "ex-", "ethnic ")):
            return False
        token = self.doc[start]
        if mention.form is Form.SEAT and token.i:  # Minister Shah Mohammad is no Shah
            before = self.doc[token.i - 1]
            return before.ent_type_ != "PERSON" and before.lemma_.casefold() not in words.TITLES
        if mention.form in (Form.PERSON, Form.SURNAME):
            last = next(t for t in self.doc[start:] if t.idx + len(t.text) >= mention.end)
            return not self._goes_on(last) and not self._has_another_first_name(start, last)
        if mention.form is not Form.NAME or token.ent_type_ != "PERSON" or token.i == 0:
            return True
        before = self.doc[token.i - 1]
        return not (
            token.ent_iob_ == "I"
            and before.ent_type_ == "PERSON"
            and before.pos_ == "PROPN"
            and not self._at.get(before.i)
        )

    @staticmethod
    def _goes_on(part: Token) -> bool:
        """Whether a word is part of a person's name that ends later."""
        return part.dep_ == "compound" and part.head.ent_type_ == "PERSON" and part.head.i > part.i

    def _has_another_first_name(self, start: int, last: Token) -> bool:
        """Whether a name is that of somebody else: `Enoch` Powell."""
        first = self.doc[start - 1] if start else last
        named = self._goes_on(first) and first.head == last and first.pos_ == "PROPN"
        return named and first.lemma_.casefold() not in words.TITLES


def _named(mentions: Iterable[Mention]) -> list[Named]:
    return list(dict.fromkeys(Named(m.actor, m.start, m.end) for m in mentions))
