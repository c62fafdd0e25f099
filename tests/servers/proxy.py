"""A network between comity and its server that can be slow, silent or broken: a TCP proxy on this machine."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""Bolt's message that commits a transaction, as it stands on the wire."""

_AT_ONCE = 65536


class Proxy:
    """Passes on what it gets between clients and the server at `uri`, as its attributes say."""

    def __init__(self, uri: str) -> None:
        server = urlsplit(uri)
        assert server.hostname and server.port
        self._server = (server.hostname, server.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.uri = f"{server.scheme}://127.0.0.1:{self._listener.getsockname()[1]}"
        self.delay = 0.0
        """Seconds for which every piece of an answer is held back."""
        self.silent = False
        """Whether answers are swallowed, while connections stay."""
        self.refusing = False
        """Whether new connections are closed at once."""
        self.cut_at: bytes | None = None
        """What a client says that is still passed on, and cuts its connection before there is an answer; once."""
        self.connections = 0
        """How many were made so far."""
        self._through = threading.Event()
        self._through.set()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def hold(self) -> None:
        """Keep back every answer, and every connection."""
        self._through.clear()

    def release(self) -> None:
        """Pass on what was kept back."""
        self._through.set()

    def cut(self) -> None:
        """Break every connection there is; new ones can be made."""
        with self._lock:
            for one in self._open:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Break every connection, and take no more."""
        self._listener.close()
        self.release()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self.refusing:
                client.close()
                continue
            self.connections += 1
            try:
                server = socket.create_connection(self._server)
            except OSError:
                client.close()
                continue
            with self._lock:
                self._open |= {client, server}
            for work, source, target in (
                (self._ask, client, server),
                (self._answer, server, client),
            ):
                threading.Thread(target=self._pass, args=(work, source, target), daemon=True).start()

    def _pass(
        self, work: Callable[[bytes, socket.socket], None], source: socket.socket, target: socket.socket
    ) -> None:
        try:
            while data := source.recv(_AT_ONCE):
                work(data, target)
        except OSError:
            pass
        finally:
            with self._lock:
                self._open -= {source, target}
            for one in (source, target):
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
            source.close()  # the other one is for the thread that reads from it

    def _ask(self, data: bytes, server: socket.socket) -> None:
        if self.cut_at is not None and self.cut_at in data:
            self.cut_at = None
            self.silent = True  # until the connection is cut, so that no answer comes before
            server.sendall(data)
            time.sleep(_SETTLED)
            self.cut()
            self.silent = False
            return
        server.sendall(data)

    def _answer(self, data: bytes, client: socket.socket) -> None:
        self._through.wait()
        if self.delay:
            time.sleep(self.delay)
        if not self.silent:
            client.sendall(data)


_SETTLED = 1.0
"""Seconds in which a server has done what it was told last."""


@contextlib.contextmanager
def proxy_to(uri: str) -> Iterator[Proxy]:
    """A proxy for as long as the context lasts."""
    proxy = Proxy(uri)
    try:
        yield proxy
    finally:
        proxy.close()
