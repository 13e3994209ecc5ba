"""Typst sets the pages: a tagged PDF/UA-1, from its own fonts, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import cast

from maillage.kernel.errors import MaillageError, MissingExtra
from maillage.kernel.language import tr

_MAIN = "main"
_SIGNS, _FONTS = "signs.json", "fonts.json"
# PDF/UA-1 refuses a sign without a glyph: asking for one is the only way to know, since the
# fonts that typst carries cannot be read from outside. A bold face may lack what the plain one has.
_PROBE = f"""#set document(title: "signs")
#set text(font: json("{_FONTS}"), fallback: false)
#for sign in json("{_SIGNS}") {{
  for weight in ("regular", "semibold", "bold") [#text(weight: weight, sign) #linebreak()]
}}
"""


_PICTURE = """#set page(width: 720pt, height: auto, margin: 0pt, fill: white)
#image("drawing.svg", width: 100%)
"""


class TypstTypesetter:
    """The typesetter of PDF reports."""

    def compile(self, source: str, assets: Mapping[str, bytes], on: dt.date) -> bytes:
        """Return the PDF/UA-1 of a typst source that reads ``assets`` by name.

        The document is stamped at midnight UTC of ``on``; fonts of the machine are not looked at.
        Raises MissingExtra where typst is not installed, MaillageError where typst refuses.
        """
        typst = _typst()
        try:
            return _pdf(typst, source, assets, on)
        except typst.TypstError as error:
            message = tr(
                "Le rapport PDF n'a pas pu être mis en pages : le composeur typst répond "
                "« {answer} ». Signalez-le avec les données qui l'ont provoqué."
            ).format(answer=error.message)
            raise MaillageError(message) from error

    def unprintable(self, signs: str, fonts: Sequence[str]) -> frozenset[str]:
        """Return those of ``signs`` that none of ``fonts``, all of typst's own, can print.

        Raises MissingExtra where typst is not installed.
        """
        typst = _typst()
        told = json.dumps(list(fonts)).encode()
        return _refused(typst, sorted(set(signs)), told)

    def picture(self, drawing: str, width: int) -> bytes:
        """Return a PNG of an SVG drawing, so many pixels wide, on white.

        Raises MissingExtra where typst is not installed, MaillageError where typst refuses.
        """
        typst = _typst()
        make = cast("Callable[..., bytes]", typst.compile)
        files = {_MAIN: _PICTURE.encode(), "drawing.svg": drawing.encode()}
        try:
            return make(files, format="png", ppi=width / 10, ignore_system_fonts=True)
        except typst.TypstError as error:
            message = tr("L'image n'a pas pu être faite : typst répond « {answer} ».")
            raise MaillageError(message.format(answer=error.message)) from error


def _refused(typst: ModuleType, signs: Sequence[str], fonts: bytes) -> frozenset[str]:
    """Return the signs that typst refuses, halving those it refuses together."""
    asked = {_SIGNS: json.dumps(signs).encode(), _FONTS: fonts}
    try:
        _pdf(typst, _PROBE, asked, dt.date(2000, 1, 1))
    except typst.TypstError:
        if len(signs) == 1:
            return frozenset(signs)
        middle = len(signs) // 2
        return _refused(typst, signs[:middle], fonts) | _refused(typst, signs[middle:], fonts)
    return frozenset()


def _pdf(typst: ModuleType, source: str, assets: Mapping[str, bytes], on: dt.date) -> bytes:
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


def _typst() -> ModuleType:
    try:
        import typst
    except ImportError as error:
        message = tr(
            'Le rapport PDF demande le composeur typst. Installez-le : pip install "maillage[pdf]"'
        )
        raise MissingExtra(message) from error
    return typst
