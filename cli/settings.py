"""What comity takes from the environment: read once, at the start of a command, and passed down."""

from collections.abc import Mapping
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
