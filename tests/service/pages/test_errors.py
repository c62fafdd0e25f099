"""Who asks for HTML gets a page that says what to do; everybody else gets the problem as data."""

import pytest
from fastapi.testclient import TestClient

WRONG = {
    "/actors/Atlantis": (404, "there is no actor"),
    "/dyads/JPN": (400, "name two actors"),
    "/dyads/JPN/JPN": (400, "given twice"),
    "/facts/treaties:no-such": (404, "there is no fact"),
    "/sources/nobody": (404, "there is no source"),
    "/rankings/fame": (404, "there is no measure"),
    "/rankings/degree?as_of=soon": (400, "EDTF"),
    "/rankings/degree?certainty=maybe": (404, "certain, possible"),
    "/actors/JPN?as_of=2016": (400, "YYYY-MM-DD"),
    "/actors/JPN?policy=coin": (404, "there is no policy"),
    "/actors/JPN?same_from=much": (400, "between 0 and 1"),
    "/actors/JPN?page=99": (400, "the last is"),
    "/sources?page=0": (400, "begin with 1"),
    "/queries/everything": (404, "there is no query"),
    "/nowhere": (404, "Not Found"),
}


@pytest.mark.parametrize("address", WRONG)
def test_a_problem_is_a_page_with_its_remedy(reading: TestClient, address: str) -> None:
    status, remedy = WRONG[address]
    answer = reading.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src" not in answer.headers["content-security-policy"]
    assert remedy in answer.text and "Begin anew" in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)


@pytest.mark.parametrize("address", WRONG)
def test_programs_get_it_as_data(reading: TestClient, address: str) -> None:
    answer = reading.get(address, headers={"Accept": "application/json"})
    assert answer.status_code == WRONG[address][0]
    assert answer.headers["content-type"] == "application/problem+json"
    assert WRONG[address][1] in answer.text
