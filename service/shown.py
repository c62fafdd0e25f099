"""What the examples in the description of the API ask and send (manual.py makes them)."""

from typing import Any

AS_OF = "2016-12-31"

ASKED: dict[str, dict[str, Any]] = {
    "list_actors": {"q": "Germany", "as_of": "1990"},
    "list_ties_of": {"layer": "talks", "as_of": "2016"},
    "list_facts": {"actor": ["JPN", "GBR"], "layer": "drill", "as_of": "2016"},
    "read_fact": {"fact": "japan-europe:guardian-north-16"},
    "list_statements": {"fact": "japan-europe:guardian-north-16"},
    "list_conflicts": {"layer": "drill"},
    "list_changes": {"subject": "treaties"},
    "list_sources": {"collection": "treaties"},
    "cite_sources": {"of": "ties", "layer": "drill", "as_of": "2016"},
    "read_similarity_by_year": {"from": 2010, "to": 2016},
    "list_similarity": {"actor": "JPN"},
    "count_ties": {"as_of": "2016", "type": "all"},
    "list_yearly": {"from": 2010, "to": 2016},
    "list_panel": {"measure": ["degree", "betweenness"], "from": 1999, "to": 2001},
    "read_structure": {"group": "NATO"},
    "compare_layers": {"layer": ["agreement", "drill"], "as_of": "2016"},
    "compare_networks": {"permutations": 99},
    "compare_communities": {"runs": 3},
    "find_communities": {"runs": 3},
    "explain": {"layer": "drill", "as_of": "2016"},
    "trace_source": {"passage": "japan-europe:article:2558-3647", "layer": "drill", "as_of": "2016"},
    "test_claims": {"fact": "japan-europe:guardian-north-16"},
    "audit_graph": {"level": "note"},
    "suggest_types": {"prefix": "Co"},
    "suggest_properties": {"prefix": "cap"},
    "ask_betweenness": {"types": "logistics"},
    "ask_closeness": {"types": "logistics"},
    "ask_constraint": {"types": "logistics"},
    "ask_harmonic": {"types": "logistics"},
    "ask_chain": {"types": "logistics"},
    "ask_reach": {"types": "logistics"},
    "read_balance": {"as_of": "1982"},
    "read_balance_by_year": {"from": 1981, "to": 1982},
}
"""What is asked where the examples of the parameters that have to be given, and the day, would show less."""

OF_OTHER_TIMES = (
    "list_panel",
    "compare_networks",
    "list_yearly",
    "read_balance_by_year",
    "read_similarity_by_year",
)
"""These have their times by other parameters than a day."""

OF_DISPUTES = ("read_balance", "read_balance_by_year")
"""What needs negative ties, of which the bundled dossiers have none: it is asked after the example of a load, which has one."""

DISPUTE = """\
dossier: falklands
title: A war of 1982
sources:
  lessons:
    title: "The Falklands Campaign: The Lessons (Cmnd. 8758)"
    publisher: Her Majesty's Stationery Office
    date: 1982-12
facts:
  war:
    kind: dispute
    types: [war]
    title: Falklands War
    parties:
      - {actor: ARG, role: initiator}
      - {actor: GBR, role: target}
    accounts:
      - {source: lessons, says: {held: 1982-04-02/1982-06-14}}
"""

ROWS = """\
id,host,guest,day
paris-2017,FRA,JPN,2017-01-06
brussels-2017,BEL,XXX,2017-01
"""

MAPPING = """\
table: visits
source: {title: Visits of ministers}
kind: talks
key: id
actors:
  - {column: [host, guest], system: iso3}
steps:
  held: day
"""

TABLE = (("visits.csv", ROWS), ("visits.yaml", MAPPING))
"""A table and its mapping; of one row a guest is nobody known."""
