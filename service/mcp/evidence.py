"""Tools about evidence: a fact with all that is said of it, what sources disagree on, and what to cite."""

from collections.abc import Collection
from typing import Any, ClassVar, Literal

from pydantic import Field

from comity.graph.errors import InputError
from comity.graph.facts import read_facts
from comity.graph.slices import take, today
from comity.loaders.sources import loaders
from comity.queries.citing import STYLES, cite, live_sources, sources_named, sources_of
from comity.queries.conflicts import Conflict, find_conflicts
from comity.queries.entries import entry_of
from comity.queries.evidence import Evidence, read_evidence
from comity.queries.plain import plain
from comity.queries.titles import MOST, find_facts
from comity.service.mcp.answers import Document
from comity.service.mcp.arguments import Graph, Layers, Name, Names, OfSlice, Record, one_of
from comity.service.mcp.tool import Tool


class FindFacts(Tool):
    """Find facts by words of their titles: those of which a title has every word, or whose id it is. get_fact has all of one.

    It looks at titles only, in the language of the sources: that nothing is found does not say that there is no such fact. For what is between two
    actors ask relate_actors. Read the status: what is announced or signed is not in force.
    """

    LESS: ClassVar[str] = "write more `words`, or give a smaller `limit`"

    words: Name = Field(
        min_length=1, description="Words or parts of words, such as `mutual defense`; or an id."
    )
    limit: int = Field(20, ge=1, le=MOST, description="So many facts, in the order of their ids.")

    def answer(self, graph: Graph) -> Document:
        found, more = find_facts(graph.store, self.words, self.limit)
        return {
            "asked": {"words": self.words},
            "facts": [
                {"fact": one.id, "kind": one.kind, "title": one.title, "status": one.status, "parties": one.parties}
                for one in found
            ],
            "there_are_more": more,
        }  # fmt: skip


class GetFact(Record, Tool):
    """Get one fact whole: its parties, each step of its status with the date, its properties, every statement about it with source, place
    and words, what sources disagree on, and since when each thing is known.

    Quote from here: cite the source of the statement, not this graph. Where `words` are not at hand, say what the statement says and do not put
    it in quotation marks.
    """

    LESS: ClassVar[str] = (
        "ask list_conflicts for the disagreement alone, or explain_number for what ties one actor"
    )

    fact: Name = Field(min_length=1, description="Id of the fact, as in the answers of other tools (japan-europe:guardian-north-16).")  # fmt: skip

    def answer(self, graph: Graph) -> Document:
        facts = read_facts(graph.store, facts=[self.fact], **self.record())
        if not facts:
            raise InputError(
                f"the graph did not hold {self.fact} then: ask with another `known_on`, or `now`"
            )
        fact = facts[0]  # of one id there is one
        entry = entry_of(fact, today().earliest_begin)
        found = read_evidence(
            graph.store, [fact], known_on=self.day_of_record, applied_from=self.same_from, texts=graph.texts
        )[fact.id]
        return {
            "asked": {"fact": fact.id, **self.terms()},
            "title": fact.title,
            "other_titles": found.other_titles,
            "kind": fact.kind,
            "types": fact.types,
            "status": entry.status,
            "in_effect": entry.when or None,
            "steps": plain(entry.steps),
            "parties": plain(entry.parties),
            "properties": entry.properties,
            "agreement_of_accounts": entry.states,
            "disagreements": [_disagreement(conflict) for conflict in found.conflicts],
            "statements": [statement_of(item) for item in found.statements],
            "judged_to_be_one": [{"ids": one.pair, "by": one.by, "reason": one.reason} for one in found.judgements],
            "sources": graph.citations(self.day_of_record),
        }  # fmt: skip


