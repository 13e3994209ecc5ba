"""The supply within reach, once shared with all who compete for it (E2SFCA)."""

from __future__ import annotations

from maillage.access.model import Catchment, SupplyKind
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.reports import colours
from maillage.reports.blocks import Block, Cell, Column, Figure, Heading, Prose, Table
from maillage.reports.ground import Ground
from maillage.reports.painting import even_classes
from maillage.reports.svg import maps


def shared_offer(ground: Ground) -> tuple[Block, ...]:
    """Return the part on the shared supply, any service; nothing where it was not measured."""
    found = next((c for c in ground.diagnosis.access.catchments if c.service is None), None)
    if found is None:
        return ()
    text = tr(
        "Être proche ne suffit pas : il faut encore que le lieu ne soit pas débordé. L'offre "
        "accessible partage chaque permanence entre tous ceux qui peuvent l'atteindre {mode} en "
        "moins de {limit} min, les plus proches comptant davantage (méthode E2SFCA)."
    ).format(mode=found.mode.label, limit=french.number(found.bands_minutes[-1]))
    heading = Heading("acces-offre", tr("L'offre, une fois partagée"))
    return (heading, Prose(f"{text} {_decay(found)}"), _map(ground, found), *_hours(ground))


def _decay(found: Catchment) -> str:
    """Return how much each band of travel time counts, and why."""
    bands = [
        tr("{weight} jusqu'à {minutes} min").format(
            weight=french.percent(weight), minutes=french.number(minutes)
        )
        for minutes, weight in zip(found.bands_minutes, found.weights, strict=True)
    ]
    return tr(
        "Un lieu compte pour {bands}, et plus du tout au-delà : plus on est loin, moins on vient. "
        "Ces poids, ceux des auteurs de la méthode, sont des paramètres."
    ).format(bands=french.listed(bands))


def _hours(ground: Ground) -> tuple[Block, ...]:
    """Return the same shared supply counted in opening hours; nothing where it was not measured."""
    visits = ground.diagnosis.visits
    hours = () if visits is None else visits.hours
    known, usual = (
        next((c for c in hours if c.service is None and c.supply is kind), None)
        for kind in (SupplyKind.CERTAIN_HOURS, SupplyKind.POSSIBLE_HOURS)
    )
    if known is None or usual is None:
        return ()
    text = tr(
        "Une permanence ouverte tous les jours offre plus qu'une demi-journée par mois. Voici la "
        "même mesure en heures d'ouverture par semaine : celles que l'on connaît, puis en "
        "supposant que les autres lieux ouvrent aux heures habituelles de leur catégorie. Faute "
        "de savoir combien de personnes y aident, une heure compte pour celle d'un seul conseiller."
    )
    return (Prose(text), _hours_table(ground, known, usual))


def _hours_table(ground: Ground, known: Catchment, usual: Catchment) -> Table:
    zones = ground.diagnosis.territory.zones
    order = sorted(range(len(zones)), key=lambda i: (float(usual.index[i]), plain(zones[i].name)))
    return Table(
        id="tableau-heures-accessibles",
        caption=tr("Heures d'ouverture par semaine {people}, une fois partagées").format(
            people=_per_people(ground)
        ),
        columns=(
            Column(tr("Commune")),
            Column(tr("Horaires connus"), numeric=True),
            Column(tr("Horaires habituels"), numeric=True),
        ),
        rows=tuple(
            (
                Cell(zones[i].name),
                *(Cell(french.number(float(one.index[i]), 1)) for one in (known, usual)),
            )
            for i in order
        ),
        source=ground.times_source,
    )


def _per_people(ground: Ground) -> str:
    people = ground.parameter("access.catchment.per_inhabitants")
    if not isinstance(people, int | float):
        return tr("par habitant")
    return tr("pour {people} habitants").format(people=french.number(people))


def _map(ground: Ground, found: Catchment) -> Figure:
    classes = even_classes(found.index, colours.DISTANCE[::-1])
    return Figure(
        id="carte-offre-accessible",
        title=tr("Offre accessible {mode} : {unit}").format(
            mode=found.mode.label, unit=_unit(ground).lower()
        ),
        alt=tr("Carte des communes, d'autant plus foncées que l'offre accessible est maigre."),
        picture=maps.painted(
            ground.frame,
            classes.fills_of(found.index),
            maps.names(ground.frame, ground.diagnosis.territory),
        ),
        source=tr("{times} Une permanence compte pour une, grande ou petite.").format(
            times=ground.times_source
        ),
        legend=classes.legend(found.index, tr("non connu")),
        table=_table(ground, found),
    )


def _unit(ground: Ground) -> str:
    return tr("Permanences {people}").format(people=_per_people(ground))


def _table(ground: Ground, found: Catchment) -> Table:
    zones = ground.diagnosis.territory.zones
    order = sorted(range(len(zones)), key=lambda i: (float(found.index[i]), plain(zones[i].name)))
    return Table(
        id="tableau-offre-accessible",
        caption=tr("{unit}, de la commune la moins pourvue à la mieux pourvue").format(
            unit=_unit(ground)
        ),
        columns=(
            Column(tr("Commune")),
            Column(tr("Habitants"), numeric=True),
            Column(_unit(ground), numeric=True),
        ),
        rows=tuple(
            (
                Cell(zones[i].name),
                Cell(french.number(zones[i].population)),
                Cell(french.number(float(found.index[i]), 1)),
            )
            for i in order
        ),
    )
