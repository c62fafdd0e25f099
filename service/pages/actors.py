"""The page of an actor: names and codes, ties and ranks over time, organizations, partners, facts and sources."""

from collections.abc import Sequence
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from comity.graph.errors import ChooseSource, NoData
from comity.graph.slices import Question, read_actors, today
from comity.queries.asking import question_of
from comity.queries.inventory import COLLECTIONS
from comity.queries.measures import measure_of
from comity.queries.panels import Panel, panel
from comity.queries.profiles import Profile, show
from comity.queries.yearly import span_of
from comity.service.asking import Graph
from comity.service.held import Held
from comity.service.limits import check_panel
from comity.service.pages import charts
from comity.service.pages.asking import DayAsked, day_asked, several
from comity.service.pages.frame import Keeping, Page, give_page, keeping
from comity.service.pages.links import links_of, segments
from comity.service.pages.paging import page_number, paged
from comity.service.pages.reading import history, meant
from comity.service.problems import TooMuch

RANKED_BY = ("degree", "betweenness")
"""The measures whose ranks are shown over time."""

SHORTEST = 9
"""Years that an axis of ranks reaches back at least."""

RANKS_HEIGHT = 84.0
"""Pixels between the first and the last rank of a chart."""

router = APIRouter()


@router.api_route("/actors/{id:path}", methods=["GET", "HEAD"])
def actor(request: Request, held: Graph, id: str) -> Response:
    """All about an actor. A name or a code leads to the page of the one actor that it means."""
    asked = day_asked(request.query_params)
    links = links_of(request, asked.given)
    wanted = "/".join(segments(request, "actors"))
    sources, page = several(request.query_params, "source"), page_number(request.query_params)

    def make() -> Page:
        profile = show(
            held.store, wanted, as_of=asked.as_of, known_on=asked.known_on, policy=asked.policy, applied_from=asked.applied_from
        )  # fmt: skip
        ranks, why_none = _ranks(held, keeping(request), asked, sources, wanted)
        names = read_actors(held.store, asked.as_of)
        content = {
            "profile": profile, "asked": asked, "names": names, "areas": charts.areas(profile.by_year), "ranks": ranks,
            "why_no_ranks": why_none, "source": sources, "partners": _partners(profile),
            "collections": [row["collection"] for row in held.store.read(COLLECTIONS)], "height": RANKS_HEIGHT,
            "here": paged(profile.facts[::-1], page), "carried": urlencode([*asked.given.items(), *(("source", name) for name in sources)]),
        }  # fmt: skip
        return Page("actor.html", content)

    known = meant(held, wanted, asked.as_of)
    if known != wanted:
        return RedirectResponse(links.actor(known), 303)
    return give_page(request, held, links, make)


def _partners(profile: Profile) -> list[tuple[str, list[tuple[str, bool]]]]:
    """For each layer the partners on the day, each with whether that is certain."""
    found = []
    for layer in profile.layers:
        certain = set(layer.partners)
        if layer.possible:
            found.append((layer.kind, [(id, id in certain) for id in layer.possible]))
    return found


def _ranks(
    held: Held, kept: Keeping, asked: DayAsked, sources: Sequence[str], actor: str
) -> tuple[tuple[charts.Axis, list[charts.Line], tuple[str, ...]] | None, str]:
    """The actor's ranks over the years as lines, with the sources whose ties count, or why there are none."""
    question = question_of(
        sources=sources, policy=asked.policy, known_on=asked.known_on, applied_from=asked.applied_from
    )
    try:
        found = ranked(held, kept, question)
    except (ChooseSource, NoData, TooMuch) as error:
        return None, str(error)
    if actor not in found.actors or len(found.periods) < 2:
        return None, ""
    years = [int(period.name) for period in found.periods]
    place = found.actors.index(actor)
    there = found.there[:, place]
    first = next((year for year, tied in zip(years, there, strict=True) if tied), years[0])
    axis = charts.Axis(min(first, years[-1] - SHORTEST), years[-1])
    lines = [
        charts.rank_line(
            axis, measure.name, measure.about, years, found.ranks_of(measure, actor), RANKS_HEIGHT
        )
        for measure in found.measures
    ]
    return (axis, lines, found.question.sources), ""


def ranked(held: Held, kept: Keeping, question: Question) -> Panel:
    """The ranks of all actors in every year, by the measures of the page; made once for each revision and question."""

    def make() -> Panel:
        measures = [measure_of(name) for name in RANKED_BY]
        told = history(held, kept, question)
        check_panel(
            *span_of(None, None, told), "year", measures, less="name a source that tells of fewer years"
        )
        return panel(told, question, measures)

    key = ("panel", held.revision(), today().text, repr(question))
    return kept.things.of(key, make)