class ListConflicts(Record, Tool):
    """List what sources disagree on: every account with its source, what the policy asked for makes of it, and what others would.

    Without arguments of the whole graph. Report both accounts of what is unsettled; do not choose between them. Only a person can settle it.
    """

    LESS: ClassVar[str] = (
        "give a smaller `limit`, go on with `offset`, or name `facts`, `layers` or `sources`"
    )

    facts: Names = Field((), description="Only of these facts (ids).")
    layers: Layers = Field((), description="Only of facts of these kinds.")
    sources: Names = Field((), description="Only what these dossiers, data sets or sources speak of.")
    limit: int = Field(10, ge=1, le=200, description="So many disagreements.")
    offset: int = Field(0, ge=0, le=100_000, description="Leave out so many.")

    def answer(self, graph: Graph) -> Document:
        found = find_conflicts(
            graph.store,
            kinds=self.layers,
            facts=self.facts,
            sources=self.sources,
            texts=graph.texts,
            **self.record(),
        )
        return {
            "asked": {"facts": self.facts, "layers": self.layers, "sources": self.sources, **self.terms()},
            "facts_looked_at": found.facts,
            "disagreements_in_all": len(found.rows),
            "unsettled": found.unsettled,
            "disagreements": [
                {"fact": conflict.fact, "title": conflict.title, **_disagreement(conflict)}
                for conflict in found.rows[self.offset : self.offset + self.limit]
            ],
            "sources": graph.citations(self.day_of_record),
        }  # fmt: skip


class CiteSources(OfSlice, Tool):
    """Tell what to cite: the sources of a slice (with the same arguments as a ranking), of some facts, or of the whole graph."""

    LESS: ClassVar[str] = "go on with `offset`, or cite `facts` only"

    of: Literal["slice", "facts", "graph"] = Field(
        "slice", description="Of what; `facts` are those named there."
    )
    facts: Names = Field((), description="Ids of facts, where their sources are wanted.")
    style: Name = Field("text", description="The form of the citations.", json_schema_extra=one_of(STYLES))
    limit: int = Field(50, ge=1, le=500, description="So many sources.")
    offset: int = Field(0, ge=0, le=100_000, description="Leave out so many.")

    def answer(self, graph: Graph) -> Document:
        described, wanted = self._chosen(graph)
        sources = sources_named(graph.store, wanted, self.day_of_record)
        shown = sources[self.offset : self.offset + self.limit]
        entries = {name: loader.bibtex for name, loader in loaders().items() if loader.bibtex}
        found = cite(shown, self.style, entries)
        parts = found.split("\n\n" if self.style == "bibtex" else "\n") if isinstance(found, str) else found
        return {
            "asked": {"of": self.of, "style": self.style, **described},
            "sources_in_all": len(sources),
            "citations": [one for one in parts if one],
        }

    def _chosen(self, graph: Graph) -> tuple[Document, Collection[str]]:
        """What is cited, and the ids of its sources."""
        if self.of == "graph":
            return {}, live_sources(graph.store)
        if self.of == "facts":
            if not self.facts:
                raise InputError("name the facts whose sources are wanted in `facts`")
            found = read_facts(graph.store, facts=self.facts, **self.record())
            return {"facts": self.facts, **self.terms()}, {id for fact in found for id in fact.sources}
        slice = take(graph.store, self.question())
        return slice.question.describe(), sources_of(slice)


def statement_of(item: Evidence) -> Document:
    """A statement as an answer has it."""
    told: Document = {
        "source": item.source,
        "place": item.place,
        "says": [" ".join(pair) for pair in item.says],
        "words": item.words.text or None,
        "no_words_because": item.words.note or None,
        "repaired": [f"{name} was {was!r} ({rule})" for name, was, rule in item.repaired] or None,
        "method": item.method,
        "known_since": item.known_since[:10],
        "statement": item.statement[:12],
    }
    return {name: value for name, value in told.items() if value not in (None, "")}


def _disagreement(conflict: Conflict) -> dict[str, Any]:
    accounts = [
        {"value": account.value, "source": account.source, "place": account.place, **({"words": account.words.text} if account.words.text else {})}
        for account in conflict.accounts
    ]  # fmt: skip
    return {
        "property": conflict.property,
        "accounts": accounts,
        "settled_by": conflict.settled_by or None,
        "value": conflict.value,
        "by_other_policies": conflict.by_policy,
    }
