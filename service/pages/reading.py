"""Readings of the graph that several pages need, kept for its revision."""

from dataclasses import replace
from datetime import date

from comity.graph.crosswalk import crosswalk
from comity.graph.slices import History, Question, history_of, read_actors
from comity.queries.naming import actor_id
from comity.service.held import Held
from comity.service.pages.frame import Keeping


def meant(held: Held, text: str, on: date) -> str:
    """The id of the actor that stands in an address: mostly the id itself, which need not be looked up, else a name or a code."""
    return text if text in crosswalk() else actor_id(held.store, text, on)


def history(held: Held, kept: Keeping, question: Question) -> History:
    """All that the store tells of the question's layers, with the names of actors on its last day.

    It is read once for each revision: rankings of other days, types and measures are of the same history.
    """
    key = (
        "history", held.revision(), question.layers, question.rule, question.sources, question.policy, question.known_on,
        question.applied_from,
    )  # fmt: skip
    found = kept.things.of(key, lambda: history_of(held.store, question))
    return replace(found, actors=read_actors(held.store, question.last))
