"""Who may do what: every way of asking, with every sort of key."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.responses import JSONResponse
from starlette.routing import Route

from comity.graph.errors import InputError
from comity.graph.stores.base import Store
from comity.service.app import create_app
from comity.service.keys import Keys, Role
from comity.service.rates import Rates, neighbourhood
from comity.service.rights import check_safe
from comity.service.settings import ServiceSettings

READ = "/api/measures/degree?as_of=2016-12-31"
OPENREFINE = "http://127.0.0.1:3333"


def serving(store: Store, **settings: Any) -> TestClient:
    """A client of a service with these settings, which also has a route that writes."""
    app = create_app(store, ServiceSettings(**settings))

    async def write(request: Any) -> JSONResponse:
        return JSONResponse({"by": request.state.person.name, "sent": len(await request.body())})

    app.router.routes.insert(0, Route("/api/write", write, methods=["POST", "DELETE", "PUT"]))
    return TestClient(app)


@pytest.fixture
def texts(keys: Keys) -> dict[str, str]:
    """A key of each role."""
    return {role.name.lower(): keys.add(f"{role.name.title()} Mori", role)[1] for role in Role}


def bearing(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def test_on_its_own_machine_without_keys_reading_is_open_and_writing_is_not(kept: Store) -> None:
    client = serving(kept)
    assert client.get(READ).status_code == 200
    assert client.get("/metrics").status_code == 200
    refused = client.post("/api/write")
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Bearer")
    assert refused.headers["content-type"] == "application/problem+json"


def test_with_keys_everything_needs_one(kept: Store, texts: dict[str, str]) -> None:
    client = serving(kept)
    for path in (READ, "/docs", "/openapi.json", "/", "/metrics", "/api/nothing"):
        assert client.get(path).status_code == 401, path
    for path in ("/healthz", "/readyz"):
        assert client.get(path).status_code == 200


def test_revoking_the_last_key_does_not_open_the_door(kept: Store, keys: Keys) -> None:
    key, _ = keys.add("Mori", Role.READER)
    keys.revoke(key.id)
    assert serving(kept).get(READ).status_code == 401


def test_the_first_key_closes_the_door_for_good(kept: Store, keys: Keys, key_file: Path) -> None:
    client = serving(kept)
    assert client.get(READ).status_code == 200
    keys.add("Mori", Role.READER)
    assert client.get(READ).status_code == 401
    key_file.rename(key_file.with_suffix(".away"))
    for path in (READ, "/metrics"):
        assert client.get(path).status_code == 401


def test_a_file_of_keys_that_is_moved_away_opens_nothing(
    kept: Store, texts: dict[str, str], key_file: Path
) -> None:
    client = serving(kept)
    assert client.get("/healthz").status_code == 200
    key_file.rename(key_file.with_suffix(".away"))
    assert client.get(READ).status_code == 401


@pytest.mark.parametrize("fault", ["gone", "letter", "open to all", "a folder"])
@pytest.mark.parametrize("public", [None, True])
def test_keys_that_cannot_be_read_let_nobody_in_and_lock_no_reader_out(
    kept: Store, keys: Keys, texts: dict[str, str], key_file: Path, fault: str, public: bool | None
) -> None:
    client, away = serving(kept, public=public), key_file.with_suffix(".away")
    assert client.get(READ, headers=bearing(texts["reader"])).status_code == 200
    key_file.rename(away)
    if fault == "letter":
        key_file.write_text("Dear reader, this is a letter and no database at all." * 50, encoding="utf-8")
    elif fault == "a folder":
        key_file.mkdir()
    elif fault == "open to all":
        key_file.write_bytes(away.read_bytes())
        key_file.chmod(0o666)
    if fault == "letter":
        key_file.chmod(0o600)
    for method, path in (("GET", READ), ("POST", "/api/write")):
        refused = client.request(method, path, headers=bearing(texts["editor"]))
        assert refused.status_code == 503, path
        assert refused.json()["type"] == "urn:comity:KeysUnreadable"
        assert int(refused.headers["retry-after"]) > 0
        assert str(key_file) not in refused.text  # the log has it
    assert client.post("/sign-in", data={"key": texts["reader"]}).status_code == 503
    cookie = {"Cookie": f"comity_key={texts['editor']}"}
    assert client.get(READ).status_code == (200 if public else 401)
    assert client.get(READ, headers=cookie).status_code == (200 if public else 503)
    own = {**cookie, "Origin": "http://testserver"}
    assert client.post("/api/write", headers=own).status_code == 503
    if key_file.is_dir():
        key_file.rmdir()
    away.replace(key_file)
    keys.revoke(next(key.id for key in keys.every() if key.role is Role.READER))
    assert client.get(READ, headers=bearing(texts["reader"])).status_code == 401  # what was revoked stays so
    assert client.post("/api/write", headers=bearing(texts["editor"])).status_code == 200


@pytest.mark.parametrize(
    "name", ["X-Forwarded-For", "X-Forwarded-Host", "x-forwarded-proto", "Forwarded", "Via"]
)
def test_a_proxy_that_nobody_named_is_not_this_machine(kept: Store, keys: Keys, name: str) -> None:
    client, through = serving(kept), {name: "1.1 proxy.example"}
    for path in (READ, "/metrics", "/docs"):
        refused = client.get(path, headers=through)
        assert refused.status_code == 403, path
        assert "COMITY_SERVE_PROXIES" in refused.json()["detail"]
    assert client.get("/healthz", headers=through).status_code == 200
    assert serving(kept, public=True).get(READ, headers=through).status_code == 200
    text = keys.add("Mori", Role.READER)[1]
    assert client.get(READ, headers={**through, **bearing(text)}).status_code == 200


@pytest.mark.parametrize(
    ("role", "read", "write", "metrics"),
    [("reader", 200, 403, 403), ("editor", 200, 200, 403), ("admin", 200, 200, 200)],
)
def test_each_role_may_do_what_it_says(
    kept: Store, texts: dict[str, str], role: str, read: int, write: int, metrics: int
) -> None:
    client = serving(kept)
    for headers in (bearing(texts[role]), {"X-API-Key": texts[role]}):
        assert client.get(READ, headers=headers).status_code == read
        if metrics == 403:
            told = f"the key of {role.title()} Mori is {'an' if role == 'editor' else 'a'} {role}'s, and this needs an admin's"
            assert client.get("/metrics", headers=headers).json()["detail"] == told
        assert client.get("/metrics", headers=headers).status_code == metrics
        for method in ("POST", "DELETE", "PUT"):
            answer = client.request(method, "/api/write", headers=headers)
            assert answer.status_code == write
            if write == 403:
                assert 'scope="editor"' in answer.headers["www-authenticate"]
            else:
                assert answer.json()["by"] == f"{role.title()} Mori"


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer comity_0_0"},
        {"Authorization": "Basic dXNlcjpwYXNz"},
        {"Authorization": ""},
        {"X-API-Key": ""},
        {"X-API-Key": "comity__"},
        {"X-API-Key": "\xff\xfe"},
    ],
)
def test_a_wrong_key_is_refused_even_where_none_is_needed(kept: Store, headers: dict[str, str]) -> None:
    client = serving(kept, public=True)
    assert client.get(READ).status_code == 200
    sent = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    assert client.get(READ, headers=sent).status_code == 401
    assert client.post("/api/write", headers=sent).status_code == 401


def test_a_revoked_key_is_refused_by_a_running_service(
    kept: Store, keys: Keys, texts: dict[str, str]
) -> None:
    client = serving(kept)
    assert client.get(READ, headers=bearing(texts["reader"])).status_code == 200
    for key in keys.every():
        keys.revoke(key.id)
    refused = client.get(READ, headers=bearing(texts["reader"]))
    assert refused.status_code == 401
    assert 'error="invalid_token"' in refused.headers["www-authenticate"]


def test_reading_is_public_by_setting_and_writing_never(kept: Store, texts: dict[str, str]) -> None:
    client = serving(kept, public=True, host="0.0.0.0")
    assert client.get(READ).status_code == 200
    assert client.post("/api/write").status_code == 401
    assert client.get("/metrics").status_code == 401


def test_reading_may_be_closed_on_the_own_machine(kept: Store) -> None:
    assert serving(kept, public=False).get(READ).status_code == 401


@pytest.mark.parametrize(("role", "status"), [(None, 429), ("reader", 429)])
def test_who_asks_too_often_is_told_when_to_come_again(
    kept: Store, texts: dict[str, str], role: str | None, status: int
) -> None:
    client = serving(kept, public=True, public_rate=0.2, key_rate=0.2)
    headers = bearing(texts[role]) if role else {}
    statuses = [client.get("/docs", headers=headers).status_code for _ in range(4)]
    assert statuses[:2] == [200, 200]
    assert statuses[-1] == status  # on a slow machine another one has come in by then
    assert 1 <= int(client.get("/docs", headers=headers).headers["retry-after"]) <= 5
    assert client.get("/healthz").status_code == 200
    assert client.get("/docs", headers=bearing(texts["admin"])).status_code == 200  # another's bucket


def test_wrong_keys_are_slowed_too(kept: Store, texts: dict[str, str]) -> None:
    client = serving(kept, public_rate=0.2)
    statuses = [client.get(READ, headers=bearing("comity_0_0")).status_code for _ in range(3)]
    assert statuses == [401, 401, 429]


def test_buckets_fill_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    rates = Rates(2.0)
    assert [rates.take("a") for _ in range(21)] == [0.0] * 20 + [0.5]
    assert rates.take("b") == 0.0
    now += 0.5
    assert rates.take("a") == 0.0
    assert rates.take("a") == pytest.approx(0.5)
    now += 1000
    assert [rates.take("a") for _ in range(21)] == [0.0] * 20 + [0.5]


def test_one_customer_is_one_address() -> None:
    assert neighbourhood("2001:db8:1:2:3:4:5:6") == neighbourhood("2001:db8:1:2::1") == "2001:db8:1:2::"
    assert neighbourhood("192.0.2.1") != neighbourhood("192.0.2.2")
    assert neighbourhood("testclient") == "testclient"


def test_only_its_own_names_are_answered(kept: Store) -> None:
    client = serving(kept, hosts="comity.example, *.example.org,127.0.0.1")
    for host, status in {
        "comity.example": 200, "comity.example:8000": 200, "a.example.org": 200, "127.0.0.1:80": 200, "COMITY.example": 200,
        "example.org": 421, "evil.example": 421, "comity.example.evil": 421, "": 421,
    }.items():  # fmt: skip
        assert client.get("/healthz", headers={"Host": host}).status_code == status, host


# --- browsers ---


def test_a_browser_is_led_to_sign_in_and_back(kept: Store, texts: dict[str, str]) -> None:
    client = serving(kept)
    page = client.get("/docs?a=b", headers={"Accept": "text/html"}, follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (303, "/sign-in?next=/docs%3Fa%3Db")
    form = client.get(page.headers["location"])
    assert 'value="/docs?a=b"' in form.text
    assert "frame-ancestors" in form.headers["content-security-policy"]
    wrong = client.post("/sign-in", data={"key": "comity_0_0", "next": "/docs?a=b"})
    assert wrong.status_code == 401
    signed = client.post(
        "/sign-in", data={"key": texts["editor"], "next": "/docs?a=b"}, follow_redirects=False
    )
    assert (signed.status_code, signed.headers["location"]) == (303, "/docs?a=b")
    cookie = signed.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie
    assert client.get(READ).status_code == 200
    out = client.post("/sign-in", data={}, follow_redirects=False)
    assert out.status_code == 303
    assert client.get(READ).status_code == 401


@pytest.mark.parametrize("others", ['theme={"a":1}; {}', "{}; a[]=(b); =c", 'x="; {}', "é=1; {}"])
def test_the_key_is_found_beside_whatever_cookies(kept: Store, texts: dict[str, str], others: str) -> None:
    cookie = others.replace("{}", f"comity_key={texts['reader']}").encode()
    assert serving(kept).get(READ, headers=[(b"Cookie", cookie)]).status_code == 200


@pytest.mark.parametrize("cookie", ["comity_key=comity_0_0", "comity_key=a"])
def test_an_old_cookie_locks_no_browser_out(kept: Store, texts: dict[str, str], cookie: str) -> None:
    client = serving(kept)
    people = {"Accept": "text/html", "Cookie": cookie}
    for path in ("/healthz", "/readyz", "/assets/pages.css", "/sign-in"):
        assert client.get(path, headers=people).status_code == 200, path
    page = client.get("/docs", headers=people, follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (303, "/sign-in?next=/docs")
    assert 'comity_key=""' in page.headers["set-cookie"] and "Max-Age=0" in page.headers["set-cookie"]
    refused = client.get(READ, headers={"Cookie": cookie})
    assert refused.status_code == 401
    assert 'error="invalid_token"' in refused.headers["www-authenticate"]


def test_an_old_cookie_is_a_strangers_on_a_public_service(kept: Store) -> None:
    client = serving(kept, public=True, public_rate=0.2)
    old = {"Cookie": "comity_key=comity_0_0"}
    assert client.post("/api/write", headers=old).status_code == 401
    assert client.get(READ, headers=old).status_code == 200
    assert client.get(READ, headers=old).status_code == 429


def test_a_page_elsewhere_cannot_use_the_cookie(kept: Store, texts: dict[str, str]) -> None:
    client = serving(kept)
    client.cookies.set("comity_key", texts["editor"])
    own, evil = "http://testserver", "http://evil.example"
    for headers, status in (
        ({"Origin": own}, 200),
        ({"Origin": evil}, 403),
        ({"Origin": "https://testserver"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": evil, "Sec-Fetch-Site": "same-origin", "Referer": f"{own}/a"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Referer": f"{own}/a"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Referer": f"{own}/facts/a?b=c"}, 200),
        ({"Referer": f"{evil}/?{own}"}, 403),
        ({"Referer": f"{own}@evil.example/"}, 403),
        ({}, 403),
    ):
        assert client.post("/api/write", headers=headers).status_code == status, headers
        assert client.get(READ, headers=headers).status_code == 200
        programs = serving(kept).post("/api/write", headers={**headers, **bearing(texts["editor"])})
        assert programs.status_code == 200, headers
    for headers in ({"Origin": evil}, {"Sec-Fetch-Site": "cross-site"}, {"Referer": f"{evil}/"}):
        assert client.post("/sign-in", data={"key": "a"}, headers=headers).status_code == 403
        assert client.get("/sign-in", headers=headers).status_code == 200


def test_a_page_of_the_same_host_without_tls_is_a_page_elsewhere(kept: Store, texts: dict[str, str]) -> None:
    plain, secure = serving(kept), TestClient(serving(kept).app, base_url="https://testserver")
    for origin, to_plain, to_secure in (("http://testserver", 401, 403), ("https://testserver", 403, 401)):
        for name in ("Origin", "Referer"):
            for client, status in ((plain, to_plain), (secure, to_secure)):
                sent = client.post("/sign-in", data={"key": "a"}, headers={name: origin})
                assert sent.status_code == status, (origin, name)


@pytest.mark.parametrize(
    "next", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/a\nb"]
)
def test_signing_in_leads_nowhere_else(kept: Store, texts: dict[str, str], next: str) -> None:
    client = serving(kept)
    signed = client.post("/sign-in", data={"key": texts["reader"], "next": next}, follow_redirects=False)
    assert signed.headers["location"] == "/"


def test_pages_elsewhere_may_ask_only_by_setting(kept: Store) -> None:
    asked = {"Origin": "https://notebook.example", "Access-Control-Request-Method": "GET"}
    assert "access-control-allow-origin" not in serving(kept).get(READ, headers=asked).headers
    client = serving(kept, origins="https://notebook.example")
    assert (
        client.get(READ, headers=asked).headers["access-control-allow-origin"] == "https://notebook.example"
    )
    shown = client.get(READ, headers=asked).headers["access-control-expose-headers"].lower()
    for name in ("comity-revision", "etag", "link", "retry-after", "x-request-id"):
        assert name in shown.split(", ")
    ahead = client.options(READ, headers={**asked, "Access-Control-Request-Headers": "Authorization"})
    assert ahead.status_code == 200
    other = client.get(READ, headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers


@pytest.mark.parametrize(
    ("settings", "openrefine", "others"),
    [
        ({}, None, None),
        ({"public": False}, None, None),
        ({"origins": OPENREFINE}, OPENREFINE, None),
        ({"public": True}, "*", "*"),
        ({"public": True, "origins": OPENREFINE}, OPENREFINE, "*"),
    ],
)
def test_pages_elsewhere_reconcile_only_where_everybody_reads_or_by_setting(
    kept: Store, keys: Keys, settings: dict[str, Any], openrefine: str | None, others: str | None
) -> None:
    client = serving(kept, **settings)
    headers = bearing(keys.add("Mori", Role.READER)[1])
    for path in (
        "/api/reconcile",
        "/api/reconcile?queries={}",
        "/api/reconcile/suggest/entity?prefix=Jap",
        "/api/reconcile/preview?id=JPN",
    ):
        for origin, allowed in ((OPENREFINE, openrefine), ("https://evil.example", others)):
            answer = client.get(path, headers={**headers, "Origin": origin})
            assert answer.status_code == 200, path
            assert answer.headers.get("access-control-allow-origin") == allowed, (path, origin)


# --- sizes ---


def test_too_much_is_refused_however_it_is_sent(kept: Store, texts: dict[str, str]) -> None:
    client = serving(kept, body=1000)

    def pieces(number: int) -> Iterator[bytes]:
        yield from [b"a" * 100] * number

    headers = bearing(texts["editor"])
    assert client.post("/api/write", content=b"a" * 1000, headers=headers).json()["sent"] == 1000
    assert client.post("/api/write", content=pieces(10), headers=headers).json()["sent"] == 1000
    for content in (b"a" * 1001, pieces(11)):
        refused = client.post("/api/write", content=content, headers=headers)
        assert refused.status_code == 413
        assert "1,000 bytes" in refused.json()["detail"]


# --- before it starts ---


@pytest.mark.parametrize(
    ("settings", "some", "safe"),
    [
        ({}, False, True),
        ({"host": "::1"}, False, True),
        ({"host": "localhost"}, False, True),
        ({"host": "0.0.0.0"}, False, False),
        ({"host": "192.0.2.1"}, False, False),
        ({"host": "example.org"}, False, False),
        ({"proxies": "127.0.0.1"}, False, False),
        ({"host": "0.0.0.0"}, True, True),
        ({"host": "0.0.0.0", "public": True}, False, True),
        ({"host": "0.0.0.0", "public": False}, False, True),
    ],
)
def test_strangers_are_let_in_only_where_that_is_declared(
    keys: Keys, settings: dict[str, Any], some: bool, safe: bool
) -> None:
    if some:
        keys.add("Mori", Role.READER)
    if safe:
        check_safe(ServiceSettings(**settings), keys)
    else:
        with pytest.raises(InputError, match="COMITY_SERVE_PUBLIC"):
            check_safe(ServiceSettings(**settings), keys)


def test_no_route_writes_without_an_editor(kept: Store, texts: dict[str, str]) -> None:
    """Every operation that is documented, but those that read by POST."""
    client = serving(kept, public=True)
    assert isinstance(client.app, FastAPI)
    reads = {"/api/cypher", "/api/reconcile", "/mcp"}
    for path, operations in client.app.openapi()["paths"].items():
        for method in set(operations) - {"get", "head"}:
            expected = {200, 400, 404, 422} if path in reads else {401}
            assert client.request(method, path).status_code in expected, (method, path)
