"""What it costs to load events: into Neo4j against a hand-tuned driver loop and against neo4j-graphrag's writer, and into the embedded
store; and to load them again unchanged.

The loop is the limit: it writes exactly the rows that comity writes, made beforehand, in batches of 10,000 with one writer. The events
are those of an ICEWS file where COMITY_DATA is set, else made up: two actors, one day, one tie each.

    python -m benchmarks.load [EVENTS]
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import neo4j

from benchmarks.figures import report
from comity.graph import descriptions, records
from comity.graph.crosswalk import crosswalk
from comity.graph.dates import When
from comity.graph.loading import load
from comity.graph.model import Party, Place, Rejected, Source, Statement, Step
from comity.graph.reading import Reading
from comity.graph.resolve import resolve_all
from comity.graph.stores import open_store
from comity.loaders.codes import Codes
from tests.servers.neo4j import Server, running_neo4j

EVENTS = 30_000
ROUNDS = 3
"""Times that everything is done; the best of each counts, as the machine disturbs but never helps."""


def main() -> None:
    """Measure and print."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    reading, speed = _reading(number)
    statements = [item for item in reading.records if isinstance(item, Statement)]
    given = Reading(reading.collection, reading.sources, statements, whole=False)
    report("rows_parsed", speed, "rows/s", "none")
    with (
        tempfile.TemporaryDirectory() as folder,
        running_neo4j(Path(folder) / "neo4j", apoc=True, lasting=True) as server,
    ):
        hand, ours, again, graphrag, embedded = [], [], [], [], []
        for turn in range(ROUNDS):
            rows = _rows(given, statements)
            _empty(server)
            hand.append(_timed(_by_hand, server, rows))
            _empty(server)
            with open_store(server.uri, auth=server.auth) as store:
                ours.append(_timed(load, store, given))
                again.append(_timed(load, store, given))
            _empty(server)
            graphrag.append(_timed(_by_graphrag, server, rows))
            with open_store(f"{folder}/{turn}") as store:
                embedded.append(_timed(load, store, given))
    of = f"{len(statements)} events"
    first = min(ours)
    report("first_load_neo4j", len(statements) / first, "events/s", of)
    report(
        "first_load_neo4j_speed_ratio_to_handtuned_driver_loop",
        min(hand) / first,
        "ratio",
        "driver loop, same rows, batches of 10,000",
    )
    report(
        "first_load_neo4j_speed_ratio_to_neo4j_graphrag",
        min(graphrag) / first,
        "ratio",
        "neo4j-graphrag Neo4jWriter, batches of 1,000",
    )
    report("reload_neo4j_speed_ratio_to_first_load", first / min(again), "ratio", "the first load")
    report("first_load_embedded_time_ratio_to_neo4j", min(embedded) / first, "ratio", "comity on Neo4j 5.26")


def _timed(work: Callable[..., object], *given: object) -> float:
    begun = time.perf_counter()
    work(*given)
    return time.perf_counter() - begun


def _reading(number: int) -> tuple[Reading, float]:
    """The reading of so many events, and how many rows a second are made statements or left out."""
    folder = os.environ.get("COMITY_DATA")
    if not folder:
        made = list(_made_up(number))
        return Reading("made", (Source("made:up", "Made-up events"),), made, whole=False), float("nan")
    from comity.loaders.icews import LOADER

    [opened] = LOADER.open([f"{folder}/events/icews_events_named.csv.gz"], Codes())
    begun, rows = time.perf_counter(), 0
    found: list[Statement] = []
    for item in opened.reading.records:
        rows += not (isinstance(item, Rejected) and item.part)
        if isinstance(item, Statement):
            found.append(item)
        if len(found) == number:
            break
    speed = rows / (time.perf_counter() - begun)
    return Reading(opened.reading.collection, opened.reading.sources, found, whole=False), speed


