"""What a store holds, as an audit reads it: each part by one query, when the first rule asks for it.

Nothing is taken on trust: what cannot be read is kept apart with the reason, and never ends the audit.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from comity.graph.accounts import DECISION
from comity.graph.errors import ComityError
from comity.graph.identity import Identity, Judgement, Verdict
from comity.graph.kinds import kind_of, kinds
from comity.graph.model import Statement
from comity.graph.resolve import Fact, resolve_all
from comity.graph.statements import from_json
from comity.graph.stores.base import Row, Store
from comity.queries.audit.parts import Part, parts_taken
from comity.queries.texts import read_texts

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, ComityError)
"""What reading a damaged record may raise."""


class Holding:
    """The graph in a store, seen by an audit. `kinds` confine statements, facts, parties and ties (empty: all kinds)."""

    def __init__(self, store: Store, chosen: Sequence[str] = (), texts: Path | None = None) -> None:
        self.store = store
        self.every_kind = not chosen
        self.kinds = [kind_of(name).name for name in chosen] or list(kinds())
        self.folder = texts

    @cached_property
    def statement_rows(self) -> dict[str, Row]:
        """The nodes of live statements, by id; those of a kind that nobody knows are among them where no kinds were chosen."""
        rows = self._collected(
            "MATCH (s:Statement) WHERE s.live AND ($all OR s.kind IN $kinds) RETURN collect(properties(s)) AS found"
        )
        return {row["id"]: row for row in sorted(rows, key=lambda row: str(row["id"]))}

    @cached_property
    def lives(self) -> list[tuple[str, bool, list[str], list[str]]]:
        """Everything that has record time: what it is (`statement ID`), whether it is live, and when its spans opened and closed."""
        found = self._collected(
            "MATCH (n:Statement|Judgement|Source|Country|Organization) WHERE n.live IS NOT NULL "
            "RETURN collect([labels(n)[0], n.id, n.live, n.opened, n.closed]) AS found"
        )
        sorts = {"Country": "actor", "Organization": "actor"}
        return sorted(
            (f"{sorts.get(label, label.lower())} {id}", bool(live), list(opened or ()), list(closed or ()))
            for label, id, live, opened, closed in found
        )

    @cached_property
    def _read_statements(self) -> tuple[dict[str, Statement], dict[str, str]]:
        read, unreadable = {}, {}
        for id, row in self.statement_rows.items():
            try:
                statement = from_json(row["states"])
                steps = kind_of(statement.kind).steps
                unknown = [step.name for step in statement.steps if step.name not in steps]
                if unknown:
                    raise ValueError(f"no step of {statement.kind} is called {unknown[0]}")
                read[id] = statement
            except UNREADABLE as error:
                unreadable[id] = f"{type(error).__name__}: {error}"
        return read, unreadable

    @property
    def statements(self) -> dict[str, Statement]:
        """The live statements that can be read, by the id of their node."""
        return self._read_statements[0]

    @property
    def unreadable(self) -> dict[str, str]:
        """The ids of live statements that cannot be read, with the reason."""
        return self._read_statements[1]

    @cached_property
    def doubtful_facts(self) -> set[str]:
        """The facts of which some statement cannot be read: nothing can be said of what they should be."""
        broken = {str(self.statement_rows[id].get("fact")) for id in self.unreadable}
        return self.identity.widened(broken)

    @cached_property
    def about(self) -> dict[str, set[str]]:
        """For each statement, live or not, the facts it has an edge to."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for statement, fact in self._collected(
            "MATCH (s:Statement)-[:ABOUT]->(f:Fact) WHERE $all OR f.kind IN $kinds RETURN collect([s.id, f.id]) AS found"
        ):
            found[statement].add(fact)
        return dict(found)

    @cached_property
    def origins(self) -> dict[str, set[str]]:
        """For each live statement the sources it has an edge to."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for statement, source in self._collected(
            "MATCH (s:Statement)-[:FROM]->(o:Source) WHERE s.live RETURN collect([s.id, o.id]) AS found"
        ):
            found[statement].add(source)
        return dict(found)

    @cached_property
    def sources(self) -> dict[str, Row]:
        """The nodes of all sources, by id, closed ones among them."""
        return self._nodes("Source")

    @cached_property
    def cited(self) -> set[str]:
        """The sources that some live statement of any kind names."""
        return set(
            self._collected("MATCH (s:Statement) WHERE s.live RETURN collect(DISTINCT s.source) AS found")
        )

    @cached_property
    def actors(self) -> dict[str, Row]:
        """The nodes of actors, by id, but those that lived with a collection and are closed; `label` is theirs."""
        found = {}
        for label in ("Country", "Organization"):
            for id, row in self._nodes(label).items():
                if row.get("live") is not False:
                    found[id] = {**row, "label": label}
        return found

    @cached_property
    def taking_part(self) -> set[str]:
        """The actors that some fact of any kind has as a party."""
        query = "MATCH (:Fact)-[:PARTY]->(a) RETURN collect(DISTINCT a.id) AS found"
        return set(self._collected(query))

    @cached_property
    def judgement_rows(self) -> dict[str, Row]:
        """The nodes of live judgements, by id."""
        return {id: row for id, row in self._nodes("Judgement").items() if row.get("live")}

    @cached_property
    def _read_judgements(self) -> tuple[dict[str, Judgement], dict[str, str]]:
        read, unreadable = {}, {}
        for id, row in self.judgement_rows.items():
            try:
                read[id] = Judgement(
                    row["left"], row["right"], Verdict(row["verdict"]), row["by"], row["confidence"],
                    row.get("reason") or "", tuple(row.get("evidence") or ()),
                )  # fmt: skip
            except UNREADABLE as error:
                unreadable[id] = f"{type(error).__name__}: {error}"
        return read, unreadable

    @property
    def judgements(self) -> dict[str, Judgement]:
        """The live judgements that can be read, by the id of their node."""
        return self._read_judgements[0]

    @property
    def unreadable_judgements(self) -> dict[str, str]:
        """The ids of live judgements that cannot be read, with the reason."""
        return self._read_judgements[1]

    @cached_property
    def kind_of_fact(self) -> dict[str, str]:
        """Every fact that a source states now, with its kind; what stands in nodes, so that kinds not asked for count too."""
        rows = self._collected(
            "MATCH (s:Statement) WHERE s.live AND s.method <> $decision AND s.fact IS NOT NULL "
            "WITH DISTINCT s.fact AS fact, s.kind AS kind RETURN collect([fact, kind]) AS found",
            decision=DECISION,
        )
        return {fact: kind for fact, kind in sorted(rows, key=str)}

    @cached_property
    def identity(self) -> Identity:
        """Which facts are one; judgements that would join facts of different kinds join nothing."""
        told = self.kind_of_fact
        return Identity.of(
            judgement
            for judgement in self.judgements.values()
            if told.get(judgement.left) is None
            or told.get(judgement.right) is None
            or told[judgement.left] == told[judgement.right]
        )

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """The facts as the live statements give them, by id."""
        return {fact.id: fact for fact in resolve_all(self.statements.values(), identity=self.identity)}

    @cached_property
    def parts(self) -> list[Part]:
        """The parts that actors surely took in those facts while they were in effect."""
        return parts_taken(self.facts.values())

    @cached_property
    def fact_rows(self) -> dict[str, Row]:
        """The nodes of facts as they are stored, by id."""
        rows = self._collected(
            "MATCH (f:Fact) WHERE $all OR f.kind IN $kinds RETURN collect(properties(f)) AS found"
        )
        return {row["id"]: row for row in sorted(rows, key=lambda row: str(row["id"]))}

    @cached_property
    def party_rows(self) -> dict[str, list[Row]]:
        """The PARTY edges as they are stored, by fact: the actor, and the edge's properties."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for fact, actor, party in self._collected(
            "MATCH (f:Fact)-[p:PARTY]->(a) WHERE $all OR f.kind IN $kinds RETURN collect([f.id, a.id, properties(p)]) AS found"
        ):
            found[fact].append({"actor": actor, "party": party})
        return dict(found)

    @cached_property
    def tie_rows(self) -> dict[str, list[Row]]:
        """The ties as they are stored, by the fact they name: label, both actors, and the edge's properties."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for name in self.kinds:
            label = kind_of(name).label
            for left, right, tie in self._collected(
                f"MATCH (a)-[t:{label}]->(b) RETURN collect([a.id, b.id, properties(t)]) AS found"
            ):
                found[str(tie.get("fact"))].append({"label": label, "left": left, "right": right, "tie": tie})
        return dict(found)

    @cached_property
    def counted(self) -> list[str]:
        """What the revision counts: ids of live statements and judgements, digests of live sources and own actors."""
        nodes = self._collected("MATCH (n:Statement|Judgement) WHERE n.live RETURN collect(n.id) AS found")
        described = self._collected(
            "MATCH (d:Source|Country|Organization) WHERE d.live RETURN collect(d.digest) AS found"
        )
        return [*nodes, *described]

    @cached_property
    def texts(self) -> Mapping[str, str] | None:
        """The texts in the folder that sources with spans were read from, by their SHA-256; None where no folder is given."""
        if self.folder is None:
            return None
        wanted = {str(row["sha256"]) for row in self.sources.values() if row.get("sha256")}
        return read_texts(self.folder, wanted)

    def _nodes(self, label: str) -> dict[str, Row]:
        rows = self._collected(f"MATCH (n:{label}) RETURN collect(properties(n)) AS found")
        return {row["id"]: row for row in sorted(rows, key=lambda row: str(row["id"]))}

    def _collected(self, query: str, **parameters: Any) -> list[Any]:
        # One record with a list costs a fraction of a record for each node.
        known = {"kinds": self.kinds, "all": self.every_kind}
        used = {name: value for name, value in known.items() if f"${name}" in query}
        found: list[Any] = self.store.read(query, {**used, **parameters})[0]["found"]
        return found
