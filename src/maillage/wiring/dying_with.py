"""A process that ends with the one that started it: ``python -m maillage.wiring.dying_with PID …``.

Linux sends it a signal when its parent is gone, however that ended; elsewhere it outlives it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_ON_DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG, which stays through the change of program


def become(parent: int, command: list[str]) -> None:
    """Become a command that is told to end when ``parent`` does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ON_DEATH_OF_PARENT, signal.SIGTERM)
    if os.getppid() != parent:  # it ended before it could be watched
        return
    os.execv(command[0], command)  # noqa: S606 - our own command


if __name__ == "__main__":
    become(int(sys.argv[1]), sys.argv[2:])
