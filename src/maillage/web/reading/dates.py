"""The dates to come of who is present somewhere: told hours alone, public holidays left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from maillage.access.visits.model import Certainty
from maillage.access.visits.opening import openings_of_hours
from maillage.directory.week import Range
from maillage.kernel import french
from maillage.kernel.diary import Diary, DiaryEvent
from maillage.kernel.language import tr
from maillage.orientation.hours_words import day_words, ranges_words
from maillage.standard import mednum
from maillage.web.reading.book import Place, Presence
from maillage.web.reading.cards import Moment, address_of

SHEET_DAYS = 28
"""Days that the sheet of a commune looks ahead."""
DIARY_DAYS = 56
"""Days that a diary holds."""
_NOBODY_COMES = (mednum.ModaliteAcces.CE_LIEU_N_ACCUEILLE_PAS_DE_PUBLIC,)


@dataclass(frozen=True, slots=True)
class ComingDate:
    """A day on which somebody is present somewhere; ``ranges`` are minutes of the day.

    ``sure`` False: the hours hang on an end that is not told.
    """

    day: dt.date
    ranges: tuple[Range, ...]
    place: Place
    presence: Presence
    sure: bool

    @property
    def day_words(self) -> str:
        """The day as people say it."""
        return day_words(self.day)

    @property
    def hours_words(self) -> str:
        """The hours as people say them."""
        return ranges_words(self.ranges)


def coming(place: Place, presence: Presence, moment: Moment, n_days: int) -> tuple[ComingDate, ...]:
    """Return the days on which somebody receives, today the first of ``n_days``."""
    hours = presence.permanence.horaires
    if hours is None or presence.permanence.record.modalites_acces == _NOBODY_COMES:
        return ()
    today = moment.now.date()
    days = [today + dt.timedelta(days=ahead) for ahead in range(n_days)]
    told = openings_of_hours((hours, None), days, place.departement, moment.parameters)
    return tuple(
        ComingDate(one.date, one.ranges, place, presence, one.certainty is Certainty.CERTAIN)
        for one in told
        if one.ranges
    )


def diary_of(place: Place, presence: Presence, moment: Moment, page: str) -> Diary:
    """Return the diary of a permanence over eight weeks; ``page`` is the address of its lieu."""
    name = _name(place, presence)
    dates = coming(place, presence, moment, DIARY_DAYS)
    events = tuple(_events(dates, name, f"{_what(presence)}\n{page}".strip()))
    return Diary("Permanences", name, events)


def _events(dates: Iterable[ComingDate], name: str, told: str) -> Iterable[DiaryEvent]:
    for one in dates:
        lieu = one.place.lieu
        before = "" if one.sure else tr("Heure de fin non communiquée : appelez avant.") + "\n"
        for start, end in one.ranges:
            yield DiaryEvent(
                uid=f"{one.presence.permanence.id}-{one.day:%Y%m%d}-{start:04d}@maillage",
                date=one.day,
                start=start,
                end=end,
                summary=name,
                location=f"{lieu.nom}, {address_of(one.place)}",
                point=lieu.point,
                description=before + told,
            )


def _name(place: Place, presence: Presence) -> str:
    told, lieu = presence.structure.nom, place.lieu.nom
    return told if told == lieu else f"{told} – {lieu}"


def _what(presence: Presence) -> str:
    record, lines = presence.permanence.record, []
    if presence.services:
        lines.append(" ; ".join(kind.label for kind in presence.services))
    if record.telephone:
        lines.append(french.phone(record.telephone))
    return "\n".join(lines)
