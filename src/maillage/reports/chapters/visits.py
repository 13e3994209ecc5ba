"""What can be visited without a car: half-days a week, by service, and what stands in the way."""

from __future__ import annotations

import numpy as np

from maillage.access.model import ServiceKey
from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.measure import Bottleneck, Shares
from maillage.access.visits.model import Certainty, Obstacle
from maillage.diagnosis.model import VisitsWithoutCar
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
from maillage.reports.ground import Ground, short_name
from maillage.reports.painting import Classes, heat, tight_percent
from maillage.reports.svg import maps

_WORST, _BEST = 0, 3
"""The readings of ``VisitsWithoutCar.half_days`` that hold the truth between them."""
_CALLED = 10


def visits(ground: Ground) -> Chapter:
    """Return the chapter on visits without a car; one sentence where they were not computed."""
    found = ground.diagnosis.visits
    if found is None:
        nothing = tr("Les visites possibles sans voiture n'ont pas été calculées.")
        return Chapter("sans-voiture", _title(), (Prose(nothing),))
    blocks: list[Block] = [
        Prose(_what(found)),
        *_warning(found),
        Prose(_any_sentence(found)),
        _shortfalls(ground, found),
        Prose(_readings(found)),
        _maps(ground, found),
        Heading("sans-voiture-obstacles", tr("Ce qui empêche")),
        _bottlenecks(ground, found),
        *_closings(ground, found),
        Heading("sans-voiture-horaires", tr("Les lieux à appeler d'abord")),
        Prose(_unknown_sentence(found)),
        *_to_call(ground, found),
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


def _any_sentence(found: VisitsWithoutCar) -> str:
    none = found.shortfall(None, 1).people
    few = found.shortfall(None, 2).people
    return tr(
        "Tous services confondus, {none} des habitants n'ont aucune demi-journée où une visite est "
        "possible, et {few} en ont moins de deux."
    ).format(none=_span(none), few=_span(few))


def _span(shares: Shares) -> str:
    least, most = french.percent(shares.least), french.percent(shares.most)
    if least == most:
        return least
    return tr("entre {least} et {most}").format(least=least, most=most)


def _readings(found: VisitsWithoutCar) -> str:
    text = tr(
        "« Horaires connus » ne compte que les lieux dont on connaît les horaires. « Horaires "
        "habituels » suppose que les autres ouvrent comme les lieux de leur catégorie : un lieu "
        "peut ouvrir moins, ou davantage."
    )
    if found.bus_is_missing:
        text += " " + tr(
            "« Sans bus » s'en tient à la marche et aux horaires connus ; « avec bus » suppose un "
            "bus à tout moment."
        )
    return text


def _columns(found: VisitsWithoutCar) -> tuple[tuple[str, str], ...]:
    """Return the group and the label of each reading that the tables show."""
    certain, possible = tr("Horaires connus"), tr("Horaires habituels")
    if not found.bus_is_missing:
        return ((certain, tr("aucune")), (possible, tr("aucune")))
    low, high = tr("sans bus"), tr("avec bus")
    return ((certain, low), (certain, high), (possible, low), (possible, high))


def _of_reading(found: VisitsWithoutCar, shares: Shares) -> tuple[float, ...]:
    if not found.bus_is_missing:
        return shares.certain_low, shares.possible_low
    return shares.certain_low, shares.certain_high, shares.possible_low, shares.possible_high


def _shortfalls(ground: Ground, found: VisitsWithoutCar) -> Table:
    given = (None, *ground.given)
    return Table(
        id="tableau-sans-voiture",
        caption=tr("Part des habitants sans aucune demi-journée possible, par service"),
        columns=(
            Column(tr("Service")),
            *(Column(label, numeric=True, group=group) for group, label in _columns(found)),
            Column(tr("Lieux aux horaires inconnus"), numeric=True),
        ),
        rows=tuple(_shortfall_row(found, service) for service in given),
        source=_source(found),
    )


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
    for service in (None, *ground.given):
        values = _values(found, service, _WORST)
        picture = maps.painted(ground.frame, classes.fills_of(values))
        none = int(np.count_nonzero(values < 1))
        alt = tr("Carte : {communes} avec moins d'une demi-journée par semaine.").format(
            communes=french.plural(none, tr("commune"))
        )
        plates.append(Plate(short_name(service), alt, picture))
    return Plates(
        id="cartes-sans-voiture",
        title=tr(
            "Demi-journées par semaine où une visite est possible sans voiture (horaires connus)"
        ),
        plates=tuple(plates),
        source=_source(found),
        legend=classes.legend(np.zeros(1), ""),
        table=_half_days(ground, found),
    )


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
            (Cell(zones[i].name), *(Cell(_between(found, service, i)) for service in services))
            for i in order
        ),
        source=_source(found),
    )


