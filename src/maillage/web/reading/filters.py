"""Which places answer what is asked: filters in the address, the same for pages, map and data.

A place answers if one presence there answers everything. Where what is asked is not told of a
presence it may answer: it is counted apart, never shown as if it did nor hidden without a word;
whoever wants to see it asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from maillage.directory.week import Range
from maillage.kernel.geometry import FloatArray, coordinates, distances_km
from maillage.kernel.words import plain
from maillage.orientation.candidates import says_home
from maillage.standard import mednum
from maillage.territory.model import Zone
from maillage.web.reading.book import Place, Presence, TerritoryBook
from maillage.web.reading.codes import code_of, word_of
from maillage.web.reading.hours import ordinary_week

LONGEST_NAME = 80
"""Signs of a name that is sought."""
HALVES = ("matin", "apres-midi")
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of places; None = anything will do.

    ``day`` is 0 (Monday) to 6, ``half`` 0 before noon and 1 after. ``stay``: help comes home, or is
    given from afar. ``unsure``: places that did not tell all that is asked are shown too.
    """

    service: mednum.Service | None = None
    commune: Zone | None = None
    stay: bool = False
    day: int | None = None
    half: int | None = None
    free: bool = False
    public: mednum.PublicSpecifiquementAdresse | None = None
    care: mednum.PriseEnChargeSpecifique | None = None
    name: str = ""
    unsure: bool = False

    @property
    def n_filters(self) -> int:
        """How many things are asked; a commune sorts, and ``unsure`` adds: neither counts."""
        said = (self.service, self.day, self.half, self.public, self.care)
        return sum(one is not None for one in said) + self.stay + self.free + bool(self.name)

    def query(self) -> dict[str, str]:
        """Return what is asked as an address holds it, in the order of the form."""
        told = {
            "besoin": code_of(self.service) if self.service else None,
            "commune": self.commune.code_insee if self.commune else None,
            "chez_soi": "oui" if self.stay else None,
            "jour": None if self.day is None else DAYS[self.day],
            "moment": None if self.half is None else HALVES[self.half],
            "gratuit": "oui" if self.free else None,
            "public": code_of(self.public) if self.public else None,
            "accueil": code_of(self.care) if self.care else None,
            "lieu": self.name or None,
            "incertain": "oui" if self.unsure else None,
        }
        return {name: value for name, value in told.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that answers; ``km`` from the commune asked, as the crow flies, None = not known.

    Where it is not ``sure``, something that is asked is not told of it. ``answering`` are those
    present there who answer, or may where nobody does; None: nothing was asked of them.
    """

    place: Place
    km: float | None
    sure: bool = True
    answering: tuple[Presence, ...] | None = None

    @property
    def presences(self) -> tuple[Presence, ...]:
        """Those present who answer what is asked: they alone speak for the place."""
        return self.place.presences if self.answering is None else self.answering


@dataclass(frozen=True, slots=True)
class Answer:
    """The places that answer, in order; how many others may: what is asked is not told of them."""

    hits: tuple[Hit, ...]
    n_untold: int


def asked_of(query: Mapping[str, str], book: TerritoryBook) -> Asked:
    """Return what an address asks; what it does not understand is not asked."""
    day, half = query.get("jour", ""), query.get("moment", "")
    return Asked(
        service=word_of(mednum.Service, query.get("besoin", "")),
        commune=book.commune_by_code.get(query.get("commune", "")),
        stay=query.get("chez_soi", "") == "oui",
        day=DAYS.index(day) if day in DAYS else None,
        half=HALVES.index(half) if half in HALVES else None,
        free=query.get("gratuit", "") == "oui",
        public=word_of(mednum.PublicSpecifiquementAdresse, query.get("public", "")),
        care=word_of(mednum.PriseEnChargeSpecifique, query.get("accueil", "")),
        name=" ".join(query.get("lieu", "")[:LONGEST_NAME].split()),
        unsure=query.get("incertain", "") == "oui",
    )


def answer(asked: Asked, book: TerritoryBook, noon: int) -> Answer:
    """Return the places that answer what is asked; ``noon`` is the minute when a morning ends.

    Without a commune: those of the territory, by name. With one: those of the neighbours too, the
    nearest first, those not on the map last. Those that may answer come after those that do.
    """
    km = _distances(asked.commune, book)
    hits, n_untold = [], 0
    for at, place in enumerate(book.places):
        if asked.commune is None and not place.lieu.in_territory:
            continue
        told, answering = _answers(asked, place, noon)
        if told or (told is None and asked.unsure):
            away = None if km is None or np.isnan(km[at]) else float(km[at])
            hits.append(Hit(place, away, sure=told is not None, answering=answering))
        elif told is None:
            n_untold += 1
    hits.sort(key=lambda hit: (not hit.sure, km is not None and hit.km is None, hit.km or 0.0))
    return Answer(tuple(hits), n_untold)


def _distances(commune: Zone | None, book: TerritoryBook) -> FloatArray | None:
    if commune is None or not book.places:
        return None
    table: FloatArray = distances_km(coordinates([commune.point]), book.lonlat)
    return table.reshape(-1)


def _answers(
    asked: Asked, place: Place, noon: int
) -> tuple[bool | None, tuple[Presence, ...] | None]:
    """Return whether a place answers, None = it may; and who there does, or may."""
    verdicts = [
        _answered(asked, presence, noon) if _is_named(asked.name, place, presence) else False
        for presence in place.presences
    ]
    told = True if True in verdicts else None if None in verdicts else False
    if not asked.n_filters:
        return told, None
    pairs = zip(place.presences, verdicts, strict=True)
    return told, tuple(presence for presence, verdict in pairs if verdict is told)


def _is_named(name: str, place: Place, presence: Presence) -> bool:
    """Say whether each word sought begins a word of a name that is told there."""
    if not name:
        return True
    told = (place.lieu.nom, place.lieu.commune, presence.structure.nom)
    words = [
        word for text in (*told, presence.permanence.record.nom or "") for word in _words(text)
    ]
    return all(any(one.startswith(sought) for one in words) for sought in _words(name))


def _words(text: str) -> list[str]:
    return plain(text).split()


def _answered(asked: Asked, presence: Presence, noon: int) -> bool | None:
    verdicts = list(_criteria(asked, presence, noon))
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _criteria(asked: Asked, presence: Presence, noon: int) -> Iterator[bool | None]:
    record, hours = presence.permanence.record, presence.permanence.horaires
    when = asked.half if asked.day is None else asked.day
    told: tuple[tuple[object, Callable[[], bool | None]], ...] = (
        (asked.service, lambda: _holds(presence.services, asked.service)),
        (asked.stay or None, lambda: _stays(presence)),
        (when, lambda: _opens(hours, asked, noon)),
        (asked.free or None, lambda: _holds(record.frais_a_charge, mednum.Frais.GRATUIT)),
        (asked.public, lambda: _holds(record.publics_specifiquement_adresses, asked.public)),
        (asked.care, lambda: _holds(record.prise_en_charge_specifique, asked.care)),
    )
    return (verdict() for wanted, verdict in told if wanted is not None)


def _holds(told: tuple[object, ...] | None, wanted: object) -> bool | None:
    return None if told is None else wanted in told


def _stays(presence: Presence) -> bool | None:
    """Return whether somebody who cannot move is helped; a text alone tells of help at home."""
    record = presence.permanence.record
    afar = mednum.ModaliteAccompagnement.A_DISTANCE
    return True if says_home(record) else _holds(record.modalites_accompagnement, afar)


def _opens(hours: str | None, asked: Asked, noon: int) -> bool | None:
    """Return whether hours hold the day and the half of it that are asked, any day if none is."""
    if hours is None:
        return None
    week = ordinary_week(hours)
    days = week if asked.day is None else (week[asked.day],)
    told = [None if ranges is None else _in_half(ranges, asked.half, noon) for ranges in days]
    if True in told:
        return True
    return None if None in told else False


def _in_half(ranges: Sequence[Range], half: int | None, noon: int) -> bool:
    if half is None:
        return ranges != ()
    return any(opens < noon if half == 0 else closes > noon for opens, closes in ranges)
