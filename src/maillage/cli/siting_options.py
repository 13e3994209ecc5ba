"""The options that the commands of siting share, and the clock that ends a search."""

from __future__ import annotations

import datetime as dt
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from maillage.cli.options import Decorator
from maillage.cli.progress import shown_progress
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.wiring.siting import Search

file_argument: Decorator = click.argument(
    "file", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)

time_budget_option: Decorator = click.option(
    "--time-budget",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help=tr("Rend le meilleur trouvé au bout de ce temps (sans elle : cinq minutes)."),
)

seed_option: Decorator = click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help=tr("La graine du hasard : la même donne la même réponse, si le temps ne l'arrête pas."),
)


class Clock:
    """Seconds since the beginning, and seconds left; none are once the user interrupts."""

    def __init__(self, seconds: float) -> None:
        self._begin, self._seconds = time.monotonic(), seconds
        self.interrupted = False

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._begin

    def left(self) -> float:
        """Seconds left, 0 or less when it is time to end."""
        return 0.0 if self.interrupted else self._seconds - self.elapsed

    def interrupt(self, _number: int, _frame: FrameType | None) -> None:
        """End the search at the first Ctrl-C; the second one ends everything, as anywhere."""
        self.interrupted = True
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def searching(
    on: dt.date, time_budget: float | None, seed: int, *, quiet: bool
) -> Iterator[tuple[Search, Clock]]:
    """Give what a search needs, while Ctrl-C asks for the best found instead of killing it."""
    from maillage.wiring.siting import Search

    clock = Clock(Search(on).longest_seconds if time_budget is None else time_budget)
    before = signal.signal(signal.SIGINT, clock.interrupt)
    try:
        with shown_progress(quiet=quiet) as progress:
            yield Search(on, seed, clock.left, progress), clock
    finally:
        signal.signal(signal.SIGINT, before)
