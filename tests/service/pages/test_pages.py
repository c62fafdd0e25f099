"""What the pages say is what the library says; addresses stay, and an unchanged page is not sent twice."""

import html
import re

import pytest
from fastapi.testclient import TestClient

from comity.graph.facts import read_facts
from comity.graph.slices import take
from comity.graph.stores.base import Store
from comity.queries.asking import question_of
from comity.queries.doubt.ranges import SAMPLES
from comity.queries.dyads import relate
from comity.queries.library import library
from comity.queries.measures import MEASURES, measure_of
from comity.queries.profiles import show
from comity.queries.ranking import rank
from comity.queries.titles import MOST, find_facts
from comity.service.limits import MOST_SIZES, check_doubt, most_samples
from comity.service.pages.frame import POLICY

DRILL = "japan-europe:guardian-north-16"

EVERY = (
    "/", "/search", "/search?q=japan", "/search?q=Germany&as_of=1990", "/actors/JPN", "/actors/NATO", "/actors/BTN",
    "/dyads/JPN/GBR", "/dyads/JPN/BTN", f"/facts/{DRILL}", "/facts/treaties:north-atlantic-treaty", "/sources",
    "/sources?page=2", "/sources/japan-europe:article", "/rankings", "/rankings/degree", "/rankings/betweenness?doubt=no",
    "/rankings/degree?layer=talks&as_of=2016&convention=last-day&certainty=possible", "/queries", "/queries/degree?run=1",
    "/queries/common_partners", "/queries/common_partners?a=JPN&b=FRA",
)  # fmt: skip


