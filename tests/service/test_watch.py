"""Around every request: id, headers, log, figures, and an answer even to an error of our own."""

import re
from typing import Any

import pytest
import structlog
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import Route

from comity.graph.stores.base import Store
from comity.service import watch
from comity.service.app import create_app
from comity.service.keys import Keys, Role
from comity.service.settings import ServiceSettings


def broken(request: Any) -> None:
    raise RuntimeError("sekrit")


@pytest.fixture
def watched(kept: Store) -> TestClient:
    app = create_app(kept, ServiceSettings())
    app.router.routes.insert(0, Route("/api/broken", broken))
    return TestClient(app)


def test_every_answer_keeps_browsers_safe(watched: TestClient) -> None:
    for path in ("/healthz", "/api/measures/degree", "/nothing", "/sign-in", "/api/broken"):
        headers = watched.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors" in headers["content-security-policy"]
        assert headers["x-request-id"]
    assert "strict-transport-security" not in watched.get("/healthz").headers
    secure = TestClient(watched.app, base_url="https://testserver")
    assert secure.get("/healthz").headers["strict-transport-security"] == "max-age=31536000"


def test_no_key_stays_in_the_memory(watched: TestClient, keys: Keys) -> None:
    text = keys.add("Ed Mori", Role.EDITOR)[1]
    signed = watched.post("/sign-in", data={"key": text}, follow_redirects=False)
    assert text in signed.headers["set-cookie"] and signed.headers["x-content-type-options"] == "nosniff"
    assert not hasattr(watch._completed, "cache_info")


@pytest.mark.parametrize("given", ["abc-1", "a" * 64])
def test_a_proxys_id_is_kept(watched: TestClient, given: str) -> None:
    assert watched.get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["a" * 65, "a b", "a\tb", '"', ""])
def test_an_id_that_could_confuse_the_log_is_replaced(watched: TestClient, given: str) -> None:
    found = watched.get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"]
    assert found != given and len(found) == 16


def test_an_error_of_our_own_is_told_without_what_it_says(watched: TestClient) -> None:
    with structlog.testing.capture_logs() as logged:
        answer = watched.get("/api/broken")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "sekrit" not in answer.text
    assert answer.headers["x-request-id"] in answer.json()["detail"]
    [line] = logged
    assert line["id"] == answer.headers["x-request-id"]
    assert "sekrit" in str(line["exc_info"])


def test_figures_are_by_route_and_there_are_no_more_of_them_than_routes(watched: TestClient) -> None:
    for path in (
        "/api/measures/degree",
        "/api/measures/fame",
        *(f"/nothing/{number}" for number in range(50)),
    ):
        watched.get(path)
    watched.request("PURGE", "/healthz")
    watched.get("/api/measures", headers={"X-API-Key": "wrong"})
    watched.post("/api/loads")
    figures = watched.get("/metrics").text
    assert 'comity_requests_total{method="POST",route="(refused)",status="401"} 1.0' in figures
    assert 'comity_requests_total{method="GET",route="/api/measures/{measure}",status="200"} 1.0' in figures
    assert 'comity_requests_total{method="GET",route="/api/measures/{measure}",status="404"} 1.0' in figures
    assert 'comity_requests_total{method="GET",route="(none)",status="404"} 50.0' in figures
    assert 'comity_requests_total{method="GET",route="(refused)",status="401"} 1.0' in figures
    assert 'method="other"' in figures
    assert "comity_store_up 1.0" in figures
    assert "nothing/" not in figures


def test_more_at_once_than_is_allowed_are_told_to_come_again(kept: Store) -> None:
    app = create_app(kept, ServiceSettings(at_once=1))
    inner: list[int] = []

    async def nested(request: Any) -> Any:
        inner.append(TestClient(app).get("/docs").status_code)
        inner.append(TestClient(app).get("/healthz").status_code)
        from starlette.responses import PlainTextResponse

        return PlainTextResponse("done")

    app.router.routes.insert(0, Route("/nested", nested))
    client = TestClient(app)
    assert client.get("/nested").text == "done"
    assert inner == [503, 200]
    assert client.get("/docs").status_code == 200


def test_the_api_is_described_with_nothing_from_elsewhere(watched: TestClient) -> None:
    page = watched.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert isinstance(watched.app, FastAPI)
    for path in watched.app.openapi()["paths"]:
        assert f"<code>{path}</code>" in page.text
    for fetching in ("src=", "<script", "@import", "url("):  # the text of examples may name addresses
        assert fetching not in page.text
    assert not re.search(r"""<link[^>]*(https?:)?//""", page.text)
