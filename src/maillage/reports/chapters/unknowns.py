"""What the diagnosis does not know, said before anybody asks."""

from __future__ import annotations

from maillage.kernel.language import tr
from maillage.reports.blocks import Block, Cell, Chapter, Column, Prose, Table
from maillage.reports.ground import Ground


def unknowns(ground: Ground) -> Chapter:
    """Return the chapter on what is not known."""
    found = ground.diagnosis.unknowns
    title = tr("Ce que l'on ne sait pas")
    if not found:
        return Chapter("inconnues", title, (Prose(tr("Aucune lacune n'a été relevée.")),))
    table = Table(
        id="tableau-inconnues",
        caption=tr("Ce qui manque, et ce qui y remédierait"),
        columns=(
            Column(tr("Ce qui manque")),
            Column(tr("Ce que cela change")),
            Column(tr("Ce qui y remédierait")),
        ),
        rows=tuple((Cell(u.title), Cell(u.sentence), Cell(u.remedy)) for u in found),
    )
    lead = Prose(
        tr("Ce rapport ne remplit pas les blancs. Voici ce qui lui manque et ce que cela change.")
    )
    blocks: tuple[Block, ...] = (lead, table)
    return Chapter("inconnues", title, blocks)