def _made_up(number: int) -> list[Statement]:
    chance = random.Random(1815)
    states = [actor.id for actor in crosswalk().actors() if actor.label == "Country"][:190]
    made = []
    for event in range(number):
        left, right = chance.sample(states, 2)
        day = When.parse(
            f"{chance.randint(2000, 2019)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        )
        made.append(
            Statement(
                f"made:{event}", "talks", "made:up", Place(f"row {event + 1}"), types=("visit",), titles=("Consult",),
                parties=(Party(left, "participant"), Party(right, "participant")), steps=(Step("held", day),), method="table",
            )
        )  # fmt: skip
    return made


Rows = dict[str, list[dict[str, Any]]]
"""What is written, by the Cypher that writes it."""


def _rows(reading: Reading, statements: Sequence[Statement]) -> Rows:
    """The rows that comity writes for these statements, and the hand's own Cypher for each sort of them."""
    facts = list(resolve_all(statements))
    world = crosswalk()
    actors = [world.actor(id) for id in sorted({party.actor for fact in facts for party in fact.parties})]
    labels = {actor.id: actor.label for actor in actors}
    rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    rows["CREATE (n:Source) SET n = row"] = [descriptions.source_row(source) for source in reading.sources]
    for actor in actors:
        rows[f"CREATE (n:{actor.label}) SET n = row"].append(descriptions.actor_row(actor))
    rows["MATCH (o:Source {id: row.source}) CREATE (s:Statement)-[:FROM]->(o) SET s = row"] = [
        {**records.statement_row(statement), "opened": ["now"], "closed": [], "live": True}
        for statement in statements
    ]
    rows["CREATE (n:Fact) SET n = row"] = [records.fact_row(fact) for fact in facts]
    rows["MATCH (s:Statement {id: row.s}), (f:Fact {id: row.f}) CREATE (s)-[:ABOUT]->(f)"] = [
        {"s": statement.id, "f": fact.id} for fact in facts for statement in fact.statements
    ]
    for fact in facts:
        for row in records.party_rows(fact):
            query = f"MATCH (f:Fact {{id: row.fact}}), (a:{labels[row['actor']]} {{id: row.actor}}) CREATE (f)-[p:PARTY]->(a) SET p = row.party"
            rows[query].append(row)
    for row in records.tie_rows(facts):
        query = (
            f"MATCH (a:{labels[row['left']]} {{id: row.left}}), (b:{labels[row['right']]} {{id: row.right}}) "
            f"CREATE (a)-[t:{row['label']}]->(b) SET t = row.tie"
        )
        rows[query].append(row)
    return rows


def _by_hand(server: Server, rows: Rows) -> None:
    with neo4j.GraphDatabase.driver(server.uri, auth=server.auth) as driver, driver.session() as session:
        for query, found in rows.items():
            for batch in records.batches(found):
                session.run(f"UNWIND $rows AS row {query}", rows=batch).consume()


def _by_graphrag(server: Server, rows: Rows) -> None:
    """The same nodes and edges by the writer that neo4j-graphrag gives to builders of knowledge graphs."""
    from neo4j_graphrag.components.kg_writer import Neo4jWriter
    from neo4j_graphrag.components.types import Neo4jGraph, Neo4jNode, Neo4jRelationship

    nodes, edges = [], []
    for query, found in rows.items():
        for row in found:
            match query.split("(")[1].split(":")[0], query:
                case "n", _:
                    nodes.append(
                        Neo4jNode(
                            id=row["id"], label=query.split(":")[1].split(")")[0], properties=_plain(row)
                        )
                    )
                case "o", _:
                    nodes.append(Neo4jNode(id=row["id"], label="Statement", properties=_plain(row)))
                    edges.append(
                        Neo4jRelationship(start_node_id=row["id"], end_node_id=row["source"], type="FROM")
                    )
                case "s", _:
                    edges.append(
                        Neo4jRelationship(start_node_id=row["s"], end_node_id=row["f"], type="ABOUT")
                    )
                case "f", _:
                    edges.append(
                        Neo4jRelationship(
                            start_node_id=row["fact"],
                            end_node_id=row["actor"],
                            type="PARTY",
                            properties=_plain(row["party"]),
                        )
                    )
                case _:
                    edges.append(
                        Neo4jRelationship(
                            start_node_id=row["left"],
                            end_node_id=row["right"],
                            type=row["label"],
                            properties=_plain(row["tie"]),
                        )
                    )
    with neo4j.GraphDatabase.driver(server.uri, auth=server.auth) as driver:
        done = asyncio.run(Neo4jWriter(driver).run(Neo4jGraph(nodes=nodes, relationships=edges)))
    assert done.status == "SUCCESS", done


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def _empty(server: Server) -> None:
    """A database with comity's schema and no node."""
    with neo4j.GraphDatabase.driver(server.uri, auth=server.auth) as driver:
        driver.session().run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
    open_store(server.uri, auth=server.auth).close()


if __name__ == "__main__":
    main()
