"""The service as a process of its own, as whoever runs it has it."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import httpx

from tests.servers.neo4j import Server

START_SECONDS = 180


@dataclass
class Service:
    """A running service: where it answers, its process, and what it has logged."""

    address: str
    process: subprocess.Popen[bytes]
    log: IO[bytes]

    def logged(self) -> str:
        """Everything on standard error so far."""
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    def end(self, sort: signal.Signals = signal.SIGTERM, seconds: float = 40) -> int:
        """Send a signal and give the exit code."""
        self.process.send_signal(sort)
        return self.process.wait(seconds)


def login(server: Server) -> dict[str, str]:
    """The environment in which a service may use the server."""
    return {"NEO4J_USERNAME": server.user, "NEO4J_PASSWORD": server.password}


@contextmanager
def serving(
    store: str, keys: Path, environment: Mapping[str, str] | None = None, *arguments: str
) -> Iterator[Service]:
    """`comity serve` of the store on a free port, until the end of the context or sooner."""
    command = [sys.executable, "-m", "comity", "serve", *arguments, "--port", "0", "--store", store]
    given = {**os.environ, "COMITY_SERVE_KEYS": str(keys), **(environment or {})}
    with TemporaryFile() as log:
        process = subprocess.Popen(command, env=given, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            service = Service("", process, log)
            service.address = _address(service)
            yield service
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


def _address(service: Service) -> str:
    """Where it answers, once it does."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        said = service.logged()
        assert service.process.poll() is None, said
        if found := re.search(r"https?://[\w.\[\]:]+:\d+", said):
            # The socket listens before the service runs, so that the first request waits for it.
            httpx.get(f"{found[0]}/healthz", timeout=START_SECONDS, verify=False).raise_for_status()
            return found[0]
        time.sleep(0.1)
    raise AssertionError(f"the service did not start:\n{service.logged()}")
