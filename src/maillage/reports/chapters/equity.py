"""How evenly help is shared between the people of the territory."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from maillage.access.model import Equity
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports import colours
from maillage.reports.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Figure,
    LegendItem,
    Prose,
    Table,
)
from maillage.reports.ground import Ground
from maillage.reports.svg.curves import lorenz

_MOST_CURVES = len(colours.SERIES)
_TENTHS = tuple(i / 10 for i in range(1, 10))


def equity(ground: Ground) -> Chapter:
    """Return the chapter on equity."""
    title = tr("Un partage égal ou non")
    found = ground.diagnosis.access.equity[:_MOST_CURVES]
    if not found:
        nothing = tr(
            "L'égalité ne peut pas être mesurée : une partie des habitants n'atteint aucun lieu."
        )
        return Chapter("equite", title, (Prose(nothing),))
    shared = [measure for measure in found if not measure.is_burden]
    blocks: list[Block] = [Prose(_sentence(ground, found[0])), _table(ground, found)]
    if shared:
        blocks += [Prose(_shared_sentence(shared[0])), _curves(ground, shared)]
    return Chapter("equite", title, tuple(blocks))


def _sentence(ground: Ground, first: Equity) -> str:
    worst = [ground.zone_name(zone_id) for zone_id in first.worst_zone_ids]
    shown = french.listed_first(worst, 6)
    return tr(
        "{label} : {mean} en moyenne, {worst} pour le dixième d'habitants le moins bien servi "
        "({names}). La moyenne est basse parce que chaque commune est mesurée depuis sa mairie, "
        "souvent voisine du lieu d'aide : c'est l'écart entre les deux chiffres qui compte."
    ).format(
        label=first.label,
        mean=french.number(first.mean, 1),
        worst=french.number(first.worst_tenth_mean, 1),
        names=shown,
    )


def _shared_sentence(measure: Equity) -> str:
    return tr(
        "{label} : l'indice de Gini résume l'écart entre tous, 0 quand chacun a autant, 1 quand un "
        "seul a tout. Ici, il vaut {gini}."
    ).format(label=measure.label, gini=french.number(measure.gini, 2))


def _curves(ground: Ground, found: Sequence[Equity]) -> Figure:
    legend = [
        LegendItem("line", f"{colours.SERIES[i]} {colours.DASHES[i]}".strip(), e.label)
        for i, e in enumerate(found)
    ]
    legend.append(LegendItem("line", colours.MUTED, tr("partage parfaitement égal")))
    return Figure(
        id="courbe-lorenz",
        title=tr(
            "Courbes de Lorenz : plus une courbe s'écarte de la droite, moins le partage est égal"
        ),
        alt=tr("Courbes de Lorenz. Indice de Gini : {values}.").format(
            values=" ; ".join(f"{e.label}, {french.number(e.gini, 2)}" for e in found)
        ),
        picture=lorenz(
            [e.lorenz for e in found],
            tr("Part des habitants, du moins au plus"),
            tr("Part du total"),
        ),
        source=ground.times_source,
        legend=tuple(legend),
        table=_deciles(found),
    )


def _deciles(found: Sequence[Equity]) -> Table:
    return Table(
        id="tableau-lorenz",
        caption=tr("Part du total détenue par les premiers dixièmes d'habitants"),
        columns=(
            Column(tr("Habitants")),
            *(Column(e.label, numeric=True) for e in found),
        ),
        rows=tuple(
            (
                Cell(french.percent(tenth)),
                *(Cell(french.percent(share_at(e.lorenz, tenth))) for e in found),
            )
            for tenth in _TENTHS
        ),
    )


def share_at(curve: Sequence[tuple[float, float]], x: float) -> float:
    """Return where a curve of ascending points stands at ``x``, drawn straight between points."""
    for (x0, y0), (x1, y1) in itertools.pairwise(curve):
        if x0 <= x <= x1 and x1 > x0:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return curve[-1][1]


def _table(ground: Ground, found: Sequence[Equity]) -> Table:
    return Table(
        id="tableau-equite",
        caption=tr("Écarts entre habitants"),
        columns=(
            Column(tr("Mesure")),
            Column(tr("Moyenne"), numeric=True),
            Column(tr("Dixième le moins bien servi"), numeric=True),
            Column(tr("Indice de Gini"), numeric=True),
        ),
        rows=tuple(
            (
                Cell(e.label),
                Cell(french.number(e.mean, 1)),
                Cell(french.number(e.worst_tenth_mean, 1)),
                Cell("—" if e.is_burden else french.number(e.gini, 2)),
            )
            for e in found
        ),
        source=ground.times_source,
    )
