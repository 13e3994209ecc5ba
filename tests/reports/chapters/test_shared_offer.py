"""The shared supply: in permanences, then in opening hours, with its decay told."""

from __future__ import annotations

from dataclasses import replace

from maillage.reports.blocks import Figure, Prose, Table
from maillage.reports.chapters.shared_offer import shared_offer
from maillage.reports.ground import Ground, ground_of


def test_the_decay_is_told_by_its_bands(ground: Ground) -> None:
    """Each band stands with its weight, from the parameters."""
    told = next(block for block in shared_offer(ground) if isinstance(block, Prose))
    catchment = ground.diagnosis.access.catchments[0]
    for minutes in catchment.bands_minutes:
        assert f"{minutes:.0f} min" in told.text.replace("\xa0", " ")


def test_hours_stand_beside_permanences_known_and_usual(ground: Ground) -> None:
    """One row a zone, known hours and usual ones, the poorest first."""
    blocks = shared_offer(ground)
    assert any(isinstance(block, Figure) for block in blocks)
    table = next(block for block in blocks if isinstance(block, Table))
    assert len(table.rows) == len(ground.diagnosis.territory.zones)
    usual = [float(row[2].text.replace(",", ".")) for row in table.rows]
    assert usual == sorted(usual)


def test_without_visits_hours_are_not_told(ground: Ground) -> None:
    """Hours come with visits: without them permanences stand alone."""
    alone = ground_of(replace(ground.diagnosis, visits=None))
    assert not any(isinstance(block, Table) for block in shared_offer(alone))
