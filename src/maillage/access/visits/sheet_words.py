"""The sheet of one person in words: short French sentences, one thing a line.

Written to be followed by somebody lost, on paper or aloud: no abbreviation, the time first, the
stop's own name.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass

from maillage.access.journeys.telling import clock
from maillage.access.timetable.model import Vehicle
from maillage.access.travel import Mode
from maillage.access.visits.model import Obstacle
from maillage.access.visits.sheet import (
    Check,
    JourneySheet,
    LastReturn,
    NoVisit,
    OtherVisit,
    SheetLeg,
    SheetPlace,
    SheetVisit,
    SheetWay,
    ended,
)
from maillage.kernel import french
from maillage.kernel.french import FIXED
from maillage.kernel.language import tr

_FEW_METRES = 100
_LONG_LINE = 12  # letters of a line's name that stand without quotes
_BOARDED_AT = {Vehicle.TRAIN: "à la gare", Vehicle.METRO: "à la station"}


class PartKind(enum.Enum):
    """What a part of the sheet is for: its place on the page follows from it."""

    CHECK = "check"
    WHY = "why"
    THERE = "there"
    SERVED = "served"
    BACK = "back"
    LAST = "last"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and when by the clock; None = right after what comes before."""

    time: str | None
    text: str

    def sentence(self) -> str:
        """Return the step on one line."""
        return self.text if self.time is None else f"{self.time}{FIXED}: {self.text}"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the sheet, its title and its steps."""

    kind: PartKind
    title: str
    steps: tuple[Step, ...]

    @property
    def timed(self) -> bool:
        """Whether any of its steps is told by the clock."""
        return any(step.time is not None for step in self.steps)


@dataclass(frozen=True, slots=True)
class SheetText:
    """The whole sheet: ``over`` and ``title`` head it, ``when`` is its day or days.

    ``about`` says of what visit it is, ``how`` on what it stands.
    """

    over: str
    title: str
    when: str
    about: tuple[str, ...]
    parts: tuple[Part, ...]
    how: tuple[str, ...]


def sheet_text(sheet: JourneySheet) -> SheetText:
    """Return the sheet in words. Raises ValueError where it tells neither a visit nor a reason."""
    visit, none = sheet.visit, sheet.no_visit
    if visit is not None:
        over, title = tr("Votre trajet vers"), visit.place.name
        about = (*_found_at(visit.place), _what_for(sheet))
        parts = (*_checks(visit), *_ways(visit), _last(sheet, visit), *_others(sheet))
    elif none is not None:
        over, title, about = tr("Votre demande"), _title_of_none(none), (_what_for(sheet),)
        parts = (_why(none), *_others(sheet))
    else:
        raise ValueError("a sheet with neither a visit nor a reason")
    return SheetText(over, title, _when(sheet), about, parts, sheet.how)


def day_in_words(day: dt.date) -> str:
    """Return a day with its name.

    >>> day_in_words(dt.date(2026, 1, 12)).replace(FIXED, " ")
    'lundi 12 janvier 2026'
    """
    return f"{french.weekday(day)} {french.date(day)}"


def _found_at(place: SheetPlace) -> Iterator[str]:
    if place.address:
        yield tr("Adresse : {address}").format(address=place.address)
    if place.phone:
        yield tr("Téléphone : {phone}").format(phone=french.phone(place.phone))


def _when(sheet: JourneySheet) -> str:
    if sheet.visit is not None:
        return _capital(day_in_words(sheet.visit.opening.date))
    first, last = sheet.days[0], sheet.days[-1]
    if first == last:
        return _capital(day_in_words(first))
    told = tr("Du {first} au {last}")
    return told.format(first=day_in_words(first), last=day_in_words(last))


def _what_for(sheet: JourneySheet) -> str:
    wanted = sheet.kind.label
    if sheet.service is not None:
        wanted = f"{sheet.service.label}, {wanted}"
    return tr("Pour : {wanted}.").format(wanted=wanted)


def _checks(visit: SheetVisit) -> Iterator[Part]:
    steps = tuple(Step(None, text) for check in visit.to_check for text in _check(check, visit))
    if steps:
        yield Part(PartKind.CHECK, tr("Avant de partir"), steps)


def _check(check: Check, visit: SheetVisit) -> Iterator[str]:
    if check is Check.HOURS:
        yield tr("Téléphonez avant : horaires non vérifiés.")
        yield _call(visit.place)
    elif check is Check.TIMETABLE:
        yield tr("Vérifiez l'heure des bus et des trains.")
        yield tr(
            "Les horaires de ce jour-là ne sont pas connus : ceux-ci sont d'une autre semaine."
        )
    elif check is Check.ON_REQUEST:
        yield tr("Appelez le réseau de transport : cette course est peut-être à réserver.")
        yield tr("Demandez à quelle heure elle passe, à l'aller et au retour.")
    else:
        yield tr("Demandez au réseau de transport si l'on peut monter sans marche.")
        yield tr("Cela n'est pas écrit dans ses horaires.")


def _call(place: SheetPlace) -> str:
    if place.phone:
        phone = french.phone(place.phone)
        return tr("Appelez « {name} » : {phone}.").format(name=place.name, phone=phone)
    return tr("Appelez « {name} ». Son numéro n'est pas écrit ici.").format(name=place.name)


def _ways(visit: SheetVisit) -> Iterator[Part]:
    there = (*_way(visit.there, visit.place.name, tr("Partez de chez vous.")),)
    arrived = Step(_clock(visit.there.told()[-1][1]), tr("Vous y êtes."))
    yield Part(PartKind.THERE, tr("L'aller"), (*there, arrived))
    yield Part(PartKind.SERVED, tr("Sur place"), tuple(_served(visit)))
    back = (*_way(visit.back, None, tr("Quittez le lieu.")),)
    home = Step(_clock(visit.back.told()[-1][1]), tr("Vous êtes chez vous."))
    yield Part(PartKind.BACK, tr("Le retour"), (*back, home))


def _served(visit: SheetVisit) -> Iterator[Step]:
    opened = french.listed(
        [
            tr("de {opens} à {closes}").format(opens=_clock(a), closes=_clock(b))
            for a, b in visit.opening.ranges
        ]
    )
    supposed = Check.HOURS in visit.to_check
    text = tr("Ouvert sans doute {hours}.") if supposed else tr("Ouvert {hours}.")
    yield Step(None, text.format(hours=opened))
    yield Step(_clock(ended(visit.start)), tr("On vous reçoit."))
    over = min(ended(visit.end), visit.back.told()[0][0])  # one leaves when it is over, not before
    yield Step(_clock(over), tr("La visite est finie."))


def _way(way: SheetWay, place: str | None, leaving: str) -> Iterator[Step]:
    """Give the steps of a way; ``place`` is where it ends, None = home."""
    told = way.told()
    door = tr("chez vous") if place is None else tr("« {name} »").format(name=place)
    yield Step(_clock(told[0][0]), leaving)
    for number, (leg, times) in enumerate(zip(way.legs, told, strict=True)):
        if leg.mode is None:
            yield from _ride(leg)
            continue
        to_door = number == len(way.legs) - 1
        took = min(ended(leg.arrive - leg.depart), max(1, times[1] - times[0]))
        text = _moved(leg, took, door if to_door else None)
        if text is not None:
            yield Step(None, text)


def _moved(leg: SheetLeg, took: int, door: str | None) -> str | None:
    """Return what to do without any vehicle in so many minutes; None where one need not move."""
    if door is None and leg.from_name == leg.to_name and leg.from_name is not None:
        return tr("Changez ici : attendez le véhicule suivant.")
    if leg.arrive == leg.depart:
        return None
    end = door or tr("l'arrêt « {stop} »").format(stop=leg.to_name)
    verbs = {
        Mode.WALK: tr("Marchez {took} jusqu'à {end}{far}."),
        Mode.BICYCLE: tr("Roulez à vélo {took} jusqu'à {end}{far}."),
        Mode.CAR: tr("Roulez en voiture {took} jusqu'à {end}{far}."),
    }
    told = verbs[leg.mode or Mode.WALK]
    return told.format(took=_duration(took), end=end, far=_far(leg.metres))


def _far(metres: int | None) -> str:
    if not metres or metres < _FEW_METRES:
        return ""
    step = 50
    told = french.plural(round(metres / step) * step, tr("mètre"))
    return tr(" (environ {metres})").format(metres=told)


def _ride(leg: SheetLeg) -> Iterator[Step]:
    vehicle = leg.vehicle or Vehicle.OTHER
    at = tr(_BOARDED_AT.get(vehicle, "à l'arrêt"))
    text = tr("Prenez le {vehicle} {at} « {stop} ».")
    yield Step(clock(leg.depart), text.format(vehicle=_named(leg), at=at, stop=leg.from_name))
    if leg.headsign:
        yield Step(None, tr("Direction : « {headsign} ».").format(headsign=leg.headsign))
    text = tr("Descendez {at} « {stop} ».")
    yield Step(clock(leg.arrive), text.format(at=at, stop=leg.to_name))


def _named(leg: SheetLeg) -> str:
    """Return a vehicle and its line: « bus 20 »."""
    what = _kind_of(leg.vehicle or Vehicle.OTHER)
    if not leg.line:
        return what
    quoted = len(leg.line) > _LONG_LINE or " " in leg.line
    return f"{what}{FIXED}« {leg.line} »" if quoted else f"{what}{FIXED}{leg.line}"


def _kind_of(vehicle: Vehicle) -> str:
    return tr("véhicule") if vehicle is Vehicle.OTHER else tr(vehicle.label)


def _last(sheet: JourneySheet, visit: SheetVisit) -> Part:
    steps = [Step(None, text) for text in _last_return(visit.last_return, sheet)]
    spare = visit.spare // 60
    longer = tr("La visite pourrait durer {spare} de plus.").format(spare=_duration(spare))
    steps.append(Step(None, longer if spare else tr("La visite ne peut pas durer plus longtemps.")))
    title = tr("À ne pas manquer") if len(steps) > 1 else tr("Bon à savoir")
    return Part(PartKind.LAST, title, tuple(steps))


def _last_return(last: LastReturn, sheet: JourneySheet) -> Iterator[str]:
    """Give what to say of the last vehicle home; nothing to who needs none."""
    if last.ride is None:
        return
    home_by = clock(sheet.kind.back_by * 60)
    vehicle = last.ride.vehicle or Vehicle.OTHER
    text = (
        tr("Dernier {vehicle} pour être chez vous à {home_by} : {time}, {at} « {stop} » ({named}).")
        if last.later
        else tr("Dernier {vehicle} du retour : {time}, {at} « {stop} » ({named}).")
    )
    yield text.format(
        vehicle=_kind_of(vehicle),
        home_by=home_by,
        time=clock(last.ride.depart),
        at=tr(_BOARDED_AT.get(vehicle, "à l'arrêt")),
        stop=last.ride.from_name,
        named=_named(last.ride),
    )
    yield tr("Quittez le lieu à {leave} au plus tard.").format(leave=_clock(last.told_leave))


def _others(sheet: JourneySheet) -> Iterator[Part]:
    known = sheet.visit.place if sheet.visit is not None else None
    steps = [_other(one, known) for one in sheet.others]
    if not steps and sheet.no_visit is not None and sheet.no_visit.is_unknown:
        return
    if not steps:
        text = tr("Nous ne trouvons pas d'autre jour possible jusqu'au {until}.")
        steps = [Step(None, text.format(until=day_in_words(sheet.until)))]
        if sheet.a_bus_is_missing:
            steps.append(Step(None, tr("Mais les horaires d'un réseau de bus nous manquent.")))
    title = tr("Si vous ne pouvez pas ce jour-là") if sheet.visit else tr("Les jours d'après")
    yield Part(PartKind.OTHERS, title, tuple(steps))


def _other(one: OtherVisit, known: SheetPlace | None) -> Step:
    text = tr("{day} : départ vers {leave}, retour vers {back}.").format(
        day=_capital(day_in_words(one.date)),
        leave=clock(one.leave),
        back=_clock(ended(one.back)),
    )
    if known is None or one.place.id != known.id:
        text += " " + tr("Lieu : {name}.").format(name=one.place.name)
    if Check.HOURS in one.to_check:
        text += " " + tr("Téléphonez avant.")
    return Step(None, text)


def _title_of_none(none: NoVisit) -> str:
    return tr("Appelez avant de partir") if none.is_unknown else tr("Aucune visite possible")


def _why(none: NoVisit) -> Part:
    return Part(PartKind.WHY, tr("Pourquoi"), tuple(Step(None, one) for one in _reasons(none)))


def _reasons(none: NoVisit) -> Iterator[str]:
    place, date = none.place, none.date
    if place is None or date is None:
        yield _sentence(none.sentence)
        return
    if none.is_unknown:
        yield _sentence(none.sentence)
        if none.obstacle is Obstacle.UNKNOWN_TIMETABLE:
            yield tr("Un bus passe peut-être : appelez le réseau de bus.")
            yield tr("Vous pouvez aussi demander au lieu comment venir.")
        elif none.obstacle is Obstacle.UNKNOWN_STEP_FREE:
            yield tr("Appelez le réseau de transport pour le demander.")
        yield _call(place)
        return
    where = tr("{name}, {day} : {why}.").format(
        name=place.name, day=day_in_words(date), why=none.sentence
    )
    yield tr("Ce qui s'en approche le plus :")
    yield where
    if none.public_holiday:
        yield tr("C'est un jour férié.")
    if none.no_stop_near_home:
        yield tr("Il n'y a pas d'arrêt assez près de chez vous pour y aller à pied.")
    yield tr("Parlez-en à la personne qui vous donne cette fiche.")


def _duration(minutes: int) -> str:
    """Return a duration, in whole words under an hour."""
    return french.plural(minutes, tr("minute")) if minutes < 60 else french.minutes(minutes)


def _clock(minute: int) -> str:
    return clock(minute * 60)


def _sentence(text: str) -> str:
    return _capital(text) + "."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
