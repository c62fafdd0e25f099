"""Numbers over HTTP are those of the library."""

from fastapi.testclient import TestClient


def test_a_ranking_is_that_of_the_library(client: TestClient) -> None:
    answer = client.get("/api/measures/degree", params={"as_of": "2016-12-31"})
    assert answer.status_code == 200
    found = answer.json()
    assert found["measure"] == "degree"
    assert found["rows"][0]["rank"] == 1
    again = client.get(
        "/api/measures/degree",
        params={"as_of": "2016-12-31"},
        headers={"If-None-Match": answer.headers["etag"]},
    )
    assert again.status_code == 304


def test_an_unknown_measure_is_told_with_those_there_are(client: TestClient) -> None:
    answer = client.get("/api/measures/fame")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert "degree" in answer.json()["detail"]
