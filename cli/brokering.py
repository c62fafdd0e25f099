"""The command about who stands between groups, and what a network hangs by."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from comity.cli.options import format_option, group_options, limit_option, refuse, slice_options, with_store
from comity.cli.output import asked_of, counted, rows_shown, show, show_json, tell_rest, told_groups
from comity.queries.cells import cell

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from comity.graph.slices import Question
    from comity.graph.stores import Store
    from comity.queries.brokering import Brokerage, Links
    from comity.queries.cuts import Cuts

FACTS_SHOWN = 2
"""Facts that a cell of a table names; JSON and CSV have all."""

LINKS = (
    "left", "right", "actor", "name", "group", "left_partners", "right_partners", "pairs", "share", "left_facts", "right_facts",
)  # fmt: skip
CUTS = ("cut", "actor", "name", "cut_off", "actors", "facts")


@click.command()
@click.argument("what", type=click.Choice(("links", "roles", "cuts")), default="links")
@group_options
@slice_options
@limit_option("rows of each table")
@format_option
@with_store
@click.pass_context
def brokers(
    ctx: click.Context, store: "Store", question: "Question", what: str, named: tuple[str, ...],
    members_from: tuple[str, ...], limit: int | None, format: str,
) -> None:  # fmt: skip
    """Say who stands between groups of actors, and by which facts.

    links (the default): through whom members of one group reach those of another, for each two groups; one that is named alone
    is held against all the rest. roles: how often each actor brokers within and between the groups, as coordinator, itinerant,
    gatekeeper, representative or liaison (Gould and Fernandez). cuts: the actors and tied pairs without which the network falls apart;
    it needs no groups.

    \b
    Example:
      comity brokers --group NATO --group asia=JPN,KOR,AUS,PHL --as-of 2016-12-31
    """
    from comity.graph.slices import take
    from comity.queries.brokering import links, roles
    from comity.queries.cuts import cuts
    from comity.queries.groups import read_groups

    shown = rows_shown(limit, format)
    if what == "cuts":
        refuse(ctx, ("named", "members_from"), "cuts are those of the whole network")
        _show_cuts(cuts(take(store, question)), format, shown)
        return
    if not named:
        raise click.UsageError(f"{what} are between groups: name one or more with --group")
    groups = read_groups(store, named, question, members_from)
    slice = take(store, question)
    if what == "roles":
        _show_roles(roles(slice, groups), slice.members, format, shown)
    else:
        _show_links(links(slice, groups), slice.members, format, shown)


def _show_roles(found: "Brokerage", actors: "Collection[str]", format: str, limit: int | None) -> None:
    from comity.queries.brokering import ROLES

    document = found.to_dict()
    rows = document["rows"] = document["rows"][:limit]
    columns = ("actor", "name", "group", "total", *ROLES)
    head = [*asked_of(found.question, found.revision, slice=True), *told_groups(found.groups, actors), ""]
    show(format, rows, columns, document=document, head=head)
    tell_rest(format, len(found.rows), len(rows))


def _show_links(found: "Links", actors: "Collection[str]", format: str, limit: int | None) -> None:
    document = found.to_dict()
    for linkage in document["linkages"]:
        linkage["rows"] = linkage["rows"][:limit]
    if format == "json":
        show_json(document)
    elif format == "csv":
        rows = [
            {"left": linkage["left"], "right": linkage["right"], **row}
            for linkage in document["linkages"]
            for row in linkage["rows"]
        ]
        show(format, rows, LINKS)
    else:
        for line in (
            *asked_of(found.question, found.revision, slice=True),
            *told_groups(found.groups, actors),
        ):
            click.echo(line)
        for linkage in found.linkages:
            apart = linkage.pairs - linkage.tied - linkage.joined
            click.echo()
            click.secho(f"{linkage.left} and {linkage.right}", bold=True)
            click.echo(
                f"  {counted(linkage.pairs, 'pair')}: {linkage.tied} tied, {linkage.joined} joined through others, {apart} not at all"
            )
            listed = linkage.rows[:limit]
            rows = [
                {
                    **asdict(row),
                    f"in_{linkage.left}": row.left_partners,
                    f"in_{linkage.right}": row.right_partners,
                    "by_facts": _few(
                        (*row.left_facts[:1], *row.right_facts[:1], *row.left_facts, *row.right_facts)
                    ),
                }
                for row in listed
            ]
            columns = (
                "actor",
                "name",
                "group",
                f"in_{linkage.left}",
                f"in_{linkage.right}",
                "pairs",
                "share",
                "by_facts",
            )
            show(format, rows, columns)
            tell_rest(format, len(linkage.rows), len(listed))


def _show_cuts(found: "Cuts", format: str, limit: int | None) -> None:
    document = found.to_dict()
    for name in ("articulation_points", "bridges"):
        document[name] = document[name][:limit]
    rows: list[dict[str, Any]] = [
        {
            "cut": "articulation point", "actor": point.actor, "name": point.name, "cut_off": point.cut_off,
            "actors": [" ".join(part.actors) for part in point.parts],
            "facts": sorted({fact for part in point.parts for fact in part.facts}),
        }
        for point in found.articulation_points[:limit]
    ]  # fmt: skip
    rows += [
        {
            "cut": "bridge", "actor": f"{bridge.left} {bridge.right}", "name": "", "cut_off": len(bridge.part.actors),
            "actors": [" ".join(bridge.part.actors)], "facts": bridge.part.facts,
        }
        for bridge in found.bridges[:limit]
    ]  # fmt: skip
    if format == "table":
        rows = [{**row, "facts": _few(row["facts"])} for row in rows]
    show(
        format,
        rows,
        CUTS,
        document=document,
        head=[*asked_of(found.question, found.revision, slice=True), ""],
    )
    tell_rest(format, len(found.articulation_points) + len(found.bridges), len(rows))


def _few(facts: "Sequence[str]") -> str:
    """The first facts, each once, and how many more there are."""
    facts = list(dict.fromkeys(facts))
    rest = f" and {len(facts) - FACTS_SHOWN} more" if len(facts) > FACTS_SHOWN else ""
    return cell(facts[:FACTS_SHOWN]) + rest


COMMANDS = (brokers,)
