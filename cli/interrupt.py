"""Ctrl-C, also while the embedded engine works: Python hears of it only when the engine returns, which may take long."""

import os
import signal
import socket
import threading
import time

INTERRUPTED = 130
"""What a shell expects of a program that Ctrl-C ended: 128 and the number of the signal."""

PATIENCE = 2.0
"""Seconds in which a command may end by itself, giving everything back. What is committed survives the other way, too."""


def end_soon_after_ctrl_c() -> None:
    """From now on end the process when Ctrl-C has not ended it within `PATIENCE`."""
    heard, told = socket.socketpair()
    told.setblocking(False)
    signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=_watch, args=(heard, told), daemon=True).start()


def _watch(heard: socket.socket, told: socket.socket) -> None:
    # `told` is only held on to: the signal writes to it as long as the thread lives.
    while heard.recv(1) != bytes([signal.SIGINT]):
        pass
    time.sleep(PATIENCE)
    os.write(2, b"Interrupted.\n")
    os._exit(INTERRUPTED)
