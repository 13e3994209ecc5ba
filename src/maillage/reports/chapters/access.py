"""Who is far from which service, by which mode."""

from __future__ import annotations

import math

import numpy as np

from maillage.access.model import ServiceKey
from maillage.access.travel import Mode
from maillage.kernel import french
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.reports.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Heading,
    Plate,
    Plates,
    Prose,
    Table,
)
from maillage.reports.chapters.shared_offer import shared_offer
from maillage.reports.ground import SERVICES, Ground, short_name
from maillage.reports.painting import distance_classes, heat, tight_percent
from maillage.reports.svg import maps


def access(ground: Ground) -> Chapter:
    """Return the chapter on access."""
    if not ground.thresholds:
        nothing = tr("Aucun temps d'accès n'a pu être mesuré.")
        return Chapter("acces", _title(), (Prose(nothing),))
    blocks: list[Block] = [
        Prose(ground.times_source),
        Prose(_any_sentence(ground)),
        _maps_by_mode(ground),
        Heading("acces-services", tr("Service par service")),
        Prose(_services_sentence(ground)),
        _coverage(ground, fragile=False),
        Prose(_range_sentence()),
        _ranges(ground),
        Prose(_fragile_sentence(ground)),
        _coverage(ground, fragile=True),
        _maps_by_service(ground),
        *shared_offer(ground),
    ]
    return Chapter("acces", _title(), tuple(blocks))


def _title() -> str:
    return tr("Qui est loin de quel service")


def _any_sentence(ground: Ground) -> str:
    parts = []
    limit = ground.thresholds[-1]
    for mode in Mode:
        beyond = ground.coverage(None, mode, limit)
        if beyond is not None:
            people = french.plural(beyond.n_people, tr("habitant"))
            parts.append(f"{people if beyond.n_people else tr('aucun')} {mode.label}")
    return tr(
        "À plus de {limit} min du lieu d'aide le plus proche, quel que soit le service : {parts}. "
        "Chaque commune est mesurée depuis un seul point, sa mairie (à défaut son "
        "centre) : dans une commune étendue, les hameaux sont plus loin que la carte ne le dit."
    ).format(limit=french.number(limit), parts=french.listed(parts))


def _services_sentence(ground: Ground) -> str:
    limit = ground.thresholds[-1]
    rows = [
        (beyond.n_people, service)
        for service in ground.given
        if (beyond := ground.coverage(service, Mode.WALK, limit)) is not None
    ]
    if not rows:
        return ""
    worst = max(rows, key=lambda row: row[0])
    best = min(rows, key=lambda row: row[0])
    return tr(
        "À pied, parmi les services rendus quelque part, le plus éloigné des habitants est "
        "« {worst} » ({n_worst} habitants à plus de {limit} min), le plus proche « {best} » "
        "({n_best}). Le tableau donne la part des habitants qui vivent plus loin que la durée en "
        "tête de colonne."
    ).format(
        worst=short_name(worst[1]),
        n_worst=french.number(worst[0]),
        limit=french.number(limit),
        best=short_name(best[1]),
        n_best=french.number(best[0]),
    )


def _fragile_sentence(ground: Ground) -> str:
    people = ground.diagnosis.fragile_people
    if people.are_people:
        return tr(
            "Le même tableau pour les personnes en illectronisme, dont le nombre par commune est "
            "une estimation : voir le chapitre « L'illectronisme »."
        )
    return tr("Le même tableau pour les personnes fragiles. {method}").format(method=people.method)


def _coverage(ground: Ground, *, fragile: bool) -> Table:
    limits = [tr("> {n} min").format(n=french.number(n)) for n in ground.thresholds]
    columns = (
        Column(tr("Service")),
        Column(tr("Lieux (voisins compris)"), numeric=True),
        *(
            Column(limit, numeric=True, group=mode.label.capitalize())
            for mode in Mode
            for limit in limits
        ),
    )
    rows = tuple(_coverage_row(ground, service, fragile=fragile) for service in SERVICES)
    who = _who(ground) if fragile else tr("des habitants")
    return Table(
        id="tableau-acces-fragiles" if fragile else "tableau-acces",
        caption=tr("Part {who} à plus de…").format(who=who),
        columns=columns,
        rows=rows,
        source=tr(
            "{times} « Lieux » : ceux que l'on sait situer, communes voisines comprises. « — » : "
            "aucun lieu connu n'annonce ce service, sa distance n'a pas de sens."
        ).format(times=ground.times_source),
    )


def _range_sentence() -> str:
    return tr(
        "Ces parts sont des estimations. Le tableau suivant donne entre quoi et quoi elles se "
        "tiennent quand tout est plus favorable (marche plus rapide, trajets plus directs), puis "
        "quand tout l'est moins et que l'on part de toute la commune plutôt que de sa mairie."
    )


def _ranges(ground: Ground) -> Table:
    limit = ground.thresholds[-1]
    return Table(
        id="tableau-fourchettes",
        caption=tr("Part des habitants à plus de {n} min : l'estimation, et sa fourchette").format(
            n=french.number(limit)
        ),
        columns=(
            Column(tr("Service")),
            *(Column(mode.label.capitalize(), numeric=True) for mode in Mode),
        ),
        rows=tuple(
            (Cell(short_name(service)), *(_range(ground, service, mode) for mode in Mode))
            for service in (None, *ground.given)
        ),
        source=ground.times_source,
    )


