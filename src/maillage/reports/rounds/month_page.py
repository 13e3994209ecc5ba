"""The four weeks as one page for phones and A4: tables, a map, what is said of the plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports import colours
from maillage.reports.rounds.month_map import disc, month_map
from maillage.reports.style_sheet import style_hash
from maillage.reports.typography import polished
from maillage.rounds.changes_words import changes_words
from maillage.rounds.model import Frequency
from maillage.rounds.month import HeldSession, RoundMonth
from maillage.rounds.month_words import day_words, hours_words, month_text
from maillage.territory.model import Territory

_SIGN = 42


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One line of a week: texts as they are read."""

    day: str
    hours: str
    commune: str
    place: str
    vehicle: str


@dataclass(frozen=True, slots=True)
class WeekTable:
    """The sessions of one week."""

    title: str
    rows: tuple[SessionRow, ...]


@dataclass(frozen=True, slots=True)
class StopRow:
    """One line of the table of stops, numbered as on the map."""

    number: str
    commune: str
    place: str
    often: str
    dates: tuple[str, ...]
    brings: str
    room: str


def month_page(month: RoundMonth, territory: Territory, on: dt.date) -> str:
    """Return the page; its style is named by hash, it asks no network and runs no script.

    Same arguments, same bytes.
    """
    templates = _environment()
    style = templates.get_template("month.css").render(c=colours).strip()
    picture = polished(month_map(month, territory))
    return templates.get_template("month.html").render(
        text=polished(month_text(month)),
        territory=polished(month.territory),
        weeks=polished(week_tables(month)),
        stops=polished(stop_rows(month)),
        signs=_signs(month),
        picture=picture,
        drawing=Markup(picture.body),  # noqa: S704 - drawn here, every text escaped
        changes=() if month.changes is None else polished(changes_words(month.changes)),
        phone=french.phone(month.operator.telephone or ""),
        crosses=month.beside is not None and bool(month.beside.dropped),
        several_vehicles=len({session.vehicle for session in month.sessions}) > 1,
        has_room=month.room is not None,
        on=on,
        style=Markup(style),  # noqa: S704 - our own sheet
        style_hash=style_hash(style),
    )


def week_tables(month: RoundMonth) -> tuple[WeekTable, ...]:
    """Return the sessions by week, a week without any left out."""
    by_monday: dict[dt.date, list[HeldSession]] = {}
    for session in month.sessions:
        monday = session.date - dt.timedelta(days=session.date.weekday())
        by_monday.setdefault(monday, []).append(session)
    return tuple(
        WeekTable(
            tr("Semaine du {day}").format(day=day_words(monday)),
            tuple(
                SessionRow(
                    day=day_words(session.date),
                    hours=hours_words(session.received),
                    commune=session.stop.commune,
                    place=session.stop.name,
                    vehicle=session.vehicle,
                )
                for session in held
            ),
        )
        for monday, held in sorted(by_monday.items())
    )


def stop_rows(month: RoundMonth) -> tuple[StopRow, ...]:
    """Return the stops, in order of commune, with all their dates."""
    return tuple(
        StopRow(
            number=str(number),
            commune=one.stop.commune,
            place=one.stop.name,
            often=one.frequency.label,
            dates=tuple(dict.fromkeys(day_words(session.date) for session in one.sessions)),
            brings=french.number(one.brings),
            room=""
            if one.room is None
            else tr("{come} pour {places}").format(
                come=french.number(one.room.come),
                places=french.plural(one.room.places, tr("place")),
            ),
        )
        for number, one in enumerate(month.stops, 1)
    )


def _signs(month: RoundMonth) -> list[tuple[Markup, str]]:
    """Return the legend: the sign and the words of each frequency that is held."""
    held = {one.frequency for one in month.stops}
    middle = _SIGN // 2
    return [
        (
            Markup(  # noqa: S704 - drawn here
                f'<svg viewBox="0 0 {_SIGN} {_SIGN}" width="24" height="24" aria-hidden="true">'
                f"{disc(1, one, middle, middle)}</svg>"
            ),
            one.label,
        )
        for one in Frequency
        if one in held
    ]


@lru_cache(maxsize=1)
def _environment() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update(tr=tr, date=french.date)
    return templates
