"""Commands that follow the chain: why (from a number back to the words) and trace (from a passage on to the numbers)."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.cli.options import format_option, slice_options, texts_option, with_store
from comity.cli.output import LONGEST, TABLE_ROWS, asked_of, counted, show, tell_rest, told_words
from comity.queries.cells import cell

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from comity.graph.slices import Question
    from comity.graph.stores import Store
    from comity.queries.chain import Chain, Standing
    from comity.queries.evidence import Evidence, FactEvidence
    from comity.queries.tracing import Trace

SHOWN = 3
"""Ties that are shown with all their evidence unless more are asked for."""


@click.command()
@click.argument("actor")
@click.option(
    "--measure", default="degree", show_default=True, metavar="MEASURE", help="The number to explain."
)
@slice_options
@texts_option
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=SHOWN,
    show_default=True,
    help="Show the evidence of so many ties, 0 for all.",
)
@click.option("--full", is_flag=True, help="Show the words of sources in full length.")
@format_option
@with_store
def why(
    store: "Store", question: "Question", actor: str, measure: str, texts: Path | None, limit: int, full: bool, format: str
) -> None:  # fmt: skip
    """Walk back from a number: the ties it rests on, their facts, who says so, where, in which words, and since when it is known.

    The ties come first without which the number would change most. Who says so are the statements that name the actor; who
    has it otherwise, and what else is told of the fact, stands after them.

    \b
    Example:
      comity why JPN --measure betweenness --as-of 2016-12-31
    """
    from comity.queries.chain import why as explain
    from comity.queries.measures import measure_of
    from comity.queries.naming import actor_id

    chain = explain(store, question, measure_of(measure), actor_id(store, actor, question.last), texts=texts)
    if format == "table":
        _show_chain(chain, limit, LONGEST if not full else None)
        return
    columns = (
        "tie", "title", "says_so", "says", "statement", "source", "cite", "place", "found", "words", "known_since",
    )  # fmt: skip
    rows = [
        {
            "tie": fact.fact, "title": fact.title, "says_so": item.statement in tie.told_by,
            "says": [" ".join(pair) for pair in item.says], "statement": item.statement, "source": item.source, "cite": item.cite,
            "place": item.place, "found": str(item.words.found), "words": item.words.text, "known_since": item.known_since,
        }
        for tie in chain.ties
        for fact in (chain.evidence[tie.fact],)
        for item in fact.statements
    ]  # fmt: skip
    show(format, rows, columns, document=chain.to_dict())


@click.command()
@click.argument("passage", metavar="SOURCE[:START-END]")
@slice_options
@format_option
@with_store
def trace(store: "Store", question: "Question", passage: str, format: str) -> None:
    """Walk forward from a passage of a source: the facts it speaks of, and every number that would be another without it.

    START-END are characters of the source's text; without them the whole source is meant. The slice options say which numbers. CSV has
    one row for each fact, then one for each number that would change.

    \b
    Example:
      comity trace japan-europe:article:2558-3647 --layer drill --as-of 2016
    """
    from comity.queries.tracing import Passage
    from comity.queries.tracing import trace as follow

    found = follow(store, Passage.parse(passage), question)
    if format == "table":
        _show_trace(found)
        return
    rows: list[dict[str, Any]] = [
        {
            "about": "fact", "fact": fact.fact, "title": fact.title, "says": [" ".join(pair) for pair in fact.says],
            "also": fact.also, "alone": fact.alone, "statements": fact.statements,
        }
        for fact in found.facts
    ]  # fmt: skip
    rows += [
        {
            "about": "number", "measure": one.measure, "actor": one.actor, "value": one.now.value, "rank": one.now.rank,
            "value_without": one.without.value, "rank_without": one.without.rank,
        }
        for one in found.moved
    ]  # fmt: skip
    columns = (
        "about", "fact", "title", "says", "also", "alone", "statements", "measure", "actor", "value", "rank",
        "value_without", "rank_without",
    )  # fmt: skip
    show(format, rows, columns, document=found.to_dict())


def _show_chain(chain: "Chain", limit: int, longest: int | None) -> None:
    click.secho(f"{chain.name} ({chain.actor}): {chain.measure} {_standing(chain.standing)}", bold=True)
    click.echo(f"{chain.about}; {counted(chain.members, 'actor')} in the network")
    for line in asked_of(chain.question, chain.revision, slice=True):
        click.echo(line)
    click.echo()
    rest = ", and on the network beyond them" if chain.rests_on_all and chain.ties else ""
    click.echo(f"It rests on {counted(len(chain.ties), 'tie')} of its own{rest}.")
    for tie in chain.ties[: limit or None]:
        evidence = chain.evidence[tie.fact]
        click.echo()
        click.secho(cell(evidence.title, brief=True), bold=True)
        click.echo(f"  {evidence.fact}, with {_listed(tie.partners)}")
        click.echo(f"  without it: {chain.measure} {_standing(tie.without)}")
        _show_evidence(
            evidence, longest, {"who says so": tie.told_by, "who has it otherwise": tie.denied_by},
            (chain.actor, *tie.partners),
        )  # fmt: skip
    if limit and len(chain.ties) > limit:
        click.echo()
        tell_rest("table", len(chain.ties), limit)
    if chain.partners:
        shares = ", ".join(f"{actor} {cell(share, brief=True)}" for actor, share in chain.partners[:8])
        click.echo(f"\nBy partner: {shares}{' …' if len(chain.partners) > 8 else ''}")
    if chain.passages:
        click.echo(
            f"\nShortest paths of {chain.passages_in_all} pairs of others run through it, the first of them:"
        )
        for passage in chain.passages[:5]:
            click.echo(
                f"  {passage.left}–{passage.right}  {cell(passage.share, brief=True)}  by {', '.join(passage.facts)}"
            )
    if chain.possible:
        click.echo("\nDoubtful or disputed, so not counted here; settled otherwise, they would tie it:")
        for fact in chain.possible:
            evidence = chain.evidence[fact]
            click.echo(cell(f"  {evidence.title} ({fact}), {evidence.when or 'no date'}", brief=True))
            if not chain.ties:
                naming = [item.statement for item in evidence.statements if chain.actor in item.names]
                _show_evidence(evidence, longest, {f"who names {chain.actor}": naming}, (chain.actor,))


def _show_evidence(
    fact: "FactEvidence",
    longest: int | None,
    groups: "Mapping[str, Collection[str]]",
    meant: "Collection[str]",
) -> None:
    """One fact: by whose judgement it is one, when it holds, who says so (statements by heading), what else is told, who disagrees.

    Of the parties that a statement names, those that are `meant` are shown.
    """
    _show_merged(fact)
    click.echo(f"  {fact.status}, in effect {fact.when or 'at no time told'}")
    grouped = {id for ids in groups.values() for id in ids}
    rest = [item.statement for item in fact.statements if item.statement not in grouped]
    for heading, ids in {**groups, "what else is told of it": rest}.items():
        if ids:
            click.echo(f"  {heading}:")
        for item in fact.statements:
            if item.statement in ids:
                _show_statement(item, longest, meant)
    for conflict in fact.conflicts:
        values = " | ".join(dict.fromkeys(account.value for account in conflict.accounts))
        settled = (
            f", settled by {conflict.settled_by}: {conflict.value}" if conflict.settled_by else ", unsettled"
        )
        click.echo(cell(f"  they disagree on {conflict.property}: {values}{settled}", brief=True))


def _show_merged(fact: "FactEvidence") -> None:
    """The other names and ids of a fact, and who judged that it is one."""
    if fact.other_titles:
        click.echo(cell(f"  also called {'; '.join(fact.other_titles)}", brief=True))
    for judgement in fact.judgements:
        why = f": {judgement.reason}" if judgement.reason else ""
        click.echo(
            cell(
                f"  {' and '.join(judgement.pair)} are one by judgement of {judgement.by}, confidence "
                f"{judgement.confidence:g}{why} (`comity withdraw {judgement.id[:12]}`)",
                brief=True,
            )
        )


def _show_statement(item: "Evidence", longest: int | None, meant: "Collection[str]") -> None:
    place = f", {item.place}" if item.place else ""
    click.echo(cell(f"  • {item.cite}{place}", brief=True))
    says = "; ".join(filter(None, (_named(item, meant), _told(item.says))))
    if says:
        click.echo(cell(f"    says: {says}", brief=True))
    for name, was, rule in item.repaired:
        click.echo(cell(f"    repaired: {name} was “{was}” ({rule})", brief=True))
    for line in told_words(item.words, longest):
        click.echo(cell(f"    {line}", brief=True))
    click.echo(f"    known since {item.known_since[:10]}, statement {item.statement[:12]}")


def _show_trace(found: "Trace") -> None:
    click.secho(cell(f"{found.passage}: {found.cite}", brief=True), bold=True)
    for line in asked_of(found.question, found.revision, slice=True):
        click.echo(line)
    if not found.facts:
        click.echo(f"\n{_why_nothing(found)}")
        return
    for fact in found.facts:
        click.echo()
        click.secho(cell(fact.title, brief=True), bold=True)
        ties = ", ".join(f"{left}–{right}" for left, right in fact.pairs[:6]) + (
            " …" if len(fact.pairs) > 6 else ""
        )
        click.echo(f"  {fact.fact}; ties in the slice: {ties or 'none'}")
        click.echo(cell(f"  it says: {_told(fact.says)}", brief=True))
        if fact.alone:
            click.echo("  nobody else says so: without it there is no such fact")
        else:
            click.echo(f"  others who speak of it: {', '.join(fact.also)}")
            for name, now, without in fact.changes:
                if name in _LONG:
                    continue
                click.echo(
                    cell(
                        f"  without it, {name}: {without or 'not told'} (now: {now or 'not told'})",
                        brief=True,
                    )
                )
    click.echo()
    if not found.moved:
        click.echo(
            f"No number of the slice would be another without it. It is evidence for ties of {counted(found.resting, 'actor')}."
        )
        return
    click.echo(f"{counted(len(found.moved), 'number')} would be different without it:")
    rows = [
        {
            "measure": one.measure, "actor": one.actor, "now": _standing(one.now), "without": _standing(one.without),
        }
        for one in found.moved[:TABLE_ROWS]
    ]  # fmt: skip
    show("table", rows)
    tell_rest("table", len(found.moved), len(rows), remedy="--format json")


def _why_nothing(found: "Trace") -> str:
    """What to say, and what to ask instead, where no fact of the slice rests on a passage."""
    source, day = found.passage.source, found.question.known_on
    if not found.known_since:
        return "Nothing rests on it: the source makes no statement."
    if not found.live and day and found.known_since[:10] > day.isoformat():
        return f"Nothing rests on it: nothing of this source was known on {day}. It was first recorded on {found.known_since[:10]}."
    if not found.live:
        return f"Nothing rests on it: no statement of this source is live. `comity log {source}` shows what became of them."
    if not found.elsewhere and not found.placed:
        return (
            "No place in its text was kept for what this source says: it can be asked about as a whole only, by "
            f"`comity trace {source}`."
        )
    if not found.elsewhere:
        return "Nothing rests on it: no statement of this source stands there."
    facts = ", ".join(f"{fact} ({kind})" for fact, kind in found.elsewhere[:6])
    more = f" and {len(found.elsewhere) - 6} more" if len(found.elsewhere) > 6 else ""
    layers = " ".join(f"--layer {kind}" for kind in dict.fromkeys(kind for _, kind in found.elsewhere))
    return f"No fact of this slice rests on it, but these do: {facts}{more}. Ask with {layers}, or for another date."


def _named(item: "Evidence", meant: "Collection[str]") -> str:
    """The parties that are meant, as the statement has them, and how many more it names."""
    told = [value for name, value in item.says if name == "party" and value.partition(" ")[0] in meant]
    more = len(item.names) - len({value.partition(" ")[0] for value in told})
    shown = told[:_PARTIES] + ([f"{len(told) - _PARTIES} more of them"] if len(told) > _PARTIES else [])
    if more and shown:
        shown.append(counted(more, "other"))
    return f"parties {', '.join(shown)}" if shown else ""


_PARTIES = 6
"""Parties that a statement's line names, at most."""


def _told(says: tuple[tuple[str, str], ...]) -> str:
    """What a statement says, each name once, without what is long or stands elsewhere."""
    by_name: dict[str, list[str]] = {}
    for name, value in says:
        if name not in ("party", "title", *_LONG):
            by_name.setdefault(name, []).append(value)
    return "; ".join(f"{name} {', '.join(values)}" for name, values in by_name.items())


_LONG = ("summary", "claim", "scope")
"""Properties that are too long for a terminal's list; JSON has them."""


def _standing(standing: "Standing") -> str:
    if standing.value is None:
        return "none: not in the network"
    return f"{cell(standing.value, brief=True)}, rank {standing.rank}"


def _listed(partners: tuple[str, ...]) -> str:
    return ", ".join(partners[:10]) + (f" and {len(partners) - 10} more" if len(partners) > 10 else "")


COMMANDS = (why, trace)
