"""What the service takes from the environment (COMITY_SERVE_…) or a file: read once at the start, and passed down."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ServiceSettings(BaseSettings):
    """How the service answers. Every field can be set in the environment, as COMITY_SERVE_ and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="COMITY_SERVE_", frozen=True)

    host: str = Field(
        default="127.0.0.1", description="The address to listen on; 0.0.0.0 for every one of the machine."
    )
    port: int = Field(
        default=8000, ge=0, le=65535, description="The port to listen on; 0 for one that is free."
    )
    freshness: float = Field(
        1.0,
        ge=0,
        description="Seconds for which the graph's revision is believed before it is looked up again.",
    )
    page: int = Field(
        default=100, ge=1, le=10_000, description="Rows of a page unless a request says how many."
    )
