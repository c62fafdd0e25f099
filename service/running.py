"""Runs the service until it is told to stop: then what is being answered is answered, and the store is closed."""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import structlog
import uvicorn

from comity.graph.errors import InputError
from comity.graph.stores.base import Store
from comity.service.app import create_app
from comity.service.keys import Keys
from comity.service.logs import start_log
from comity.service.memory import freeze
from comity.service.rights import check_safe
from comity.service.settings import LOCAL_HOSTS, ServiceSettings

_WAITING = 2048
"""Connections that wait to be taken, at most."""


def run(store: Store, settings: ServiceSettings) -> None:
    """Serve an open store until SIGINT or SIGTERM; `InputError` where the settings would be unsafe or cannot be used."""
    if settings.local and not settings.hosts:
        settings = settings.model_copy(update={"hosts": LOCAL_HOSTS})
    keys = Keys(settings.keys)
    told = check_safe(settings, keys)
    keys.close()
    server = uvicorn.Server(_configuration(store, settings))
    listening = _listening(settings)
    start_log(settings)
    log = structlog.get_logger()
    scheme = "https" if settings.certificate else "http"
    host, port = listening.getsockname()[:2]
    log.info("serving", address=f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}", store=store.url)
    if told:
        log.warning(told)
    freeze()
    with _ended_by_signals():
        server.run([listening])
    log.info("stopped")


def _configuration(store: Store, settings: ServiceSettings) -> uvicorn.Config:
    if bool(settings.certificate) != bool(settings.private_key):
        raise InputError("TLS needs both COMITY_SERVE_CERTIFICATE and COMITY_SERVE_PRIVATE_KEY")
    password = settings.private_key_password
    configuration = uvicorn.Config(
        create_app(store, settings),
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        timeout_graceful_shutdown=settings.stop_seconds,
        ssl_certfile=settings.certificate,
        ssl_keyfile=settings.private_key,
        ssl_keyfile_password=password.get_secret_value() if password else None,
    )
    try:
        configuration.load()
    except OSError as error:  # of which the error of TLS is one
        raise InputError(
            f"{settings.certificate} and {settings.private_key} are no certificate and its private key: {error}"
        ) from None
    return configuration


def _listening(settings: ServiceSettings) -> socket.socket:
    """The socket, opened before anything is started: a port that is taken is told at once, and who comes early waits."""
    try:
        family, *_, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise InputError(f"{settings.host} is no address to listen on: {error.strerror}") from None
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_WAITING)
    except OSError as error:
        listening.close()
        raise InputError(
            f"nothing can listen on {settings.host}:{settings.port} ({error.strerror}): choose another with --port"
        ) from None
    return listening


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Go on after the server has ended by a signal, which it raises once more when it is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # Ctrl-C ends a command after two seconds, whatever it does; a service has its own time to end.
    waked = signal.set_wakeup_fd(-1)
    before = {sort: signal.signal(sort, _interrupt) for sort in (signal.SIGINT, signal.SIGTERM)}
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        for sort, handler in before.items():
            signal.signal(sort, handler)
        signal.set_wakeup_fd(waked)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
