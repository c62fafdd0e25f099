"""A web application on a port of this machine, as clients meet it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import uvicorn
from starlette.types import ASGIApp


@contextmanager
def served(
    app: ASGIApp, *, lifespan: Literal["on", "off"] = "off", unsent: int | None = None
) -> Iterator[str]:
    """The address of a server of the application, as long as it is needed.

    `lifespan` is whether the application is told of its beginning and end; `unsent` the bytes that are kept of what nobody takes.
    """
    listening = socket.socket()
    if unsent is not None:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, unsent)
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan=lifespan))
    thread = threading.Thread(target=server.run, args=([listening],), name="server")
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