def text_of(page: str) -> str:
    """The words of a page, without tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


@pytest.mark.parametrize("address", EVERY)
def test_every_page_is_whole_and_guarded(reading: TestClient, address: str) -> None:
    answer = reading.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.text.rstrip().endswith("</html>")
    # The policy forbids scripts and styles within the page: where there were any, they would do nothing.
    assert "<script" not in answer.text and " style=" not in answer.text and "javascript:" not in answer.text
    again = reading.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("address", EVERY)
def test_every_link_of_a_page_leads_somewhere(reading: TestClient, address: str) -> None:
    page = reading.get(address).text
    for link in sorted({html.unescape(link) for link in re.findall(r'href="([/?][^"]*)"', page)})[:12]:
        target = link if link.startswith("/") else address.partition("?")[0] + link
        assert reading.head(target).status_code == 200, link


def test_an_actors_page_says_what_the_library_says(reading: TestClient, dossiers: Store) -> None:
    page = text_of(reading.get("/actors/JPN", params={"as_of": "2017-01-31"}).text)
    profile = show(dossiers, "JPN")
    assert f"{len(profile.facts)} facts from {len(profile.sources)} sources" in page
    assert "Partners on 31 January 2017" in page and "cow:740" in page
    assert "Rank among all, by defence agreements" in page


def test_the_name_of_the_day_is_told(reading: TestClient) -> None:
    assert "Then called Burma" in text_of(reading.get("/actors/MMR?as_of=1960-01-01").text)


def test_names_and_codes_lead_to_the_actor(reading: TestClient) -> None:
    for text, id in (("Japan", "JPN"), ("cow:200", "GBR"), ("nato", "NATO")):
        answer = reading.get(f"/actors/{text}?as_of=2016-12-31", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/actors/{id}?as_of=2016-12-31")
    answer = reading.get("/dyads?a=Japan&b=United Kingdom", follow_redirects=False)
    assert answer.headers["location"] == "/dyads/JPN/GBR"


def test_the_day_goes_from_page_to_page(reading: TestClient) -> None:
    page = reading.get("/actors/JPN?as_of=2016-12-31&policy=majority").text
    assert 'href="/dyads/JPN/GBR?as_of=2016-12-31&amp;policy=majority"' in page


def test_a_dyads_page_has_every_fact_in_order(reading: TestClient, dossiers: Store) -> None:
    page = reading.get("/dyads/JPN/GBR").text
    titles = [entry.title for entry in relate(dossiers, "JPN", "GBR").facts]
    places = [page.index(html.escape(title), page.index('id="history"')) for title in titles]
    assert places == sorted(places) and len(places) > 10


def test_a_facts_page_shows_every_account_and_verdict(reading: TestClient, dossiers: Store) -> None:
    page = text_of(reading.get(f"/facts/{DRILL}").text)
    (fact,) = read_facts(dossiers, facts=[DRILL])
    for statement in fact.statements:
        assert statement.id[:12] in page
    for said in ("2016-10-21", "2016-10-22", "2016-10-23"):
        assert said in page
    assert "arrival conflict between 21 and 23 October 2016" in page
    assert "departure unique" in page and "Nobody tells: coordinates" in page
    assert "read “2065438+06161On October 24th”" in page
    assert "Decide" not in page  # who only reads gets no form


def test_a_policy_settles_what_it_can(reading: TestClient) -> None:
    page = text_of(reading.get(f"/facts/{DRILL}?policy=majority").text)
    assert "arrival majority settled by majority 22 October 2016" in page


def test_a_source_says_what_rests_on_it_alone(reading: TestClient, dossiers: Store) -> None:
    page = text_of(reading.get("/sources/treaties:nato-members").text)
    rows = dossiers.read(
        "MATCH (s:Statement) WHERE s.live RETURN s.fact AS fact, collect(DISTINCT s.source) AS sources"
    )
    facts = [row for row in rows if "treaties:nato-members" in row["sources"]]
    alone = sum(len(row["sources"]) == 1 for row in facts)
    assert f"{len(facts)} fact" in page
    assert f"{alone} on nothing else" in page or alone == 0


def test_a_ranking_is_that_of_the_library(reading: TestClient, dossiers: Store) -> None:
    page = reading.get("/rankings/degree?as_of=2016-12-31").text
    rows = rank(take(dossiers, question_of("2016-12-31")), measure_of("degree")).rows
    shown = re.findall(r'<td class="n">(\d+)</td>\s*<th scope="row"><a[^>]*>([^<]*)</a>', page)
    expected = [(str(row.rank), row.name) for row in rows]
    assert {(rank, html.unescape(name)) for rank, name in shown} >= set(expected) and len(expected) > 100
    # Who follows a link stays with the day, and with what counts as one fact.
    page = reading.get("/rankings/degree?as_of=2016-12-31&same_from=0.5&doubt=no").text
    assert "/actors/JPN?as_of=2016-12-31&same_from=0.5" in html.unescape(page)


def test_every_measure_has_its_ranking(reading: TestClient) -> None:
    for measure in MEASURES:
        for doubt in ("no", ""):
            answer = reading.get(f"/rankings/{measure}?as_of=1955-12-31&doubt={doubt}")
            assert answer.status_code == 200 and "actors;" in answer.text, measure


def test_every_query_has_its_page(reading: TestClient) -> None:
    for name in library():
        assert reading.get(f"/queries/{name}").status_code == 200


def test_what_a_query_lacks_is_said_on_its_page(reading: TestClient) -> None:
    answer = reading.get("/queries/partners?actor=Atlantis")
    assert answer.status_code == 404
    assert "there is no actor &#39;Atlantis&#39;" in answer.text and "<form" in answer.text


def test_the_map_is_that_of_viz(reading: TestClient) -> None:
    answer = reading.get("/map?as_of=2016-12-31&layer=drill&type=all")
    assert answer.status_code == 200 and 'id="stage"' in answer.text
    assert answer.headers["content-security-policy"] == "frame-ancestors 'none'"


def test_what_someone_types_stays_text(reading: TestClient) -> None:
    page = reading.get("/search", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script" not in page and "&lt;script&gt;" in page


def test_the_style_is_kept_by_its_address(reading: TestClient) -> None:
    (address,) = re.findall(r'href="(/assets/[^"]*)"', reading.get("/").text)
    answer = reading.get(address)
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]


def test_the_pages_are_not_in_the_description_of_the_interface(reading: TestClient) -> None:
    described = reading.get("/openapi.json").json()["paths"]
    assert {path for path in described if not path.startswith("/api/")} == {"/healthz", "/readyz", "/metrics"}


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("jap", ""),
        ("Jappan", ""),
        ("cow:255", "1990"),
        ("Germany", "1938"),
        ("nato", ""),
        ("united kingdom", ""),
    ],
)
def test_the_search_box_finds_the_actors_that_the_api_finds(
    reading: TestClient, text: str, as_of: str
) -> None:
    asked = {"q": text, **({"as_of": as_of} if as_of else {})}
    rows = reading.get("/api/actors", params=asked, headers={"Accept": "application/json"}).json()["rows"]
    page = reading.get("/search", params=asked).text
    actors = page.partition('aria-labelledby="actors"')[2].partition("</section>")[0]
    assert rows
    assert re.findall(r"<code>([^<]+)</code>", actors) == [row["actor"] for row in rows][:MOST]
    assert not re.search(r"<code>", reading.get("/search", params={"q": ""}).text)


def test_no_page_is_more_work_than_a_request_may_ask_for(reading: TestClient) -> None:
    sizes = "&".join(f"measure={name}" for name in list(MEASURES)[: MOST_SIZES + 1])
    refused = reading.get(f"/map?as_of=2016-12-31&{sizes}")
    assert refused.status_code == 422 and "name fewer by measure=" in refused.text
    for measure in MEASURES.values():
        check_doubt([measure], most_samples(measure))
    assert most_samples(measure_of("degree")) == SAMPLES > most_samples(measure_of("facts")) > 0


def test_facts_are_found_by_every_word_of_a_title(dossiers: Store) -> None:
    facts, more = find_facts(dossiers, "SECOND meeting japan–uk")
    assert [fact.title for fact in facts] == ["Second Japan–UK meeting of foreign and defence ministers"]
    assert not more
    assert [fact.id for fact in find_facts(dossiers, DRILL)[0]] == [DRILL]
    assert find_facts(dossiers, "japan")[1]


def test_a_fact_of_another_time_of_the_record_is_told(reading: TestClient) -> None:
    answer = reading.get(f"/facts/{DRILL}?known_on=2000-01-01")
    assert answer.status_code == 404 and "ask for another day of record" in answer.text
