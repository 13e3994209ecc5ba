"""A place in the few words of a list, and whole for its own page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.orientation.hours_words import full_words
from maillage.standard import mednum
from maillage.standard.words import Word
from maillage.web.reading.book import Place, Presence
from maillage.web.reading.closures import closures
from maillage.web.reading.filters import Hit
from maillage.web.reading.hours import Today, WeekDay, today_words, week_lines

_WEB = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Moment:
    """When a page is read, the parameters in force then, and who is full.

    ``full`` tells, by permanence, the last day for which it takes nobody more, none that is past.
    """

    now: dt.datetime
    parameters: Parameters
    full: Mapping[str, dt.date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Card:
    """A place in a list; not ``sure``: it did not tell all that is asked.

    ``who`` are the structures present there that answer, where others there do not: what is told
    is theirs alone. ``full`` says until when all who answer are full, "" where one takes people.
    """

    id: str
    name: str
    who: str
    address: str
    commune: str
    outside: bool
    away: str
    services: tuple[str, ...]
    today: Today
    cost: str
    sure: bool
    full: str = ""


@dataclass(frozen=True, slots=True)
class PresenceSheet:
    """What the page of a place says of one structure present there; ``id`` is its permanence."""

    id: str
    name: str
    today: Today
    closed: tuple[str, ...]
    week: tuple[WeekDay, ...]
    services: tuple[str, ...] | None
    presentation: str
    phone: str | None
    mails: tuple[str, ...]
    sites: tuple[str, ...]
    booking: str | None
    access: tuple[str, ...]
    ways: tuple[str, ...]
    cost: str
    publics: tuple[str, ...]
    cares: tuple[str, ...]
    labels: tuple[str, ...]
    accessibility: str | None
    itinerant: bool
    updated: dt.date | None
    full: str = ""


def card_of(hit: Hit, moment: Moment) -> Card:
    """Return a place as a list shows it; of several presences, the one open soonest speaks."""
    place = hit.place
    told = [_today(place, presence, moment) for presence in hit.presences]
    kinds = {kind for presence in hit.presences for kind in presence.services or ()}
    return Card(
        id=place.lieu.id,
        name=place.lieu.nom,
        who=_who(hit),
        address=address_of(place),
        commune=place.lieu.commune,
        outside=not place.lieu.in_territory,
        away="" if hit.km is None else _away(hit.km),
        services=tuple(kind.label for kind in place.services if kind in kinds),
        today=min(told, key=_rank),
        cost=cost_words(hit.presences),
        sure=hit.sure,
        full=full_of(hit.presences, moment),
    )


def full_of(presences: Sequence[Presence], moment: Moment) -> str:
    """Return that nobody present takes people, and until when the first does not.

    As « Complet jusqu'au 12 décembre »; "" where one of them takes people.
    """
    ids = [one.permanence.id for one in presences]
    until = [moment.full[one] for one in ids if one in moment.full]
    if not until or len(until) < len(ids):
        return ""
    return full_words(min(until), moment.now.date())


def _who(hit: Hit) -> str:
    if len(hit.presences) == len(hit.place.presences):
        return ""
    names = dict.fromkeys(one.structure.nom for one in hit.presences)
    return french.listed(tuple(names))


def sheets_of(place: Place, moment: Moment) -> tuple[PresenceSheet, ...]:
    """Return what the page of a place says of each structure present there."""
    return tuple(_sheet(place, presence, moment) for presence in place.presences)


def address_of(place: Place) -> str:
    """Return the postal address of a place in one line."""
    lieu = place.lieu
    town = " ".join(filter(None, (lieu.code_postal, lieu.commune)))
    return ", ".join(filter(None, (lieu.adresse, town)))


def cost_words(presences: tuple[Presence, ...]) -> str:
    """Return what help costs there; "" where nobody tells."""
    told = {cost for one in presences for cost in one.permanence.record.frais_a_charge or ()}
    words = [cost.label for cost in mednum.Frais if cost in told]
    return french.listed(words, tr("ou")).capitalize() if words else ""


def _sheet(place: Place, presence: Presence, moment: Moment) -> PresenceSheet:
    record, hours = presence.permanence.record, presence.permanence.horaires
    services = presence.services
    return PresenceSheet(
        id=presence.permanence.id,
        name=presence.structure.nom,
        today=_today(place, presence, moment),
        closed=closures(hours, moment.now.date()),
        week=week_lines(hours, moment.now.date()) if hours else (),
        services=None if services is None else tuple(kind.label for kind in services),
        presentation=record.presentation_detail or record.presentation_resume or "",
        phone=record.telephone,
        mails=record.courriels or (),
        sites=tuple(filter(is_web, record.site_web or ())),
        booking=record.prise_rdv if is_web(record.prise_rdv) else None,
        access=_labels(record.modalites_acces),
        ways=_labels(record.modalites_accompagnement),
        cost=cost_words((presence,)),
        publics=_labels(record.publics_specifiquement_adresses),
        cares=_labels(record.prise_en_charge_specifique),
        labels=(
            *_labels(record.dispositif_programmes_nationaux),
            *_labels(record.formations_labels),
            *(record.autres_formations_labels or ()),
        ),
        accessibility=record.fiche_acces_libre if is_web(record.fiche_acces_libre) else None,
        itinerant=presence.permanence.itinerant,
        updated=record.date_maj,
        full=full_of((presence,), moment),
    )


def _today(place: Place, presence: Presence, moment: Moment) -> Today:
    hours = presence.permanence.horaires
    return today_words(hours, place.departement, moment.now, moment.parameters)


def _rank(today: Today) -> int:
    return {True: 0, False: 1, None: 2}[today.open_now]


def _labels(words: tuple[Word, ...] | None) -> tuple[str, ...]:
    return tuple(word.label for word in words or ())


def is_web(address: str | None) -> bool:
    """Say whether an address may be followed: a source may write anything, scripts included."""
    if address is None:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in _WEB and bool(parts.netloc)


def _away(km: float) -> str:
    if km < 1.0:
        return tr("à moins de 1 km")
    return tr("à {km} km à vol d'oiseau").format(km=french.number(km, 0 if km >= 10 else 1))
