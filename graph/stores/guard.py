"""Decides, before Cypher that someone typed is run, that it can do nothing but read the graph.

Two looks, each with a list of what is allowed, so that what nobody thought of is refused. `check_text` reads the text as
tokens: it stands before both engines. `check_plan` reads the plan Neo4j makes of it: the database's own understanding, which
no spelling can deceive. The embedded engine's `query()`, which refuses to write, is the second look there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from comity.graph.errors import UnsafeQuery
from comity.graph.stores.tokens import NOTHING, Kind, Token, read_tokens


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What a query may begin with. Anything else administers the database, writes, or sets options of the engine.
_BEGINNINGS = frozenset({"MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN", "CALL"})

# Words that begin a clause in the middle of a query, and may not. One that is a name there (`n.set`, `:Load`, `{use: 1}`)
# is seen by its neighbours; where it cannot be, the message says how to write it.
_REFUSED = {
    **dict.fromkeys(
        ("CREATE", "MERGE", "INSERT", "SET", "DELETE", "DETACH", "NODETACH", "REMOVE", "FOREACH"),
        "writes to the graph",
    ),
    "LOAD": "reads a file or an address outside the graph",
    **dict.fromkeys(("USE", "SHOW", "TERMINATE"), "reaches beyond this graph"),
    **dict.fromkeys(("ALTER", "DROP", "RENAME", "GRANT", "DENY", "REVOKE"), "administers the database"),
    "PROFILE": "runs the query for its costs",
    "EXPLAIN": "shows how the engine would work and no rows of the graph",
    "CYPHER": "sets options of the engine",
    "PERIODIC": "writes in several transactions",
}

# A clause is never followed by one of these, so a word before them is a name: `RETURN load`, `(set)`, `call.date`, `{use: 1}`.
_AFTER_A_NAME = frozenset({",", ")", "]", "}", ".", ":", "=", ";", ""})

# Words of the language that may stand before a bracket without being a function.
_BEFORE_BRACKETS = _names(
    """
    ACYCLIC ALL ALLSHORTESTPATHS AND ANY AS BINDINGS BY CALL CASE CONTAINS COUNT COLLECT DISTINCT ELEMENTS ELSE
    EXISTS FILTER GROUP GROUPS IMPLIES IN IS LET LIMIT MATCH NONE NOT OFFSET OPTIONAL OR ORDER PATH PATHS REDUCE
    RELATIONSHIPS REPEATABLE RETURN SHORTEST SHORTESTPATH SINGLE SKIP THEN TRAIL UNWIND WALK WHEN WHERE
    WITH XOR
    """
)

# The functions of Cypher 5 and 25. An engine may have many more (ArcadeDB evaluates SQL with `sql.eval`, APOC runs Cypher with
# `apoc.cypher.runFirstColumnSingle`), hence a list of the good ones. `file` and `linenumber` belong to LOAD CSV.
_FUNCTIONS = _names(
    """
    abs acos all allreduce any asin atan atan2 avg btrim ceil char_length character_length coalesce
    collect cos cosh cot coth count date date.realtime date.statement date.transaction date.truncate
    datetime datetime.fromepoch datetime.fromepochmillis datetime.realtime datetime.statement
    datetime.transaction datetime.truncate degrees duration duration.between duration.indays
    duration.inmonths duration.inseconds e elementid endnode exists exp floor haversin head id isempty
    isnan keys labels last left length localdatetime localdatetime.realtime localdatetime.statement
    localdatetime.transaction localdatetime.truncate localtime localtime.realtime localtime.statement
    localtime.transaction localtime.truncate log log10 lower ltrim max min nodes none normalize nullif
    percentilecont percentiledisc pi point point.distance point.withinbbox properties radians rand
    randomuuid range reduce relationships replace reverse right round rtrim sign sin single sinh size
    split sqrt startnode stdev stdevp substring sum tail tan tanh time time.realtime time.statement
    time.transaction time.truncate timestamp toboolean tobooleanlist tobooleanornull tofloat tofloatlist
    tofloatornull tointeger tointegerlist tointegerornull tolower tostring tostringlist tostringornull
    toupper trim type upper valuetype vector vector.similarity.cosine vector.similarity.euclidean
    vector_dimension_count vector_distance vector_norm
    """
)

# They ask an index of this graph; what other procedures tell (labels, property keys) a MATCH tells as well.
_PROCEDURES = frozenset({"db.index.fulltext.querynodes", "db.index.fulltext.queryrelationships"})

# Operators that only read, of Neo4j 5.26 to 2026.08, without what stands in brackets after some: `Expand(All)`, `Top`.
_OPERATORS = _names(
    """
    AllNodesScan Anti AntiConditionalApply AntiSemiApply Apply Argument ArgumentTracker
    BidirectionalRepeat CacheProperties CartesianProduct ConditionalApply DirectedAllRelationshipsScan
    DirectedRelationshipByElementIdSeek DirectedRelationshipByIdSeek
    DirectedRelationshipFulltextIndexSearch DirectedRelationshipIndexContainsScan
    DirectedRelationshipIndexEndsWithScan DirectedRelationshipIndexScan DirectedRelationshipIndexSeek
    DirectedRelationshipIndexSeekByRange DirectedRelationshipTypeScan DirectedRelationshipUniqueIndexSeek
    DirectedRelationshipUniqueIndexSeekByRange DirectedRelationshipVectorIndexSearch
    DirectedUnionRelationshipTypesScan Distinct DynamicDirectedRelationshipTypeLookup
    DynamicLabelNodeLookup DynamicUndirectedRelationshipTypeLookup Eager EagerAggregation EmptyResult
    EmptyRow ExhaustiveLimit Expand Filter Input IntersectionNodeByLabelsScan LetAntiSemiApply
    LetSelectOrAntiSemiApply LetSelectOrSemiApply LetSemiApply Limit MultiNodeIndexSeek
    NodeByElementIdSeek NodeByIdSeek NodeByLabelScan NodeCountFromCountStore NodeFulltextIndexSearch
    NodeHashJoin NodeIndexContainsScan NodeIndexEndsWithScan NodeIndexScan NodeIndexSeek
    NodeIndexSeekByRange NodeLeftOuterHashJoin NodeRightOuterHashJoin NodeUniqueIndexSeek
    NodeUniqueIndexSeekByRange NodeVectorIndexSearch NonFuseable NullifyMetadata Optional OptionalExpand
    OrderedAggregation OrderedDistinct OrderedUnion PartialSort PartialTop PathPropagatingBFS
    PreserveOrder ProcedureCall ProduceResults ProjectEndpoints Projection RelationshipCountFromCountStore
    Repeat RollUpApply SelectOrAntiSemiApply SelectOrSemiApply SemiApply ShortestPath Skip Sort
    StatefulShortestPath SubtractionNodeByLabelsScan Top TriadicBuild TriadicFilter TriadicSelection
    UndirectedAllRelationshipsScan UndirectedRelationshipByElementIdSeek UndirectedRelationshipByIdSeek
    UndirectedRelationshipFulltextIndexSearch UndirectedRelationshipIndexContainsScan
    UndirectedRelationshipIndexEndsWithScan UndirectedRelationshipIndexScan
    UndirectedRelationshipIndexSeek UndirectedRelationshipIndexSeekByRange UndirectedRelationshipTypeScan
    UndirectedRelationshipUniqueIndexSeek UndirectedRelationshipUniqueIndexSeekByRange
    UndirectedRelationshipVectorIndexSearch UndirectedUnionRelationshipTypesScan Union
    UnionNodeByLabelsScan Unwind ValueHashJoin ValueMergeJoin VarLengthExpand
    """
)


# Beyond what anyone writes by hand. Parsing recurses: thousands of levels overflow the embedded engine's stack, and with it
# this whole process.
_MAX_CHARACTERS = 100_000
_MAX_DEPTH = 50


class Planned(Protocol):
    """What the Neo4j driver knows of a query after `EXPLAIN`: its `ResultSummary`."""

    @property
    def query_type(self) -> str | None: ...

    @property
    def plan(self) -> dict[str, Any] | None: ...


def check_text(text: str) -> None:
    """Raise `UnsafeQuery` where the text holds anything that could do more than read."""
    if len(text) > _MAX_CHARACTERS:
        raise UnsafeQuery(
            f"the query is longer than {_MAX_CHARACTERS} characters: pass long lists as parameters"
        )
    tokens = list(read_tokens(text))
    while tokens and tokens[-1].is_sign(";"):
        tokens.pop()
    _check_depth(tokens)
    _check_beginning(tokens)
    calls = set(_check_words(tokens))
    _check_functions(tokens, calls)


def check_plan(summary: Planned) -> None:
    """Raise `UnsafeQuery` unless Neo4j's plan, as the summary of an `EXPLAIN` holds it, does nothing but read."""
    if summary.query_type != "r" or not summary.plan:
        raise UnsafeQuery("Neo4j does not call this a reading query; only reading is allowed here")
    for operator, details in _operators(summary.plan):
        if operator not in _OPERATORS:
            raise UnsafeQuery(
                f"this query needs {operator}, which is not among what a reading query may do here"
            )
        if operator == "ProcedureCall" and details.partition("(")[0].strip().lower() not in _PROCEDURES:
            raise UnsafeQuery(_no_procedure(details.partition("(")[0]))


