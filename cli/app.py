"""The `comity` command: its group, and how every way of ending becomes an exit code."""

import errno
import os
import sys
from typing import Any

import click

import comity
from comity.cli import (
    actors,
    aggregating,
    asking,
    assisting,
    auditing,
    balancing,
    brokering,
    chaining,
    claiming,
    communities,
    comparing,
    curating,
    datasets,
    disputes,
    files,
    loading,
    panels,
    reading,
    reviewing,
    serving,
    significance,
    structure,
    tour,
)
from comity.cli.interrupt import INTERRUPTED, end_soon_after_ctrl_c
from comity.cli.settings import Settings
from comity.graph.errors import ComityError


class Commands(click.Group):
    """A group whose commands' own errors end in one line on standard error and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ComityError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # nobody reads on: click ends quietly
            what = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{what}{error.strerror or error}") from error
        except (KeyboardInterrupt, click.Abort):
            click.echo("Interrupted.", err=True)
            ctx.exit(INTERRUPTED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(
    comity.__version__, "-V", "--version", prog_name="comity", message="%(prog)s %(version)s"
)
@click.pass_context
def commands(ctx: click.Context) -> None:
    """Documented relations between states as a graph: who agreed, trained or talked with whom, since when, and who says so.

    Begin with `comity tour`. Every command explains itself: `comity COMMAND --help`.

    \b
    Example:
      comity tour
    """
    ctx.obj = Settings.from_environment(os.environ)


for module in (
    tour,
    loading,
    reading,
    asking,
    brokering,
    structure,
    comparing,
    balancing,
    actors,
    files,
    panels,
    communities,
    significance,
    chaining,
    disputes,
    claiming,
    reviewing,
    curating,
    datasets,
    aggregating,
    auditing,
    serving,
    assisting,
):
    for command in module.COMMANDS:
        commands.add_command(command)


def main() -> None:
    """Run the command line. Signs that the terminal cannot show are replaced, never a reason to fail."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    end_soon_after_ctrl_c()
    commands(prog_name="comity")
