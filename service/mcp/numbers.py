"""Tools about numbers: who is central, how sure that is, and what one actor's number rests on."""

from dataclasses import replace
from typing import Any, ClassVar

from pydantic import Field

from comity.graph.slices import Question, Slice, take
from comity.queries.chain import Chain, RestingTie, Standing, why
from comity.queries.citing import sources_of
from comity.queries.doubt.influence import SHOWN, Influence, influences
from comity.queries.doubt.ranges import doubt_of
from comity.queries.engines import engine_of
from comity.queries.evidence import FactEvidence
from comity.queries.measures import Measure, measure_of
from comity.queries.naming import actor_id
from comity.queries.plain import plain
from comity.queries.ranking import rank
from comity.service.limits import most_samples
from comity.service.mcp.answers import Document
from comity.service.mcp.arguments import Actor, Graph, Measured, Name, Names, OfSlice
from comity.service.mcp.evidence import statement_of
from comity.service.mcp.tool import Tool

_FEW_SOURCES = 5
"""Sources of a ranking that are named with it; of more, cite_sources tells."""

_TO_CITE = "cite_sources with the same layers, types, as_of, certainty and sources"
_NOTHING = "These sources tell of no such tie at that time; that is no proof that there was none."


class RankActors(OfSlice, Tool):
    """Rank actors by how central they are in a network of ties on a day or in a span.

    Without arguments it counts partners by defence agreements certainly in force today. With `doubt` each value and rank has the range
    over all settlements of doubtful dates and disputes; give ranges where they are wide. Equal values share the best rank. An actor
    that is not listed has no tie in this network. Where no source covers the time you get an error: the number is then unknown, not 0.
    """

    LESS: ClassVar[str] = "give a smaller `limit`, go on with `offset`, or name `actors`"

    measure: Measured = Field("degree", description="What is measured; describe_graph says what each means.")
    doubt: bool = Field(False, description="Add how far each value and rank can move.")
    explain: Name = Field("", description="With an actor: which open dates or disputes move its rank most, and who says what of them.")  # fmt: skip
    actors: Names = Field((), description="Give only the places of these actors (ids, codes or names).")
    limit: int = Field(20, ge=1, le=500, description="So many rows.")
    offset: int = Field(0, ge=0, le=100_000, description="Leave out so many rows at the top.")

    def answer(self, graph: Graph) -> Document:
        question, measure = self.question(), measure_of(self.measure)
        chosen = [actor_id(graph.store, actor, question.last) for actor in self.actors]
        explained = actor_id(graph.store, self.explain, question.last) if self.explain else ""
        slice, rows, told = self._ranked(graph, question, measure)
        wanted = [row for row in rows if row["actor"] in chosen] if chosen else rows
        answer = {
            "asked": {"measure": measure.name, "means": measure.about, **slice.question.describe()},
            "actors_in_network": len(slice.members),
            **told,
            "rows": wanted[self.offset : self.offset + self.limit],
            "rows_in_all": len(wanted),
            **_rests_on(slice),
        }
        if missing := sorted(set(chosen) - {row["actor"] for row in rows}):
            answer["not_in_network"] = missing
        if explained:
            possible = take(graph.store, replace(question, certainty="possible"))
            found = influences(possible, question, measure, explained)[:SHOWN]
            answer["what_moves_it"] = [_influence(one) for one in found]
        return {**answer, "sources": graph.citations(self.day_of_record)}

    def _ranked(
        self, graph: Graph, question: Question, measure: Measure
    ) -> tuple[Slice, list[dict[str, Any]], Document]:
        """The slice, the rows and how the ranges are meant."""
        if not self.doubt:
            slice = take(graph.store, question)
            return slice, plain(rank(slice, measure, engine_of("fast", graph.store)).rows), {}
        possible = take(graph.store, replace(question, certainty="possible"))
        found = doubt_of(possible, question, measure, samples=most_samples(measure))
        meant = {
            "open_choices": len(found.choices),
            "settlements_tried": found.settlements,
            **({"outside_a_sampled_range_at_most": found.error, "seed": found.seed} if found.seed is not None else {}),
        }  # fmt: skip
        return possible.narrowed(question), plain(found.rows), {"doubt": meant}


