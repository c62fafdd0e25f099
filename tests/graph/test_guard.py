"""Only reading gets past the guard: known attacks, generated ones, and ordinary questions that must not be hindered."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.graph.errors import ComityError, UnsafeQuery
from comity.graph.stores import Store
from comity.graph.stores.guard import check_plan, check_text
from tests.servers.neo4j import Server

SECRET = "ONLY-IN-THE-FILE"

# FILE stands for the address of a file with SECRET in it.
FILE_ATTACKS = [
    "LOAD CSV FROM 'FILE' AS row RETURN row",
    "load csv with headers from 'FILE' as row return row",
    "LOAD /* a */ CSV // b\nFROM 'FILE' AS row RETURN row",
    "L\\u004FAD CSV FROM 'FILE' AS row RETURN row",
    "\\u004C\\u004F\\u0041\\u0044\\u0020CSV FROM 'FILE' AS row RETURN row",
    "LOAD\\u0020CSV FROM 'FILE' AS row RETURN row",
    "LOAD\u00a0CSV FROM 'FILE' AS row RETURN row",
    "LOAD\u2028CSV\u000bFROM 'FILE' AS row RETURN row",
    "MATCH (n) WITH count(n) AS nodes LOAD CSV FROM 'FILE' AS row RETURN row",
    "UNWIND ['FILE'] AS file LOAD CSV FROM file AS row RETURN row",
    "CALL { LOAD CSV FROM 'FILE' AS row RETURN row } RETURN row",
    "CALL () { LOAD CSV FROM 'FILE' AS row RETURN row } RETURN row",
    "CALL { CALL { LOAD CSV FROM 'FILE' AS row RETURN row } RETURN row } RETURN row",
    "RETURN COLLECT { LOAD CSV FROM 'FILE' AS row RETURN row } AS rows",
    "RETURN EXISTS { LOAD CSV FROM 'FILE' AS row RETURN row } AS there",
    "RETURN COUNT { LOAD CSV FROM 'FILE' AS row RETURN row } AS n",
    "RETURN [] AS row UNION LOAD CSV FROM 'FILE' AS row RETURN row",
    "WHEN true THEN LOAD CSV FROM 'FILE' AS row RETURN row",
    "{ LOAD CSV FROM 'FILE' AS row RETURN row }",
    "EXPLAIN LOAD CSV FROM 'FILE' AS row RETURN row",
    "CYPHER 5 LOAD CSV FROM 'FILE' AS row RETURN row",
    "CYPHER runtime=slotted LOAD CSV FROM 'FILE' AS row RETURN row",
    # A variable named as, so that LOAD seems to be an alias.
    "WITH 1 AS as WITH as LOAD CSV FROM 'FILE' AS row RETURN row",
    # Quotes and comments whose ends two readings put in different places.
    "WITH 'a\\u0027' AS x LOAD CSV FROM 'FILE' AS row RETURN row, ''",
    "WITH 'a\\' AS x' AS x LOAD CSV FROM 'FILE' AS row RETURN row",
    "WITH \"'\" AS x LOAD CSV FROM 'FILE' AS row RETURN row, \"'\" AS y",
    "WITH 1 AS `a'` LOAD CSV FROM 'FILE' AS row RETURN row, 1 AS `'`",
    "WITH 1 AS `a``'` LOAD CSV FROM 'FILE' AS row RETURN row, 1 AS `'`",
    "WITH 1 AS x // \\u000A LOAD CSV FROM 'FILE' AS row RETURN row",
    "WITH 1 AS x // comment\rLOAD CSV FROM 'FILE' AS row RETURN row",
    "WITH 1 AS x // comment\u2028LOAD CSV FROM 'FILE' AS row RETURN row",
    "WITH 1 AS x /* /* */ LOAD CSV FROM 'FILE' AS row RETURN row // */",
    "WITH 1 AS x /**/LOAD CSV FROM 'FILE' AS row RETURN row /**/",
    "WITH 1 AS x$ LOAD CSV FROM 'FILE' AS row RETURN row",
    "WITH 1 AS x WHERE x=1LOAD CSV FROM 'FILE' AS row RETURN row",
    "WITH 1 AS x WHERE x=$1LOAD CSV FROM 'FILE' AS row RETURN row",
    "MATCH (n) WHERE n.x = 1. LOAD CSV FROM 'FILE' AS row RETURN row",
    "CALL apoc.load.csv('FILE') YIELD list RETURN list",
    "RETURN apoc.cypher.runFirstColumnSingle(\"LOAD CSV FROM 'FILE' AS row RETURN row\", {}) AS row",
    "RETURN file() AS file, linenumber() AS line",
]

WRITE_ATTACKS = [
    "CREATE (:Country {id: 'XXX'})",
    "MATCH (n) WITH n CREATE (:Country {id: 'XXX'}) RETURN n",
    "MERGE (n:Country {id: 'XXX'}) RETURN n",
    "INSERT (:Country {id: 'XXX'})",
    "MATCH (n:Country) SET n.name = 'changed' RETURN n",
    "MATCH (n:Country) SET n:Changed",
    "MATCH (n:Country) SET n += {name: 'changed'}",
    "MATCH (n:Country) SET n.`name` = 'changed' RETURN n.name",
    "MATCH (n:Country) S\\u0045T n.name = 'changed'",
    "MATCH (n:Country) SET/**/n.name = 'changed'",
    "MATCH (n:Country) SET n:$('Chan' + 'ged')",
    "MATCH (n:Country) SET n['na' + 'me'] = 'changed'",
    "MATCH (n) DELETE n",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) NODETACH DELETE n",
    "MATCH (n:Country) REMOVE n.name",
    "MATCH (n:Country) REMOVE n:Country",
    "FOREACH (x IN [1] | CREATE (:Country {id: 'XXX'}))",
    "WITH 1 AS x FOREACH (y IN [1, 2] | MERGE (:Country {id: 'XXX'}))",
    "CALL { CREATE (n:Country {id: 'XXX'}) RETURN n } RETURN n",
    "MATCH (c:Country) CALL (c) { SET c.name = 'changed' } RETURN c",
    "UNWIND [1, 2] AS x CALL { WITH x CREATE (:Country {id: 'XXX'}) } IN TRANSACTIONS OF 1 ROW",
    "CALL { MATCH (n) RETURN n } IN 2 CONCURRENT TRANSACTIONS RETURN n",
    "MATCH (n) WHERE EXISTS { CREATE (:Country {id: 'XXX'}) } RETURN n",
    "RETURN COUNT { MERGE (:Country {id: 'XXX'}) } AS n",
    "RETURN COLLECT { CREATE (n:Country {id: 'XXX'}) RETURN n } AS n",
    "MATCH (n) RETURN n UNION CREATE (n:Country {id: 'XXX'}) RETURN n",
    "MATCH (n) RETURN n; CREATE (:Country {id: 'XXX'})",
    "RETURN 1 \\u003B CREATE (:Country {id: 'XXX'})",
    "; CREATE (:Country {id: 'XXX'})",
    "PROFILE CREATE (:Country {id: 'XXX'})",
    "PROFILE MATCH (n) RETURN n",
    "EXPLAIN CREATE (:Country {id: 'XXX'})",
    "USING PERIODIC COMMIT 10 LOAD CSV FROM 'x' AS row CREATE ()",
    "CALL apoc.create.node(['Country'], {id: 'XXX'})",
    "CALL merge.node(['Country'], {id: 'XXX'})",
    "CALL refactor.mergeNodes([])",
    "CALL do.when(true, \"CREATE (:Country {id: 'XXX'})\", '', {})",
    "RETURN apoc.cypher.runFirstColumnMany(\"CREATE (n:Country {id: 'XXX'}) RETURN n\", {}) AS n",
    "RETURN sql.eval('1')",
    "RETURN sql . `eval` ('1')",
    "RETURN util.sleep(10)",
]

ADMINISTRATION = [
    "SHOW USERS",
    "SH\\u004FW USERS",
    "SHOW DATABASES YIELD name RETURN name",
    "SHOW SETTINGS",
    "SHOW TRANSACTIONS",
    "SHOW INDEXES",
    "SHOW PROCEDURES YIELD name RETURN name",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "USE system SHOW USERS",
    "USE system MATCH (n) RETURN n",
    "CALL { USE system MATCH (n) RETURN n } RETURN n",
    "MATCH (n) RETURN n UNION USE system MATCH (n) RETURN n",
    "CREATE INDEX guarded FOR (n:Country) ON (n.name)",
    "DROP INDEX guarded IF EXISTS",
    "CREATE CONSTRAINT guarded FOR (n:Country) REQUIRE n.name IS UNIQUE",
    "DROP CONSTRAINT guarded IF EXISTS",
    "CREATE USER mallory SET PASSWORD 'password'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "ALTER USER neo4j SET STATUS SUSPENDED",
    "DROP DATABASE neo4j",
    "STOP DATABASE neo4j",
    "START DATABASE neo4j",
    "GRANT ROLE admin TO neo4j",
    "DENY READ {*} ON GRAPH * TO PUBLIC",
    "REVOKE ROLE admin FROM neo4j",
    "RENAME USER neo4j TO mallory",
    "ENABLE SERVER 'x'",
    "DEALLOCATE DATABASES FROM SERVER 'x'",
    "START TRANSACTION",
    "COMMIT",
    "SESSION RESET",
    "CALL db.labels()",
    "CALL db.labels",
    "CALL `db.labels`()",
    "CALL `db`.`labels`() YIELD label RETURN label",
    "OPTIONAL CALL db.labels() YIELD label RETURN label",
    "CALL db . /* a */ labels ( )",
    "CALL dbms.listConfig() YIELD name, value RETURN name, value",
    "CALL dbms.components()",
    "CALL dbms.security.listUsers()",
    "CALL db.createLabel('Changed')",
    "CALL db.index.fulltext.queryNodes.more('a', 'b')",
    "CALL { CALL db.labels() YIELD label RETURN label } RETURN label",
    "RETURN EXISTS { CALL dbms.components() YIELD name RETURN name } AS there",
    "RETURN graph.names() AS names",
    "",
    "   // nothing but a comment",
    ";",
    "not Cypher at all",
    "RETURN 'never closed",
    'RETURN "never closed',
    "RETURN `never closed",
    "RETURN 1 /* never closed",
    "RETURN 'closed by an escape\\'",
    "RETURN \\u0000",
    "RETURN 1 AS lo\u200bad",
    "LO\u00adAD CSV FROM 'x' AS row RETURN row",
    "\uff2c\uff2f\uff21\uff24 CSV FROM 'x' AS row RETURN row",
    "RETURN 1 AS x\u00b2",
]

# They would overflow the stack of a parser.
TOO_DEEP = [
    f"RETURN {'(' * 5000}1{')' * 5000} AS x",
    f"RETURN {'[x IN ' * 5000}[1]{']' * 5000} AS x",
    f"RETURN {'CASE WHEN true THEN ' * 3000}1{' END' * 3000} AS x",
    f"RETURN 1{' + 1' * 50_000} AS x",
]

ATTACKS = [*FILE_ATTACKS, *WRITE_ATTACKS, *ADMINISTRATION]

HARMLESS = [
    "MATCH (n) RETURN count(n) AS nodes",
    "match (c:Country) return c.id as id order by id limit 5",
    "MATCH (c:Country) RETURN c.id AS id;",
    "MATCH (c:Country|Organization) RETURN c.id AS id ORDER BY id SKIP 1",
    "MATCH (a:Country {id: 'JPN'})-[t:AGREEMENT]-(b) RETURN b.id AS partner, t.types AS types",
    "MATCH (a)-[:AGREEMENT|DRILL]->(b) RETURN a.id AS a, b.id AS b, count(*) AS ties",
    "MATCH (a {id: 'JPN'})-[:AGREEMENT*1..3]-(b) RETURN DISTINCT b.id AS id",
    "MATCH p = shortestPath((a {id: 'JPN'})-[:AGREEMENT*]-(b {id: 'FRA'})) RETURN length(p) AS steps",
    "MATCH p = allShortestPaths((a {id: 'JPN'})-[*]-(b {id: 'FRA'})) RETURN [n IN nodes(p) | n.id] AS way",
    "OPTIONAL MATCH (c:Country {id: 'XXX'}) RETURN coalesce(c.id, 'nobody') AS id",
    "UNWIND [1, 2, 3] AS x RETURN sum(x) AS total",
    "UNWIND $given AS id MATCH (c:Country {id: id}) RETURN c.id AS id",
    "WITH 'LOAD CSV FROM \"x\" AS row' AS text RETURN text",
    'RETURN "it\'s; CREATE (n)" AS text',
    "RETURN 'a\\'b; DELETE' AS text",
    "RETURN 1 AS x // DELETE everything",
    "RETURN /* SET; CALL dbms.components() */ 1 AS x",
    "MATCH (n) RETURN n.set AS s, n.load AS l, n.`create` AS c, n.call AS x LIMIT 1",
    "RETURN {load: 1, set: 2, call: 3, create: {delete: 4}} AS map",
    "RETURN 1 AS load, 2 AS set, 3 AS call",
    "WITH 1 AS `call` RETURN call",
    "WITH {date: 2} AS `use`, 1 AS set, 2 AS x RETURN use.date AS date",
    "MATCH (load:Load) RETURN load.started AS started",
    "MATCH (n:Load {id: 'a'}) RETURN n.id AS id",
    "MATCH (n:Fact|Load) WHERE n:Load OR n:Set RETURN n.id AS id",
    "RETURN $set AS a, $load AS b",
    "MATCH (c:Country) RETURN c {.id, .name} AS country ORDER BY country.id",
    "MATCH (c:Country) WHERE EXISTS { (c)-[:AGREEMENT]-() } RETURN c.id AS id ORDER BY id",
    "MATCH (c:Country) RETURN c.id AS id, COUNT { (c)-[:AGREEMENT]-() } AS degree ORDER BY degree DESC, id",
    "MATCH (c:Country) RETURN COLLECT { MATCH (c)--(d) RETURN d.id ORDER BY d.id } AS around",
    "MATCH (c:Country) CALL (c) { MATCH (c)--(d) RETURN count(d) AS n } RETURN c.id AS id, n ORDER BY id",
    "CALL { MATCH (c:Country) RETURN c.id AS id } RETURN id ORDER BY id",
    "MATCH (c:Country) RETURN c.id AS id UNION MATCH (c:Organization) RETURN c.id AS id",
    "MATCH (c:Country) WHERE c.id IN ['JPN', 'FRA'] AND NOT (c.name IS NULL) RETURN c.name AS name ORDER BY name",
    "MATCH (c) WHERE c.name STARTS WITH 'J' OR c.name =~ '.*ce' RETURN c.name AS name ORDER BY name",
    "RETURN date('2016-10-24') AS day, date('2016-10-24').year + 1 AS year",
    "RETURN duration.between(date('2016-10-24'), date('2016-11-06')).days AS days",
    "RETURN CASE WHEN 1 < 2 THEN 'yes' ELSE 'no' END AS answer",
    "RETURN [x IN range(1, 10) WHERE x % 2 = 0 | x * 1.5] AS xs",
    "RETURN all(x IN [1, 2] WHERE x > 0) AS positive, reduce(s = 0, x IN [1, 2] | s + x) AS total",
    "RETURN toUpper('a') + left('bcd', 1) + toString(1) AS text, size([1, 2]) AS n, round(2.5e0) AS r",
    "RETURN 'caf\\u00e9' AS caf\u00e9",
    "MATCH (a)-[t]-(b) RETURN type(t) AS type, properties(t) AS properties, startNode(t).id AS start LIMIT 1",
    "MATCH (n) RETURN n.\\u0069d AS id",
]
NEO4J_ONLY = [
    "MATCH (n) RETURN n.\\u0069d AS id",
    "MATCH p = ANY SHORTEST (a {id: 'JPN'})-[:AGREEMENT]-+(b {id: 'FRA'}) RETURN length(p) AS steps",
    "MATCH p = SHORTEST 2 GROUPS (a {id: 'JPN'})-[:AGREEMENT]-+(b) RETURN length(p) AS steps",
    "MATCH ((a)-[:AGREEMENT]-(b)){1,3} RETURN count(*) AS n",
    "MATCH (n:$('Country')) RETURN n.id AS id",
    "RETURN point.distance(point({x: 0, y: 0}), point({x: 3, y: 4})) AS far",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_refuses_the_text_of_attacks(attack: str) -> None:
    with pytest.raises(UnsafeQuery):
        check_text(attack.replace("FILE", "file:///etc/hostname"))
    with pytest.raises(UnsafeQuery):
        check_text(attack)


@pytest.mark.parametrize("text", TOO_DEEP, ids=["brackets", "lists", "cases", "terms"])
def test_refuses_what_would_overflow_a_parser(text: str) -> None:
    with pytest.raises(UnsafeQuery):
        check_text(text)


@pytest.mark.parametrize("question", [*HARMLESS, *NEO4J_ONLY])
def test_lets_the_text_of_questions_pass(question: str) -> None:
    check_text(question)
    check_text(question)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("MATCH (n) WITH set LIMIT 1 RETURN n", "backticks: `set`"),
        ("MATCH (n) RETURN apoc.text.join(n.names, ',')", "apoc.text.join"),
        ("CALL gds.pageRank.stream('g')", "gds.pageRank.stream"),
        ("SHOW USERS", "begins with CALL, MATCH"),
        ("RETURN 1; RETURN 2", "one query at a time"),
        ("RETURN 'a", "never closed"),
    ],
)
def test_says_what_is_refused(text: str, said: str) -> None:
    with pytest.raises(UnsafeQuery) as refusal:
        check_text(text)
    assert said in str(refusal.value)


CONTENT = """
CREATE (j:Country {id: 'JPN', name: 'Japan'}), (f:Country {id: 'FRA', name: 'France'}), (n:Organization {id: 'NATO'}),
       (j)-[:AGREEMENT {types: ['logistics']}]->(f), (f)-[:AGREEMENT {types: ['defence']}]->(n)
