"""Drafts loaded as they were read, without a person's correction: through the same form, their statements marked as a reader's."""

from collections.abc import Sequence
from dataclasses import replace

from comity.graph.errors import InputError
from comity.graph.reading import Reading
from comity.graph.statements import live_facts, live_statements
from comity.graph.stores import Store
from comity.loaders.dossier import parse_dossier
from comity.loaders.loader import Opened
from comity.loaders.reading.draft import Draft
from comity.loaders.reading.writing import counted, draft_dossier

METHOD = "reader"
"""The method of statements that no person has checked."""


def as_read(drafts: Sequence[Draft], sure: float) -> Opened:
    """The facts of the drafts, ready to be loaded; `InputError` where there is none, or one is less sure than `sure`."""
    facts = [fact for draft in drafts for fact in draft.facts]
    if not facts:
        raise InputError("no fact was found, so there is nothing to load")
    unsure = [fact for fact in facts if fact.confidence < sure]
    if unsure:
        least = min(fact.confidence for fact in unsure)
        raise InputError(
            f"not loaded: {counted(len(unsure), 'fact')} of {len(facts)} below confidence {sure:g} (the least sure {least:g}). "
            "Correct the draft and load it with `comity load dossier`; --yes loads what was read as it is"
        )
    dossier = parse_dossier(draft_dossier(drafts), "the draft")
    statements = tuple(replace(statement, method=METHOD) for statement in dossier.statements)
    reading = Reading(dossier.id, dossier.sources, statements, whole=True, loader="reader")
    return Opened(reading, dossier.warnings)


def refuse_to_replace(store: Store, opened: Opened) -> None:
    """`InputError` where the store holds the collection as people wrote or corrected it."""
    collection = opened.reading.collection
    held = live_statements(store.read, sorted(live_facts(store, collection)))
    if any(statement.method != METHOD for statement in held):
        raise InputError(
            f"not loaded: the store holds {collection} as a person wrote or corrected it; --yes replaces it by what was read"
        )