class ExplainNumber(OfSlice, Tool):
    """Walk back from one actor's number to the evidence: the ties it rests on, how the actor would stand without each, who says so, where, in
    which words, and since when it is known; also what is doubtful and was not counted.

    Use it to answer "why" and to quote. The ties come first without which the number would change most.
    """

    LESS: ClassVar[str] = "give a smaller `limit`, or ask get_fact about one fact"

    actor: Actor = Field(description="Id, code or name of the actor, as at the time.")
    measure: Measured = Field("degree", description="The number to explain.")
    limit: int = Field(5, ge=1, le=50, description="The evidence of so many ties; the others are only named.")

    def answer(self, graph: Graph) -> Document:
        question = self.question()
        chain = why(
            graph.store, question, measure_of(self.measure), actor_id(graph.store, self.actor, question.last),
            texts=graph.texts,
        )  # fmt: skip
        shown = chain.ties[: self.limit]
        return {
            "asked": {"actor": chain.actor, "measure": chain.measure, "means": chain.about, **chain.question.describe()},
            "name": chain.name,
            **plain(chain.standing),
            "actors_in_network": chain.members,
            "ties_in_all": len(chain.ties),
            "ties": [_tie(tie, chain.evidence[tie.fact]) for tie in shown],
            "further_ties": [tie.fact for tie in chain.ties[self.limit :]],
            **_further(chain),
            "sources": graph.citations(self.day_of_record),
        }  # fmt: skip


def _rests_on(slice: Slice) -> Document:
    """On how much a ranking rests: its sources by name where they are few."""
    used = sorted(sources_of(slice))
    if not used:
        return {"note": _NOTHING}
    few = {"sources": used} if len(used) <= _FEW_SOURCES else {"to_cite": _TO_CITE}
    return {
        "rests_on": {"facts": len({tie.fact for tie in slice.ties}), "number_of_sources": len(used), **few}
    }


def _influence(one: Influence) -> Document:
    return {
        "fact": one.fact,
        "title": one.title,
        "open": one.about,
        "with_it": {"rank": one.rank_with, "value": one.value_with},
        "without_it": {"rank": one.rank_without, "value": one.value_without},
        "accounts": plain(one.accounts),
        "sources": one.sources,
        "only_if_all_else_is_settled_the_other_way": one.from_the_other_side,
    }


def _tie(tie: RestingTie, evidence: FactEvidence) -> Document:
    """A tie with who says so first, and who has it otherwise."""
    told = {
        "says_so": [statement_of(item) for item in evidence.statements if item.statement in tie.told_by],
        "has_it_otherwise": [statement_of(item) for item in evidence.statements if item.statement in tie.denied_by],
    }  # fmt: skip
    disputed = [conflict.property for conflict in evidence.conflicts]
    return {
        "fact": tie.fact,
        "title": evidence.title,
        "kind": evidence.kind,
        "types": evidence.types,
        "in_effect": evidence.when,
        "partners": tie.partners,
        "without_it": _stood(tie.without),
        "disputed": disputed,
        **{name: found for name, found in told.items() if found},
    }


def _stood(standing: Standing) -> Any:
    return plain(standing) if standing.value is not None else "not in the network"


def _further(chain: Chain) -> Document:
    """What else the number rests on, where its measure has such a thing."""
    found: Document = {}
    if chain.partners:
        found["share_of_each_partner"] = [{"actor": actor, "share": share} for actor, share in chain.partners]
    if chain.passages:
        found["pairs_whose_paths_run_through_it"] = chain.passages_in_all
        found["passages"] = plain(chain.passages)
    if chain.rests_on_all:
        found["note"] = "The rest of the network counts, too."
    if chain.possible:
        found["doubtful_not_counted"] = [
            {
                "fact": fact,
                "title": chain.evidence[fact].title,
                "in_effect": chain.evidence[fact].when or None,
            }
            for fact in chain.possible
        ]
    return found
