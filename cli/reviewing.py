"""The command that proposes facts which may be one, and takes decisions on them: in the terminal, from a file, or from a score on."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.options import Target, by_option, format_option, limit_option, with_store
from comity.cli.output import counted, note, rows_shown, show, show_table, tell_rest
from comity.queries.cells import cell

if TYPE_CHECKING:
    from comity.graph.identity import Judgement
    from comity.graph.resolve import Fact
    from comity.graph.stores import Store
    from comity.queries.matching import Proposal

_ANSWERS = {"s": "same", "d": "different", "u": "unsure"}


@click.command()
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@click.option(
    "--layer", "kinds", multiple=True, metavar="KIND", help="Only facts of this kind; may be repeated."
)
@click.option("--within", is_flag=True, help="Propose pairs within one dossier or data set, too.")
@click.option(
    "--file",
    "given",
    type=click.Path(dir_okay=False, exists=True),
    metavar="FILE",
    help="Record the decisions in this CSV file (left, right, verdict, reason) and ask nothing.",
)
@click.option(
    "--write",
    "written",
    type=Target(dir_okay=False, writable=True, allow_dash=True),
    metavar="FILE",
    help="Write the proposals to a CSV file to fill in, for --file; `-` prints it.",
)
@click.option(
    "--accept-from",
    type=click.FloatRange(0, 1),
    metavar="SCORE",
    help="Judge the same, with their scores as confidence, all unambiguous pairs from this score on.",
)
@limit_option("proposals")
@by_option
@format_option
@with_store
def review(
    store: "Store", sources: tuple[str, ...], kinds: tuple[str, ...], within: bool, given: str | None, written: str | None,
    accept_from: float | None, limit: int | None, by: str, format: str,
) -> None:  # fmt: skip
    """Propose facts that may be one under different names, the likeliest first, with what speaks for it and against it.

    In a terminal each pair is shown side by side, and asked about: same, different, unsure, or skip. What you say is recorded at once,
    and `comity withdraw` takes it back. Elsewhere the proposals are listed. SOURCE narrows it to some dossiers or data sets.

    \b
    Example:
      comity review --within --format csv --limit 5
    """
    from comity.graph.facts import read_facts
    from comity.graph.files import write_whole
    from comity.graph.judgements import read_judgements
    from comity.queries.matching import propose
    from comity.queries.review import read_decisions, write_proposals

    if given:
        _record(store, read_decisions(given, by=by))
        return
    facts = {fact.id: fact for fact in read_facts(store, kinds=kinds, sources=sources)}
    judged = {judgement.pair for judgement in read_judgements(store.read)}
    proposals = propose(list(facts.values()), judged=judged, across=not within)
    if accept_from is not None:
        _accept(store, proposals, accept_from, by)
        return
    shown = proposals[: rows_shown(limit, "csv" if written else format)]
    if written:
        if written == "-":
            click.echo(write_proposals(shown), nl=False)
        else:
            write_whole(Path(written), {"": write_proposals(shown).encode()})
        note(
            f"{counted(len(shown), 'proposal')} written. Fill in the verdicts, then: comity review --file {written}"
        )
    elif format == "table" and sys.stdin.isatty() and sys.stdout.isatty():
        _ask(store, shown, facts, by)
    else:
        _list(shown, len(proposals), format)


def _record(store: "Store", judgements: "Sequence[Judgement]") -> None:
    from comity.graph.curation import judge

    done = judge(store, judgements)
    click.echo(
        f"{done.recorded} recorded, {done.unchanged} there already, {done.replaced} earlier ones replaced"
    )
    click.echo(f"revision  {done.revision}")


def _accept(store: "Store", proposals: "Sequence[Proposal]", accept_from: float, by: str) -> None:
    from comity.graph.identity import APPLIED_FROM
    from comity.queries.matching import assign
    from comity.queries.review import to_judgements

    found = assign(proposals, accept_from)
    for proposal in found.accepted:
        click.echo(f"same  {proposal.score:.3f}  {proposal.left}  {proposal.right}")
    held = sum(proposal.score < APPLIED_FROM for proposal in found.accepted)
    if held:
        note(
            f"{held} of them are below {APPLIED_FROM:g}: recorded, and applied only where --same-from asks for it"
        )
    ambiguous = [left for left in found.left_over if left.proposal.score >= accept_from]
    for left in ambiguous:
        note(f"Left to you: {left.proposal.left} and {left.proposal.right}: {left.why}")
    _record(store, to_judgements(found.accepted, by=by))


def _list(shown: "Sequence[Proposal]", number: int, format: str) -> None:
    rows = [
        {
            "score": round(proposal.score, 4),
            "bits": round(proposal.bits, 2),
            "left": proposal.left,
            "right": proposal.right,
            "kind": proposal.kind,
            "evidence": [str(evidence) for evidence in proposal.evidence],
        }
        for proposal in shown
    ]
    document = [
        {
            **row,
            "evidence": [
                {"feature": one.feature, "weight": one.weight, "text": one.text} for one in proposal.evidence
            ],
        }
        for row, proposal in zip(rows, shown, strict=True)
    ]
    show(format, rows, ("score", "bits", "left", "right", "kind", "evidence"), document=document)
    tell_rest(format, number, len(shown))


def _ask(store: "Store", proposals: "Sequence[Proposal]", facts: "Mapping[str, Fact]", by: str) -> None:
    """Show each pair and take a decision; what was decided is recorded at once, so that stopping loses nothing."""
    from comity.graph.curation import judge
    from comity.graph.errors import ComityError
    from comity.graph.identity import Judgement, Verdict
    from comity.queries.review import side_by_side

    for number, proposal in enumerate(proposals, start=1):
        click.secho(f"\n{number} of {len(proposals)}  score {proposal.score:.3f}  {proposal.kind}", bold=True)
        show_table(
            [
                {"": row.property, "left": row.left, "right": row.right, "they": row.agreement}
                for row in side_by_side(facts[proposal.left], facts[proposal.right])
            ],
            ("", "left", "right", "they"),
        )
        for evidence in proposal.evidence:
            click.echo(cell(f"  {evidence}", brief=True))
        answer = click.prompt(
            "Same, different, unsure, skip or quit", type=click.Choice([*_ANSWERS, "k", "q"]), default="k",
            prompt_suffix=" [s/d/u/k/q] ", show_choices=False, show_default=False,
        )  # fmt: skip
        if answer == "q":
            return
        if answer == "k":
            continue
        reason = click.prompt("Why (may be empty)", default="", show_default=False)
        texts = tuple(map(str, proposal.evidence))
        judgement = Judgement(
            proposal.left, proposal.right, Verdict(_ANSWERS[answer]), by, 1.0, reason, texts
        )
        try:
            judge(store, [judgement])
        except ComityError as error:
            note(f"Not recorded: {error}")
            continue
        note(f"Recorded; `comity withdraw {judgement.id[:12]}` takes it back")
    click.echo("That is all.")


COMMANDS = (review,)
