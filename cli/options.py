"""Options that several commands share, and the store that a command works on."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import click

from comity.cli.output import FORMATS, TABLE_ROWS
from comity.cli.settings import Settings
from comity.graph.files import check_folder

if TYPE_CHECKING:
    from datetime import date

    from comity.graph.accounts import Policy
    from comity.graph.stores import Store

Given = ParamSpec("Given")
Result = TypeVar("Result")

format_option = click.option(
    "--format",
    "format",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="How to print the answer.",
)

store_option = click.option(
    "--store",
    "address",
    metavar="URL",
    help="The store: a folder, or a Neo4j address such as bolt://localhost:7687. "
    "[default: COMITY_STORE, else NEO4J_URI, else your own folder]",
)


def day_given(ctx: click.Context, parameter: click.Parameter, text: str | None) -> "date | None":
    """The day that an option gives, if it is given: its callback."""
    from comity.graph.dates import parse_day

    return None if text is None else parse_day(text)


known_on_option = click.option(
    "--known-on",
    callback=day_given,
    metavar="DAY",
    help="Use what the store held at the end of this day. [default: now]",
)


def _policy(ctx: click.Context, parameter: click.Parameter, text: str) -> "Policy":
    from comity.graph.accounts import Policy

    return Policy.parse(text)


def _confidence(ctx: click.Context, parameter: click.Parameter, given: float | None) -> float:
    from comity.graph.identity import APPLIED_FROM

    return APPLIED_FROM if given is None else given


policy_option = click.option(
    "--policy", callback=_policy, default="strict", show_default=True, metavar="POLICY",
    help="How disagreement of sources is settled: strict, majority, earliest, latest or trusted:SOURCE,SOURCE.",
)  # fmt: skip


same_from_option = click.option(
    "--same-from", "applied_from", type=click.FloatRange(0, 1), callback=_confidence, metavar="CONFIDENCE",
    help="Facts judged to be the same count as one from this confidence on. [default: 0.9]",
)  # fmt: skip


def day_options(function: Callable[..., Result]) -> Callable[..., Result]:
    """Add --as-of, --known-on, --same-from and --policy for commands about one day."""
    as_of = click.option(
        "--as-of", callback=day_given, metavar="DAY", help="The day, as in 2016-12-31. [default: today]"
    )
    return as_of(known_on_option(same_from_option(policy_option(function))))


def number_option(name: str, *, default: int, help: str, least: int = 1) -> Callable[..., Any]:
    """A whole number from `least` on."""
    return click.option(
        name, type=click.IntRange(least), default=default, show_default=True, metavar="NUMBER", help=help
    )


def seed_option(help: str = "The seed by which they are drawn.") -> Callable[..., Any]:
    """Add --seed, which no generator takes below 0."""
    return number_option("--seed", default=0, help=help, least=0)


samples_option = number_option(
    "--samples", default=1000, help="Settlements to try where there are more than that."
)


def limit_option(what: str) -> Callable[..., Any]:
    """Add --limit, of which `rows_shown` makes a number; `what` it is that is printed."""
    return click.option(
        "--limit",
        type=click.IntRange(0),
        help=f"Print so many {what}, 0 for all. [default: {TABLE_ROWS} in a table, else all]",
    )


def years_options(what: str) -> Callable[..., Any]:
    """Add --from (the command's `first`) and --to (`last`), the years of `what`."""
    first, last = (
        click.option(name, field, type=int, metavar="YEAR", help=f"{which} year of {what}. [default: the sources' {which.lower()}]")
        for name, field, which in (("--from", "first", "First"), ("--to", "last", "Last"))
    )  # fmt: skip
    return lambda function: first(last(function))


class Target(click.Path):
    """A file, or with `dir_okay` perhaps a folder, that is to be written: refused before any work where its own folder is not there."""

    def convert(self, value: Any, parameter: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path as it is given; `InputError` says which folder is missing."""
        if str(value) != "-":
            check_folder(Path(value))
        return super().convert(value, parameter, ctx)


def output_option(help: str, *, required: bool = True, folder: bool = False) -> Callable[..., Any]:
    """Add -o (the command's `path`): the file to write, or with `folder` perhaps a folder."""
    return click.option(
        "-o",
        "--output",
        "path",
        type=Target(dir_okay=folder),
        required=required,
        metavar="FILE",
        help=help,
    )


def drawable(ctx: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:
    """The file that a figure is to be drawn into, refused before any work where none can be."""
    if path is not None:
        from comity.viz.figures import check_drawing

        check_drawing(path)
    return path


texts_option = click.option(
    "--texts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder with the texts of sources: their words are shown, if the hashes are right.",
)

reason_option = click.option("--reason", default="", help="Why; it is kept in the log.")


def by_option(function: Callable[..., Result]) -> Callable[..., Result]:
    """Add --by: who retracts, decides or judges, as the log names them."""

    def person(ctx: click.Context, parameter: click.Parameter, name: str | None) -> str:
        settings: Settings = ctx.obj
        return name or settings.person

    option = click.option(
        "--by",
        callback=person,
        metavar="NAME",
        help="Who does it. [default: COMITY_BY, else your login name]",
    )
    return option(function)


parameter_option = click.option(
    "-p", "given", multiple=True, metavar="NAME=VALUE", help="A parameter of the query; may be repeated."
)

_SLICE_OPTIONS = (
    click.option(
        "--layer", "layers", multiple=True, metavar="KIND",
        help="agreement, drill, talks, membership, representation or dispute; may be repeated. [default: agreement]",
    ),
    click.option(
        "--type", "types", multiple=True, metavar="TYPE",
        help="Only ties of this type; may be repeated; `all` for every type. [default: defence for agreements, else all]",
    ),
    click.option(
        "--rule", default="every-pair", show_default=True, metavar="RULE",
        help="How a fact of several parties makes ties: every-pair, host-guest, pledger-pledged or organization.",
    ),
    click.option(
        "--source", "sources", multiple=True, metavar="SOURCE",
        help="Only this dossier, data set or single source; may be repeated. [default: all dossiers, or the one data set]",
    ),
    click.option(
        "--as-of", metavar="DATE",
        help="A day (2016-12-31), or a month, year or closed span: then a tie counts that holds on any day of it. "
        "[default: today]",
    ),
    click.option(
        "--convention", default="any-day", show_default=True, metavar="NAME",
        help="For a month, year or span: any-day, first-day (1 January of a year) or last-day (31 December).",
    ),
    click.option(
        "--certain/--possible", default=True, show_default=True,
        help="Ties in force whatever the unknown dates are, or those that may have been.",
    ),
    policy_option,
    same_from_option,
    known_on_option,
)  # fmt: skip


def slice_options(function: Callable[..., Result]) -> Callable[..., Result]:
    """Add the options that say which ties count, and give the command the `question` they make."""

    @functools.wraps(function)
    def asking(
        *args: Any,
        layers: tuple[str, ...],
        types: tuple[str, ...],
        rule: str,
        sources: tuple[str, ...],
        as_of: str | None,
        convention: str,
        certain: bool,
        policy: "Policy",
        applied_from: float,
        known_on: "date | None",
        **given: Any,
    ) -> Result:
        from comity.queries.asking import question_of

        question = question_of(
            as_of,
            layers=layers,
            types=types,
            sources=sources,
            rule=rule,
            convention=convention,
            certainty="certain" if certain else "possible",
            policy=policy,
            known_on=known_on,
            applied_from=applied_from,
        )
        return function(*args, question=question, **given)

    for option in reversed(_SLICE_OPTIONS):
        asking = option(asking)
    return asking


def group_options(function: Callable[..., Result]) -> Callable[..., Result]:
    """Add --group (the command's `named`) and --members-from, which name groups of actors."""
    group = click.option(
        "--group", "named", multiple=True, metavar="GROUP",
        help="An organization, for itself and its full members on the day (NATO), or actors under a name "
        "(ententes=GBR,FRA,RUS); may be repeated.",
    )  # fmt: skip
    members_from = click.option(
        "--members-from", multiple=True, metavar="SOURCE",
        help="The dossier or data set that tells who is a member; may be repeated. [default: all dossiers, or the one data set]",
    )  # fmt: skip
    return group(members_from(function))


def with_store(function: Callable[Concatenate["Store", Given], Result]) -> Callable[..., Result]:
    """Add --store, and give the command that open store as its first argument, closed however the command ends."""

    @store_option
    @click.pass_obj
    @functools.wraps(function)
    def opened(settings: Settings, address: str | None, *args: Any, **given: Any) -> Result:
        with settings.opened(address) as store:
            return function(store, *args, **given)

    return opened


def given(ctx: click.Context, name: str) -> bool:
    """Whether the option was written, and not left to its default."""
    return ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE


def refuse(ctx: click.Context, names: tuple[str, ...], reason: str) -> None:
    """Refuse options that were given and would say nothing."""
    for option in ctx.command.params:
        if option.name in names and given(ctx, option.name):
            raise click.UsageError(f"{reason}: leave {'/'.join((*option.opts, *option.secondary_opts))} out")


def parameters(texts: tuple[str, ...], hint: str = "-p") -> dict[str, str]:
    """`name=value` texts as a mapping, each name once."""
    found: dict[str, str] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name:
            raise click.BadParameter(f"{text!r} is not name=value", param_hint=hint)
        if name in found:
            raise click.BadParameter(f"{name} is given twice; write it once", param_hint=hint)
        found[name] = value
    return found
