"""Cypher as a row of tokens, read so that no engine can see a word where this sees a string or a comment."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from comity.graph.errors import UnsafeQuery


class Kind(Enum):
    WORD = "word"
    QUOTED_NAME = "quoted name"
    STRING = "string"
    NUMBER = "number"
    PARAMETER = "parameter"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str

    def is_sign(self, *signs: str) -> bool:
        return self.kind is Kind.SIGN and self.text in signs

    @property
    def word(self) -> str:
        """The word as a keyword is compared, "" for what cannot be one."""
        return self.text.upper() if self.kind is Kind.WORD else ""

    @property
    def is_name(self) -> bool:
        return self.kind in (Kind.WORD, Kind.QUOTED_NAME)


NOTHING = Token(Kind.SIGN, "")

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")

# Characters that open, close or hide something: written as an escape they mean one thing to an engine that decodes escapes
# first (Neo4j), another to one that decodes them inside strings only (ArcadeDB).
_STRUCTURE = frozenset("'\"`\\/*\n\r")

_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>//[^\r\n]*|/\*.*?\*/)
    | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<quoted>`(?:[^`]|``)*`)
    | (?P<number>(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|[0-9][0-9_]*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?!\w))
    | (?P<word>[^\W\d]\w*)
    | (?P<parameter>(?<!\w)\$(?:[0-9]+(?!\w)|[^\W\d]\w*))
    | (?P<sign>\.\.|::|/(?!\*)|[(){}\[\]<>=~+\-*%^.,:;|&!]|(?<!\w)\$(?=[\s(`]))
    """,
    re.VERBOSE | re.DOTALL,
)

# Some readers end a line at these too, so a comment that holds one could end earlier than it seems.
_ODD_LINE_ENDS = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")


def _decoded(text: str) -> str:
    """The text with its `\\uXXXX` escapes replaced: Cypher allows them everywhere, keywords included."""

    def character(escape: re.Match[str]) -> str:
        decoded = chr(int(escape[1], 16))
        if decoded in _STRUCTURE or _ODD_LINE_ENDS.match(decoded):
            raise UnsafeQuery(f"the escape {escape[0]} is refused: write the character itself")
        return decoded

    return _ESCAPE.sub(character, text)


def read_tokens(text: str) -> Iterator[Token]:
    """The tokens of a Cypher text, without blanks and comments.

    Raises `UnsafeQuery` for what two engines could read in different ways.
    """
    text = _decoded(text)
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise UnsafeQuery(_not_understood(text, position))
        position = found.end()
        match found.lastgroup:
            case "comment":
                if found[0].startswith("//") and _ODD_LINE_ENDS.search(found[0]):
                    raise UnsafeQuery(
                        "a comment holds an unusual line separator: end comments with a plain line end"
                    )
            case "string":
                yield Token(Kind.STRING, found[0])
            case "quoted":
                yield Token(Kind.QUOTED_NAME, found[0][1:-1].replace("``", "`"))
            case "number":
                yield Token(Kind.NUMBER, found[0])
            case "word" | "parameter" if not f"_{found[0].removeprefix('$')}".isidentifier():
                # Such as a superscript digit, where one engine ends the word and another does not.
                raise UnsafeQuery(
                    f"the name {found[0][:40]!r} holds an unusual character: put it in backticks"
                )
            case "parameter":
                yield Token(Kind.PARAMETER, found[0])
            case "word":
                # Compatibility forms (full-width letters, the Kelvin sign) compare as the letters they look like.
                yield Token(Kind.WORD, unicodedata.normalize("NFKC", found[0]))
            case "sign":
                yield Token(Kind.SIGN, found[0])


def _not_understood(text: str, position: int) -> str:
    character = text[position]
    if character in "'\"`":
        return f"a {character} is never closed: {text[position : position + 20]!r}"
    if text.startswith("/*", position):
        return "a comment is never closed: add */"
    if character.isdigit():
        return f"a number runs into a word: put a space into {text[position : position + 20]!r}"
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    return f"the character {character!r} ({name}) is refused outside quotes: put the name that holds it in backticks"
