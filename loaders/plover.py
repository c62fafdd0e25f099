"""Events coded in PLOVER 0.8 (Political Language Ontology for Verifiable Event Records): from type, mode and contexts to kind of fact.

`data/plover.csv` is the declared mapping: a row for each of the 16 types, and for each mode or context in it that means something else. It
follows the manual's draft 0.8 and the conversion table CAMEO2PLOVER-2021, so that an event is read as its CAMEO code would be
(loaders/cameo.py), as far as PLOVER tells as much:

- AGREE is an agreement *announced*, whatever its context: the conversion table gives `military` to intended aid and de-escalation, too.
- SUPPORT takes in praise, recognition and signed agreements alike, and is left out. Military cooperation is COOPERATE in the context
  `military`, says the manual, and that alone is a drill; it takes in other cooperation of forces, as code 062 does.
- In a CONSULT of the mode `visit` the actor is the visitor and the recipient the host.
- The contexts `historical`, `hypothetical` and `negation` say that nothing happened then; `future` that it has not yet.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib import resources

from comity.graph.model import Skipped
from comity.loaders.cameo import Meaning

NOT_THEN = ("historical", "hypothetical", "negation")
"""Contexts of what did not happen at the event's date."""

FUTURE = "future"

_NOTHING_HAPPENED = Skipped("the event is told as past, hypothetical or negated")
_NOT_YET = Skipped("a dispute that is foreseen is none yet")


@cache
def meanings() -> Mapping[tuple[str, str, str], Meaning]:
    """The declared mapping, by type, mode and context; the last two empty for any."""
    text = resources.files("comity.loaders").joinpath("data", "plover.csv").read_text(encoding="utf-8")
    return {
        (row["type"], row["mode"], row["context"]): Meaning(
            row["type"], row["label"], row["kind"], tuple(row["types"].split()), row["step"], row["source"], row["target"],
            Skipped(row["reason"]),
        )
        for row in csv.DictReader(text.splitlines())
    }  # fmt: skip


@lru_cache(maxsize=4_096)
def meaning_of(type: str, modes: Sequence[str] = (), contexts: Sequence[str] = ()) -> Meaning | None:
    """What an event of this type, these modes and contexts means; None if it is no type of PLOVER 0.8."""
    known = meanings()
    if (type, "", "") not in known:
        return None
    keys = [(type, mode, context) for mode in (*modes, "") for context in (*contexts, "")]
    found = next(known[key] for key in keys if key in known)
    if any(context in NOT_THEN for context in contexts):
        return _left_out(found, _NOTHING_HAPPENED)
    if FUTURE in contexts and found.kind:
        return replace(found, step="announced") if found.kind != "dispute" else _left_out(found, _NOT_YET)
    return found


def _left_out(meaning: Meaning, reason: Skipped) -> Meaning:
    return replace(meaning, kind="", left_out=reason)
