"""The embedded engine's Java machine: started once in a process, quietly, and with what Python needs beside it."""

import os
import platform
import sys
import tempfile
import threading
from importlib import resources
from pathlib import Path
from typing import Any

from comity.graph.errors import StoreUnavailable

_JVM_LOCK = threading.Lock()

# A command lives for seconds: the optimizing compiler and the parallel collector would cost it a third of its time. Whoever
# runs for hours sets the engine's own variable, and then these are left away.
_SHORT_RUNS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")

# With less, the linear algebra of numpy ends the process once the Java machine runs in it (numpy.linalg.solve, from 135 rows on).
_STACK = "-Xss8m"

# What a signal does stays with Python: what JPype lets the Java machine do with SIGTERM calls into Python without its lock, and crashes.
_SIGNALS = "-Xrs"


def engine() -> Any:
    """The engine's package with its virtual machine running."""
    try:
        from arcadedb_embedded import jvm
    except ImportError:
        raise StoreUnavailable(
            f"the embedded store's engine is not installed or has no build for {platform.platform()} with Python "
            f"{platform.python_version()} (it needs Linux with glibc 2.34 or later, macOS on Apple silicon or Windows): "
            "use a Neo4j server instead with --store bolt://HOST:7687"
        ) from None
    import jpype

    with _JVM_LOCK:
        if not jpype.isJVMStarted():
            _start(jvm)
    import arcadedb_embedded

    return arcadedb_embedded


def _start(jvm: Any) -> None:
    """Start the Java machine without its notes on standard error and its log folder in the working directory.

    The start prints a warning that no option turns off, so standard error is set aside meanwhile and shown if it fails.
    """
    # The package names a file for crashes after all options that are given to it; only its own variable changes that.
    os.environ.setdefault("ARCADEDB_JVM_ERROR_FILE", str(Path(tempfile.gettempdir()) / "comity-jvm-%p.log"))
    quiet = resources.files("comity.graph.stores") / "logging.properties"
    with tempfile.TemporaryFile() as aside, resources.as_file(quiet) as settings:
        sys.stderr.flush()
        kept = os.dup(2)
        os.dup2(aside.fileno(), 2)
        try:
            jvm.start_jvm(
                jvm_args=[
                    f"-Djava.util.logging.config.file={settings}",
                    _STACK,
                    _SIGNALS,
                    *([] if os.environ.get("ARCADEDB_JVM_ARGS") else _SHORT_RUNS),
                ]
            )
        except Exception as error:
            aside.seek(0)
            notes = aside.read().decode(errors="replace").strip()
            raise StoreUnavailable(
                f"the embedded store's engine did not start: {error}\n{notes}".rstrip()
            ) from error
        finally:
            os.dup2(kept, 2)
            os.close(kept)
