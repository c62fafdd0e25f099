"""How far a long work has come, on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_RATE_SECONDS = 180


@contextmanager
def progress(name: str, total: int = 0, *, what: str = "records") -> Iterator[Callable[[int], None]]:
    """A line that counts what is done, its rate and the time that has passed; with a total (about) also the time that is left.

    Nothing where standard error is no terminal.
    """
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import (
        Progress,
        ProgressColumn,
        SpinnerColumn,
        Task,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class TaskRate(ProgressColumn):
        """How many a second, as of late."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f}/s" if task.speed else "")

    counted = f"{{task.description}}: {{task.completed:,.0f}}{f' of about {total:,}' if total else ''} {what}"
    columns: list[ProgressColumn] = [SpinnerColumn(), TextColumn(counted), TaskRate(), TimeElapsedColumn()]
    if total:
        columns += [TimeRemainingColumn(), TextColumn("left")]
    # The rate is told over some minutes: work is done in batches, and one may take longer than rich looks back by default.
    with Progress(
        *columns, console=Console(stderr=True), transient=True, speed_estimate_period=_RATE_SECONDS
    ) as bar:
        task = bar.add_task(name, total=total or None)
        yield lambda done: bar.update(task, completed=done)
