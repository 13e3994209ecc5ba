"""What desks could not answer: how many requests, for what and where, and what to follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maillage.diagnosis.unanswered import Counted, Indicator, Unanswered
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports.blocks import Block, Cell, Chapter, Column, Prose, Table
from maillage.reports.unanswered_words import indicator_words


def unanswered(found: Unanswered) -> Chapter:
    """Return the chapter: counts as they are and corrected, no row of too few requests."""
    told = (Prose(_whence(found)), *(Prose(sentence) for sentence in found.sentences))
    return Chapter(
        "demandes-sans-reponse",
        tr("Les demandes restées sans réponse"),
        (*told, *_counts(found), _followed(found)),
    )


def _whence(found: Unanswered) -> str:
    return tr(
        "Quand rien ne convient à la personne, le guichet note ce qu'elle cherchait, sa commune et "
        "la date, sans rien qui dise qui elle est. Sont comptées, ici et dans « Où renforcer », "
        "celles du {since} au {until}."
    ).format(since=french.date(found.since), until=french.date(found.until))


def _counts(found: Unanswered) -> Iterator[Block]:
    if not found.by_service or not found.by_commune:
        yield Prose(
            tr("Elles sont trop peu nombreuses pour être comptées par besoin ou par commune.")
        )
        return
    for name, title, heading, rows in (
        ("besoin", tr("Demandes sans réponse, par besoin"), tr("Besoin"), found.by_service),
        ("commune", tr("Demandes sans réponse, par commune"), tr("Commune"), found.by_commune),
    ):
        yield _table(f"tableau-demandes-{name}", (title, heading), rows, found)


def _table(
    table_id: str, words: tuple[str, str], rows: Sequence[Counted], found: Unanswered
) -> Table:
    title, heading = words
    return Table(
        id=table_id,
        caption=title,
        columns=(
            Column(heading),
            Column(tr("Notées"), numeric=True),
            Column(tr("Corrigées"), numeric=True),
        ),
        rows=tuple(
            (Cell(row.label), Cell(french.number(row.n)), Cell(french.number(row.estimate)))
            for row in rows
        ),
        source=tr(
            "Demandes notées aux guichets ; corrigées de ceux qui ne notent pas. Ce qui compte "
            "moins de {least} demandes est regroupé."
        ).format(least=french.number(found.least_shown)),
    )


def _followed(found: Unanswered) -> Table:
    return Table(
        id="tableau-demandes-suivi",
        caption=tr("Ce qui peut être suivi d'une année à l'autre"),
        columns=(
            Column(tr("Indicateur")),
            Column(tr("Maintenant"), numeric=True),
            Column(tr("Un an plus tôt"), numeric=True),
        ),
        rows=tuple(_row(one) for one in found.indicators),
        source=tr("Mois entiers seulement pour les demandes par mois, corrigées elles aussi."),
    )


def _row(one: Indicator) -> tuple[Cell, ...]:
    now, before = indicator_words(one)
    return Cell(one.label), Cell(now), Cell(before)
