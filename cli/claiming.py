"""The command that tests claims such as "first drill with a country other than the United States"."""

from typing import TYPE_CHECKING

import click

from comity.cli.options import format_option, known_on_option, policy_option, same_from_option, with_store
from comity.cli.output import FOUND, note, show, terms
from comity.queries.cells import cell

if TYPE_CHECKING:
    from datetime import date

    from comity.graph.accounts import Policy
    from comity.graph.stores import Store
    from comity.queries.stated_claims import Answer

_COLUMNS = ("finding", "fact", "claim", "because", "by", "by_sources", "said_by", "limits")


@click.command("test-claim")
@click.argument("fact", required=False)
@click.argument("claim", required=False)
@policy_option
@same_from_option
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="SOURCE",
    help="Compare only what this dossier, data set or source says; may be repeated.",
)
@known_on_option
@format_option
@with_store
def claims(
    store: "Store", fact: str | None, claim: str | None, policy: "Policy", applied_from: float, sources: tuple[str, ...],
    known_on: "date | None", format: str,
) -> None:  # fmt: skip
    """Test whether FACT is what CLAIM says it is: the first, the third, the only or the last of its sort.

    Without CLAIM it tests what sources claim of FACT, without FACT every claim that a source in the store makes. A claim is supported,
    contradicted (by which facts) or untestable (why); what a graph does not hold it cannot know, so the limits stand with it.

    CLAIM is written in the words of docs/claims.md: ORDINAL [TYPE] agreement, drill or talks of ACTOR, then as needed: with a country (an
    organization, anyone, or ACTORS); other than ACTORS; hosted by ACTOR; after ACTORS; since DATE; before DATE; by signing or by entry into force.

    Exit status 0 if all claims are supported, 3 if one is contradicted or untestable.

    \b
    Example:
      comity test-claim japan-europe:guardian-north-16 "first drill of JPN with a country other than USA"
    """
    from comity.queries.stated_claims import check_claim, check_claims

    if fact and claim:
        found = check_claim(
            store, fact, claim, policy=policy, known_on=known_on, sources=sources, applied_from=applied_from
        )
    else:
        about = (fact,) if fact else ()
        found = check_claims(
            store, facts=about, policy=policy, known_on=known_on, sources=sources, applied_from=applied_from
        )
    if format == "table":
        for answer in found.rows:
            _print(answer)
        numbers = ", ".join(f"{number} {finding}" for finding, number in found.numbers.items())
        told = ", ".join(terms(found.terms.policy, found.terms.known_on, found.terms.same_from))
        click.echo(f"Claims: {len(found.rows)} ({numbers}); {told}")
    else:
        show(format, [_row(answer) for answer in found.rows], _COLUMNS, document=found.to_dict())
    if not found.all_supported:
        note("Some are contradicted or untestable: exit status 3")
        click.get_current_context().exit(FOUND)


def _print(answer: "Answer") -> None:
    """One claim as people read it: the verdict, why, by which facts of which sources, and what it was compared with."""
    click.secho(f"{answer.finding.upper()}: {cell(answer.claim, brief=True)}", bold=True)
    click.echo(cell(f"  {answer.title} ({answer.fact})", brief=True))
    for said in answer.said_by:
        place = f", {said.place}" if said.place else ""
        words = f": “{said.claim}”" if said.claim and said.claim != answer.claim else ""
        click.echo(cell(f"  said by  {said.source}{place}{words}", brief=True))
    click.echo(cell(f"  because  {answer.because}", brief=True))
    for witness in answer.by:
        line = f"  - {witness.when or 'no date'}  {witness.title} ({witness.fact}), {witness.why}"
        click.echo(cell(line, brief=True))
        click.echo(
            cell(f"      who took part is told by {', '.join(witness.sources) or 'nobody'}", brief=True)
        )
        if witness.dated_by:
            click.echo(cell(f"      when, by {', '.join(witness.dated_by)}", brief=True))
    if answer.limits:
        click.echo(cell(f"  limits   {answer.limits}", brief=True))
    click.echo()


def _row(answer: "Answer") -> dict[str, str]:
    return {
        "finding": str(answer.finding),
        "fact": answer.fact,
        "claim": answer.claim,
        "because": answer.because,
        "by": "; ".join(f"{witness.fact} {witness.when} {witness.why}" for witness in answer.by),
        "by_sources": "; ".join(
            sorted({source for witness in answer.by for source in (*witness.sources, *witness.dated_by)})
        ),
        "said_by": "; ".join(sorted({said.source for said in answer.said_by})),
        "limits": str(answer.limits or ""),
    }


COMMANDS = (claims,)
