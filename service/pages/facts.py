"""The page of a fact: what each source says, how the accounts of each property stand to each other, and a form to settle what is disputed."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from comity.graph.accounts import DECISION
from comity.graph.curation import decide, withdraw
from comity.graph.errors import InputError, NoData
from comity.graph.facts import read_facts
from comity.graph.judgements import read_identity
from comity.graph.slices import read_actors
from comity.graph.statements import read_sources
from comity.queries.citing import cite
from comity.queries.evidence import evidence_of, read_since
from comity.service.asking import Graph
from comity.service.pages.asking import day_asked
from comity.service.pages.frame import Page, give_page
from comity.service.pages.links import links_of, segments
from comity.service.pages.rights import editor_of, is_own_form
from comity.service.pages.verdicts import dispute_of, untold, verdicts
from comity.service.writer import Writer

router = APIRouter()


@router.api_route("/facts/{id:path}", methods=["GET", "HEAD"])
def fact(request: Request, held: Graph, id: str) -> Response:
    """A fact with all its statements."""
    asked = day_asked(request.query_params)
    wanted = "/".join(segments(request, "facts"))

    def make() -> Page:
        store = held.store
        found = read_facts(
            store, facts=[wanted], policy=asked.policy, known_on=asked.known_on, applied_from=asked.applied_from
        )  # fmt: skip
        if not found:
            when = (
                f"in the record of {asked.known_on}: ask for another day of record"
                if asked.known_on
                else ("any more, for its statements were retracted: ask for an earlier day of record")
            )
            raise NoData(f"nobody tells of {wanted} {when} (known_on)")
        (one,) = found
        sources = read_sources(store, asked.known_on)
        told = {said.source: sources[said.source] for said in one.statements if said.source in sources}
        identity = read_identity(store.read, asked.known_on, asked.applied_from)
        evidence = evidence_of(one, told, {}, read_since(store, one.ids), identity)
        documents = [told[id] for id in one.sources if id in told]
        content = {
            "fact": one, "evidence": evidence, "asked": asked, "sources": told, "names": read_actors(store, asked.as_of),
            "verdicts": verdicts(one), "untold": untold(one), "decision": DECISION,
            "disputes": [dispute_of(conflict) for conflict in evidence.conflicts],
            "cite": {"text": cite(documents), "bibtex": cite(documents, "bibtex")},
        }  # fmt: skip
        return Page("fact.html", content)

    return give_page(request, held, links_of(request, asked.given), make)


@router.post("/facts/{id:path}")
async def settle(request: Request, id: str) -> Response:
    """Settle what the form says, as `comity decide` does, or take a decision back; then the fact's page again."""
    editor = editor_of(request)
    if editor is None:
        raise HTTPException(403, "Deciding needs the rights of an editor")
    form = {name: value.strip() for name, value in (await request.form()).items() if isinstance(value, str)}
    if not is_own_form(request, editor, form.get("token", "")):
        raise HTTPException(
            403, "The form was not sent from this fact's page: open the page anew and send it again"
        )
    wanted = "/".join(segments(request, "facts"))
    await run_in_threadpool(_settle, request.app.state.writer, wanted, form, editor.name)
    return RedirectResponse(links_of(request, {}).fact(wanted), 303)


def _settle(writer: Writer, fact: str, form: Mapping[str, str], by: str) -> None:
    """Do what the form says: `withdrawn` names a decision to take back, every `settle-…` holds `property=value`."""
    reason = form.get("reason", "")
    if form.get("withdrawn"):
        with writer.writing() as store:
            withdraw(store, form["withdrawn"], reason=reason, by=by)
        return
    says = dict(
        value.partition("=")[::2] for name, value in form.items() if name.startswith("settle-") and value
    )
    if form.get("value"):
        says[form.get("property", "")] = form["value"]
    if not says:
        raise InputError("nothing was chosen: choose an account, or write a value of your own")
    with writer.writing() as store:
        decide(store, fact, says, reason=reason, by=by)
