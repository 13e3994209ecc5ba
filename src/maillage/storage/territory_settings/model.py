"""What a territory chooses of its part of a site: its name there, its look, its desk, its door."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo, by what its file holds; ``alt`` is what it says, "" where it says nothing more.

    ``width`` and ``height`` are pixels.
    """

    digest: str
    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True, slots=True)
class TerritorySettings:
    """The settings of a territory; None = not chosen.

    ``accent`` is six hexadecimal figures that white is read on; ``phone`` is in E.164; ``hours``
    is free French text; ``closed``: only those who have a role there see its pages.
    """

    name: str | None = None
    accent: str | None = None
    logo: Logo | None = None
    phone: str | None = None
    email: str | None = None
    hours: str | None = None
    closed: bool = False

    @property
    def has_desk(self) -> bool:
        """Whether there is somebody to call or to write to."""
        return bool(self.phone or self.email)
