"""The process that `benchmarks.service` asks: the service as it is, and beside it what it is measured against.

python -m benchmarks.service_server STORE PORT MEGABYTES
"""

import os
import sys
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import Response
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from benchmarks.service import BARE, EGO, MODELS, OBJECTS, RANKING, ROWS
from comity.graph.dates import parse_day
from comity.graph.slices import Question
from comity.graph.stores import Store, open_store
from comity.queries.library import chosen_collections, query_of
from comity.service.answers import encoded
from comity.service.app import create_app
from comity.service.logs import start_log
from comity.service.memory import freeze
from comity.service.settings import ServiceSettings


def main() -> None:
    """Serve until interrupted."""
    url, port, memory = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    auth = (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"]) if "://" in url else None
    with open_store(url, auth=auth) as store:
        settings = ServiceSettings(memory=memory)
        app = create_app(store, settings)
        # As `comity serve` does. The log is on standard error, so that the figures stand alone.
        start_log(settings)
        freeze()
        uvicorn.run(beside(app, store), host="127.0.0.1", port=port, log_level="warning", access_log=False)


def beside(app: FastAPI, store: Store) -> Any:
    """The application with its peers under addresses of their own."""
    ranking = TestClient(app).get(RANKING, headers={"Accept-Encoding": "identity"})
    body, rows = ranking.content, ranking.json()["rows"]
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    peers = FastAPI()
    collections = list(chosen_collections(store, ("agreement",), ()))

    @peers.get(OBJECTS, response_model=None)
    def objects() -> Any:
        return rows

    @peers.get(MODELS)
    def models() -> list[dict[str, str | int | float]]:
        return rows  # type: ignore[no-any-return]

    @peers.get(ROWS)
    def records(request: Request, day: str) -> Response:
        asked = {
            "actor": EGO, "layer": ["AGREEMENT"], "types": ["defence"], "day": parse_day(day), "possible": False, "sources": collections,
        }  # fmt: skip
        found = store.read(query_of("ego").cypher, asked)
        return Response(encoded({**Question().describe(), "rows": found}), media_type="application/json")

    async def chosen(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if path == BARE:
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": body})
        elif path.startswith("/peers/"):
            await peers(scope, receive, send)
        else:
            await app(scope, receive, send)

    return chosen


if __name__ == "__main__":
    main()
