"""The directory: the lieux that tell what they do, commune by commune."""

from __future__ import annotations

from maillage.directory.model import Lieu, Permanence
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.reports.blocks import Cell, Chapter, Column, Prose, Table
from maillage.reports.ground import Ground, short_name


def annuaire(ground: Ground) -> Chapter:
    """Return the chapter that lists the lieux telling at least one service."""
    told = [lieu for lieu in ground.inside.lieux if ground.services_at.get(lieu.id)]
    others = len(ground.inside.lieux) - len(told)
    sentence = tr(
        "Voici {lieux} annonçant au moins un service, par commune. Tous les détails (horaires, "
        "contacts, publics), et {others} dont les services ne sont pas connus, sont dans les "
        "fichiers lieux.csv et lieux-incomplets.csv livrés avec ce rapport. Appelez avant de vous "
        "déplacer : les fiches peuvent être anciennes."
    ).format(
        lieux=french.plural(len(told), tr("lieu"), tr("lieux")),
        others=french.plural(others, tr("autre lieu"), tr("autres lieux")),
    )
    rows = sorted(
        (_row(ground, lieu) for lieu in told),
        key=lambda row: (plain(row[0].text), plain(row[1].text)),
    )
    table = Table(
        id="tableau-annuaire",
        caption=tr("Lieux annonçant au moins un service, par commune"),
        columns=(
            Column(tr("Commune")),
            Column(tr("Lieu")),
            Column(tr("Services")),
            Column(tr("Téléphone")),
            Column(tr("Fiche de")),
        ),
        rows=tuple(rows),
        source=ground.data_source,
    )
    return Chapter("annuaire", tr("L'annuaire"), (Prose(sentence), table))


def _row(ground: Ground, lieu: Lieu) -> tuple[Cell, ...]:
    held = ground.permanences_at[lieu.id]
    newest = max((p.record.date_maj for p in held if p.record.date_maj is not None), default=None)
    services = ", ".join(short_name(service) for service in ground.services_at[lieu.id])
    return (
        Cell(lieu.commune),
        Cell(lieu.nom),
        Cell(services),
        Cell(_telephone(held)),
        Cell(french.month(newest)),
    )


def _telephone(held: tuple[Permanence, ...]) -> str:
    numbers = sorted({p.record.telephone for p in held if p.record.telephone})
    return ", ".join(_national(number) for number in numbers) or tr("non connu")


def _national(number: str) -> str:
    """Write a number of mainland France as people dial it, in pairs; others as they are."""
    digits = "0" + number.removeprefix("+33")
    if not number.startswith("+33") or len(digits) != 10:
        return number
    return french.FIXED.join(digits[i : i + 2] for i in range(0, 10, 2))
