"""Zones blanches: which communes are beyond the thresholds, how sure that is, what nearly is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from maillage.access.model import ServiceKey
from maillage.access.travel import Mode
from maillage.diagnosis.model import Certainty, Gap
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.reports import colours
from maillage.reports.blocks import (
    Block,
    Bullets,
    Cell,
    Chapter,
    Column,
    Figure,
    LegendItem,
    Note,
    Plate,
    Plates,
    Prose,
    Table,
)
from maillage.reports.chapters.gap_tables import gap_tables, hidden_tables
from maillage.reports.ground import SERVICES, Ground, short_name
from maillage.reports.painting import Classes, heat
from maillage.reports.svg import maps
from maillage.standard import mednum

_FILL_NONE = "#eef0ee"
_SIGNS = {Certainty.SURE: "C", Certainty.LIKELY: "P", Certainty.UNSURE: "I"}


def gaps(ground: Ground) -> Chapter:
    """Return the chapter on zones blanches and fragile coverages."""
    title = tr("Les zones blanches")
    found = ground.diagnosis.gaps
    if not found:
        nothing = tr("Aucune commune n'est au-delà des seuils, pour aucun service.")
        blocks: tuple[Block, ...] = (Prose(nothing), *hidden_tables(ground))
        return Chapter("zones-blanches", title, blocks)
    return Chapter(
        "zones-blanches",
        title,
        (
            Prose(_definition(ground)),
            Bullets(_meanings()),
            *_given_nowhere(ground),
            _counts(ground),
            _maps_of_missing(ground),
            *_headline_map(ground),
            *gap_tables(ground),
            *hidden_tables(ground),
        ),
    )


def _definition(ground: Ground) -> str:
    limits = {gap.mode: gap.threshold_minutes for gap in ground.diagnosis.gaps}
    told = [f"{french.minutes(limits[mode])} {mode.label}" for mode in Mode if mode in limits]
    return tr(
        "Une commune est une zone blanche pour un service quand le lieu le plus proche est à plus "
        "de {limits}. Chaque verdict est mis à l'épreuve : on recommence avec d'autres vitesses, "
        "d'autres détours, un autre seuil, et en supposant que des lieux oubliés existent."
    ).format(limits=french.listed(told, tr("ou")))


def _meanings() -> tuple[str, ...]:
    return (
        tr("Certaine (C) : la zone blanche demeure dans toutes les variantes essayées."),
        tr("Probable (P) : elle demeure dans la plupart des variantes."),
        tr("Incertaine (I) : elle disparaît dans beaucoup de variantes ; à vérifier sur place."),
    )


def _given_nowhere(ground: Ground) -> tuple[Note, ...]:
    missing = [tr(service.label) for service in ground.not_given]
    if not missing:
        return ()
    text = tr(
        "{names} : aucun lieu connu, ni ici ni dans les communes voisines, n'annonce ce service. "
        "Ou bien il manque partout, ou bien les sources ne le disent pas. Les tableaux par commune "
        "ne le répètent pas."
    )
    if len(missing) > 1:
        text = tr(
            "{names} : aucun lieu connu, ni ici ni dans les communes voisines, n'annonce ces "
            "services. Ou bien ils manquent partout, ou bien les sources ne les disent pas. Les "
            "tableaux par commune ne les répètent pas."
        )
    return (Note(tr("Annoncé nulle part"), text.format(names=french.listed(missing))),)


def _counts(ground: Ground) -> Table:
    columns = [Column(tr("Service"))]
    for mode in Mode:
        group = mode.label.capitalize()
        columns += [
            Column(tr("Communes"), numeric=True, group=group),
            Column(tr("dont certaines"), numeric=True, group=group),
            Column(tr("Habitants"), numeric=True, group=group),
        ]
    return Table(
        id="tableau-zones-blanches",
        caption=tr("Communes au-delà du seuil, et habitants concernés"),
        columns=tuple(columns),
        rows=tuple(_count_row(ground, service) for service in SERVICES),
        source=ground.times_source,
    )


def _count_row(ground: Ground, service: ServiceKey) -> tuple[Cell, ...]:
    total = float(ground.diagnosis.territory.populations.sum()) or 1.0
    cells = [Cell(short_name(service))]
    if service in ground.not_given:
        return (*cells, *(Cell("—") for _ in range(3 * len(Mode))))
    for mode in Mode:
        found = ground.diagnosis.gaps_of(service, mode)
        people = sum(gap.n_people for gap in found)
        sure = sum(gap.certainty is Certainty.SURE for gap in found)
        cells += [
            Cell(french.number(len(found))),
            Cell(french.number(sure)),
            Cell(french.number(people), heat=heat(people / total)),
        ]
    return tuple(cells)


def _n_missing(ground: Ground, mode: Mode) -> Counter[str]:
    return Counter(
        gap.zone_id
        for gap in ground.diagnosis.gaps
        if gap.mode is mode and gap.service in ground.given
    )


def _maps_of_missing(ground: Ground) -> Plates:
    n_given = len(ground.given)
    classes = Classes(
        uppers=(0.0, 2.0, 5.0, max(5.5, n_given - 0.5)),
        fills=(_FILL_NONE, *colours.FRAGILITY[1:]),
        labels=(
            tr("aucun"),
            tr("1 ou 2"),
            tr("de 3 à 5"),
            tr("6 ou plus, mais pas tous"),
            tr("tous"),
        ),
    )
    zones = ground.diagnosis.territory.zones
    plates = []
    for mode in Mode:
        missing = _n_missing(ground, mode)
        values = np.array([float(missing[zone.id]) for zone in zones])
        alt = tr("Carte : {some} avec au moins un service hors d'atteinte {mode}.").format(
            some=french.plural(len(missing), tr("commune")), mode=mode.label
        )
        picture = maps.painted(ground.frame, classes.fills_of(values))
        plates.append(Plate(mode.label.capitalize(), alt, picture))
    return Plates(
        id="cartes-manques",
        title=tr(
            "Combien de services sont au-delà du seuil, sur les {n} rendus quelque part"
        ).format(n=french.number(n_given)),
        plates=tuple(plates),
        source=ground.times_source,
        legend=classes.legend(np.zeros(1), ""),
        table=_missing_table(ground),
    )


def _missing_table(ground: Ground) -> Table:
    counts = {mode: _n_missing(ground, mode) for mode in Mode}
    zones = sorted(
        ground.diagnosis.territory.zones,
        key=lambda z: (-sum(counts[mode][z.id] for mode in Mode), plain(z.name)),
    )
    return Table(
        id="tableau-manques",
        caption=tr(
            "Nombre de services au-delà du seuil, de la commune la moins bien servie à la "
            "mieux servie"
        ),
        columns=(
            Column(tr("Commune")),
            Column(tr("Habitants"), numeric=True),
            *(Column(mode.label.capitalize(), numeric=True) for mode in Mode),
        ),
        rows=tuple(
            (
                Cell(zone.name),
                Cell(french.number(zone.population)),
                *(Cell(french.number(counts[mode][zone.id])) for mode in Mode),
            )
            for zone in zones
        ),
        source=ground.times_source,
    )


def _headline_service(ground: Ground) -> mednum.Service | None:
    """Return the service that the summary speaks of, None where the parameter names none."""
    name = ground.parameter("diagnosis.summary.headline_service")
    return next((s for s in mednum.Service if s.value == name), None)


def _headline_map(ground: Ground) -> tuple[Figure, ...]:
    """Return the map of one service on foot, painted by certainty; nothing where it has no gap."""
    service = _headline_service(ground)
    found = ground.diagnosis.gaps_of(service, Mode.WALK)
    if not found:
        return ()
    by_zone = {ground.zone_index[gap.zone_id]: gap.certainty for gap in found}
    zones = ground.diagnosis.territory.zones
    fills = [
        colours.CERTAINTY[by_zone[i].code] if i in by_zone else _FILL_NONE
        for i in range(len(zones))
    ]
    signs = [
        maps.signed(
            ground.frame,
            ground.diagnosis.territory,
            [i for i, certainty in by_zone.items() if certainty is level],
            _SIGNS[level],
        )
        for level in Certainty
    ]
    name = short_name(service)
    return (
        Figure(
            id="carte-certitude",
            title=tr("« {service} » à pied : zones blanches et certitude").format(service=name),
            alt=tr("Carte de {n} : {levels}.").format(
                n=french.plural(len(found), tr("zone blanche")), levels=_levels(found)
            ),
            picture=maps.painted(ground.frame, fills, *signs, maps.scale_bar(ground.frame)),
            source=ground.times_source,
            legend=(
                *(
                    LegendItem(
                        "square",
                        colours.CERTAINTY[level.code],
                        f"{_SIGNS[level]} : {level.label}",
                    )
                    for level in Certainty
                ),
                LegendItem("square", _FILL_NONE, tr("sous le seuil")),
            ),
            table=_certainty_table(ground, found),
        ),
    )


def _levels(found: Iterable[Gap]) -> str:
    counted = Counter(gap.certainty for gap in found)
    return french.listed(
        [french.plural(counted[level], level.label) for level in Certainty if counted[level]]
    )


def _certainty_table(ground: Ground, found: tuple[Gap, ...]) -> Table:
    return Table(
        id="tableau-certitude",
        caption=tr("Zones blanches de ce service à pied, des plus peuplées aux moins peuplées"),
        columns=(
            Column(tr("Commune")),
            Column(tr("Habitants"), numeric=True),
            Column(tr("Temps à pied"), numeric=True),
            Column(tr("Certitude")),
            Column(tr("Demeure dans"), numeric=True),
        ),
        rows=tuple(
            (
                Cell(ground.zone_name(gap.zone_id)),
                Cell(french.number(gap.n_people)),
                Cell(french.minutes(gap.minutes)),
                Cell(gap.certainty.label),
                Cell(
                    tr("{kept} variantes sur {n}").format(
                        kept=french.number(round(gap.survival * gap.n_variants)),
                        n=french.number(gap.n_variants),
                    )
                ),
            )
            for gap in found
        ),
        source=ground.times_source,
    )
