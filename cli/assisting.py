"""The command that lets language-model assistants ask the graph."""

from pathlib import Path

import click

from comity.cli.options import refuse, store_option, texts_option
from comity.cli.output import note
from comity.cli.settings import Settings
from comity.graph.errors import InputError


@click.command()
@click.option(
    "--http", is_flag=True, help="Answer over HTTP at /mcp, instead of over standard input and output."
)
@click.option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    show_default=True,
    help="With --http: the address to listen on.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8001,
    show_default=True,
    help="With --http: the port to listen on.",
)
@click.option(
    "--cypher",
    is_flag=True,
    help="Let assistants write read-only Cypher, of 10 seconds and 1000 rows at most.",
)
@click.option(
    "--characters",
    type=click.IntRange(2_000, 1_000_000),
    default=16_000,
    show_default=True,
    help="The longest answer; a longer one is cut, and says so.",
)
@texts_option
@store_option
@click.pass_obj
@click.pass_context
def mcp(
    ctx: click.Context, settings: Settings, http: bool, host: str, port: int, cypher: bool, characters: int, texts: Path | None,
    address: str | None,
) -> None:  # fmt: skip
    """Let a language-model assistant ask the graph, by the Model Context Protocol: it finds actors, ranks, relates, and quotes the sources.

    Assistants start the command themselves and speak with it over standard input and output; it ends with its input. Nothing they can
    ask writes to the graph. docs/assistants.md has what to put into their settings.

    \b
    Example:
      comity mcp
    """
    if not http:
        refuse(ctx, ("host", "port"), "nothing listens without --http")
    try:
        import uvicorn

        from comity.service.mcp.server import assistant_server
        from comity.service.mcp.transports import LOOPBACK, PATH, http_app, serve_stdio
    except ImportError:
        raise InputError(
            "assistants need packages that are not installed: pip install 'comity[service]'"
        ) from None
    with settings.opened(address) as store:
        server = assistant_server(store, texts=texts, cypher=cypher, characters=characters)
        if not http:
            serve_stdio(server)
            return
        local = host in LOOPBACK
        if not local:
            note(
                "Whoever reaches this address may read the graph: `comity serve` answers assistants behind keys."
            )
        note(f"Assistants are answered at http://{host}:{port}{PATH}, until Ctrl-C.")
        uvicorn.run(http_app(server, local=local), host=host, port=port, log_level="warning")


COMMANDS = (mcp,)
