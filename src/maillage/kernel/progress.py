"""How long work tells where it stands, without knowing any screen."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of each step of a long piece of work, in French words fit for the screen."""

    def step(self, label: str, total: int | None = None) -> None:
        """Begin a step; ``total`` is its number of units where it is known."""

    def advance(self, units: int = 1) -> None:
        """Say that so many units of the present step are done."""


class Silent:
    """Progress that nobody watches."""

    def step(self, label: str, total: int | None = None) -> None:
        """Do nothing."""

    def advance(self, units: int = 1) -> None:
        """Do nothing."""