def _range(ground: Ground, service: ServiceKey, mode: Mode) -> Cell:
    limit = ground.thresholds[-1]
    found = ground.coverage(service, mode, limit)
    bounds = ground.diagnosis.range_of(service, mode, limit)
    if found is None or bounds is None:
        return Cell(tr("non connu"))
    return Cell(
        tr("{share} (de {low} à {high})").format(
            share=tight_percent(found.share_people),
            low=tight_percent(bounds.low_share),
            high=tight_percent(bounds.high_share),
        )
    )


def _who(ground: Ground) -> str:
    if ground.diagnosis.fragile_people.are_people:
        return tr("des personnes en illectronisme (estimation)")
    return tr("de la population pondérée par sa fragilité")


def _coverage_row(ground: Ground, service: ServiceKey, *, fragile: bool) -> tuple[Cell, ...]:
    n_lieux = ground.diagnosis.access.nearest.n_lieux.get(service, 0)
    cells = [Cell(short_name(service)), Cell(french.number(n_lieux))]
    for mode in Mode:
        for limit in ground.thresholds:
            found = ground.coverage(service, mode, limit)
            if found is None or n_lieux == 0:
                cells.append(Cell("—"))
                continue
            share = found.share_fragile if fragile else found.share_people
            cells.append(Cell(tight_percent(share), heat=heat(share)))
    return tuple(cells)


def _minutes_array(ground: Ground, service: ServiceKey, mode: Mode) -> FloatArray:
    n_zones = len(ground.diagnosis.territory.zones)
    return np.array([ground.minutes(i, service, mode) for i in range(n_zones)], dtype=np.float64)


def _maps_by_mode(ground: Ground) -> Plates:
    classes = distance_classes(ground.thresholds)
    plates = []
    for mode in Mode:
        values = _minutes_array(ground, None, mode)
        picture = maps.painted(ground.frame, classes.fills_of(values))
        beyond = int((values > ground.thresholds[-1]).sum())
        alt = tr("Carte : {communes} à plus de {limit} min {mode} du lieu le plus proche.").format(
            communes=french.plural(beyond, tr("commune")),
            limit=french.number(ground.thresholds[-1]),
            mode=mode.label,
        )
        plates.append(Plate(mode.label.capitalize(), alt, picture))
    return Plates(
        id="cartes-modes",
        title=tr("Temps jusqu'au lieu d'aide le plus proche, quel que soit le service"),
        plates=tuple(plates),
        source=ground.times_source,
        legend=classes.legend(np.zeros(1), ""),
        table=_minutes_by_mode(ground),
    )


def _minutes_by_mode(ground: Ground) -> Table:
    zones = ground.diagnosis.territory.zones
    order = sorted(
        range(len(zones)), key=lambda i: (-ground.minutes(i, None, Mode.WALK), plain(zones[i].name))
    )
    return Table(
        id="tableau-minutes-modes",
        caption=tr(
            "Temps jusqu'au lieu d'aide le plus proche, de la commune la plus éloignée à la "
            "plus proche"
        ),
        columns=(
            Column(tr("Commune")),
            Column(tr("Habitants"), numeric=True),
            *(Column(mode.label.capitalize(), numeric=True) for mode in Mode),
        ),
        rows=tuple(
            (
                Cell(zones[i].name),
                Cell(french.number(zones[i].population)),
                *(Cell(french.minutes(ground.minutes(i, None, mode))) for mode in Mode),
            )
            for i in order
        ),
        source=ground.times_source,
    )


def _maps_by_service(ground: Ground) -> Plates:
    classes = distance_classes(ground.thresholds)
    plates = []
    for service in ground.given:
        values = _minutes_array(ground, service, Mode.BICYCLE)
        n_lieux = ground.diagnosis.access.nearest.n_lieux.get(service, 0)
        alt = tr("Carte : temps à vélo jusqu'au plus proche de {lieux}.").format(
            lieux=french.plural(n_lieux, tr("lieu"), tr("lieux"))
        )
        picture = maps.painted(ground.frame, classes.fills_of(values))
        plates.append(Plate(short_name(service), alt, picture))
    return Plates(
        id="cartes-services",
        title=tr("Temps à vélo jusqu'à chaque service"),
        plates=tuple(plates),
        source=ground.times_source,
        legend=classes.legend(np.zeros(1), ""),
        table=_minutes_by_service(ground),
    )


def _minutes_by_service(ground: Ground) -> Table:
    zones = ground.diagnosis.territory.zones
    order = sorted(range(len(zones)), key=lambda i: plain(zones[i].name))
    return Table(
        id="tableau-minutes-services",
        caption=tr("Minutes à vélo jusqu'au lieu le plus proche, par service"),
        columns=(
            Column(tr("Commune")),
            *(Column(short_name(service), numeric=True) for service in ground.given),
        ),
        rows=tuple(
            (
                Cell(zones[i].name),
                *(_minutes_cell(ground.minutes(i, s, Mode.BICYCLE)) for s in ground.given),
            )
            for i in order
        ),
        source=ground.times_source,
    )


def _minutes_cell(minutes: float) -> Cell:
    return Cell("—" if math.isinf(minutes) else french.number(minutes))
