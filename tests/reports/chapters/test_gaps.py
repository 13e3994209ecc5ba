"""Zones blanches as they are told."""

from __future__ import annotations

from dataclasses import replace

from maillage.access.travel import Mode
from maillage.diagnosis.model import Diagnosis
from maillage.reports.blocks import Note, Table
from maillage.reports.chapters.gap_tables import gap_tables
from maillage.reports.chapters.gaps import gaps
from maillage.reports.ground import SERVICES, Ground, ground_of, short_name


def _table(blocks: tuple[object, ...], table_id: str) -> Table:
    (found,) = [b for b in blocks if isinstance(b, Table) and b.id == table_id]
    return found


def test_each_commune_is_one_row_a_mode(ground: Ground) -> None:
    """Services of a commune are gathered, with the certainty and what would change it."""
    rows = _table(gap_tables(ground), "tableau-zones-walk").rows
    assert [row[0].text for row in rows] == [
        "Douze-Ponts", "Écrin-la-Forêt", "Fontvive & Lanes", "Guérande-le-Petit",
    ]  # fmt: skip
    by_name = {row[0].text: [cell.text for cell in row] for row in rows}
    assert by_name["Fontvive & Lanes"][4:] == ["certaine", "rien de ce qui a été essayé"]
    assert by_name["Guérande-le-Petit"][4] == "probable"
    assert "20 % plus vite" in by_name["Guérande-le-Petit"][5].replace("\u00a0", " ")


def test_a_service_that_nobody_gives_is_told_once(ground: Ground) -> None:
    """It stands in a note, and not in each row of each commune."""
    blocks = gaps(ground).blocks
    (note,) = [b for b in blocks if isinstance(b, Note)]
    assert "Compréhension du monde numérique" in note.text
    rows = _table(gap_tables(ground), "tableau-zones-walk").rows
    assert not any("Compréhension" in row[2].text for row in rows)


def test_order_does_not_depend_on_the_order_of_gaps(diagnosis: Diagnosis) -> None:
    """Shuffled gaps give the same tables."""
    turned = replace(diagnosis, gaps=diagnosis.gaps[::-1])
    assert gap_tables(ground_of(turned)) == gap_tables(ground_of(diagnosis))


def test_counts_agree_with_the_diagnosis(ground: Ground, diagnosis: Diagnosis) -> None:
    """The table of counts says as many communes as there are gaps, service by service.

    A service that no known lieu gives is told once, above the table: its row counts nothing.
    """
    table = _table(gaps(ground).blocks, "tableau-zones-blanches")
    shown = {row[0].text: row[1].text for row in table.rows}
    for service in SERVICES:
        found = sum(g.mode is Mode.WALK and g.service is service for g in diagnosis.gaps)
        told = "—" if service in ground.not_given else str(found)
        assert shown[short_name(service)] == told
