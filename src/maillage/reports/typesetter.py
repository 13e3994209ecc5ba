"""What the PDF report asks of an engine that sets pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Protocol


class Typesetter(Protocol):
    """An engine that makes a tagged PDF/UA-1 out of a typst source."""

    def compile(self, source: str, assets: Mapping[str, bytes], on: dt.date) -> bytes:
        """Return the PDF of a source that reads ``assets`` by name, stamped with a date.

        The same arguments give the same bytes. Raises MissingExtra where the engine is not
        installed, MaillageError (one French sentence) where the pages cannot be set.
        """

    def unprintable(self, signs: str, fonts: Sequence[str]) -> frozenset[str]:
        """Return those of ``signs`` that none of the engine's ``fonts`` can print."""
