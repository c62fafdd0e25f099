"""A store with a bit of everything that one can hold, and all of a store to compare it with another."""

import json
from dataclasses import replace

from comity.graph.curation import decide, judge
from comity.graph.identity import Judgement, Verdict
from comity.graph.loading import load
from comity.graph.mappings import Mapping, add_mapping
from comity.graph.model import Rejected
from comity.graph.retracting import restore, retract
from comity.graph.stores import Store
from comity.graph.stores.base import NODE_LABELS, edge_labels
from comity.loaders.dossier import open_bundled
from tests.graph.facts import reading, stated

ODD = stated("odd", "FRA GBR", ["in_force 1904/.."], summary='Two lines;\r\n"quoted", \\ and ␟ – 海 ,')
UNTYPED = replace(stated("untyped", "FRA RUS", ["in_force 1894/1917"]), types=())
FAULT = Rejected("row 7", "nobody has the name ''", "", "", ("FRA", "GBR"), "a;b\nc", part=True)


def filled(store: Store) -> None:
    """A bit of everything that a store can hold."""
    load(store, open_bundled("treaties").reading())
    load(store, open_bundled("japan-europe").reading())
    table = replace(reading([ODD, UNTYPED]), records=[UNTYPED, ODD, FAULT], whole=False)
    load(store, replace(table, sources=tuple(replace(one, title="A draft") for one in table.sources)))
    load(store, table)
    decide(store, "test:untyped", {"types": "entente"}, reason="it was one", by="somebody")
    judge(store, [Judgement("test:odd", "test:untyped", Verdict.DIFFERENT, "somebody")])
    add_mapping(store, Mapping("test", "", "Albion", "GBR", "somebody"))
    retract(store, "test", reason="a try", by="somebody")
    restore(store, "test", by="somebody")
    retract(store, "treaties:nato-members", by="somebody")


def content(store: Store) -> list[str]:
    """Every node and edge with all its properties."""
    nodes = [
        [label, row["p"]]
        for label in NODE_LABELS
        for row in store.read(f"MATCH (n:{label}) RETURN properties(n) AS p")
    ]
    edges = [
        [label, row["a"], row["b"], row["p"]]
        for label in edge_labels()
        for row in store.read(f"MATCH (a)-[t:{label}]->(b) RETURN a.id AS a, b.id AS b, properties(t) AS p")
    ]
    return sorted(json.dumps(item, sort_keys=True, default=str) for item in nodes + edges)
