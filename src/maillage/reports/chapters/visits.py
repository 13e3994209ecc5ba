"""What can be visited without a car: half-days a week, by service, and what stands in the way."""

from __future__ import annotations

import numpy as np

from maillage.access.model import ServiceKey
from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.measure import Shares
from maillage.diagnosis.visits_model import VisitsWithoutCar
from maillage.kernel import french
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.reports import colours
from maillage.reports.blocks import (
    Block,
    Bullets,
    Cell,
    Chapter,
    Column,
    Heading,
    Note,
    Plate,
    Plates,
    Prose,
    Table,
)
from maillage.reports.chapters.visit_words import source_of, span
from maillage.reports.chapters.visits_beside import (
    by_mode,
    equity,
    half_days_between,
    other_visits,
    other_week,
    uncertainty,
)
from maillage.reports.chapters.visits_losses import closings, obstacles, to_call
from maillage.reports.ground import Ground, short_name
from maillage.reports.painting import Classes, heat, tight_percent
from maillage.reports.svg import maps
from maillage.standard.mednum import Service

_WORST, _BEST = 0, 3
"""The readings of ``VisitsWithoutCar.half_days`` that hold the truth between them."""


def visits(ground: Ground) -> Chapter:
    """Return the chapter on visits without a car; one sentence where they were not computed."""
    found = ground.diagnosis.visits
    if found is None:
        nothing = tr("Les visites possibles sans voiture n'ont pas été calculées.")
        return Chapter("sans-voiture", _title(), (Prose(nothing),))
    blocks: list[Block] = [
        Prose(_what(found)),
        *_warning(found),
        Prose(_any_sentence(ground, found)),
        _shortfalls(ground, found),
        Prose(_readings(found)),
        _maps(ground, found),
        *by_mode(ground, found),
        *other_visits(found),
        *other_week(ground, found),
        *obstacles(ground, found),
        *equity(found),
        *closings(ground, found),
        *uncertainty(found),
        *to_call(ground, found),
        Heading("sans-voiture-methode", tr("Sur quoi reposent ces chiffres")),
        Bullets(found.how),
    ]
    return Chapter("sans-voiture", _title(), tuple(blocks))


def _title() -> str:
    return tr("Y aller sans voiture, pendant l'ouverture, et rentrer")


def _what(found: VisitsWithoutCar) -> str:
    kind = found.kind
    return tr(
        "Une visite est possible si l'on peut partir de chez soi après {leave}, arriver pendant "
        "l'ouverture, être reçu ({kind}), et être rentré avant {back}, sans passer plus de "
        "{budget} en trajet et en attente. On compte les demi-journées de la semaine où c'est "
        "possible. Semaine mesurée : celle du {monday} ({type})."
    ).format(
        leave=french.clock(60 * kind.leave_after),
        kind=kind.label,
        back=french.clock(60 * kind.back_by),
        budget=french.minutes(kind.budget_minutes),
        monday=french.date(found.week.monday),
        type=found.week.type.label,
    )


def _warning(found: VisitsWithoutCar) -> tuple[Note, ...]:
    if not found.bus_is_missing:
        return ()
    text = tr(
        "Les horaires des bus du territoire manquent : ce qu'on atteint sans voiture n'est pas "
        "connu au juste. Chaque part est donnée entre deux bornes, et la seconde suppose un bus à "
        "tout moment : elle est très favorable."
    )
    return (Note(tr("Bus inconnus"), text),)


def _any_sentence(ground: Ground, found: VisitsWithoutCar) -> str:
    none, few = found.shortfall(None, 1), found.shortfall(None, 2)
    told = tr(
        "Tous services confondus, {none} des habitants n'ont aucune demi-journée où une visite est "
        "possible, et {few} en ont moins de deux."
    ).format(none=span(none.people), few=span(few.people))
    if not np.nansum(ground.diagnosis.fragile_people.weights) > 0:
        return told
    return f"{told} " + tr("Parmi les personnes fragiles, {none} n'en ont aucune.").format(
        none=span(none.fragile)
    )


def _readings(found: VisitsWithoutCar) -> str:
    text = tr(
        "« Horaires connus » ne compte que les lieux dont on connaît les horaires. « Horaires "
        "habituels » suppose que les autres ouvrent comme les lieux de leur catégorie : un lieu "
        "peut ouvrir moins, ou davantage."
    )
    if found.bus_is_missing:
        text += " " + tr(
            "« Sans bus » s'en tient à la marche et aux horaires connus ; « bus supposé » imagine "
            "un bus à tout moment."
        )
    return text


