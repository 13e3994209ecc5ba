"""What stands in the way of visits, and what a closing or the end of a line would take away."""

from __future__ import annotations

from maillage.access.model import ServiceKey
from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.measure import Bottleneck
from maillage.access.visits.model import Certainty, Obstacle
from maillage.diagnosis.visits_model import LineEnds, VisitsWithoutCar
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.reports.blocks import Block, Bullets, Cell, Column, Heading, Prose, Table
from maillage.reports.chapters.visit_words import people_cell, source_of
from maillage.reports.ground import Ground, short_name
from maillage.reports.painting import heat, tight_percent

_SHOWN = 10


def obstacles(ground: Ground, found: VisitsWithoutCar) -> tuple[Block, ...]:
    """Return what stops people, service by service then commune by commune."""
    return (
        Heading("sans-voiture-obstacles", tr("Ce qui empêche")),
        _by_service(ground, found),
        *_by_zone(ground, found),
    )


def _by_service(ground: Ground, found: VisitsWithoutCar) -> Table:
    services: tuple[ServiceKey, ...] = (None, *ground.given)
    stopped = [
        one
        for one in found.bottlenecks
        if one.certainty is Certainty.POSSIBLE and one.service in services
    ]
    met = {one.obstacle for one in stopped}
    known = [obstacle for obstacle in Obstacle if obstacle in met]
    return Table(
        id="tableau-obstacles",
        caption=tr("Ce qui empêche toute visite, en part des habitants (horaires habituels)"),
        columns=(
            Column(tr("Service")),
            *(Column(_capital(obstacle.label), numeric=True) for obstacle in known),
        ),
        rows=tuple(
            (Cell(short_name(service)), *(_stopped(stopped, service, one) for one in known))
            for service in services
        ),
        source=source_of(found),
    )


def _stopped(stopped: list[Bottleneck], service: ServiceKey, obstacle: Obstacle) -> Cell:
    share = sum(b.share_people for b in stopped if b.service is service and b.obstacle is obstacle)
    return Cell(tight_percent(share), heat=heat(share)) if share else Cell("0")


def _by_zone(ground: Ground, found: VisitsWithoutCar) -> tuple[Block, ...]:
    """Return the communes where somebody is stopped, those with the most people first."""
    row = SERVICE_KEYS.index(None)
    zones = ground.diagnosis.territory.zones
    people = found.obstacles.people[row]
    order = sorted(
        (i for i in range(len(zones)) if round(people[i]) > 0),
        key=lambda i: (-people[i], plain(zones[i].name)),
    )
    if not order:
        return ()
    table = Table(
        id="tableau-obstacles-communes",
        caption=tr(
            "Habitants à qui aucune visite n'est possible à coup sûr, et ce qui les en empêche "
            "surtout (au moins un service, horaires habituels)"
        ),
        columns=(
            Column(tr("Commune")),
            Column(tr("Habitants"), numeric=True),
            Column(tr("Ce qui empêche surtout")),
        ),
        rows=tuple(
            (Cell(zones[i].name), Cell(french.number(round(people[i]))), Cell(_why(found, i)))
            for i in order
        ),
        source=source_of(found),
    )
    return (table,)


def _why(found: VisitsWithoutCar, zone: int) -> str:
    obstacle = found.obstacles.of(None, zone)
    return "—" if obstacle is None else _capital(obstacle.label)


def closings(ground: Ground, found: VisitsWithoutCar) -> tuple[Block, ...]:
    """Return the lieux whose closing would take the most away, then the lines."""
    return (*_lieux(ground, found), *_lines(found))


def _lieux(ground: Ground, found: VisitsWithoutCar) -> tuple[Block, ...]:
    worst = found.losses[:_SHOWN]
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
            columns=(Column(tr("Lieu")), *_lost_columns()),
            rows=rows,
            source=_sure(found),
        ),
    )


def _lines(found: VisitsWithoutCar) -> tuple[Block, ...]:
    lines = found.lines
    if lines is None or not lines.n_lines:
        return ()
    heading = Heading("sans-voiture-lignes", tr("Si une ligne s'arrêtait"))
    if not lines.ends:
        nothing = tr("Aucune des lignes mesurées n'ôterait de demi-journée à quiconque.")
        return (heading, Prose(f"{nothing} {_which_lines(lines)}"))
    rows = tuple(
        (
            Cell(end.label),
            people_cell(end.loss.high.people_without, end.loss.low.people_without),
            people_cell(end.loss.high.people_fewer, end.loss.low.people_fewer),
        )
        for end in lines.ends
    )
    source = tr("Horaires habituels où ils ne sont pas dits.")
    if found.bus_is_missing:
        source += " " + tr("0 quand un bus est supposé passer à tout moment.")
    return (
        heading,
        Prose(_which_lines(lines)),
        Table(
            id="tableau-lignes",
            caption=tr("Les lignes dont l'arrêt priverait le plus d'habitants sans voiture"),
            columns=(Column(tr("Ligne")), *_lost_columns()),
            rows=rows,
            source=f"{source_of(found)} {source}",
        ),
    )


def _which_lines(lines: LineEnds) -> str:
    """Return of how many lines the end was measured."""
    if lines.n_measured == lines.n_lines:
        return tr("On a mesuré l'arrêt de chacune des lignes connues du territoire ({n}).").format(
            n=french.number(lines.n_lines)
        )
    return tr(
        "Des {n} lignes connues qui desservent le territoire, on a mesuré l'arrêt des {measured} "
        "qui y passent le plus souvent."
    ).format(n=french.number(lines.n_lines), measured=french.number(lines.n_measured))


def _lost_columns() -> tuple[Column, Column]:
    return (
        Column(tr("Habitants qui n'auraient plus aucune demi-journée"), numeric=True),
        Column(tr("Habitants qui en perdraient une partie"), numeric=True),
    )


def _sure(found: VisitsWithoutCar) -> str:
    told = tr("{times} Horaires habituels où ils ne sont pas dits.").format(times=source_of(found))
    if not found.has_two_bounds:
        return told
    return f"{told} " + tr("Un bus dont on n'a pas l'horaire peut en garder une part : inconnu.")


def to_call(ground: Ground, found: VisitsWithoutCar) -> tuple[Block, ...]:
    """Return the lieux whose hours are unknown, those that most people would visit first."""
    heading = Heading("sans-voiture-horaires", tr("Les lieux à appeler d'abord"))
    names = {lieu.id: lieu for lieu in ground.diagnosis.directory.lieux}
    told = [names[one] for one in found.call_first if one in names][:_SHOWN]
    listed = (Bullets(tuple(f"{lieu.nom}, {lieu.commune}" for lieu in told)),) if told else ()
    return (heading, Prose(_unknown_sentence(found)), *listed)


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


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
