"""Commands that serve the graph over HTTP: serve, keys, and the settings of both."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from comity.cli.options import day_given, format_option, store_option
from comity.cli.output import note, show
from comity.cli.settings import Settings
from comity.graph.errors import InputError

if TYPE_CHECKING:
    from comity.service.keys import Keys


@contextmanager
def _packages() -> Iterator[None]:
    """Say what to install where the service's packages are not there."""
    try:
        yield
    except ImportError:
        raise InputError(
            "serving needs packages that are not installed: pip install 'comity[service]'"
        ) from None


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

    On its own machine only it needs no key to be read. To be reached from others it needs keys (`comity keys add`), or the declaration that
    everybody may read (COMITY_SERVE_PUBLIC=true); what changes anything needs an editor's key everywhere. All settings: `comity settings`.
    The service describes itself at /docs and /openapi.json.

    \b
    Example:
      comity serve --port 8000
    """
    with _packages():
        from comity.service.running import run
        from comity.service.settings import read_settings
    given: dict[str, Any] = {
        name: value for name, value in (("host", host), ("port", port)) if value is not None
    }
    chosen = read_settings(given)
    with settings.opened(address) as store:
        run(store, chosen)


@click.group()
def keys() -> None:
    """Make, list and take back the keys by which people and programs ask the service.

    \b
    Example:
      comity keys list
    """


def _keys() -> "Keys":
    with _packages():
        from comity.service.keys import Keys
        from comity.service.settings import read_settings
    return Keys(read_settings().keys)


@keys.command()
@click.argument("name")
@click.option(
    "--role", type=click.Choice(["reader", "editor", "admin"]), default="reader", show_default=True,
    help="A reader asks; an editor also loads, retracts, decides and judges; an admin also sees the service's metrics.",
)  # fmt: skip
@click.option(
    "--expires", callback=day_given, metavar="DAY", help="The last day on which it is taken. [default: none]"
)
def add(name: str, role: str, expires: "date | None") -> None:
    """Make a key for the person or program NAME, and show it once: only a hash of it is kept.

    What is loaded, retracted, decided or judged with it is logged under that name.

    \b
    Example:
      comity keys add "Mori, Foreign Desk" --role editor --expires 2099-12-31
    """
    from comity.service.keys import Role

    key, text = _keys().add(name, Role.parse(role), expires)
    note(f"The key of {key.name}, shown this once; `comity keys revoke {key.id}` takes it back")
    click.echo(text)


@keys.command("list")
@format_option
def list_keys(format: str) -> None:
    """List all keys that were made, valid or not, without what is secret.

    \b
    Example:
      comity keys list
    """
    columns = ("id", "name", "role", "state", "created", "expires", "revoked")
    rows = [
        {
            "id": key.id, "name": key.name, "role": key.role.name.lower(), "state": key.state(),
            "created": key.created, "expires": key.expires, "revoked": key.revoked,
        }
        for key in _keys().every()
    ]  # fmt: skip
    show(format, rows, columns)


@keys.command()
@click.argument("id")
def revoke(id: str) -> None:
    """Take a key back, by its id: a service that runs refuses it from now on.

    \b
    Example:
      comity keys revoke 5f0c1a2b
    """
    key = _keys().revoke(id)
    note(f"The key {key.id} of {key.name} is revoked")


@click.command("settings")
@format_option
@click.pass_obj
def show_settings(settings: Settings, format: str) -> None:
    """Show what comity takes from the environment and from the file of settings, and where each value comes from.

    Passwords are not shown, only whether they are set. docs/operations.md explains the file.

    \b
    Example:
      comity settings
    """
    from comity.cli.settings import in_force

    rows = [*in_force(settings)]
    try:
        with _packages():
            from comity.service.settings import read_settings, settings_in_force
    except InputError as error:
        note(f"Note: {error}")
    else:
        rows += [
            {"setting": one.name, "value": one.value, "from": one.source, "about": one.about}
            for one in settings_in_force(read_settings())
        ]
    show(format, rows, ("setting", "value", "from", "about"))


COMMANDS = (serve, keys, show_settings)
