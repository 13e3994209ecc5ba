"""Typst sets the pages: a tagged PDF/UA-1, from its own fonts, the same bytes every time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import cast

from maillage.kernel.errors import MissingExtra
from maillage.kernel.language import tr

_MAIN = "main"


class TypstTypesetter:
    """The typesetter of PDF reports."""

    def compile(self, source: str, assets: Mapping[str, bytes], on: dt.date) -> bytes:
        """Return the PDF/UA-1 of a typst source that reads ``assets`` by name.

        The document is stamped at midnight UTC of ``on``; fonts of the machine are not looked at.
        Raises MissingExtra where typst is not installed.
        """
        try:
            import typst
        except ImportError as error:
            message = tr(
                "Le rapport PDF demande le composeur typst. Installez-le : "
                'pip install "maillage[pdf]"'
            )
            raise MissingExtra(message) from error
        midnight = dt.datetime(on.year, on.month, on.day, tzinfo=dt.UTC)
        # its stub leaves out that sources may come as a mapping of names to bytes
        set_pages = cast("Callable[..., bytes]", typst.compile)
        return set_pages(
            {_MAIN: source.encode(), **assets},
            format="pdf",
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            timestamp=int(midnight.timestamp()),
        )
