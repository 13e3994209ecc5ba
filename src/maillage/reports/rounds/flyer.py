"""Flyers: for each commune an A5 page in big print, as a tagged PDF."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports import colours
from maillage.reports.paper import FONTS, printable
from maillage.reports.plain_data import plain
from maillage.reports.typesetter import Typesetter
from maillage.reports.typography import polished
from maillage.rounds.month import RoundMonth
from maillage.rounds.month_words import day_words, flyer_lead, flyer_title, hours_words

_SOURCE = Path(__file__).parent / "flyer.typ"
_SIZES = ((2, 28), (5, 22), (8, 18), (12, 15))
"""How many lines a page holds at most at each size of type, in points."""
_SMALLEST = 12
_STACKED = 22
"""From this size of type on, a day and its hours do not hold on one line."""


@dataclass(frozen=True, slots=True)
class FlyerPlace:
    """A place of the commune, and the days and hours when people are received there."""

    name: str
    times: tuple[tuple[str, str], ...]
    address: str


@dataclass(frozen=True, slots=True)
class Flyer:
    """One page; ``size`` in points."""

    title: str
    lead: str
    places: tuple[FlyerPlace, ...]
    phone: str
    size: int


def flyers(month: RoundMonth) -> tuple[tuple[str, Flyer], ...]:
    """Return the flyer of each commune where the round stops, by INSEE code."""
    by_commune: dict[str, list[FlyerPlace]] = {}
    names: dict[str, str] = {}
    days: dict[str, list[dt.date]] = {}
    for one in month.stops:
        times = tuple((day_words(s.date), hours_words(s.received)) for s in one.sessions)
        if times:
            names[one.stop.code_insee] = one.stop.commune
            days.setdefault(one.stop.code_insee, []).extend(s.date for s in one.sessions)
            places = by_commune.setdefault(one.stop.code_insee, [])
            places.append(FlyerPlace(one.stop.name, times, one.stop.address or ""))
    return tuple(
        (
            code,
            Flyer(
                flyer_title(month, names[code]),
                flyer_lead(month, days[code]),
                tuple(places),
                french.phone(month.operator.telephone or ""),
                _size(sum(1 + bool(p.address) + len(p.times) for p in places)),
            ),
        )
        for code, places in sorted(by_commune.items(), key=lambda item: (names[item[0]], item[0]))
    )


def flyers_pdf(
    month: RoundMonth, on: dt.date, typesetter: Typesetter, code_insee: str | None = None
) -> bytes:
    """Return the PDF of all communes, one page each, or of one; same arguments, same bytes.

    Raises ValueError where the round stops nowhere there, MissingExtra where the typesetter is not
    installed.
    """
    pages = [page for code, page in flyers(month) if code_insee in (None, code)]
    if not pages:
        message = "no session there: no flyer"
        raise ValueError(message)
    data = {
        "pages": plain(polished(tuple(pages))),
        "title": polished(tr("{operator} : ses arrêts").format(operator=month.operator.name)),
        "territory": polished(month.territory),
        "stacked": _STACKED,
        "words": {"phone": tr("Renseignements")},
        "fonts": list(FONTS),
        "colours": {"accent": colours.ACCENT, "ink": colours.INK},
    }
    files = {"flyer.json": json.dumps(data, ensure_ascii=False, sort_keys=True).encode()}
    ready = printable(files, FONTS, typesetter.unprintable)
    return typesetter.compile(_SOURCE.read_text(encoding="utf-8"), ready, on)


def _size(n_lines: int) -> int:
    return next((points for most, points in _SIZES if n_lines <= most), _SMALLEST)
