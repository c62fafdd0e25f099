"""Commands about a network as a whole: its numbers (structure), and its layers side by side (layers)."""

from typing import TYPE_CHECKING

import click

from comity.cli.options import format_option, group_options, limit_option, slice_options, with_store
from comity.cli.output import asked_of, rows_shown, show, tell_rest, told_groups
from comity.queries.cells import cell

if TYPE_CHECKING:
    from comity.graph.slices import Question
    from comity.graph.stores import Store


@click.command()
@group_options
@slice_options
@format_option
@with_store
def structure(
    store: "Store", question: "Question", named: tuple[str, ...], members_from: tuple[str, ...], format: str
) -> None:
    """Describe a network as a whole: size, density, reciprocity, closure, components, distances, cliques, mixing, centralization.

    What a network has no number of is left empty. With --group also how far ties stay within the groups; all other actors are the
    group `others`.

    \b
    Example:
      comity structure --as-of 2016-12-31 --group NATO
    """
    from comity.graph.slices import take
    from comity.queries.groups import read_groups
    from comity.queries.structure import structure as structure_of

    groups = read_groups(store, named, question, members_from)
    slice = take(store, question)
    found = structure_of(slice, groups)
    document = found.to_dict()
    rows = document["rows"]
    if format == "table":  # every row a number of its own kind: as text they are not lined up as one column
        rows = [{**row, "value": cell(row["value"], brief=True)} for row in rows]
    head = [*asked_of(found.question, found.revision, slice=True), *told_groups(groups, slice.members), ""]
    show(format, rows, ("name", "value", "about"), document=document, head=head)


@click.command()
@click.argument("measure", default="degree")
@slice_options
@click.option("--overlap", is_flag=True, help="Show the layers against each other, not the actors.")
@limit_option("actors")
@format_option
@with_store
def layers(
    store: "Store", question: "Question", measure: str, overlap: bool, limit: int | None, format: str
) -> None:
    """Hold kinds of facts against each other as the layers of one network: name two or more with --layer.

    Each actor has its MEASURE (degree, unless another is named) in each layer and in all together, its partners summed over the
    layers, and its participation coefficient: 0 where all are in one layer, 1 where they are evenly spread. --overlap tells for
    each two layers which share of tied pairs they have in common. JSON has both.

    \b
    Example:
      comity layers --layer agreement --layer drill --layer talks --as-of 2016
    """
    from comity.queries.layers import read_layers
    from comity.queries.measures import measure_of

    found = read_layers(store, question, measure_of(measure))
    document = found.to_dict()
    document["rows"] = document["rows"][: rows_shown(limit, format)]
    head = [f"measure   {found.measure}", *asked_of(found.question, found.revision, slice=True), ""]
    if overlap:
        show(format, document["overlaps"], document=document, head=head)
        return
    rows = [{**row, **row["values"]} for row in document["rows"]]
    columns = ("actor", "name", *found.question.layers, "aggregated", "overlapping", "participation")
    show(format, rows, columns, document=document, head=head)
    tell_rest(format, len(found.rows), len(rows))


COMMANDS = (structure, layers)
