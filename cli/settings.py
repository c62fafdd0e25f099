"""What comity takes from the environment: read once, at the start of a command, and passed down."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from comity.graph.settings import StoreSettings


@dataclass(frozen=True, slots=True)
class Settings(StoreSettings):
    """What a command takes: the store, who opens it, and more; the key is never shown, as the password is not.

    `person` is who retracts, decides and judges where nobody is named, `llm_key` the key of an endpoint with a language model.
    """

    person: str = ""
    llm_key: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read what `StoreSettings` reads; COMITY_BY, else the login name; COMITY_LLM_KEY."""
        usual = StoreSettings.from_environment(environment)
        return cls(
            store=usual.store,
            user=usual.user,
            password=usual.password,
            person=environment.get("COMITY_BY")
            or environment.get("USER")
            or environment.get("USERNAME")
            or "unnamed",
            llm_key=environment.get("COMITY_LLM_KEY") or "",
        )


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
