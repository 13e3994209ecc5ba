"""The campaign list as a table: the same words on the screen, in a spreadsheet and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maillage.directory.field_words import value_words
from maillage.jobs.campaign import Campaign, CampaignRow
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports.plain_data import number
from maillage.tables.write import csv_bytes

COLUMNS = (
    "rang", "lieu", "commune", "structure", "telephone", "courriel", "a_demander",
    "derniere_mise_a_jour", "fraicheur", "qualite", "score_qualite_data_inclusion",
    "personnes", "base_du_compte", "personnes_fragiles", "minutes_de_plus",
    "sans_autre_lieu", "permanence_id",
)  # fmt: skip


def campaign_csv(campaign: Campaign, rows: Sequence[CampaignRow]) -> bytes:
    """Return the list as CSV, safe to open in a spreadsheet; "" = not known.

    ``qualite`` is 0-1, ``score_qualite_data_inclusion`` too, « non calculé » where it could not be.
    """
    ranks = {row.permanence.id: rank for rank, row in enumerate(campaign.rows, 1)}
    told = [_cells(ranks[row.permanence.id], row) for row in rows]
    return csv_bytes(COLUMNS, told, neutralise=True)


def campaign_result(campaign: Campaign, rows: Sequence[CampaignRow]) -> dict[str, Any]:
    """Return the list as JSON can hold it, criterion by criterion."""
    return {
        "method": campaign.method,
        "n_records": len(campaign.rows) + campaign.n_complete,
        "n_to_call": len(campaign.rows),
        "n_complete": campaign.n_complete,
        "rows": [_told(row) for row in rows],
    }


def phone(row: CampaignRow) -> str:
    """Return the number to call as it is dialled here, "" where nobody told one."""
    return value_words("telephone", row.telephone)


def last_told(row: CampaignRow) -> str:
    """Return when a record was last told, in words."""
    return tr("jamais datée") if row.last_told is None else french.date(row.last_told)


def people(row: CampaignRow) -> str:
    """Return how many people depend on the lieu, with the fragile ones where they are known."""
    depending = row.dependence
    told = french.number(depending.n_people)
    if depending.n_fragile is None:
        return told
    return tr("{n} (dont {fragile} en difficulté)").format(
        n=told, fragile=french.number(depending.n_fragile)
    )


def would_lose(row: CampaignRow) -> str:
    """Return in one phrase what these people would lose without this lieu."""
    depending = row.dependence
    if depending.extra_minutes is None and not depending.n_stranded:
        return depending.basis.label
    parts = []
    if depending.extra_minutes is not None:
        more = tr("{minutes} de plus jusqu'au lieu suivant")
        parts.append(more.format(minutes=french.minutes(depending.extra_minutes)))
    if depending.n_stranded:
        none = tr("{n} sans autre lieu à portée")
        parts.append(none.format(n=french.plural(depending.n_stranded, tr("personne"))))
    return ", ".join(parts)


def official_score(row: CampaignRow) -> str:
    """Return data·inclusion's own score, 0-1, or that it was not computed."""
    score = row.score_qualite
    return tr("non calculé") if score is None else french.number(score, 2)


def _cells(rank: int, row: CampaignRow) -> dict[str, str | None]:
    depending = row.dependence
    return {
        "rang": str(rank),
        "lieu": row.lieu.nom,
        "commune": row.lieu.commune,
        "structure": row.structure,
        "telephone": phone(row),
        "courriel": row.courriel,
        "a_demander": ", ".join(row.quality.asks),
        "derniere_mise_a_jour": None if row.last_told is None else row.last_told.isoformat(),
        "fraicheur": row.quality.freshness.label,
        "qualite": _decimal(row.quality.score, 2),
        "score_qualite_data_inclusion": _decimal(row.score_qualite, 2) or tr("non calculé"),
        "personnes": _whole(depending.n_people),
        "base_du_compte": depending.basis.label,
        "personnes_fragiles": _whole(depending.n_fragile),
        "minutes_de_plus": _decimal(depending.extra_minutes, 1),
        "sans_autre_lieu": _whole(depending.n_stranded),
        "permanence_id": row.permanence.id,
    }


def _whole(value: int | None) -> str | None:
    return None if value is None else str(value)


def _decimal(value: float | None, decimals: int) -> str | None:
    return None if value is None else f"{value:.{decimals}f}"


def _told(row: CampaignRow) -> dict[str, Any]:
    depending, score = row.dependence, row.quality.score
    return {
        "permanence_id": row.permanence.id,
        "lieu_id": row.lieu.id,
        "structure_id": row.permanence.structure_id,
        "lieu": row.lieu.nom,
        "commune": row.lieu.commune,
        "structure": row.structure,
        "telephone": row.telephone,
        "courriel": row.courriel,
        "asks": list(row.quality.asks),
        "last_told": None if row.last_told is None else row.last_told.isoformat(),
        "freshness": row.quality.freshness.code,
        "quality": None if score is None else number(score),
        "criteria": [
            {"code": c.code, "label": c.label, "weight": number(c.weight)}
            | {"share": None if c.share is None else number(c.share)}
            for c in row.quality.criteria
        ],
        "score_qualite": None if row.score_qualite is None else number(row.score_qualite),
        "basis": depending.basis.code,
        "n_people": depending.n_people,
        "n_fragile": depending.n_fragile,
        "extra_minutes": None
        if depending.extra_minutes is None
        else number(depending.extra_minutes),
        "n_stranded": depending.n_stranded,
        "priority": None if row.priority is None else number(row.priority),
    }
