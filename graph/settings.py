"""The store that is meant where none is named, and who opens it: what the environment tells, to those who stand at the edge."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from getpass import getpass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from comity.graph.stores import Store


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """The store to use where none is named, and who may open it if it is a server. The password is never shown."""

    store: str
    user: str = "neo4j"
    password: str | None = field(default=None, repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read COMITY_STORE, else NEO4J_URI, else the user's data folder; NEO4J_USERNAME and NEO4J_PASSWORD."""
        return cls(
            store=environment.get("COMITY_STORE") or environment.get("NEO4J_URI") or _own_folder(),
            user=environment.get("NEO4J_USERNAME") or "neo4j",
            password=environment.get("NEO4J_PASSWORD"),
        )

    def opened(
        self, address: str | None = None, *, create: bool = False, unfinished: bool = False
    ) -> "Store":
        """The store at the address, or the one that is meant, as `open_store` opens it; a server's password that is not set is asked
        for on a terminal."""
        # Late, as `comity --help` must not wait for it.
        from comity.graph.stores import is_server, open_store

        url = address or self.store
        auth = None
        if is_server(url):
            password = self.password
            if password is None and "@" not in url and sys.stdin.isatty():
                password = getpass(f"Password of {self.user} at {url} (empty if it wants none): ")
            auth = (self.user, password) if password else None
        return open_store(url, auth=auth, create=create, unfinished=unfinished)


def _own_folder() -> str:
    from platformdirs import user_data_path

    return str(user_data_path("comity", appauthor=False) / "store")
