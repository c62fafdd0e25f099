"""Keys: who may ask the service, and as whom. Made and taken back by `comity keys`, seen at once by a service that runs.

A key is a name of its own and 32 random bytes. Only a SHA-256 of these is kept. Slow hashes with salt guard what people choose, which can be
guessed; nobody guesses 256 random bits, whatever a guess costs, so a fast hash is right: a request must not cost half a second.
"""

import hashlib
import hmac
import os
import secrets
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import IntEnum
from pathlib import Path
from typing import Any

from comity.graph.errors import InputError, UnknownName

MARK = "comity"
"""What every key begins with, so that a search for lost secrets finds it."""

_TABLE = (
    "CREATE TABLE IF NOT EXISTS key (id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, sha256 BLOB NOT NULL, "
    "created TEXT NOT NULL, expires TEXT, revoked TEXT)"
)


class Role(IntEnum):
    """What a key allows; each allows what those before it do."""

    READER = 1
    """ask"""
    EDITOR = 2
    """load, retract, decide, judge"""
    ADMIN = 3
    """see how the service runs: its metrics"""

    @classmethod
    def parse(cls, name: str) -> "Role":
        """The role of that name."""
        try:
            return cls[name.upper()]
        except KeyError:
            raise UnknownName("role", name, [role.name.lower() for role in cls]) from None


@dataclass(frozen=True, slots=True)
class Key:
    """What is kept of a key: `name` is the person or program that has it, `expires` the last day on which it is taken (UTC)."""

    id: str
    name: str
    role: Role
    created: str
    expires: str = ""
    revoked: str = ""

    def state(self, today: date | None = None) -> str:
        """Whether it is valid, expired or revoked."""
        if self.revoked:
            return "revoked"
        day = (today or datetime.now(UTC).date()).isoformat()
        return "expired" if self.expires and self.expires < day else "valid"


class KeysUnreadable(InputError):
    """The file of keys cannot be read."""

    status = 503
    transient = True


class Keys:
    """The file of keys. There need be none: then there are no keys, unless there was one before.

    What cannot be read may say that a key was revoked: nothing that was read before is believed any more, and every question ends in
    `KeysUnreadable` until it can be read again.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._opened: sqlite3.Connection | None = None
        self._seen: tuple[int, ...] = ()
        self._ever = False
        self._known: dict[str, tuple[Key, bytes]] = {}

    def add(self, name: str, role: Role, expires: date | None = None) -> tuple[Key, str]:
        """A new key, and its secret text, which is kept nowhere."""
        if not name.strip() or not name.isprintable():
            raise InputError("a key needs the name of the person or program that it is for")
        if expires and expires < datetime.now(UTC).date():
            raise InputError(f"{expires} is past: name a day to come")
        secret = secrets.token_urlsafe(32)
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        key = Key(secrets.token_hex(4), name.strip(), role, moment, expires.isoformat() if expires else "")
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO key VALUES (?, ?, ?, ?, ?, ?, NULL)",
                (key.id, key.name, role.name.lower(), _hash(secret), key.created, key.expires or None),
            )
        return key, f"{MARK}_{key.id}_{secret}"

    def revoke(self, id: str) -> Key:
        """Take a key back; once more changes nothing. `UnknownName` lists those there are."""
        if id not in {key.id for key in self.every()}:
            raise UnknownName("key", id, [key.id for key in self.every()])
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        with self._writing() as connection:
            connection.execute("UPDATE key SET revoked = ? WHERE id = ? AND revoked IS NULL", (moment, id))
        return next(key for key in self.every() if key.id == id)

    def every(self) -> list[Key]:
        """All keys that were ever made, the oldest first."""
        return sorted((key for key, _ in self._read().values()), key=lambda key: (key.created, key.id))

    def some(self) -> bool:
        """Whether any key was ever made."""
        return bool(self._read())

    def find(self, text: str) -> Key | None:
        """The valid key that this text is, if it is one."""
        mark, _, rest = text.partition("_")
        id, _, secret = rest.partition("_")
        found = self._read().get(id)
        if mark != MARK or found is None:
            return None
        key, kept = found
        # Compared in a time that does not tell how much of it is right.
        return key if hmac.compare_digest(kept, _hash(secret)) and key.state() == "valid" else None

    def close(self) -> None:
        """Let go of the file; it is opened anew when it is asked again."""
        with self._lock:
            self._forget()

    def _read(self) -> dict[str, tuple[Key, bytes]]:
        """All keys as the file has them now."""
        with self._lock:
            try:
                return self._looked()
            except FileNotFoundError:
                self._forget()
                if self._ever:
                    raise KeysUnreadable(
                        f"{self._file}, the file of keys, is gone: bring it back, or make keys anew with `comity keys add`"
                    ) from None
                return {}
            except InputError as error:
                self._forget()
                raise KeysUnreadable(str(error)) from None
            except (OSError, sqlite3.Error) as error:
                self._forget()
                raise KeysUnreadable(
                    f"{self._file}, the file of keys, cannot be read ({error}): see to its permissions, or bring it back from a copy"
                ) from None

    def _looked(self) -> dict[str, tuple[Key, bytes]]:
        """The same. The file is read only where another process has written to it, or put another in its place."""
        found = os.stat(self._file)
        self._ever = True
        _check_safe(self._file, found)
        if self._opened is None or self._seen[:2] != (found.st_dev, found.st_ino):
            self._forget()
            self._opened = _connected(self._file)
        version = self._opened.execute("PRAGMA data_version").fetchone()[0]
        seen = (found.st_dev, found.st_ino, version)
        if seen != self._seen:
            rows = self._opened.execute("SELECT id, name, role, created, expires, revoked, sha256 FROM key")
            self._known = {row[0]: _key(row) for row in rows.fetchall()}
            self._seen = seen
        return self._known

    def _forget(self) -> None:
        if self._opened is not None:
            self._opened.close()
        self._opened, self._seen, self._known = None, (), {}

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600))
        _check_safe(self._file, os.stat(self._file))
        with closing(_connected(self._file)) as connection, connection:
            yield connection


def _connected(file: Path) -> sqlite3.Connection:
    """The file of keys, opened; every use of it is within a lock, by whatever thread."""
    connection = sqlite3.connect(file, check_same_thread=False)
    try:
        connection.execute(_TABLE)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise InputError(f"{file} holds no keys ({error}): name another file in COMITY_SERVE_KEYS") from None
    return connection


def _check_safe(file: Path, found: os.stat_result) -> None:
    """Whoever can write to the file can make keys."""
    if os.name == "posix" and found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise InputError(f"{file} can be written by other users, who could make keys: chmod 600 {file}")


def _key(row: tuple[Any, ...]) -> tuple[Key, bytes]:
    id, name, role, created, expires, revoked, kept = row
    return Key(id, name, Role.parse(role), created, expires or "", revoked or ""), kept


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
