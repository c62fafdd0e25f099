"""Retracting what a source says, and taking that back. Statements are closed and opened, never deleted."""

from dataclasses import dataclass

from comity.graph import descriptions, records
from comity.graph.accounts import DECISION
from comity.graph.errors import InputError, UnknownName
from comity.graph.model import DECISIONS, ID_LENGTH, SHORTEST_ID, collection_of
from comity.graph.stores.base import Row, Run, Store, Transaction
from comity.graph.writing import begin


@dataclass(frozen=True, slots=True)
class Retraction:
    """What was retracted or restored: how many statements, of how many facts, and the revision after it."""

    name: str
    statements: int
    facts: int
    revision: str


@dataclass(frozen=True, slots=True)
class _Target:
    """What a name means: a collection, a source or a statement; `column` is the property of statements that holds it."""

    column: str
    name: str
    collection: str

    @property
    def own(self) -> str:
        """The property of sources and own actors that holds it; a statement has neither."""
        return {"collection": "collection", "source": "id"}.get(self.column, "")


def retract(store: Store, name: str, *, reason: str = "", by: str = "") -> Retraction:
    """Close every live statement of a collection (`treaties`), of a source (`treaties:nato-members`), or one statement by its id.

    `UnknownName` lists what is loaded where nothing of that name is live. Decisions of people are no source's word: they stay, and
    `InputError` says how they are withdrawn.
    """
    target = _target(store, name)

    def work(run: Transaction) -> Retraction:
        change = begin(run)
        rows = run(
            f"MATCH (s:Statement) WHERE s.live AND s.{target.column} = $name AND s.method <> $decision "
            "RETURN s.id AS id, s.fact AS fact",
            {"name": target.name, "decision": DECISION},
        )
        if target.own:
            change.closed += descriptions.close_sources(run, target.own, target.name, change.now)
        if target.own == "collection":
            change.closed += descriptions.close_own_actors(run, target.name, change.now)
        described = len(change.closed)
        if not rows and not described:
            raise _nothing_live(run, name)
        ids, facts = _apart(rows)
        records.close_statements(run, ids, change.now)
        change.rebuild(facts)
        change.closed += ids
        revision = change.finish()
        change.enter(
            "retract",
            target.name,
            target.collection,
            reason=reason,
            by=by,
            statements=len(ids),
            facts=len(facts),
        )
        return Retraction(target.name, len(ids), len(facts), revision)

    return store.write(work)


def restore(store: Store, name: str, *, reason: str = "", by: str = "") -> Retraction:
    """Open again exactly what the last retraction of that name closed.

    `InputError` where it was never retracted, was restored already, or was loaded since: then a newer version is there.
    """

    def work(run: Transaction) -> Retraction:
        change = begin(run)
        entry = _last_retraction(run, name)
        target = _Target(_column(entry["subject"]), entry["subject"], entry["source"])
        rows = run(
            f"MATCH (s:Statement) WHERE NOT s.live AND s.{target.column} = $name AND s.method <> $decision "
            "AND s.closed[-1] = $at RETURN s.id AS id, s.fact AS fact",
            {"name": target.name, "at": entry["started"], "decision": DECISION},
        )
        ids, facts = _apart(rows)
        records.reopen_statements(run, ids, change.now)
        if target.own:
            change.opened += descriptions.reopen_descriptions(
                run, target.own, target.name, entry["started"], change.now
            )
        # A statement may come back while its source, or an actor that only its collection knows, was retracted as well: it cannot be
        # without them.
        change.opened += descriptions.reopen_sources_of(run, ids, change.now)
        change.rebuild(facts)
        change.opened += descriptions.reopen_actors_of(run, facts, change.now)
        change.opened += ids
        revision = change.finish()
        run("MATCH (l:Load {id: $id}) SET l.undone = $now", {"id": entry["id"], "now": change.now})
        change.enter(
            "restore",
            target.name,
            target.collection,
            reason=reason,
            by=by,
            statements=len(ids),
            facts=len(facts),
        )
        return Retraction(target.name, len(ids), len(facts), revision)

    return store.write(work)


def _column(name: str) -> str:
    if ":" in name:
        return "source"
    return "id" if _looks_like_id(name) and len(name) == ID_LENGTH else "collection"


def _looks_like_id(name: str) -> bool:
    return len(name) >= SHORTEST_ID and all(sign in "0123456789abcdef" for sign in name)


def _target(store: Store, name: str) -> _Target:
    """What the name means; the beginning of a statement's id is completed, if no collection has that name."""
    if collection_of(name) == DECISIONS:
        raise InputError(
            f"{name} is what people decided, which is withdrawn and not retracted: `comity log {name}` lists the decisions, "
            "`comity withdraw ID` takes one back"
        )
    if ":" in name:
        return _Target("source", name, collection_of(name))
    taken = store.read("MATCH (s:Statement {collection: $name}) RETURN s.id AS id LIMIT 1", {"name": name})
    if not taken and _looks_like_id(name):
        rows = store.read(
            "MATCH (s:Statement) WHERE s.id STARTS WITH $name "
            "RETURN s.id AS id, s.collection AS collection, s.method AS method LIMIT 2",
            {"name": name},
        )
        if len(rows) > 1:
            raise InputError(f"several statements' ids begin with {name}: give more of its digits")
        if rows and rows[0]["method"] == DECISION:
            raise InputError(f"{name} is a decision of a person: `comity withdraw {name}` takes it back")
        if rows:
            return _Target("id", rows[0]["id"], rows[0]["collection"])
    return _Target("collection", name, name)


def _last_retraction(run: Run, name: str) -> Row:
    """The log's entry of the latest retraction of that name, if it can be taken back."""
    rows = run(
        "MATCH (l:Load) WHERE l.action = 'retract' AND (l.subject = $name OR ($short AND l.subject STARTS WITH $name)) "
        "RETURN l.id AS id, l.subject AS subject, l.source AS source, l.started AS started, l.undone AS undone "
        "ORDER BY started DESC LIMIT 1",
        {"name": name, "short": _looks_like_id(name)},
    )
    if not rows:
        raise InputError(
            f"{name} was never retracted, so nothing can be restored; `comity log` shows what was"
        )
    entry = rows[0]
    if entry["undone"]:
        raise InputError(f"the last retraction of {name} was restored already, at {entry['undone'][:19]}")
    later = run(
        "MATCH (l:Load) WHERE l.action = 'load' AND l.source = $source AND l.started > $at RETURN count(l) AS n",
        {"source": entry["source"], "at": entry["started"]},
    )
    if later[0]["n"]:
        raise InputError(
            f"{entry['source']} was loaded since {name} was retracted: load the version that you want instead"
        )
    return entry


def _nothing_live(run: Run, name: str) -> UnknownName:
    known = run(
        "MATCH (d:Source|Country|Organization) WHERE d.live AND d.collection <> $decisions "
        "RETURN DISTINCT d.collection AS name ORDER BY name",
        {"decisions": DECISIONS},
    )
    return UnknownName("loaded source or statement", name, [row["name"] for row in known])


def _apart(rows: list[Row]) -> tuple[list[str], list[str]]:
    """Ids of statements and of the facts they are about, each in order."""
    return sorted(row["id"] for row in rows), sorted({row["fact"] for row in rows})
