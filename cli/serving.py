"""The command that serves the graph over HTTP."""

from typing import Any

import click

from comity.cli.options import opening, store_option
from comity.cli.settings import Settings
from comity.graph.errors import InputError


@click.command()
@click.option(
    "--host", metavar="ADDRESS", help="The address to listen on. [default: COMITY_SERVE_HOST, else 127.0.0.1]"
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="The port to listen on. [default: COMITY_SERVE_PORT, else 8000]",
)
@store_option
@click.pass_obj
def serve(settings: Settings, address: str | None, host: str | None, port: int | None) -> None:
    """Serve the graph over HTTP, until Ctrl-C: for colleagues, web pages and programs in any language.

    The service describes itself at /docs and /openapi.json.

    \b
    Example:
      comity serve --port 8000
    """
    try:
        import uvicorn

        from comity.service.app import create_app
        from comity.service.settings import ServiceSettings
    except ImportError:
        raise InputError(
            "serving needs packages that are not installed: pip install 'comity[service]'"
        ) from None
    given: dict[str, Any] = {
        name: value for name, value in (("host", host), ("port", port)) if value is not None
    }
    chosen = ServiceSettings(**given)
    with opening(settings, address) as store:
        uvicorn.run(create_app(store, chosen), host=chosen.host, port=chosen.port)


COMMANDS = (serve,)
