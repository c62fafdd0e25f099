"""Editors settle disputes from a fact's page; nobody else does, nor anybody else's page in their name."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from comity.graph.facts import read_facts
from comity.graph.log import read_log
from comity.graph.resolve import resolve
from comity.graph.stores.base import Store
from comity.service.app import create_app
from comity.service.pages.verdicts import verdicts
from comity.service.settings import ServiceSettings
from tests.graph.facts import stated
from tests.service.pages.conftest import AskedBy, client_of

DRILL = "japan-europe:guardian-north-16"
ADDRESS = f"/facts/{DRILL}"


def token_of(client: TestClient) -> str:
    """The token in the form of the page."""
    found = re.search(r'name="token" value="([0-9a-f]+)"', client.get(ADDRESS).text)
    assert found
    return found[1]


def chosen(client: TestClient, **more: str) -> dict[str, str]:
    """The form, filled: the exercise began on 24 October."""
    return {
        "token": token_of(client),
        "settle-1": "under_way=2016-10-24",
        "settle-2": "",
        "reason": "two of three",
        **more,
    }


def test_a_decision_is_that_of_the_library(own_store: Store) -> None:
    client = client_of(own_store, "editor")
    answer = client.post(ADDRESS, data=chosen(client), headers={"Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, answer.headers["location"]) == (303, ADDRESS)
    (fact,) = read_facts(own_store, facts=[DRILL])
    assert (fact.begin.text, fact.begin.settled_by) == ("2016-10-24", "decision")
    (latest, *_) = read_log(own_store)
    assert (latest.action, latest.by, latest.reason) == ("decide", "Ada Lovelace", "two of three")
    page = client.get(ADDRESS).text
    assert "settled by decision" in page and "Decisions of ada-lovelace" in page
    again = client.post(ADDRESS, data={"token": token_of(client), "withdrawn": latest.id})
    assert again.status_code == 303
    (fact,) = read_facts(own_store, facts=[DRILL])
    assert fact.begin.settled_by == ""


def test_a_value_of_ones_own_can_be_given(own_store: Store) -> None:
    client = client_of(own_store, "admin")
    own = chosen(client, **{"settle-1": "", "property": "arrival", "value": "2016-10-22"})
    assert client.post(ADDRESS, data=own).status_code == 303
    (fact,) = read_facts(own_store, facts=[DRILL])
    assert (fact.properties["arrival"].text, fact.properties["arrival"].settled_by) == (
        "2016-10-22",
        "decision",
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": " "}, "needs a reason"),
        ({"settle-1": ""}, "nothing was chosen"),
        ({"settle-1": "under_way=soon"}, "EDTF"),
        ({"settle-1": "fame=1"}, "there is no step or property"),
    ],
)
def test_what_cannot_be_decided_is_said_and_changes_nothing(
    dossiers: Store, change: dict[str, str], said: str
) -> None:
    client, before = client_of(dossiers, "editor"), dossiers.revision()
    answer = client.post(ADDRESS, data=chosen(client, **change))
    assert answer.status_code in (400, 404) and said in answer.text
    assert dossiers.revision() == before


@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        ({"token": ""}, {}),
        ({"token": "0" * 64}, {}),
        ({"token": "ä"}, {}),
        ({}, {"Sec-Fetch-Site": "cross-site"}),
        ({}, {"Sec-Fetch-Site": "same-site"}),
        ({}, {"Origin": "https://elsewhere.example"}),
        ({}, {"Origin": "null"}),
    ],
)
def test_a_strangers_form_decides_nothing(
    dossiers: Store, fields: dict[str, Any], headers: dict[str, str]
) -> None:
    client, before = client_of(dossiers, "editor"), dossiers.revision()
    answer = client.post(ADDRESS, data=chosen(client, **fields), headers=headers)
    assert answer.status_code == 403
    assert dossiers.revision() == before


@pytest.mark.parametrize("role", ["reader", ""])
def test_who_only_reads_neither_gets_the_form_nor_may_send_it(dossiers: Store, role: str) -> None:
    app, before = create_app(dossiers, ServiceSettings(freshness=0)), dossiers.revision()
    editor, client = (
        TestClient(AskedBy(app, who), headers={"Accept": "text/html"}) for who in ("editor", role)
    )
    token = token_of(editor)
    assert 'name="token"' not in client.get(ADDRESS).text
    answer = client.post(ADDRESS, data={"token": token, "settle-1": "under_way=2016-10-24", "reason": "x"})
    assert answer.status_code == (403 if role else 401)
    assert dossiers.revision() == before


def test_pages_of_editors_are_nobody_elses(dossiers: Store) -> None:
    app = create_app(dossiers, ServiceSettings(freshness=0))
    editor, reader = (TestClient(AskedBy(app, role)) for role in ("editor", "reader"))
    with_form, without = editor.get(ADDRESS), reader.get(ADDRESS)
    assert with_form.headers["cache-control"].startswith("private")
    assert with_form.headers["etag"] != without.headers["etag"]
    assert 'name="token"' in with_form.text and 'name="token"' not in reader.get(ADDRESS).text


def test_after_a_restart_the_form_is_sent_anew(dossiers: Store) -> None:
    before, after = client_of(dossiers, "editor"), client_of(dossiers, "editor")
    known = before.get(ADDRESS).headers["etag"]
    assert before.get(ADDRESS, headers={"If-None-Match": known}).status_code == 304
    # The token of the old form is worth nothing any more: a browser must not show it again.
    assert after.get(ADDRESS, headers={"If-None-Match": known}).status_code == 200


def test_what_was_held_by_some_and_called_off_by_others_has_an_open_verdict() -> None:
    told = [
        stated("drill", "GBR JPN", [step], kind="drill", types=["air"], source=source)
        for source, step in (("a", "held 2015-05-01"), ("b", "cancelled 2015-04-01"))
    ]
    first, *_ = verdicts(resolve(told))
    assert (first.name, first.is_open, len(first.said)) == ("status", True, 2)
    assert "status" not in [verdict.name for verdict in verdicts(resolve(told[:1]))]
