"""Progress on the terminal: a moving bar for people, plain lines for files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from maillage.kernel.progress import Progress, Silent


class PlainLines:
    """One line a step on standard error, for logs and terminals without cursor."""

    def step(self, label: str, total: int | None = None) -> None:
        """Print the label of the step."""
        sys.stderr.write(f"… {label}\n")

    def advance(self, units: int = 1) -> None:
        """Say nothing between two steps."""


@contextmanager
def shown_progress(*, quiet: bool) -> Iterator[Progress]:
    """Give the progress fit for this terminal; bars are erased when the work is done."""
    if quiet:
        yield Silent()
    elif not sys.stderr.isatty():
        yield PlainLines()
    else:
        from maillage.cli.bars import moving_bars

        with moving_bars() as bars:
            yield bars
