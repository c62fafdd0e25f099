"""A stand-in for an endpoint: a real HTTP server in this process that speaks the chat-completions protocol and answers what it is told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Endpoint:
    """What the server was asked, and what it answers: one (status, body, headers) after the other, the last for ever."""

    url: str = ""
    answers: list[tuple[int, bytes, dict[str, str]]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    trickle: float = 0.0
    """Seconds between the bytes of an answer."""

    def says(self, content: Any) -> None:
        """Let the model answer with this content, in JSON unless it is a text."""
        text = content if isinstance(content, str) else json.dumps(content)
        body = {
            "choices": [
                {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
            ]
        }
        self.fails(200, body)

    def fails(self, status: int, body: Any = None, **headers: str) -> None:
        """Let it answer with this status and body, in JSON unless they are bytes."""
        content = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        self.answers.append((status, content, headers))


@contextmanager
def serving() -> Iterator[Endpoint]:
    """A server on a free port of this machine."""
    endpoint = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/chat/completions"
            length = int(self.headers["Content-Length"])
            endpoint.asked.append(json.loads(self.rfile.read(length)))
            endpoint.keys.append(self.headers.get("Authorization", ""))
            status, body, headers = endpoint.answers[min(len(endpoint.asked), len(endpoint.answers)) - 1]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            pieces = [body] if not endpoint.trickle else [body[at : at + 1] for at in range(len(body))]
            with suppress(ConnectionError):
                for piece in pieces:
                    self.wfile.write(piece)
                    time.sleep(endpoint.trickle)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    endpoint.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
