"""The keeper of a process: it starts one, again if it dies, and stops it with the site.

``maillage serve`` on one's own machine starts ``python -m maillage.wiring.beside PID`` and then
becomes the server, PID being its own: however the server ends, its children get another parent, and
the keeper sees it. For the public it stays, and keeps the server and the worker (``keep_both``).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import TextIO

from maillage.kernel.language import tr

PAUSE = 0.2
"""Seconds between two looks at the worker and at the server."""
FIRST_DELAY, LONGEST_DELAY = 1.0, 60.0
"""Seconds before a worker that died is started again; each time twice as long."""
STEADY = 120.0
"""Seconds after which a worker that ran is no longer one that cannot start."""
_GRACES = (1.0, 5.0)


@dataclass(slots=True)
class Keeper:
    """Keeps one worker alive.

    ``command`` starts it, ``is_wanted`` says whether anybody still needs it, ``say`` is where the
    keeper writes, ``name`` what it calls the worker there.
    """

    command: Sequence[str]
    is_wanted: Callable[[], bool]
    say: TextIO
    name: str = tr("Le travail de fond")
    stopping: bool = False

    def run(self) -> None:
        """Keep a worker until ``stop`` or until nobody needs it; then none is left."""
        delay = FIRST_DELAY
        while self._goes_on():
            began = time.monotonic()
            worker = subprocess.Popen(self.command)  # noqa: S603 - our own command
            try:
                while self._goes_on() and worker.poll() is None:
                    time.sleep(PAUSE)
            finally:
                stop_process(worker)
            if not self._goes_on():
                return
            delay = FIRST_DELAY if time.monotonic() - began > STEADY else delay
            self._tell(worker.returncode, delay)
            self._wait(delay)
            delay = min(2 * delay, LONGEST_DELAY)

    def stop(self, signum: int, frame: FrameType | None) -> None:
        """Take a signal: the worker is stopped, then the keeper ends."""
        del signum, frame
        self.stopping = True

    def _goes_on(self) -> bool:
        return not self.stopping and self.is_wanted()

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self._goes_on() and time.monotonic() < until:
            time.sleep(PAUSE)

    def _tell(self, code: int, delay: float) -> None:
        message = tr("{name} s'est arrêté (code {code}) ; relancé dans {delay} s.")
        told = message.format(name=self.name, code=code, delay=round(delay))
        print(told, file=self.say, flush=True)


def stop_process(worker: subprocess.Popen[bytes]) -> None:
    """Stop a worker: asked once, asked again to leave what it does, then killed."""
    for grace in _GRACES:
        if worker.poll() is not None:
            return
        worker.terminate()
        try:
            worker.wait(grace)
        except subprocess.TimeoutExpired:
            continue
    if worker.poll() is None:
        worker.kill()
        worker.wait()


def keep(parent: int | None) -> None:
    """Keep the worker of the site of this environment; ``parent``: as long as that one lives."""
    keeper = Keeper(_worker(), lambda: parent is None or os.getppid() == parent, sys.stderr)
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, keeper.stop)
    keeper.run()


def keep_both(server: Sequence[str]) -> None:
    """Keep a server and the worker of this environment until a signal; then both are stopped.

    Killed without a word, this process takes both with it.
    """
    with_us = [sys.executable, "-m", "maillage.wiring.dying_with", str(os.getpid()), *server]
    keepers = (
        Keeper(with_us, lambda: True, sys.stderr, tr("Le site")),
        Keeper(_worker(), lambda: True, sys.stderr),
    )

    def stop(signum: int, frame: FrameType | None) -> None:
        """Take a signal: both are stopped."""
        for keeper in keepers:
            keeper.stop(signum, frame)

    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, stop)
    threads = [threading.Thread(target=keeper.run) for keeper in keepers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _worker() -> list[str]:
    return [sys.executable, "-m", "maillage.web", "worker", "--parent", str(os.getpid())]


if __name__ == "__main__":
    keep(int(sys.argv[1]))
