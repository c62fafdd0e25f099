"""What the service takes from the environment (COMITY_SERVE_…) or a file: read once at the start, and passed down."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_config_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from comity.graph.errors import InputError

PREFIX = "COMITY_SERVE_"
FILE = f"{PREFIX}FILE"
"""The variable that names the file of settings."""

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
"""Names under which a service is asked that listens to its own machine only. A web page elsewhere that has its own name resolved to
this machine sends that name, and is refused by it."""

_OWN_FOLDER = user_config_path("comity", appauthor=False)

Names = Annotated[tuple[str, ...], NoDecode]
"""Several names, in the environment separated by commas."""


class ServiceSettings(BaseSettings):
    """How the service answers. Every field can be set in the environment, as COMITY_SERVE_ and its name in capitals, or in the file."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True
    )

    host: str = Field(
        default="127.0.0.1", description="The address to listen on; 0.0.0.0 for every one of the machine."
    )
    port: int = Field(
        default=8000, ge=0, le=65535, description="The port to listen on; 0 for one that is free."
    )
    freshness: float = Field(
        default=1.0,
        ge=0,
        description="Seconds for which the graph's revision is believed before it is looked up again.",
    )
    page: int = Field(
        default=100, ge=1, le=10_000, description="Rows of a page unless a request says how many."
    )
    memory: int = Field(
        default=256,
        ge=8,
        description="Megabytes for answers that are kept as they are sent, until the graph changes.",
    )

    keys: Path = Field(
        default=_OWN_FOLDER / "keys.sqlite",
        description="The file that holds the keys, of which only hashes are kept.",
    )
    public: bool | None = Field(
        default=None,
        description="Whether reading needs no key. Unless set: only where the service listens to its own machine, behind no proxy, "
        "and no key was ever made. Writing always needs one.",
    )
    key_rate: float = Field(
        default=50,
        ge=0,
        description="Requests a second that one key may make, ten seconds' worth at once; 0 for any number.",
    )
    public_rate: float = Field(
        default=10,
        ge=0,
        description="The same for one address that reads without a key or gives a wrong one.",
    )

    hosts: Names = Field(
        default=(),
        description="Names under which it may be asked (the Host header), *.example.org for all below; any where none is named. "
        "A service that listens to its own machine only takes that machine's names.",
    )
    origins: Names = Field(
        default=(),
        description="Web pages elsewhere that may ask from a browser (CORS), such as https://example.org.",
    )
    proxies: Names = Field(
        default=(),
        description="Addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; * for every one.",
    )
    certificate: Path | None = Field(default=None, description="The TLS certificate, with its chain (PEM).")
    private_key: Path | None = Field(default=None, description="The certificate's private key (PEM).")
    private_key_password: SecretStr | None = Field(
        default=None, description="The password of the private key."
    )
    hsts: int = Field(
        default=31_536_000,
        ge=0,
        description="Seconds for which browsers shall ask by TLS only, once they did; 0 to say nothing.",
    )

    body: int = Field(default=1_000_000, ge=1, description="Bytes of a request's body, at most.")
    upload: int = Field(
        default=10_000_000,
        ge=1,
        description="Bytes of a dossier, or of the files of a data set, that are sent to be loaded, at most.",
    )
    at_once: int = Field(
        default=200,
        ge=1,
        description="Requests that are answered at the same time; more are told to come again.",
    )
    threads: int = Field(
        default=40, ge=1, le=100, description="Requests that ask the store at the same time, at most."
    )

    cypher_seconds: float = Field(
        default=30, ge=0.01, description="Seconds that a query in Cypher may take, at most."
    )
    cypher_rows: int = Field(default=10_000, ge=1, description="Rows of its answer, at most.")
    cypher_bytes: int = Field(default=5_000_000, ge=1000, description="Bytes of its answer, at most.")
    cypher_at_once: int = Field(
        default=4, ge=1, description="Queries in Cypher that run at the same time, at most."
    )

    compute_seconds: float = Field(
        default=120,
        ge=0.01,
        description="Seconds that a computation may take, at most: doubt, panels, maps, tables, structure, evidence, questions of the library.",
    )
    compute_at_once: int = Field(default=4, ge=1, description="Such computations at the same time, at most.")
    export_seconds: float = Field(
        default=1800,
        ge=0.01,
        description="Seconds in which the whole graph has to be made into files and sent.",
    )
    export_at_once: int = Field(
        default=1, ge=1, description="Such files of the whole graph at the same time, at most."
    )

    log: Literal["console", "json"] = Field(
        default="console", description="The form of the log on standard error."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="What is logged, at least; every request is info."
    )
    stop_seconds: int = Field(
        default=30,
        ge=1,
        description="Seconds that requests may take to end after the service was told to stop.",
    )

    @field_validator("hosts", "origins", "proxies", mode="before")
    @classmethod
    def _names(cls, given: object) -> object:
        return (
            tuple(part.strip() for part in given.split(",") if part.strip())
            if isinstance(given, str)
            else given
        )

    @field_validator("keys", "certificate", "private_key")
    @classmethod
    def _path(cls, given: Path | None) -> Path | None:
        return given.expanduser() if given else None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given on the command line, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, settings_file())

    @property
    def local(self) -> bool:
        """Whether it can be reached from its own machine only."""
        try:
            loopback = ip_address(self.host).is_loopback
        except ValueError:
            loopback = self.host == "localhost"
        return loopback and not self.proxies


def settings_file() -> Path:
    """The file of settings (TOML): COMITY_SERVE_FILE, else serve.toml in the user's configuration folder."""
    return Path(os.environ.get(FILE) or _OWN_FOLDER / "serve.toml").expanduser()


def read_settings(given: Mapping[str, Any] | None = None) -> ServiceSettings:
    """The settings, `given` ones first; `InputError` names every one that cannot be, and never its value."""
    file = settings_file()
    if os.environ.get(FILE) and not file.is_file():
        raise InputError(f"{FILE} names {file}, which is no file: check the path")
    try:
        return ServiceSettings(**dict(given or {}))
    except ValidationError as error:
        faults = "; ".join(f"{_place(fault['loc'], file)}: {fault['msg']}" for fault in error.errors())
        raise InputError(
            f"settings of the service: {faults}. `comity settings` lists what there is"
        ) from None
    except (OSError, ValueError) as error:  # a file that cannot be read, or is no TOML
        raise InputError(f"settings of the service: {file} cannot be used: {error}") from None


def _place(location: tuple[int | str, ...], file: Path) -> str:
    name = ".".join(map(str, location))
    return f"{PREFIX}{name.upper()} (or {name} in {file})"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it is in force: `source` is where it comes from. What is secret shows only whether it is set."""

    name: str
    value: str
    source: str
    about: str


def settings_in_force(settings: ServiceSettings) -> Iterator[Setting]:
    """Every setting, for people."""
    file = settings_file()
    written = TomlConfigSettingsSource(ServiceSettings, file)() if file.is_file() else {}
    for name, field in ServiceSettings.model_fields.items():
        variable = f"{PREFIX}{name.upper()}"
        source = "environment" if variable in os.environ else "file" if name in written else "default"
        yield Setting(variable, _shown(getattr(settings, name)), source, field.description or "")


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return "(set)"
    if value is None:
        return ""
    return ", ".join(value) if isinstance(value, tuple) else str(value)
