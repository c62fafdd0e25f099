"""The command that finds the communities of a slice, and what became of them at another date."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from comity.cli.options import format_option, seed_option, slice_options, with_store
from comity.cli.output import asked_of, show
from comity.queries.cells import cell

if TYPE_CHECKING:
    from comity.graph.slices import Question
    from comity.graph.stores import Store
    from comity.queries.communities import Change, Communities
    from comity.queries.partitions import Likeness

_OF_ACTORS = ("actor", "name", "community")


@click.command(name="communities")
@slice_options
@click.option(
    "--resolution",
    type=click.FloatRange(0, min_open=True),
    default=1.0,
    show_default=True,
    metavar="NUMBER",
    help="More than 1 gives smaller communities, less than 1 larger ones.",
)
@click.option(
    "--seeds",
    "runs",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    metavar="NUMBER",
    help="How often they are looked for, each time by another seed; the best is shown, and how alike all are.",
)
@seed_option("The first of the seeds.")
@click.option("--compare-with", metavar="DATE", help="Show what became of them at this other date.")
@format_option
@with_store
def communities_command(
    store: "Store", question: "Question", resolution: float, runs: int, seed: int, compare_with: str | None, format: str
) -> None:  # fmt: skip
    """Find communities: groups of actors with more ties among themselves than chance would give them (Louvain's method).

    Each is named by the organization whose members are most like it, else by its most central member. A CSV has one row for each
    actor.

    \b
    Example:
      comity communities --as-of 1990-01-01 --compare-with 2016-12-31
    """
    from comity.graph.dates import parse_span
    from comity.graph.slices import take
    from comity.graph.stores.steady import read_steadily
    from comity.queries.communities import changed, communities, memberships

    def found(asked: "Question") -> "Communities":
        return communities(
            take(store, asked),
            seed=seed,
            runs=runs,
            resolution=resolution,
            organizations=memberships(store, asked),
        )

    if compare_with is None:
        _show(found(question), format)
    else:
        other = replace(question, as_of=parse_span(compare_with))
        # Both are of one revision: a change between two loads is none of what changed between two days.
        (before, after), _ = read_steadily(store, lambda: (found(question), found(other)))
        _show_change(changed(before, after), format)


def _show(found: "Communities", format: str) -> None:
    if format == "csv":
        rows = [
            {"actor": actor, "name": found.names[actor], "community": community.label}
            for actor, community in sorted(found.community_of.items())
        ]
        show(format, rows, _OF_ACTORS)
        return
    table = [
        {
            "community": community.label,
            "size": len(community.members),
            "ties_within": community.ties_within,
            "ties_beyond": community.ties_beyond,
            "stability": community.stability,
            "members": ", ".join(community.members),
        }
        for community in found.communities
    ]
    columns = ("community", "size", "ties_within", "ties_beyond", "stability", "members")
    show(format, table, columns, document=found.to_dict(), head=[*_asked(found), ""])


def _asked(found: "Communities") -> list[str]:
    lines = asked_of(found.question, found.revision, slice=True)
    lines.append(
        f"method    Louvain, resolution {found.resolution:g}, best of {found.runs} (seeds {found.seed} to {found.seed + found.runs - 1})"
    )
    if found.modularity is not None:
        lines.append(f"          modularity {cell(found.modularity, brief=True)}, {_alike(found)}")
    return lines


def _alike(found: "Communities") -> str:
    """How alike the runs are, in words."""
    if found.stability is None:
        return "found once"
    if found.partitions == 1:
        return f"the same in all {found.runs} runs"
    index = cell(found.stability, brief=True)
    return f"{found.partitions} partitions in {found.runs} runs, stability {index} (their mean adjusted Rand index)"


def _show_change(change: "Change", format: str) -> None:
    before, after = change.before, change.after
    if format == "csv":
        rows = [
            {
                "actor": actor,
                "name": (after if actor in after.names else before).names[actor],
                "before": before.community_of[actor].label if actor in before.names else None,
                "after": after.community_of[actor].label if actor in after.names else None,
            }
            for actor in sorted({*before.names, *after.names})
        ]
        show(format, rows, ("actor", "name", "before", "after"))
        return
    moves = [{"before": there, "after": here, "actors": number} for there, here, number in change.moves]
    head = [*_asked(before), "", *_asked(after), "", *_told(change.likeness), ""]
    show(format, moves, ("before", "after", "actors"), document=change.to_dict(), head=head)


def _told(likeness: "Likeness | None") -> list[str]:
    if likeness is None:
        return ["No actor is in both."]
    index, common, distance = (
        cell(value, brief=True)
        for value in (
            likeness.adjusted_rand,
            likeness.mutual_information,
            likeness.variation_of_information,
        )
    )
    told = f"Of the {likeness.actors} actors in both: adjusted Rand index {index}, normalised mutual information {common}"
    return [f"{told}, variation of information {distance}"]


COMMANDS = (communities_command,)
