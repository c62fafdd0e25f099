"""Whatever an assistant sends: no fault, no write, no answer beyond its bounds."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.graph.kinds import kinds
from comity.graph.stores.base import Store
from comity.queries.library import library
from comity.service.mcp.answers import LIMIT
from comity.service.mcp.server import WITH_CYPHER, assistant_server
from comity.service.mcp.tool import Tool
from tests.service.mcp.conftest import ask, text

FIELDS = sorted({name for tool in WITH_CYPHER for name in tool.model_fields})

TEXTS = st.text(max_size=30) | st.sampled_from([
    "JPN", "GBR", "NATO", "Korea", "255", "cow:255", "drill", "agreement", "all", "defence", "possible", "2016", "2016-12-31", "2016-10-23/..",
    "today", "now", "strict", "majority", "trusted:japan-europe:article", "betweenness", "degree", "text", "bibtex", "facts", "graph",
    "japan-europe:guardian-north-16", "organization", "last-day", "", "%", "'", "`", "{}", "\x00", "🇯🇵", "../../etc/passwd", *library(), *kinds(),
    "MATCH (n) RETURN n", "MATCH (n) DELETE n", "CREATE (n:Country) RETURN n", "CALL db.labels()", "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l",
    "RETURN 1; MATCH (n) DETACH DELETE n", "MATCH (n) SET n.x = 1 // RETURN n", "MATCH (a), (b) RETURN a, b LIMIT 900", "RETURN 0.0 / 0.0 AS x",
    "UNWIND range(1, 999) AS n RETURN n, range(1, n) AS ns", "RETURN {a: {b: [1, {c: date()}]}} AS x",
])  # fmt: skip

VALUES = (
    TEXTS
    | st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-2, 60)
    | st.floats()
    | st.lists(TEXTS, max_size=4)
    | st.dictionaries(TEXTS, TEXTS | st.integers() | st.booleans() | st.lists(TEXTS, max_size=3), max_size=3)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("tool", WITH_CYPHER, ids=[tool.tool_name() for tool in WITH_CYPHER])
@given(data=st.data())
def test_no_fault_no_write_no_flood(kept: Store, tool: type[Tool], data: st.DataObject) -> None:
    held = "MATCH (n) RETURN count(n) AS n"
    before = kept.revision(), kept.read(held)
    own = sorted(tool.model_fields)
    arguments: dict[str, Any] = {name: data.draw(VALUES, name) for name in own if data.draw(st.integers(0, 2), f"give {name}") == 0}  # fmt: skip
    required = [name for name in own if tool.model_fields[name].is_required()]
    arguments |= {name: data.draw(TEXTS, name) for name in required if name not in arguments}
    if data.draw(st.integers(0, 9), "and a foreign one") == 0:
        arguments[data.draw(st.sampled_from(FIELDS) | st.text(max_size=9))] = data.draw(VALUES)
    answer = ask(assistant_server(kept, cypher=True), tool.tool_name(), **arguments)
    assert len(text(answer)) <= LIMIT
    assert "a fault in comity" not in text(answer)
    if not answer.is_error:
        assert set(json.loads(text(answer))) >= {"asked", "revision"}
    assert (kept.revision(), kept.read(held)) == before
