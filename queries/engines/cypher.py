"""The engine `cypher`: the query of the library that has the measure's name, answered by the database on the ties it stores."""

from collections.abc import Iterator, Mapping
from typing import Self

from comity.graph.accounts import STRICT
from comity.graph.errors import NotOffered, StoreError
from comity.graph.identity import APPLIED_FROM
from comity.graph.kinds import kind_of
from comity.graph.slices import Question, Slice
from comity.graph.stores.base import Store
from comity.queries.engines.engine import Engine
from comity.queries.library import query_of, run
from comity.queries.measures.measure import Measure

_ROUNDED = 2e-12
"""The queries round to twelve decimals: so far apart may two be that are equal."""


class CypherEngine(Engine):
    """The library's own queries: slices of one day, of the ties as they are stored."""

    name = "cypher"
    about = "the database's own Cypher, on slices of one day of the stored ties"
    tolerances = dict.fromkeys(
        (
            "degree",
            "strength",
            "betweenness",
            "harmonic",
            "closeness",
            "clustering",
            "constraint",
            "effective-size",
            "facts",
        ),
        1e-9,
    )

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def of(cls, store: Store) -> Self:
        return cls(store)

    def _compute(self, measure: Measure, slice: Slice) -> Mapping[str, float]:
        question = slice.question
        beyond = [*_beyond_stored_ties(question), *_beyond_stored_sources(self._store, question)]
        if beyond:
            raise NotOffered(
                f"the engine cypher asks the ties that are stored, which cannot tell of {'; nor of '.join(beyond)}: "
                "ask without, or use --engine networkx or fast"
            )
        asked = {
            "layer": question.layers,
            "types": question.types,
            "day": question.first,
            "possible": question.certainty == "possible",
            "sources": question.sources,
        }
        answer = run(self._store, measure.name, asked)
        column = answer.query.name
        if self._store.revision() != slice.revision:
            raise StoreError("something was loaded or decided while the measure was computed: ask again")
        return {row["actor"]: row[column] for row in answer.rows}

    def nothing(self, measure: Measure) -> float:
        return _ROUNDED

    def warning(self, measure: Measure, slice: Slice) -> str:
        if measure.name not in self.tolerances:
            return ""
        query = query_of(measure.name)
        return query.limit_about if query.limit is not None and len(slice.members) > query.limit else ""


def _beyond_stored_ties(question: Question) -> Iterator[str]:
    """What is asked beyond what stored ties are made for."""
    if question.first != question.last:
        yield f"several days (--as-of {question.as_of})"
    if question.rule != "every-pair":
        yield f"--rule {question.rule}"
    if question.policy != STRICT:
        yield f"--policy {question.policy}"
    if question.applied_from != APPLIED_FROM:
        yield f"--same-from {question.applied_from:g}"
    if question.known_on:
        yield f"--known-on {question.known_on}"


def _beyond_stored_sources(store: Store, question: Question) -> Iterator[str]:
    """What is asked of single sources: a stored tie is made of all that is told of its fact, in whichever collection."""
    names = list(question.sources)
    found = {
        row["name"]
        for row in store.read(
            "MATCH (s:Statement) WHERE s.collection IN $names RETURN DISTINCT s.collection AS name",
            {"names": names},
        )
    }
    if single := sorted(set(names) - found):
        yield f"single sources within a dossier or data set (--source {', '.join(single)})"
    # Labels cannot be parameters in Cypher; these come from the kinds alone.
    labels = "|".join(kind_of(layer).label for layer in question.layers)
    [mixed] = store.read(
        f"MATCH (a:Country|Organization)-[t:{labels}]->() WHERE any(c IN t.collections WHERE c IN $names) "
        "AND any(c IN t.collections WHERE NOT c IN $names) RETURN min(t.fact) AS fact",
        {"names": names},
    )
    if mixed["fact"]:
        yield f"one of several sources whose facts are judged to be the same ({mixed['fact']})"
