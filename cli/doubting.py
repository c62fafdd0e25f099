"""How `comity rank` shows doubt: the ranges of values and ranks, and what moves one actor's rank most."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from comity.cli.output import asked_of, counted, note, rows_shown, show, show_json, tell_rest
from comity.queries.cells import cell

if TYPE_CHECKING:
    from comity.graph.model import Source
    from comity.graph.slices import Question
    from comity.graph.stores import Store
    from comity.queries.doubt.influence import Influence
    from comity.queries.doubt.ranges import Doubt
    from comity.queries.measures import Measure

COLUMNS = ("actor", "name", "rank", "value", "values", "ranks")


def show_doubt(
    store: "Store", question: "Question", measure: "Measure", limit: int | None, explain: str | None,
    samples: int, seed: int, format: str,
) -> None:  # fmt: skip
    """Print a ranking in doubt, and for one actor what moves it."""
    from comity.graph.slices import take
    from comity.graph.statements import read_sources
    from comity.queries.doubt.influence import SHOWN, influences
    from comity.queries.doubt.ranges import doubt_of
    from comity.queries.naming import actor_id

    possible = take(store, replace(question, certainty="possible"))
    found = doubt_of(possible, question, measure, samples=samples, seed=seed)
    actor = actor_id(store, explain, question.last) if explain else ""
    moving = influences(possible, question, measure, actor)[:SHOWN] if explain else ()
    document = found.to_dict()
    shown = found.rows[: rows_shown(limit, format)]
    document["rows"] = document["rows"][: len(shown)]
    if explain:
        document["explained"] = {"actor": actor, "influences": [one.to_dict() for one in moving]}
    if format == "json":
        show_json(document)
    elif format == "csv" and explain:
        show(format, [_flat(one) for one in moving], _EXPLAINED)
    elif format == "csv":
        show(format, document["rows"], tuple(document["rows"][0]) if document["rows"] else COLUMNS)
    else:
        _show_table(found, len(shown))
        if explain:
            _show_influences(actor, moving, read_sources(store, question.known_on))


def _show_table(found: "Doubt", number: int) -> None:
    rows: list[dict[str, Any]] = [
        {
            "actor": row.actor,
            "name": row.name,
            "rank": row.rank,
            "value": row.value,
            "values": _between(row.value_least, row.value_most),
            "ranks": _between(row.rank_best, row.rank_worst)
            + ("" if row.rank_method != "sampled" else " sampled"),
        }
        for row in found.rows[:number]
    ]
    head = [
        f"measure   {found.measure}",
        *asked_of(found.question, found.revision, slice=True),
        *_method(found),
        "",
    ]
    show("table", rows, COLUMNS, head=head)
    if any(row.rank is None for row in found.rows[:number]):
        note("Actors without a rank are in the network for some settlements only")
    tell_rest("table", len(found.rows), number)


def _method(found: "Doubt") -> list[str]:
    """How the ranges were found, as lines above the table."""
    proved = "sampled" not in {row.value_method for row in found.rows}
    if not found.choices:
        return ["doubt     nothing is open: every value and rank is settled"]
    lines = [f"doubt     {counted(len(found.choices), 'open choice')}"]
    if found.seed is None:
        how = "exact" if not found.widened else "to hold"
        lines[0] += (
            f", all {found.settlements} settlements tried" if found.settlements else f", ranges proved {how}"
        )
    else:
        what = "ranks" if proved else "values and ranks"
        lines.append(
            f"          {what} from {found.settlements} sampled settlements (seed {found.seed}): one more falls outside an actor's "
            f"range with probability {found.error:.2g} at most"
        )
    if found.widened:
        lines.append(
            f"          {counted(found.widened, 'choice')} of them for several doubtful things at once: ranges may be wider than need be"
        )
    return lines


def _between(least: float, most: float) -> str:
    low, high = cell(least, brief=True), cell(most, brief=True)
    return low if low == high else f"{low}–{high}"


def _show_influences(actor: str, moving: "tuple[Influence, ...]", sources: "dict[str, Source]") -> None:
    click.echo()
    if not moving:
        click.echo(f"Nothing that is open moves {actor}.")
        return
    click.secho(f"What moves {actor} most", bold=True)
    if moving[0].from_the_other_side:
        click.echo(
            "  (Nothing does alone, as things are settled here; this holds with all else settled the other way.)"
        )
    for one in moving:
        rank_with, rank_without = (_ranked(rank) for rank in (one.rank_with, one.rank_without))
        click.echo(f"  {cell(one.title, brief=True)} ({one.fact})")
        click.echo(f"    {one.about}")
        click.echo(
            f"    with it {rank_with}, value {cell(one.value_with, brief=True)}; without it {rank_without}, "
            f"value {cell(one.value_without, brief=True)}"
        )
        if not one.accounts:
            click.echo("    no source tells more")
        wide = max((len(f"{told.property} {told.value}") for told in one.accounts), default=0)
        for told in one.accounts:
            cite = sources[told.source].cite() if told.source in sources else told.source
            click.echo(cell(f"    {f'{told.property} {told.value}':{wide}}  {cite}", brief=True))


_EXPLAINED = (
    "fact", "title", "about", "rank_without", "rank_with", "value_without", "value_with", "accounts", "sources",
)  # fmt: skip


def _flat(one: "Influence") -> dict[str, Any]:
    """An influence as a row."""
    accounts = [f"{told.property} {told.value} ({told.source})" for told in one.accounts]
    return {**{name: getattr(one, name) for name in _EXPLAINED}, "accounts": accounts}


def _ranked(rank: int | None) -> str:
    return "not in the network" if rank is None else f"rank {rank}"