"""


@pytest.fixture
def filled(store: Store) -> Store:
    """A store of two countries and an organization."""
    store.write(lambda run: run(CONTENT, {}))
    return store


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """The address of a file that both engines are able to read, unless they are kept from it."""
    file = tmp_path / "secret.csv"
    file.write_text(SECRET, encoding="utf-8")
    return file.as_uri()


def content(store: Store) -> list[str]:
    """Everything in the store, as sorted text."""
    nodes = store.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties")
    edges = store.read(
        "MATCH (a)-[t]->(b) RETURN a.id AS a, type(t) AS type, properties(t) AS properties, b.id AS b"
    )
    return sorted(map(str, [*nodes, *edges]))


def test_without_the_guard_the_file_is_read(
    filled: Store, secret: str, request: pytest.FixtureRequest
) -> None:
    if filled.engine == "neo4j" and not request.getfixturevalue("neo4j_server").started_here:
        pytest.skip("the server in NEO4J_URI may see other files than this process")
    rows = filled.read(f"LOAD CSV FROM '{secret}' AS row RETURN row")
    assert SECRET in str(rows)


def test_attacks_change_and_show_nothing(filled: Store, secret: str) -> None:
    before = content(filled)
    for attack in ATTACKS:
        with pytest.raises(UnsafeQuery) as refusal:
            filled.ask(attack.replace("FILE", secret))
        assert SECRET not in str(refusal.value)
    assert content(filled) == before


@pytest.mark.parametrize("question", HARMLESS)
def test_questions_are_answered(filled: Store, question: str) -> None:
    if filled.engine != "neo4j" and question in NEO4J_ONLY:
        pytest.skip("the embedded engine decodes escapes inside strings only")
    rows = filled.ask(question, {"given": ["JPN"], "set": 1, "load": 2})
    assert isinstance(rows, list)


# --- the plan, without the help of the text ---


@pytest.fixture
def session(empty_neo4j: Server) -> Iterator[neo4j.Session]:
    with (
        neo4j.GraphDatabase.driver(
            empty_neo4j.uri,
            auth=empty_neo4j.auth,
            notifications_min_severity="OFF",
            warn_notification_severity="OFF",
        ) as driver,
        driver.session(default_access_mode=neo4j.READ_ACCESS) as opened,
    ):
        yield opened


def explained(session: neo4j.Session, text: str) -> neo4j.ResultSummary:
    with session.begin_transaction() as transaction:
        return transaction.run(f"EXPLAIN {text}", {"given": ["JPN"], "set": 1, "load": 2}).consume()


# Refused as text although Neo4j itself sees nothing in them to run, or nothing that does harm.
IDLE = {
    "PROFILE MATCH (n) RETURN n",
    "EXPLAIN LOAD CSV FROM 'FILE' AS row RETURN row",
    "EXPLAIN CREATE (:Country {id: 'XXX'})",
    "RETURN file() AS file, linenumber() AS line",
    "RETURN 1 AS lo\u200bad",
}


@pytest.mark.neo4j
@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if attack not in IDLE])
def test_plan_alone_stops_attacks(session: neo4j.Session, attack: str) -> None:
    with pytest.raises((UnsafeQuery, neo4j.exceptions.Neo4jError)):
        check_plan(explained(session, attack.replace("FILE", "file:///secret.csv")))


@pytest.mark.neo4j
@pytest.mark.parametrize("question", [*HARMLESS, *NEO4J_ONLY])
def test_plan_lets_questions_pass(session: neo4j.Session, question: str) -> None:
    check_plan(explained(session, question))


class _Summary:
    def __init__(self, query_type: str | None, operator: str, details: str = "") -> None:
        self.query_type = query_type
        inner = {"operatorType": operator, "args": {"Details": details}, "children": []}
        self.plan = {"operatorType": "ProduceResults@neo4j", "args": {}, "children": [inner]}


@pytest.mark.parametrize(
    "summary",
    [
        _Summary("r", "LoadCSV@neo4j"),
        _Summary("r", "ShowSettings@neo4j"),
        _Summary("r", "AnOperatorOfTheFuture@neo4j"),
        _Summary("r", "ProcedureCall@neo4j", "db.labels() :: (label :: STRING)"),
        _Summary("rw", "AllNodesScan@neo4j"),
        _Summary("w", "AllNodesScan@neo4j"),
        _Summary("s", "AllNodesScan@neo4j"),
        _Summary(None, "AllNodesScan@neo4j"),
    ],
    ids=lambda summary: f"{summary.query_type} {summary.plan['children'][0]['operatorType']}",
)
def test_refuses_plans(summary: _Summary) -> None:
    with pytest.raises(UnsafeQuery):
        check_plan(summary)


# --- generated attacks ---

NOISE = st.sampled_from(
    [" ", "\n", "\t", "\r\n", " /* x */ ", "/**/ ", " // RETURN 1\n", "/* ' */ ", '/* ` " */\n', "\u00a0"]
)
PREFIXES = st.sampled_from(
    [
        "",
        "WITH 1 AS x ",
        "MATCH (n) WITH n ",
        "WITH 'it''s' AS x ".replace("''", "\\'"),
        'WITH "\\\\" AS x ',
        "WITH '\\\\' AS x ",
        "WITH 1 AS `a``b` ",
        "WITH {set: 1, load: [2]} AS set ",
        "MATCH (n:Load) WHERE n.set = $set WITH n ",
        "UNWIND [1., 2] AS x ".replace("1.,", "1.5,"),
        "OPTIONAL MATCH (n:Set|Load) ",
        "RETURN 1 AS x UNION ",
        "CALL { ",
        "WITH 1 AS as WITH as ",
    ]
)
CLAUSES = st.sampled_from(
    [
        ["LOAD", "CSV", "FROM", "'x'", "AS", "row", "RETURN", "row"],
        ["CREATE", "(m:Country)", "RETURN", "1", "AS", "one"],
        ["MERGE", "(m:Country {id: 'XXX'})"],
        ["DETACH", "DELETE", "n"],
        ["SET", "n.name", "=", "'changed'"],
        ["REMOVE", "n.name"],
        ["CALL", "dbms.components()"],
        ["CALL", "{", "CALL", "db.labels()", "YIELD", "label", "RETURN", "label", "}"],
        ["USE", "system", "MATCH", "(u)", "RETURN", "u"],
        ["FOREACH", "(y IN [1] |", "CREATE", "())"],
    ]
)


@st.composite
def disguised(draw: st.DrawFn) -> str:
    """An attack in changed case, with escapes in its keywords and noise between its words, behind a harmless beginning."""
    words = []
    for word in draw(CLAUSES):
        if word.isalpha() and word.isupper():
            letters = [
                f"\\u{ord(letter):04x}" if draw(st.integers(0, 9)) == 0 else letter
                for letter in (char.lower() if draw(st.booleans()) else char for char in word)
            ]
            word = "".join(letters)
        words.append(word)
    text = draw(PREFIXES)
    for word in words:
        text += word + draw(NOISE)
    return text + draw(st.sampled_from(["", ";", "// '", "RETURN 'a'"]))


@given(disguised())
def test_refuses_disguised_attacks(text: str) -> None:
    with pytest.raises(UnsafeQuery):
        check_text(text)


@given(st.text())
def test_answers_any_text_with_yes_or_unsafe(text: str) -> None:
    try:
        check_text(text)
    except UnsafeQuery as refusal:
        assert str(refusal)
    else:
        assert unicodedata.normalize("NFKC", text).strip()


ATOMS = [
    *(
        "MATCH (n)",
        "WITH 1 AS x",
        "WITH",
        "RETURN",
        "RETURN 1 AS y",
        "LOAD CSV FROM 'FILE' AS row",
        "LOAD",
        "CSV",
    ),
    *(
        "FROM",
        "AS row",
        "RETURN row",
        "'FILE'",
        "CREATE (m:Country {id: 'XXX'})",
        "SET n.name = 'changed'",
        "DELETE n",
    ),
    *(
        "'",
        '"',
        "`",
        "\\",
        "\\u0027",
        "\\u000a",
        "//",
        "/*",
        "*/",
        "\n",
        "\r",
        "\u2028",
        "x",
        "AS",
        "as",
        "n",
        "$",
        "$x",
    ),
    *(".", ":", "|", ",", "(", ")", "{", "}", "[", "]", "1", "1.", "=", ";", "+"),
    *("CALL", "UNION", "COLLECT", "EXISTS", "WHERE x"),
]
PIECES = st.lists(st.sampled_from(ATOMS), max_size=14)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=PIECES, glue=st.sampled_from([" ", ""]))
def test_what_passes_only_reads(filled: Store, secret: str, pieces: list[str], glue: str) -> None:
    """Whatever is put together of an attack's pieces: if the guard lets it pass, it shows no file and changes nothing."""
    before = content(filled)
    try:
        rows = filled.ask(glue.join(pieces).replace("FILE", secret), {"x": 1})
    except ComityError as error:
        assert SECRET not in str(error)
    else:
        assert SECRET not in str(rows)
    assert content(filled) == before
