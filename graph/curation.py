"""What people decide about facts: settle a disputed property (a statement of their own), or judge whether two facts are one.

Both are recorded with who, why and when, outlive any load, and can be withdrawn.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from comity.graph import descriptions, records
from comity.graph.accounts import DECISION
from comity.graph.decisions import decided, person_key, property_of, settles
from comity.graph.errors import InputError, UnknownName
from comity.graph.identity import APPLIED_FROM, Identity, Judgement, Verdict
from comity.graph.judgements import close_judgements, open_judgements, read_judgements
from comity.graph.kinds import Kind, kind_of
from comity.graph.model import DECISIONS, SHORTEST_ID, Source, Statement
from comity.graph.statements import live_statements
from comity.graph.stores.base import Run, Store, Transaction
from comity.graph.told import party_accounts
from comity.graph.writing import Change, begin


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of judgements: recorded, there already, and earlier ones on the same pairs that they replaced."""

    recorded: int
    unchanged: int
    replaced: int
    revision: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was withdrawn: its id, whether it was a decision or a judgement, and the fact or pair it was about."""

    id: str
    sort: str
    subject: str
    revision: str


def decide(
    store: Store, fact: str, says: Mapping[str, str], *, reason: str, by: str
) -> tuple[Statement, ...]:
    """Settle properties of a fact: one statement for each, whose source is the person and whose words are the reason.

    `says` gives steps (EDTF), `types` (separated by commas), `parties` (one account of one party, as `comity conflicts` shows it) or other
    properties of the fact's kind. A new decision on a property
    closes the earlier one; the same again changes nothing. `UnknownName` and `DateError` name what cannot be.
    """
    if not reason.strip():
        raise InputError("a decision needs a reason: say why in a few words")
    key = person_key(by)
    if not key:
        raise InputError("a decision needs somebody who took it: name yourself")
    # Told by the key: however a person's name is written (the log has it), the source is the same.
    source = Source(f"{DECISIONS}:{key}", f"Decisions of {key}")

    def work(run: Transaction) -> tuple[Statement, ...]:
        kind = _kind_of(run, fact)
        change = begin(run)
        about = sorted(change.before.of_fact(fact))
        live = live_statements(run, about)
        held = [statement for statement in live if statement.method == DECISION]
        accounts = party_accounts([statement for statement in live if statement.method != DECISION])
        made = tuple(
            decided(kind, fact, source.id, name, value, reason.strip(), accounts)
            for name, value in says.items()
        )
        there = {statement.id for statement in held}
        due = [statement for statement in made if statement.id not in there]
        if not due:
            return made
        settled = {settles(statement) for statement in due}
        replaced = [statement for statement in held if settles(statement) in settled]
        _close_decisions(change, replaced)
        _open_decisions(change, due, source)
        change.rebuild([fact])
        change.finish()
        _undo(change, [statement.id for statement in replaced])
        for statement in due:
            change.enter(
                "decide", fact, statement.collection, property=property_of(statement), of=statement.id,
                reason=reason, by=by, statements=1, facts=1,
            )  # fmt: skip
        return made

    return store.write(work)


def judge(store: Store, judgements: Iterable[Judgement]) -> Judged:
    """Record judgements on pairs of facts, all or none; each closes an earlier one on its pair.

    `UnknownName` for a fact that nobody ever stated; `InputError` for facts of different kinds that are to be the same, and for a
    judgement that contradicts others: what is `different` cannot be `same` by way of a third.
    """
    wanted = {judgement.pair: judgement for judgement in judgements}

    def work(run: Transaction) -> Judged:
        change = begin(run)
        held = {judgement.pair: judgement for judgement in read_judgements(run)}
        due = [judgement for pair, judgement in sorted(wanted.items()) if held.get(pair) != judgement]
        if not due:
            return Judged(0, len(wanted), 0, change.revision)
        _check_kinds(run, due)
        _check_contradictions((held | wanted).values())
        replaced = [held[judgement.pair].id for judgement in due if judgement.pair in held]
        close_judgements(run, replaced, change.now)
        open_judgements(run, due, change.now)
        change.rebuild({fact for judgement in due for fact in judgement.pair})
        change.opened += [judgement.id for judgement in due]
        change.closed += replaced
        revision = change.finish()
        _undo(change, replaced)
        for judgement in due:
            change.enter(
                "judge", " and ".join(judgement.pair), "", property=str(judgement.verdict), of=judgement.id,
                reason=judgement.reason, by=judgement.by, facts=2,
            )  # fmt: skip
        return Judged(len(due), len(wanted) - len(due), len(replaced), revision)

    return store.write(work)


def withdraw(store: Store, id: str, *, reason: str = "", by: str = "") -> Withdrawn:
    """Close the decision or judgement with that id, or whose id alone begins with it."""
    if len(id) < SHORTEST_ID:
        raise InputError(
            f"{id!r} is too short: give at least {SHORTEST_ID} digits of the id; `comity log` shows them"
        )

    def work(run: Transaction) -> Withdrawn:
        change = begin(run)
        decisions = [
            row["id"]
            for row in run(
                "MATCH (s:Statement) WHERE s.live AND s.method = $decision AND s.id STARTS WITH $id RETURN s.id AS id",
                {"id": id, "decision": DECISION},
            )
        ]
        judgements = [judgement for judgement in read_judgements(run) if judgement.id.startswith(id)]
        if len(decisions) + len(judgements) != 1:
            number = "no" if not decisions and not judgements else "more than one"
            raise InputError(
                f"{number} decision or judgement in force has an id that begins with {id}; `comity log` lists them"
            )
        if decisions:
            (statement,) = _decisions(run, decisions[0])
            _close_decisions(change, [statement])
            change.rebuild([statement.fact])
            found = Withdrawn(statement.id, "decision", statement.fact, "")
            source, name = statement.collection, property_of(statement)
        else:
            (judgement,) = judgements
            close_judgements(run, [judgement.id], change.now)
            change.rebuild(judgement.pair)
            change.closed.append(judgement.id)
            found = Withdrawn(judgement.id, "judgement", " and ".join(judgement.pair), "")
            source, name = "", str(judgement.verdict)
        revision = change.finish()
        _undo(change, [found.id])
        change.enter("withdraw", found.subject, source, property=name, of=found.id, reason=reason, by=by)
        return Withdrawn(found.id, found.sort, found.subject, revision)

    return store.write(work)


def _kind_of(run: Run, fact: str) -> Kind:
    rows = run(
        "MATCH (s:Statement) WHERE s.fact = $fact AND s.live AND s.method <> $decision RETURN DISTINCT s.kind AS kind",
        {"fact": fact, "decision": DECISION},
    )
    if not rows:
        raise _unknown(run, fact)
    return kind_of(rows[0]["kind"])


def _unknown(run: Run, fact: str) -> UnknownName:
    return UnknownName.among("fact", fact, [row["id"] for row in run("MATCH (f:Fact) RETURN f.id AS id", {})])


def _decisions(run: Run, id: str) -> list[Statement]:
    rows = run("MATCH (s:Statement {id: $id}) RETURN s.fact AS fact", {"id": id})
    return [one for one in live_statements(run, [rows[0]["fact"]], decisions_only=True) if one.id == id]


def _open_decisions(change: Change, statements: list[Statement], source: Source) -> None:
    """Open decisions, and with the first of them the person as a source, or as it is described now."""
    run = change.run
    held = run("MATCH (s:Source {id: $id}) RETURN s.live AS live, s.digest AS digest", {"id": source.id})
    live = bool(held and held[0]["live"])
    if not live or held[0]["digest"] != source.digest:
        change.closed += descriptions.close_sources(run, "id", source.id, change.now) if live else []
        change.opened += descriptions.open_source(run, source, change.now)
    known = run(
        "MATCH (s:Statement) WHERE s.id IN $ids RETURN s.id AS id", {"ids": [one.id for one in statements]}
    )
    there = {row["id"] for row in known}
    records.write_statements(run, [one for one in statements if one.id not in there], change.now)
    records.reopen_statements(run, [one.id for one in statements if one.id in there], change.now)
    change.opened += [one.id for one in statements]


def _close_decisions(change: Change, statements: list[Statement]) -> None:
    """Close decisions, and people of whom none is left as sources."""
    run = change.run
    records.close_statements(run, [one.id for one in statements], change.now)
    change.closed += [one.id for one in statements]
    for source in sorted({one.source for one in statements}):
        left = run("MATCH (s:Statement) WHERE s.source = $id AND s.live RETURN count(s) AS n", {"id": source})
        if not left[0]["n"]:
            change.closed += descriptions.close_sources(run, "id", source, change.now)


def _undo(change: Change, ids: list[str]) -> None:
    """Note in the log that these decisions or judgements stand no more: they were withdrawn, or others replaced them."""
    change.run(
        "MATCH (l:Load) WHERE l.of IN $ids AND l.action IN ['decide', 'judge'] AND l.undone IS NULL SET l.undone = $now",
        {"ids": ids, "now": change.now},
    )


def _check_kinds(run: Run, judgements: Iterable[Judgement]) -> None:
    """Every fact was stated by some source once, and facts that are to be one are of one kind."""
    facts = sorted({fact for judgement in judgements for fact in judgement.pair})
    rows = run(
        "MATCH (s:Statement) WHERE s.fact IN $facts AND s.method <> $decision RETURN DISTINCT s.fact AS fact, s.kind AS kind",
        {"facts": facts, "decision": DECISION},
    )
    kinds = {row["fact"]: row["kind"] for row in rows}
    for fact in facts:
        if fact not in kinds:
            raise _unknown(run, fact)
    for judgement in judgements:
        left, right = (kinds[fact] for fact in judgement.pair)
        if judgement.verdict is Verdict.SAME and left != right:
            raise InputError(
                f"{judgement.left} is of kind {left} and {judgement.right} of kind {right}: they cannot be the same"
            )


def _check_contradictions(judgements: Iterable[Judgement]) -> None:
    held = list(judgements)
    identity = Identity.of([one for one in held if one.verdict is Verdict.SAME], APPLIED_FROM)
    for judgement in held:
        if judgement.verdict is Verdict.DIFFERENT and judgement.right in identity.of_fact(judgement.left):
            raise InputError(
                f"{judgement.left} and {judgement.right} were judged different ({judgement.id[:12]}), but would be one by way of "
                f"{', '.join(sorted(identity.of_fact(judgement.left) - set(judgement.pair))) or 'the new judgement'}: "
                "withdraw one of the judgements first"
            )