def _operators(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every operator's bare name with its details."""
    pending: list[Mapping[str, Any]] = [plan]
    while pending:
        step = pending.pop()
        name = re.split(r"[@(]", str(step["operatorType"]))[0]
        # The parallel runtime shares a scan out among its workers; it stays the same scan.
        yield name.removeprefix("Partitioned"), str(step.get("args", {}).get("Details", ""))
        pending.extend(step.get("children", ()))


def _check_depth(tokens: Sequence[Token]) -> None:
    depth = 0
    for token in tokens:
        if token.is_sign("(", "[", "{") or token.word == "CASE":
            depth += 1
        elif token.is_sign(")", "]", "}") or token.word == "END":
            depth = max(depth - 1, 0)
        if depth > _MAX_DEPTH:
            raise UnsafeQuery(
                f"the query is nested more than {_MAX_DEPTH} levels deep: take it apart with WITH"
            )


def _check_beginning(tokens: Sequence[Token]) -> None:
    if not tokens:
        raise UnsafeQuery("there is no query: write Cypher such as MATCH (c:Country) RETURN c.id")
    if tokens[0].word not in _BEGINNINGS:
        reason = _REFUSED.get(tokens[0].word)
        raise UnsafeQuery(
            f"{tokens[0].text[:40]} is refused here{f': it {reason}' if reason else ''}; "
            f"a reading query begins with {', '.join(sorted(_BEGINNINGS))}"
        )


def _check_words(tokens: Sequence[Token]) -> Iterator[int]:
    """Look at every word that may be a clause; gives where the names of called procedures end."""
    for place, token in enumerate(tokens):
        if token.is_sign(";"):
            raise UnsafeQuery("several statements are refused: send one query at a time")
        following = tokens[place + 1] if place + 1 < len(tokens) else NOTHING
        if not token.word or _is_name_here(tokens, place, following):
            continue
        if token.word in _REFUSED:
            raise UnsafeQuery(
                f"{token.word} {_REFUSED[token.word]}, and only reading is allowed here; "
                f"if it is a name, put it in backticks: `{token.text}`"
            )
        if token.word in ("TRANSACTION", "TRANSACTIONS") and _ends_subquery(tokens, place):
            raise UnsafeQuery("IN TRANSACTIONS is refused: a reading query runs in one transaction")
        if token.word == "CALL" and not following.is_sign("{", "("):
            yield _check_procedure(tokens, place + 1)


def _is_name_here(tokens: Sequence[Token], place: int, following: Token) -> bool:
    """Whether a word can be no clause, because of what stands beside it."""
    if following is NOTHING or (following.kind is Kind.SIGN and following.text in _AFTER_A_NAME):
        return True
    before = tokens[place - 1] if place else NOTHING
    if before.is_sign("."):
        # `n.set` is a property, but `1. SET` would be a number and a clause.
        return place < 2 or tokens[place - 2].kind is not Kind.NUMBER
    return before.is_sign(":", "|", "&", "!")


def _ends_subquery(tokens: Sequence[Token], place: int) -> bool:
    """Whether this is the last word of `} IN [n] [CONCURRENT] TRANSACTIONS`."""
    last = place - 1
    while last > 0 and tokens[last].word != "IN" and place - last < 5:
        last -= 1
    return last > 0 and tokens[last].word == "IN" and tokens[last - 1].is_sign("}")


def _check_procedure(tokens: Sequence[Token], start: int) -> int:
    end = start
    while end + 2 < len(tokens) and tokens[end].is_name and tokens[end + 1].is_sign("."):
        end += 2
    name = "".join(token.text for token in tokens[start : end + 1])
    if name.lower() not in _PROCEDURES:
        raise UnsafeQuery(_no_procedure(name))
    return end


def _no_procedure(name: str) -> str:
    return f"CALL of {name[:80]} is refused: no procedures may be called here but {' and '.join(sorted(_PROCEDURES))}"


def _check_functions(tokens: Sequence[Token], procedures: set[int]) -> None:
    for end in range(len(tokens) - 1):
        if end in procedures or not tokens[end].is_name or not tokens[end + 1].is_sign("("):
            continue
        start = end
        while start >= 2 and tokens[start - 1].is_sign(".") and tokens[start - 2].is_name:
            start -= 2
        dotted = start != end or (start > 0 and tokens[start - 1].is_sign("."))
        if not dotted and tokens[end].word in _BEFORE_BRACKETS:
            continue
        name = "".join(token.text for token in tokens[start : end + 1])
        if name.lower() not in _FUNCTIONS or (dotted and start == end):
            raise UnsafeQuery(f"the function {name[:80]} is not among those that are allowed here")
