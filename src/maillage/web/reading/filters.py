"""Which places answer what is asked: filters in the address, the same for pages, map and data.

A place answers if one presence there answers everything. Where what is asked is not told of a
presence it may answer: it is counted apart, never shown as if it did nor hidden without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from maillage.kernel.geometry import FloatArray, coordinates, distances_km
from maillage.standard import mednum
from maillage.territory.model import Zone
from maillage.web.reading.book import Place, Presence, TerritoryBook
from maillage.web.reading.codes import code_of, word_of
from maillage.web.reading.hours import ordinary_week

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of places; None = anything will do. ``day`` is 0 (Monday) to 6."""

    service: mednum.Service | None = None
    commune: Zone | None = None
    day: int | None = None
    free: bool = False
    public: mednum.PublicSpecifiquementAdresse | None = None
    care: mednum.PriseEnChargeSpecifique | None = None

    @property
    def n_filters(self) -> int:
        """How many things are asked, the commune set aside: it only sorts."""
        told = (self.service, self.day, self.free or None, self.public, self.care)
        return sum(one is not None for one in told)

    def query(self) -> dict[str, str]:
        """Return what is asked as an address holds it, in the order of the form."""
        told = {
            "besoin": code_of(self.service) if self.service else None,
            "commune": self.commune.code_insee if self.commune else None,
            "jour": None if self.day is None else DAYS[self.day],
            "gratuit": "oui" if self.free else None,
            "public": code_of(self.public) if self.public else None,
            "accueil": code_of(self.care) if self.care else None,
        }
        return {name: value for name, value in told.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that answers; ``km`` from the commune asked, as the crow flies, None = not known."""

    place: Place
    km: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The places that answer, in order; how many may, for what is asked is not told of them."""

    hits: tuple[Hit, ...]
    n_untold: int


def asked_of(query: Mapping[str, str], book: TerritoryBook) -> Asked:
    """Return what an address asks; what it does not understand is not asked."""
    day = query.get("jour", "")
    return Asked(
        service=word_of(mednum.Service, query.get("besoin", "")),
        commune=book.commune_by_code.get(query.get("commune", "")),
        day=DAYS.index(day) if day in DAYS else None,
        free=query.get("gratuit", "") == "oui",
        public=word_of(mednum.PublicSpecifiquementAdresse, query.get("public", "")),
        care=word_of(mednum.PriseEnChargeSpecifique, query.get("accueil", "")),
    )


def answer(asked: Asked, book: TerritoryBook) -> Answer:
    """Return the places that answer what is asked.

    Without a commune: those of the territory, by name. With one: those of the neighbours too, the
    nearest first, those not on the map last.
    """
    km = _distances(asked.commune, book)
    hits, n_untold = [], 0
    for at, place in enumerate(book.places):
        if asked.commune is None and not place.lieu.in_territory:
            continue
        told = _answers(asked, place)
        if told:
            hits.append(Hit(place, None if km is None or np.isnan(km[at]) else float(km[at])))
        elif told is None:
            n_untold += 1
    if km is not None:
        hits.sort(key=lambda hit: (hit.km is None, hit.km or 0.0))
    return Answer(tuple(hits), n_untold)


def _distances(commune: Zone | None, book: TerritoryBook) -> FloatArray | None:
    if commune is None or not book.places:
        return None
    table: FloatArray = distances_km(coordinates([commune.point]), book.lonlat)
    return table.reshape(-1)


def _answers(asked: Asked, place: Place) -> bool | None:
    """Return whether a place answers; None = it may."""
    verdicts = [_answered(asked, presence) for presence in place.presences]
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _answered(asked: Asked, presence: Presence) -> bool | None:
    verdicts = list(_criteria(asked, presence))
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _criteria(asked: Asked, presence: Presence) -> Iterator[bool | None]:
    record = presence.permanence.record
    told: tuple[tuple[object, Callable[[], bool | None]], ...] = (
        (asked.service, lambda: _holds(presence.services, asked.service)),
        (asked.day, lambda: _opens(presence.permanence.horaires, asked.day or 0)),
        (asked.free or None, lambda: _holds(record.frais_a_charge, mednum.Frais.GRATUIT)),
        (asked.public, lambda: _holds(record.publics_specifiquement_adresses, asked.public)),
        (asked.care, lambda: _holds(record.prise_en_charge_specifique, asked.care)),
    )
    return (verdict() for wanted, verdict in told if wanted is not None)


def _holds(told: tuple[object, ...] | None, wanted: object) -> bool | None:
    return None if told is None else wanted in told


def _opens(hours: str | None, day: int) -> bool | None:
    if hours is None:
        return None
    ranges = ordinary_week(hours)[day]
    return None if ranges is None else ranges != ()
