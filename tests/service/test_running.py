"""The service as a process: starts safely or not at all, and ends without losing anything."""

import json
import signal
import socket
import ssl
import subprocess
import threading
import time
from pathlib import Path

import httpx
import pytest

from comity.graph.loading import load
from comity.graph.stores import open_store
from comity.loaders.dossier import open_bundled
from comity.service.keys import Keys, Role
from tests.cli.conftest import Run, run
from tests.service.processes import serving

__all__ = ["run"]


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """An embedded store with a dossier, closed."""
    place = str(tmp_path / "store")
    with open_store(place) as store:
        load(store, open_bundled("japan-europe").reading())
    return place


def test_it_ends_when_told_and_lets_go_of_the_store(folder: str, key_file: Path) -> None:
    for sort in (signal.SIGTERM, signal.SIGINT):
        with serving(folder, key_file, {"COMITY_SERVE_LOG": "json"}) as service:
            answer = httpx.get(f"{service.address}/api/measures/degree", headers={"X-Request-ID": "abc-1"})
            assert answer.status_code == 200
            assert answer.headers["x-request-id"] == "abc-1"
            assert service.end(sort) == 0
            lines = [json.loads(line) for line in service.logged().splitlines()]
        told = next(line for line in lines if line.get("id") == "abc-1")
        assert (told["method"], told["path"], told["status"]) == ("GET", "/api/measures/degree", 200)
        assert lines[-1]["event"] == "stopped"
        with open_store(folder, create=False) as store:  # nothing holds it any more
            assert store.revision()


def test_what_is_being_answered_is_answered_before_it_ends(folder: str, key_file: Path, keys: Keys) -> None:
    _, text = keys.add("Mori", Role.READER)
    answers: list[httpx.Response] = []
    query = {"query": "UNWIND range(1, 1000) AS a UNWIND range(1, 1000) AS b RETURN sum(a * b) AS total"}

    def ask(address: str) -> None:
        answers.append(
            httpx.post(f"{address}/api/cypher", json=query, headers={"X-API-Key": text}, timeout=60)
        )

    with serving(folder, key_file) as service:
        asking = threading.Thread(target=ask, args=(service.address,))
        asking.start()
        time.sleep(0.3)
        assert service.end() == 0
        asking.join()
    assert [answer.status_code for answer in answers] == [200]
    assert answers[0].json()["rows"] == [{"total": 250500250000}]


def test_it_refuses_to_let_strangers_in_by_oversight(run: Run, folder: str) -> None:
    answer = run("serve", "--host", "0.0.0.0", "--port", "0", "--store", folder)
    assert answer.code == 1
    assert "comity keys add" in answer.err


def test_a_port_that_is_taken_is_told(run: Run, folder: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = run("serve", "--port", str(taken.getsockname()[1]), "--store", folder)
    assert answer.code == 1
    assert "choose another with --port" in answer.err


def test_wrong_settings_are_told_without_their_values(
    run: Run, folder: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COMITY_SERVE_HSTS", "sekrit")
    answer = run("serve", "--port", "0", "--store", folder)
    assert answer.code == 1
    assert "COMITY_SERVE_HSTS" in answer.err and "sekrit" not in answer.err
    monkeypatch.delenv("COMITY_SERVE_HSTS")
    monkeypatch.setenv("COMITY_SERVE_CERTIFICATE", str(tmp_path / "none.pem"))
    assert "needs both" in run("serve", "--port", "0", "--store", folder).err
    monkeypatch.setenv("COMITY_SERVE_PRIVATE_KEY", str(tmp_path / "none.pem"))
    assert "no certificate and its private key" in run("serve", "--port", "0", "--store", folder).err


def test_it_speaks_tls_itself(folder: str, key_file: Path, tmp_path: Path) -> None:
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-passout", "pass:word", "-keyout", key, "-out", certificate,
         "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("there is no openssl to make a certificate with")
    environment = {
        "COMITY_SERVE_CERTIFICATE": str(certificate),
        "COMITY_SERVE_PRIVATE_KEY": str(key),
        "COMITY_SERVE_PRIVATE_KEY_PASSWORD": "word",
    }
    with serving(folder, key_file, environment) as service:
        trusting = ssl.create_default_context(cafile=certificate)
        answer = httpx.get(f"{service.address}/api/measures/degree", verify=trusting)
        assert answer.status_code == 200
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert service.end() == 0


def test_forwarded_headers_are_believed_only_from_proxies(folder: str, key_file: Path, keys: Keys) -> None:
    _, text = keys.add("Mori", Role.READER)
    headers = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https", "X-API-Key": text}
    for proxies, seen in {"": "127.0.0.1", "127.0.0.1": "192.0.2.7", "192.0.2.9": "127.0.0.1"}.items():
        with serving(
            folder, key_file, {"COMITY_SERVE_PROXIES": proxies, "COMITY_SERVE_LOG": "json"}
        ) as service:
            answer = httpx.get(f"{service.address}/api/measures/degree", headers=headers)
            assert ("strict-transport-security" in answer.headers) == (seen == "192.0.2.7")
            deadline = time.monotonic() + 10
            while f'"client": "{seen}"' not in service.logged():  # the line comes after the answer
                assert time.monotonic() < deadline, service.logged()
                time.sleep(0.05)
