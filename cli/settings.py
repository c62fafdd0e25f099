"""What comity takes from the environment: read once, at the start of a command, and passed down."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True, slots=True)
class Settings:
    """The store to use where none is named, and who may open it if it is a server. Password and key are never shown.

    `person` is who retracts, decides and judges where nobody is named, `llm_key` the key of an endpoint with a language model.
    """

    store: str
    user: str = "neo4j"
    password: str | None = field(default=None, repr=False)
    person: str = ""
    llm_key: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read COMITY_STORE, else NEO4J_URI, else the user's data folder; NEO4J_USERNAME and NEO4J_PASSWORD; COMITY_BY,
        else the login name; COMITY_LLM_KEY."""
        return cls(
            store=environment.get("COMITY_STORE") or environment.get("NEO4J_URI") or _own_folder(),
            user=environment.get("NEO4J_USERNAME") or "neo4j",
            password=environment.get("NEO4J_PASSWORD"),
            person=environment.get("COMITY_BY")
            or environment.get("USER")
            or environment.get("USERNAME")
            or "unnamed",
            llm_key=environment.get("COMITY_LLM_KEY") or "",
        )


def _own_folder() -> str:
    from platformdirs import user_data_path

    return str(user_data_path("comity", appauthor=False) / "store")


def in_force(settings: Settings) -> Iterator[dict[str, str]]:
    """The settings as rows for people."""
    store = "COMITY_STORE" if os.environ.get("COMITY_STORE") else "NEO4J_URI"
    shown = (
        (
            store if os.environ.get(store) else "COMITY_STORE",
            settings.store,
            "The store where none is named.",
        ),
        ("NEO4J_USERNAME", settings.user, "The user of a Neo4j server."),
        ("NEO4J_PASSWORD", "(set)" if settings.password else "", "Their password."),
        ("COMITY_BY", settings.person, "Who retracts, decides and judges on the command line."),
    )
    for name, value, about in shown:
        source = "environment" if os.environ.get(name) else "default"
        yield {"setting": name, "value": value, "from": source, "about": about}
