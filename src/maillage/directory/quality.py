"""How good a record is: named criteria, each with its share, its weight and what to ask.

A record is a permanence and the lieu it is held at. What nobody told counts 0; what does not
apply (hours where no public comes) counts for nothing: its weight goes to the others. Told
« none » is told. Nothing here says that a record is *true*: only that it is recent and whole.
"""

from __future__ import annotations

import datetime as dt
import enum
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from maillage.directory.model import Lieu, Permanence, Precision
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.standard.mednum import ModaliteAcces


class Freshness(enum.Enum):
    """How old a record is, in the words of the national tool « Mon inclusion numérique »."""

    UP_TO_DATE = ("up-to-date", "à jour")
    WATCH = ("watch", "à surveiller")
    CHECK = ("check", "à vérifier")
    RENEW = ("renew", "à actualiser")
    UNDATED = ("undated", "date inconnue ou à venir")

    def __init__(self, code: str, french_label: str) -> None:
        self.code = code
        self._french = french_label

    @property
    def label(self) -> str:
        """The name in the user's language."""
        return tr(self._french)


BANDS = (Freshness.UP_TO_DATE, Freshness.WATCH, Freshness.CHECK, Freshness.RENEW)


@dataclass(frozen=True, slots=True)
class QualityCriterion:
    """One reason to trust a record: ``share`` is 0-1, None where it does not apply.

    ``asks`` name, in French, what is to ask of whoever keeps the record; empty = nothing.
    """

    code: str
    label: str
    share: float | None
    weight: float
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QualityScore:
    """The quality of one record, criterion by criterion."""

    freshness: Freshness
    criteria: tuple[QualityCriterion, ...]

    @property
    def score(self) -> float | None:
        """The weighted mean of the criteria that apply, 0-1; None where none has a weight."""
        told = [(c.share, c.weight) for c in self.criteria if c.share is not None]
        weight = sum(w for _, w in told)
        return sum(share * w for share, w in told) / weight if weight > 0.0 else None

    @property
    def asks(self) -> tuple[str, ...]:
        """All there is to ask, in order of criterion: « horaires », « coût »…"""
        return tuple(ask for criterion in self.criteria for ask in criterion.asks)


def quality_of(
    permanence: Permanence, lieu: Lieu, on: dt.date, parameters: Parameters
) -> QualityScore:
    """Return the quality of one record on a date; parameters are those under ``quality``."""
    freshness = freshness_of(permanence.record.date_maj, on, parameters)
    found = (
        _freshness(permanence, freshness, parameters),
        _services(permanence),
        _contact(permanence, parameters),
        _hours(permanence),
        _coordinates(permanence, lieu, parameters),
        _conditions(permanence, parameters),
    )
    return QualityScore(freshness, tuple(_weighed(one, parameters) for one in found))


def freshness_of(told: dt.date | None, on: dt.date, parameters: Parameters) -> Freshness:
    """Return the freshness band of a date; a date to come tells nothing, and counts as none."""
    if told is None or told > on:
        return Freshness.UNDATED
    bounds = parameters.numbers("diagnosis.freshness.months")
    return BANDS[bisect_right(bounds, months_between(told, on))]


def months_between(start: dt.date, end: dt.date) -> int:
    """Return the whole months from one date to another (negative if ``end`` is before)."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if end.day < start.day else months


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing that a criterion wants told: the share it is worth, and what to ask."""

    told: bool
    share: float
    ask: str


@dataclass(frozen=True, slots=True)
class _Found:
    code: str
    label: str
    share: float | None
    asks: tuple[str, ...]


def _weighed(found: _Found, parameters: Parameters) -> QualityCriterion:
    weight = _number(parameters, "weight", found.code)
    return QualityCriterion(found.code, found.label, found.share, weight, found.asks)


def _of_parts(code: str, label: str, parts: tuple[_Part, ...]) -> _Found:
    whole = sum(part.share for part in parts)
    told = sum(part.share for part in parts if part.told)
    asks = tuple(part.ask for part in parts if not part.told)
    return _Found(code, label, told / whole if whole > 0.0 else None, asks)


def _freshness(permanence: Permanence, band: Freshness, parameters: Parameters) -> _Found:
    label = tr("Fraîcheur")
    if band is Freshness.UNDATED:
        return _Found("freshness", label, 0.0, (_ask_date(permanence.record.date_maj),))
    share = parameters.numbers("quality.freshness.shares")[BANDS.index(band)]
    if band is Freshness.UP_TO_DATE:
        return _Found("freshness", label, share, ())
    return _Found("freshness", label, share, (tr("relecture de toute la fiche"),))


def _ask_date(told: dt.date | None) -> str:
    if told is None:
        return tr("relecture de toute la fiche")
    return tr("relecture de toute la fiche (datée d'un jour à venir, le {day})").format(
        day=french.date(told)
    )


def _services(permanence: Permanence) -> _Found:
    part = _Part(permanence.service_ids is not None, 1.0, tr("services proposés"))
    return _of_parts("services", tr("Services dits"), (part,))


def _contact(permanence: Permanence, parameters: Parameters) -> _Found:
    record = permanence.record
    asks = (
        ("telephone", record.telephone is not None, tr("téléphone")),
        ("courriels", record.courriels is not None, tr("courriel")),
        ("site_web", record.site_web is not None, tr("site web")),
    )
    return _of_parts("contact", tr("Contact"), tuple(_parts("contact", asks, parameters)))


def _hours(permanence: Permanence) -> _Found:
    label = tr("Horaires")
    if _closed_to_public(permanence):
        return _Found("hours", label, None, ())
    part = _Part(permanence.horaires is not None, 1.0, tr("horaires"))
    return _of_parts("hours", label, (part,))


def _coordinates(permanence: Permanence, lieu: Lieu, parameters: Parameters) -> _Found:
    label = tr("Adresse et position")
    if _closed_to_public(permanence):
        return _Found("coordinates", label, None, ())
    placed = lieu.precision is Precision.ADDRESS
    asks = (
        ("adresse", lieu.adresse is not None, tr("adresse")),
        ("position", placed, tr("emplacement exact")),
    )
    return _of_parts("coordinates", label, tuple(_parts("coordinates", asks, parameters)))


def _conditions(permanence: Permanence, parameters: Parameters) -> _Found:
    label = tr("Conditions d'accès et coût")
    if permanence.service_ids == ():
        return _Found("conditions", label, None, ())
    record = permanence.record
    way = tr("façon de venir")
    asks = (
        ("modalites_acces", record.modalites_acces is not None, way),
        ("frais_a_charge", record.frais_a_charge is not None, tr("coût")),
    )
    return _of_parts("conditions", label, tuple(_parts("conditions", asks, parameters)))


def _parts(
    criterion: str, asks: tuple[tuple[str, bool, str], ...], parameters: Parameters
) -> Iterator[_Part]:
    for code, told, ask in asks:
        yield _Part(told, _number(parameters, criterion, code), ask)


def _number(parameters: Parameters, group: str, code: str) -> float:
    return parameters.number(f"quality.{group}.{code}")


def _closed_to_public(permanence: Permanence) -> bool:
    ways = permanence.record.modalites_acces or ()
    return ModaliteAcces.CE_LIEU_N_ACCUEILLE_PAS_DE_PUBLIC in ways
