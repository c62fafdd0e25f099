"""Commands about actors: which one a name means (find), what binds two of them (relate), and all about one (show)."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from comity.cli.options import day_options, format_option, with_store
from comity.cli.output import counted, note, nothing_known, show_json, show_table, terms
from comity.cli.output import show as show_rows
from comity.queries.cells import cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.graph.accounts import Policy
    from comity.graph.actors import Actor
    from comity.graph.stores import Store
    from comity.queries.dyads import Common, Dyad
    from comity.queries.entries import Entry
    from comity.queries.profiles import Belonging, Layer, Profile
    from comity.queries.similarity.histories import SimilarityHistory
    from comity.queries.telling import CountedBy

COLUMNS = {
    "table": ("when", "kind", "title", "status", "conflicts", "sources"),
    "csv": ("fact", "kind", "title", "types", "status", "when", "conflicts", "sources"),
}
"""What is printed of a fact: a table has room for the most telling, and only counts the sources."""

TABLE_SYSTEMS = ("cow", "gw", "iso3")
"""The code systems that a table of actors shows; CSV and JSON show all."""

TABLE_FACTS = 20
"""Facts of an actor that a table shows: the latest ones."""


@click.command()
@click.argument("text")
@click.option(
    "--as-of",
    metavar="DATE",
    help="When the name or code was in use, in EDTF: 1990, 1990-10-02. [default: ever]",
)
@click.option(
    "--system", metavar="NAME", help="Read TEXT as a code of this system only: cow, gw, iso3, cameo …"
)
@format_option
def find(text: str, as_of: str | None, system: str | None, format: str) -> None:
    """Find out which actor, or actors, a name or code means.

    All that fit are listed, never only the first; with none the exit code is 1.

    \b
    Example:
      comity find Germany --as-of 1990
    """
    from comity.graph.crosswalk import SYSTEMS, crosswalk
    from comity.graph.dates import When

    on = When.parse(as_of) if as_of else None
    found = crosswalk().lookup(text, on, system)
    if not found:
        crosswalk().one(text, on, system)  # raises, with what may have been meant
    document = [_actor(actor) for actor in found]
    systems = TABLE_SYSTEMS if format == "table" else SYSTEMS
    rows = [
        {
            **row,
            "existed": [f"{spell['system']} {spell['span']}" for spell in row["existed"]],
            "codes": list(
                dict.fromkeys(
                    f"{code['system']}:{code['code']}" for code in row["codes"] if code["system"] in systems
                )
            ),
        }
        for row in document
    ]
    show_rows(format, rows, document=document)


def _actor(actor: "Actor") -> dict[str, Any]:
    """An actor as it is printed."""
    return {
        "actor": actor.id,
        "label": actor.label,
        "name": actor.name,
        "existed": [{"system": spell.system, "span": spell.span.text} for spell in actor.spells],
        "codes": [
            {"system": code.system, "code": code.code, "span": code.span.text if code.span else None}
            for code in actor.codes
        ],
    }


@click.command()
@click.argument("a")
@click.argument("b")
@day_options
@format_option
@with_store
def relate(
    store: "Store", a: str, b: str, as_of: date | None, known_on: date | None, policy: "Policy", applied_from: float, format: str
) -> None:  # fmt: skip
    """Tell the history of two actors: every fact between them, what is in force, whom they have in common, and, by each data set of alliances,
    how alike their commitments were over the years (JSON has every year; `comity similarity` has more).

    A and B are ids, codes or names.

    \b
    Example:
      comity relate Japan "United Kingdom"
    """
    from comity.queries.dyads import relate as relate_ids
    from comity.queries.naming import actor_id

    dyad = relate_ids(
        store,
        actor_id(store, a, as_of),
        actor_id(store, b, as_of),
        as_of=as_of,
        known_on=known_on,
        policy=policy,
        applied_from=applied_from,
    )
    if format == "json":
        show_json(dyad.to_dict())
    else:
        show_rows(format, _facts(dyad.facts, format), COLUMNS[format], head=_about_dyad(dyad))
        _note(dyad.note or _unrecorded(dyad))


@click.command()
@click.argument("actor")
@day_options
@format_option
@with_store
def show(
    store: "Store", actor: str, as_of: date | None, known_on: date | None, policy: "Policy", applied_from: float, format: str
) -> None:  # fmt: skip
    """Show all about an actor: names and codes, partners by layer, organizations, facts.

    ACTOR is an id, a code or a name. CSV has the facts.

    \b
    Example:
      comity show NATO --as-of 1985-01-01
    """
    from comity.queries.naming import actor_id
    from comity.queries.profiles import show as show_id

    profile = show_id(
        store, actor_id(store, actor, as_of), as_of=as_of, known_on=known_on, policy=policy, applied_from=applied_from
    )  # fmt: skip
    if format == "json":
        show_json(profile.to_dict())
        return
    rows = _facts(profile.facts, format)
    if format == "csv":
        show_rows(format, rows, COLUMNS[format])
        _note(profile.note or _unrecorded(profile))
        return
    _show_profile(profile)
    click.echo(f"\nfacts ({len(rows)})")
    show_rows(format, rows[-TABLE_FACTS:], COLUMNS[format])
    if len(rows) > TABLE_FACTS:
        note(f"The latest {TABLE_FACTS} of {len(rows)} facts; --format csv or json gives all.")
    _note(profile.note or _unrecorded(profile))


def _unrecorded(found: "Dyad | Profile") -> str:
    """That there is nothing to tell of, as nothing was recorded by the day of record."""
    return "" if found.facts or not found.known_on else nothing_known(found.known_on)


def _note(told: str) -> None:
    """What the reader should know of the answer, if anything."""
    if told:
        note(f"Note: {told}")


def _facts(entries: "Sequence[Entry]", format: str) -> list[dict[str, Any]]:
    """Facts as rows. One that has not come into effect has the time of its last step."""
    return [
        {
            "fact": entry.fact,
            "kind": entry.kind,
            "title": entry.title,
            "types": entry.types,
            "status": entry.status,
            "when": entry.when or (entry.steps[-1].when if entry.steps else ""),
            "conflicts": [conflict.property for conflict in entry.conflicts],
            "sources": len(entry.sources) if format == "table" else entry.sources,
        }
        for entry in entries
    ]


def _about_dyad(dyad: "Dyad") -> list[str]:
    """The lines above the facts of two actors."""
    return [
        f"{dyad.left.name} ({dyad.left.id}) and {dyad.right.name} ({dyad.right.id}), as of {dyad.as_of}, "
        + ", ".join(terms(dyad.policy, dyad.known_on, dyad.same_from)),
        *_in_force(dyad),
        f"announced       {', '.join(dyad.announced) or 'nothing'}",
        f"partners        {_common(dyad.partners, 'agreement' in dyad.untold)}",
        f"organizations   {_common(dyad.organizations, 'membership' in dyad.untold)}",
        *(f"similarity      {_similarity(history)}" for history in dyad.similarity),
        f"facts           {len(dyad.facts)}, from {counted(len(dyad.sources), 'source')}",
        "",
    ]


def _in_force(dyad: "Dyad") -> list[str]:
    """How many ties are in force; by each source where several tell of the two, as what they count is not to be added up."""
    told = [each for each in dyad.by_source if each.facts] or list(dyad.by_source[:1])
    return [
        ("in force        " if each is told[0] else " " * 16)
        + (f"by {each.source}: " if len(told) > 1 else "")
        + ("not told" if each.certain is None else f"{counted(each.certain, 'tie')} for certain")
        + (f", {each.possible} possibly" if each.possible or each.certain is not None else "")
        for each in told
    ]


def _similarity(history: "SimilarityHistory") -> str:
    """How alike their commitments were at the beginning and at the end, and at their least and most, by kappa; JSON has every year."""
    values = [(year.valued["kappa"], year.year) for year in history.years]
    known = [(value, year) for value, year in values if value is not None]
    if not known:
        return f"{history.collection}: kappa is not defined in any year"
    begin, end = known[0][1], known[-1][1]
    told = dict.fromkeys([known[0], min(known), max(known), known[-1]])
    when = ", ".join(
        f"{cell(value, brief=True)} in {year}" for value, year in sorted(told, key=lambda one: one[1])
    )
    return f"{history.collection}, alliance commitments from {begin} to {end}: kappa {when}"


def _common(found: "Sequence[Common]", untold: bool) -> str:
    if found:
        return f"{len(found)} in common: {', '.join(each.actor for each in found)}"
    return "not told" if untold else "none in common"


def _show_profile(profile: "Profile") -> None:
    node = profile.actor
    then = f", then {profile.name_then}" if profile.name_then != node.name else ""
    told = ", ".join(terms(profile.policy, profile.known_on, profile.same_from))
    click.echo(f"{node.name} ({node.id}), {node.label}{then}, as of {profile.as_of}, {told}")
    click.echo(f"existed         {'; '.join(profile.existed) or 'not known'}")
    click.echo(f"codes           {', '.join(dict.fromkeys(code.text for code in profile.codes)) or 'none'}")
    click.echo(f"organizations   {_belongings(profile.organizations, profile.full_organizations)}")
    if profile.members:
        click.echo(f"members         {_belongings(profile.members, profile.full_members)}")
    click.echo()
    several = any(len(_tellers(layer)) > 1 for layer in profile.layers)
    columns = ("layer", *(("source",) if several else ()), "partners", "possible partners", "facts ever")
    show_table(
        [
            {
                "layer": layer.kind,
                "source": each.source,
                "partners": "not told" if each.certain is None else each.certain,
                "possible partners": each.possible,
                "facts ever": each.facts,
            }
            for layer in profile.layers
            for each in _tellers(layer)
        ],
        columns,
    )


def _tellers(layer: "Layer") -> "list[CountedBy]":
    """The sources that tell of the actor by this kind of fact."""
    return [each for each in layer.by_source if each.facts]


def _belongings(found: "Sequence[Belonging]", full: "Sequence[str]") -> str:
    """How many belong fully, and who belongs, with how where it is not fully; a question mark where it is not certain."""
    named = ", ".join(
        each.actor + ("" if each.full else f" ({', '.join(each.types)})") + ("" if each.certain else "?")
        for each in found
    )
    return f"{len(full)}: {named}" if found else "none"


COMMANDS = (find, relate, show)