def _columns(found: VisitsWithoutCar) -> tuple[tuple[str, str], ...]:
    """Return the group and the label of each reading that the tables show."""
    certain, possible = tr("Horaires connus"), tr("Horaires habituels")
    if not found.has_two_bounds:
        return ((certain, tr("aucune")), (possible, tr("aucune")))
    low, high = tr("sans bus"), tr("bus supposé")
    if not found.bus_is_missing:
        low, high = tr("à coup sûr"), tr("à la demande aussi")
    return ((certain, low), (certain, high), (possible, low), (possible, high))


def _of_reading(found: VisitsWithoutCar, shares: Shares) -> tuple[float, ...]:
    if not found.has_two_bounds:
        return shares.certain_low, shares.possible_low
    return shares.certain_low, shares.certain_high, shares.possible_low, shares.possible_high


def _shortfalls(ground: Ground, found: VisitsWithoutCar) -> Table:
    given, columns = (None, *ground.given), _columns(found)
    return Table(
        id="tableau-sans-voiture",
        caption=tr("Part des habitants sans aucune demi-journée possible, par service"),
        columns=(
            Column(tr("Service")),
            *(Column(label, numeric=True, group=group) for group, label in columns),
            Column(tr("Lieux aux horaires inconnus"), numeric=True),
        ),
        rows=(
            *(_shortfall_row(found, service) for service in given),
            *(_nowhere_row(service, len(columns)) for service in Service if service not in given),
        ),
        source=source_of(found),
    )


def _nowhere_row(service: Service, n_readings: int) -> tuple[Cell, ...]:
    nowhere = Cell(tr("annoncé nulle part"))
    return (Cell(short_name(service)), *(nowhere for _ in range(n_readings)), Cell("—"))


def _shortfall_row(found: VisitsWithoutCar, service: ServiceKey) -> tuple[Cell, ...]:
    shares = _of_reading(found, found.shortfall(service, 1).people)
    unknown = found.unknown_hours[SERVICE_KEYS.index(service)]
    return (
        Cell(short_name(service)),
        *(Cell(tight_percent(share), heat=heat(share)) for share in shares),
        Cell("—" if unknown.share is None else tight_percent(unknown.share)),
    )


def _maps(ground: Ground, found: VisitsWithoutCar) -> Plates:
    classes = _classes()
    plates = []
    every = []
    for service in (None, *ground.given):
        values = _sure_or_unknown(found, service)
        every.append(values)
        picture = maps.painted(ground.frame, classes.fills_of(values))
        none, unknown = int(np.count_nonzero(values < 1)), int(np.isnan(values).sum())
        alt = tr(
            "Carte : {communes} avec moins d'une demi-journée par semaine, {unknown} où l'on ne "
            "sait pas."
        ).format(
            communes=french.plural(none, tr("commune")),
            unknown=french.plural(unknown, tr("commune")),
        )
        plates.append(Plate(short_name(service), alt, picture))
    return Plates(
        id="cartes-sans-voiture",
        title=tr("Demi-journées par semaine où une visite est possible à coup sûr sans voiture"),
        plates=tuple(plates),
        source=source_of(found),
        legend=classes.legend(
            np.concatenate(every), tr("presque aucune à coup sûr : horaires ou bus inconnus")
        ),
        table=_half_days(ground, found),
    )


def _sure_or_unknown(found: VisitsWithoutCar, service: ServiceKey) -> FloatArray:
    """Return the half-days that are sure; NaN where there is hardly one, but may be more."""
    low, high = (_values(found, service, reading) for reading in (_WORST, _BEST))
    hardly = _classes().uppers[0]
    unknown = (low <= hardly) & (high > hardly)
    return np.where(unknown, np.nan, low)


def _classes() -> Classes:
    uppers = (0.5, 2.0, 4.0, 7.0)
    labels = (
        tr("presque aucune"),
        tr("jusqu'à 2"),
        tr("de 2 à 4"),
        tr("de 4 à 7"),
        tr("plus de 7"),
    )
    return Classes(uppers, colours.DISTANCE[::-1], labels)


def _values(found: VisitsWithoutCar, service: ServiceKey, reading: int) -> FloatArray:
    values: FloatArray = found.half_days[SERVICE_KEYS.index(service), reading]
    return values


def _half_days(ground: Ground, found: VisitsWithoutCar) -> Table:
    zones = ground.diagnosis.territory.zones
    order = sorted(range(len(zones)), key=lambda i: plain(zones[i].name))
    services: tuple[ServiceKey, ...] = (None, *ground.given)
    return Table(
        id="tableau-demi-journees",
        caption=tr(
            "Demi-journées par semaine, en moyenne par habitant : au moins (horaires connus) et au "
            "plus"
        ),
        columns=(
            Column(tr("Commune")),
            *(Column(short_name(service), numeric=True) for service in services),
        ),
        rows=tuple(
            (
                Cell(zones[i].name),
                *(
                    Cell(half_days_between(found.half_days[SERVICE_KEYS.index(service), :, i]))
                    for service in services
                ),
            )
            for i in order
        ),
        source=source_of(found),
    )
