"""The fields of a dossier, part by part: the one list from which the loader, the JSON Schema and docs/dossier.md take them.

What an account may say besides (steps and properties) comes from graph/kinds.
"""

from collections.abc import Mapping
from dataclasses import dataclass

ID = r"[a-z0-9][a-z0-9-]{0,99}"
"""Ids of dossiers, sources and facts: they stand in commands and addresses."""

ACTOR_ID = r"[A-Z0-9][A-Z0-9-]{0,29}"
SHA256 = r"[0-9a-f]{64}"
ADDRESS = r"https?://[^\s/]\S*"
WIKIDATA = r"Q[1-9][0-9]*"

LABELS = ("Country", "Organization")


@dataclass(frozen=True, slots=True)
class Field:
    """A field, the shape of its value (see `schema.py`), and what it is for."""

    name: str
    shape: str
    about: str
    required: bool = False


FORM: Mapping[str, tuple[Field, ...]] = {
    "dossier": (
        Field("dossier", "id", "the dossier's id; facts and sources are known as ID:KEY", required=True),
        Field("title", "text", "what the dossier is about", required=True),
        Field("licence", "text", "the terms on which the dossier's own words may be used, such as CC-BY-4.0"),
        Field("sources", "sources", "the documents that are cited, each under an id", required=True),
        Field("actors", "actors", "countries and organizations that comity does not know, each under an id"),
        Field("facts", "facts", "what is documented, each fact under an id", required=True),
    ),
    "source": (
        Field("title", "text", "the document's title", required=True),
        Field("publisher", "text", "who published it"),
        Field("date", "date", "when it was published"),
        Field("version", "text", "its version, if it has several"),
        Field("url", "address", "where it can be read"),
        Field("licence", "text", "the terms on which its words may be used"),
        Field("citation", "text", "how to cite it, if not by publisher, title, version, date and url"),
        Field("sha256", "hash", "SHA-256 of the text (UTF-8) that spans count in"),
        Field("original_sha256", "hash", "SHA-256 of the file that the text was taken from"),
    ),
    "actor": (
        Field("label", "label", "Country or Organization", required=True),
        Field("name", "text", "its name in English", required=True),
        Field("wikidata", "wikidata", "its item in Wikidata, such as Q7184"),
    ),
    "fact": (
        Field("kind", "kind", "what sort of fact it is", required=True),
        Field("types", "types", "its types, from the kind's list; an agreement needs at least one"),
        Field("title", "text", "its name", required=True),
        Field("parties", "parties", "who takes part: at least two", required=True),
        Field("accounts", "accounts", "what each source says of it: at least one", required=True),
    ),
    "party": (
        Field("actor", "actor", "the actor's id, such as JPN or NATO", required=True),
        Field("role", "role", "its role; the kind's first role if none is written"),
        Field("dates", "interval", "from when to when, if not all the time, such as 1952-02-18/.."),
        Field(
            "pledges",
            "pledges",
            "what this party pledges, if not all of the agreement's types; [] for nothing",
        ),
    ),
    "account": (
        Field("source", "source", "the id of the source that says so", required=True),
        Field("place", "place", "where in the source: words such as 'Article 5', or a span of the text"),
        Field("words", "verbatim", "the source's own words, only where its licence allows"),
        Field(
            "confidence", "confidence", "how sure the reading is, above 0 and up to 1; 1 if none is written"
        ),
        Field("says", "says", "what the source says: steps with their dates, and properties"),
        Field(
            "repaired",
            "repaired",
            "under a step or property: what stood there before a garbled text was repaired",
        ),
    ),
    "place": (
        Field("text", "text", "where, in words"),
        Field("start", "offset", "the first character of the span, counted in code points from 0"),
        Field("end", "offset", "the character after the span's last"),
        Field("sha256", "hash", "SHA-256 of the words in the span (UTF-8)"),
    ),
    "says": (
        Field("title", "names", "the name or names that this source uses, if not the fact's title"),
        Field("types", "types", "the types, if this source states others"),
        Field("parties", "parties", "the parties, if this source states others"),
        Field("pairs", "pairs", "steps that concern one or two of the parties only"),
    ),
    "pair": (
        Field("between", "actors", "one or two of the parties", required=True),
        Field("step", "step", "the step that only they took", required=True),
        Field("date", "date", "when", required=True),
    ),
    "repair": (
        Field("was", "verbatim", "the words as they stood", required=True),
        Field(
            "rule",
            "rule",
            "the rule, or several joined by +, that repaired them (docs/repairs.md)",
            required=True,
        ),
    ),
}


def names(part: str) -> list[str]:
    """The names of a part's fields."""
    return [field.name for field in FORM[part]]


def required(part: str) -> list[str]:
    """The names of the fields that a part cannot do without."""
    return [field.name for field in FORM[part] if field.required]
