"""An event that a sentence tells of, before it is known what the sentence does with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from comity.loaders.reading.phrases import Named


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
