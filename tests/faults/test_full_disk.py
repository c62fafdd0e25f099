"""A full disk under the embedded store: a real one, a few megabytes of memory that only the test's process sees."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MEGABYTES = 64


def on_small_disk(folder: Path, cases: list[str]) -> list[int]:
    """Run cases one after the other on one small disk; how each of them ended."""
    # A mount in a namespace of its own: nobody else sees it, and it is gone with the processes.
    script = (
        f'mount -t tmpfs -o size={MEGABYTES}m none "$0" || exit 77\n'
        'for case in "$@"; do "$PYTHON" -m tests.faults.full "$0" "$case"; echo "ended $?"; done\n'
    )
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("there is no `unshare` here to make a small disk with")
    done = subprocess.run(
        [unshare, "--map-root-user", "--mount", "sh", "-c", script, str(folder), *cases],
        cwd=ROOT, env={**os.environ, "PYTHON": sys.executable}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    ends = [int(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("ended ")]
    if not ends:
        pytest.skip(f"no small disk can be made on this machine: {done.stderr.strip()[-200:]}")
    print(done.stdout, done.stderr)
    return ends


@pytest.mark.parametrize(
    "cases",
    [["no room for a store"], ["dossier"], ["table"], ["killed", "opened again"]],
    ids=["no-room", "dossier", "table", "killed"],
)
def test_a_full_disk_loses_nothing_and_half_writes_nothing(tmp_path: Path, cases: list[str]) -> None:
    killed = 128 + signal.SIGKILL
    assert on_small_disk(tmp_path, cases) == [killed if case == "killed" else 0 for case in cases]