def _between(found: VisitsWithoutCar, service: ServiceKey, zone: int) -> str:
    low, high = (float(_values(found, service, r)[zone]) for r in (_WORST, _BEST))
    if np.isnan(low):
        return "—"
    told = french.number(low, 1), french.number(high, 1)
    return told[0] if told[0] == told[1] else tr("{low} à {high}").format(low=told[0], high=told[1])


def _bottlenecks(ground: Ground, found: VisitsWithoutCar) -> Table:
    stopped = [b for b in found.bottlenecks if b.certainty is Certainty.POSSIBLE]
    met = {b.obstacle for b in stopped}
    obstacles = [obstacle for obstacle in Obstacle if obstacle in met]
    services: tuple[ServiceKey, ...] = (None, *ground.given)
    return Table(
        id="tableau-obstacles",
        caption=tr("Ce qui empêche toute visite, en part des habitants (horaires habituels)"),
        columns=(
            Column(tr("Service")),
            *(Column(o.label[0].upper() + o.label[1:], numeric=True) for o in obstacles),
        ),
        rows=tuple(
            (Cell(short_name(service)), *(_stopped(stopped, service, o) for o in obstacles))
            for service in services
        ),
        source=_source(found),
    )


def _stopped(stopped: list[Bottleneck], service: ServiceKey, obstacle: Obstacle) -> Cell:
    share = sum(b.share_people for b in stopped if b.service is service and b.obstacle is obstacle)
    return Cell(tight_percent(share), heat=heat(share)) if share else Cell("0")


def _closings(ground: Ground, found: VisitsWithoutCar) -> tuple[Block, ...]:
    worst = found.losses[:_CALLED]
    if not worst:
        return ()
    names = {lieu.id: lieu for lieu in ground.diagnosis.directory.lieux}
    rows = tuple(
        (
            Cell(f"{names[loss.subject].nom}, {names[loss.subject].commune}"),
            Cell(french.number(round(loss.people_without))),
            Cell(french.number(round(loss.people_fewer))),
        )
        for loss in worst
    )
    return (
        Heading("sans-voiture-fermetures", tr("Si un lieu fermait")),
        Table(
            id="tableau-fermetures",
            caption=tr("Les lieux dont la fermeture priverait le plus d'habitants sans voiture"),
            columns=(
                Column(tr("Lieu")),
                Column(tr("Habitants qui n'auraient plus aucune demi-journée"), numeric=True),
                Column(tr("Habitants qui en perdraient une partie"), numeric=True),
            ),
            rows=rows,
            source=tr("{times} Horaires habituels où ils ne sont pas dits.").format(
                times=_source(found)
            ),
        ),
    )


def _unknown_sentence(found: VisitsWithoutCar) -> str:
    unknown = found.unknown_hours[SERVICE_KEYS.index(None)]
    if not unknown.lieu_ids:
        return tr("Les horaires de tous les lieux sont connus.")
    return tr(
        "On ne connaît pas les horaires de {n} sur {total} (communes voisines comprises). Les "
        "appeler réduirait d'autant l'incertitude ; voici ceux dont le plus d'habitants "
        "dépendraient."
    ).format(
        n=french.plural(len(unknown.lieu_ids), tr("lieu"), tr("lieux")),
        total=french.number(unknown.n_lieux),
    )


def _to_call(ground: Ground, found: VisitsWithoutCar) -> tuple[Bullets, ...]:
    names = {lieu.id: lieu for lieu in ground.diagnosis.directory.lieux}
    told = [names[one] for one in found.call_first if one in names][:_CALLED]
    if not told:
        return ()
    return (Bullets(tuple(f"{lieu.nom}, {lieu.commune}" for lieu in told)),)


def _source(found: VisitsWithoutCar) -> str:
    """Return how times were had, in short: the rest stands once, at the end of the chapter."""
    return " ".join(found.how[:2])
