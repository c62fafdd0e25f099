"""From one answer to the next: the links of the API's description (OpenAPI's Link Objects), by the operation whose answer they start from."""

from typing import Any

Link = dict[str, Any]


def _to(operation: str, **parameters: str) -> Link:
    """A link to what is asked with these parameters, each at a place of the answer."""
    return {"operationId": operation, "parameters": {name: _at(place) for name, place in parameters.items()}}


def _send(operation: str, **body: str) -> Link:
    """A link to what is sent with such a body."""
    return {"operationId": operation, "requestBody": {name: _at(place) for name, place in body.items()}}


def _at(place: str) -> str:
    return f"$response.body#/{place}"


_FACT_OF_ROW = {"fact": _to("read_fact", fact="rows/0/fact")}
_PROFILE_OF_ROW = {"profile": _to("read_profile", actor="rows/0/actor")}
_DYAD_OF_ROW = {"dyad": _to("read_dyad", left="rows/0/left", right="rows/0/right")}

LINKS: dict[str, dict[str, Link]] = {
    "list_actors": {"actor": _to("read_actor", actor="rows/0/actor"), **_PROFILE_OF_ROW},
    "read_actor": {
        "profile": _to("read_profile", actor="actor"),
        "ties": _to("list_ties_of", actor="actor"),
        "ego": _to("read_ego", actor="actor"),
        "why": _to("explain", actor="actor"),
    },
    "read_profile": {"fact": _to("read_fact", fact="facts/0/fact")},
    "list_ties_of": _FACT_OF_ROW | _DYAD_OF_ROW,
    "read_ego": _DYAD_OF_ROW,
    "list_facts": _FACT_OF_ROW,
    "read_fact": {
        "statement": _to("read_statement", statement="evidence/statements/0/statement"),
        "source": _to("read_source", source="evidence/statements/0/source"),
        "actor": _to("read_actor", actor="fact/parties/0/actor"),
        "log": _to("list_changes", subject="fact/fact"),
    },
    "list_statements": {"statement": _to("read_statement", statement="rows/0/statement"), **_FACT_OF_ROW},
    "read_statement": {"fact": _to("read_fact", fact="fact"), "source": _to("read_source", source="source")},
    "list_conflicts": _FACT_OF_ROW,
    "read_status": {"sources": _to("list_sources", collection="collections/0/collection")},
    "list_sources": {"source": _to("read_source", source="rows/0/source")},
    "read_source": {
        "fact": _to("read_fact", fact="facts/0/fact"),
        "trace": _to("trace_source", passage="source/source"),
    },
    "cite_sources": {"source": _to("read_source", source="rows/0/source")},
    "read_dyad": {
        "left": _to("read_profile", actor="left/actor"),
        "right": _to("read_profile", actor="right/actor"),
        "fact": _to("read_fact", fact="facts/0/fact"),
        "similarity": _to("read_similarity", left="left/actor", right="right/actor"),
    },
    "read_similarity": {
        "dyad": _to("read_dyad", left="left/actor", right="right/actor"),
        "years": _to("read_similarity_by_year", left="left/actor", right="right/actor"),
    },
    "read_similarity_by_year": {"dyad": _to("read_dyad", left="left", right="right")},
    "list_similarity": _DYAD_OF_ROW,
    "list_ties": _FACT_OF_ROW | _DYAD_OF_ROW,
    "list_history": _FACT_OF_ROW | _DYAD_OF_ROW,
    "list_measures": {"ranking": _to("rank_actors", measure="rows/0/measure")},
    "rank_actors": {**_PROFILE_OF_ROW, "why": _to("explain", actor="rows/0/actor")},
    "list_panel": _PROFILE_OF_ROW,
    "compare_layers": _PROFILE_OF_ROW,
    "find_links": {"profile": _to("read_profile", actor="linkages/0/rows/0/actor")},
    "count_roles": _PROFILE_OF_ROW,
    "find_cuts": {"profile": _to("read_profile", actor="articulation_points/0/actor")},
    "find_communities": {"profile": _to("read_profile", actor="communities/0/central")},
    "read_balance": {"dyad": _to("read_dyad", left="contradicting/0/left", right="contradicting/0/right")},
    "compare_networks": {"dyad": _to("read_dyad", left="gained/0/left", right="gained/0/right")},
    "explain": {
        "fact": _to("read_fact", fact="ties/0/fact"),
        "dyad": _to("read_dyad", left="actor", right="ties/0/partners/0"),
    },
    "trace_source": {"fact": _to("read_fact", fact="facts/0/fact")},
    "test_claims": {"fact": _to("read_fact", fact="claims/0/fact")},
    "list_queries": {"query": _to("read_query", query="rows/0/query")},
    "suggest_actors": {
        "actor": _to("read_actor", actor="result/0/id"),
        "preview": _to("preview_actor", id="result/0/id"),
    },
    "loads": {
        "log": _to("list_changes", subject="dossier"),
        "retraction": _send("retractions", name="dossier"),
    },
    "retractions": {"restoration": _send("restorations", name="name")},
    "decisions": {
        "fact": _to("read_fact", fact="fact"),
        "withdrawal": _send("withdrawals", id="decisions/0/id"),
    },
    "judgements": {"withdrawal": _send("withdrawals", id="id")},
}
