"""The same dossiers give the same JSON, to the last sign, on Neo4j and on the embedded engine."""

import re

import pytest

from comity.queries.library import library
from comity.queries.measures import MEASURES
from tests.cli.conftest import Run
from tests.servers.neo4j import Server

pytestmark = pytest.mark.neo4j

GIVEN = {
    "a": "JPN", "b": "GBR", "actor": "JPN", "organization": "NATO", "left": "NATO", "right": "JPN,KOR",
    "since": "1995-01-01", "day": "2016-12-31", "source": "japan-europe:article",
}  # fmt: skip

# Cypher walks all shortest paths of these: visiting forces make a network small enough for it.
OVER_PATHS = {"betweenness", "harmonic", "closeness", "clustering", "constraint", "effective_size"}


def test_every_query_and_every_measure(
    run: Run, tmp_path_factory: pytest.TempPathFactory, empty_neo4j: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_USERNAME", empty_neo4j.user)
    monkeypatch.setenv("NEO4J_PASSWORD", empty_neo4j.password)
    stores = (str(tmp_path_factory.mktemp("both") / "store"), empty_neo4j.uri)

    def same(*arguments: str, code: int = 0) -> str:
        answers = [run(*arguments, "--store", store, "--format", "json") for store in stores]
        assert [answer.code for answer in answers] == [code, code], (
            arguments,
            answers[0].err,
            answers[1].err,
        )
        assert answers[0].out == answers[1].out, arguments
        return answers[0].out

    same("load", "dossier", "treaties", "japan-europe")
    same("load", "dossier", "japan-europe")
    for measure in MEASURES:
        assert '"rank": 1' in same("rank", measure, "--as-of", "2016-12-31")
    same("rank", "--layer", "membership", "--rule", "organization", "--as-of", "2016", "--possible")
    for name, query in library().items():
        given = [f"-p{item.name}={GIVEN[item.name]}" for item in query.parameters if item.name in GIVEN]
        if name in OVER_PATHS:
            given.append("-ptypes=visiting-forces")
        assert same("query", name, *given) != "[]\n", name
    same("relate", "Japan", "Britain", "--as-of", "2016-12-31")
    same("show", "NATO", "--as-of", "2016-12-31")
    for measure in ("degree", "eigenvector", "betweenness"):
        same("rank", measure, "--as-of", "2016-12-31", "--doubt", "--samples", "20", "--explain", "TUR")
    blocs = ("--group", "NATO", "--group", "asia=JPN,KOR,AUS,PHL", "--as-of", "2016-12-31")
    same("brokers", *blocs)
    same("brokers", "roles", *blocs)
    same("structure", *blocs)
    same("brokers", "cuts", "--as-of", "2016-12-31")
    same("layers", "--layer", "agreement", "--layer", "drill", "--as-of", "2016")
    same("count", "--as-of", "2016", "--type", "all")
    same("conflicts", code=3)
    same("audit", "--level", "note", code=3)
    same("test-claim", code=3)
    # When something was recorded differs from store to store; what was does not.
    since = re.compile(r'"known_since": ".*?"')
    for arguments in (
        ("why", "JPN", "--layer", "drill", "--as-of", "2016"),
        ("why", "VEN", "--layer", "membership", "--as-of", "2021", "--possible", "--measure", "betweenness"),
        ("trace", "japan-europe:article:2558-3647", "--layer", "drill", "--as-of", "2016"),
        ("trace", "japan-europe:diplomat-2016:0-9"),
    ):
        told = [run(*arguments, "--store", store, "--format", "json").out for store in stores]
        assert since.sub("", told[0]) == since.sub("", told[1]), arguments
    same("retract", "treaties:nato-members")
    same("rank", "--as-of", "2016-12-31")
