"""The chapter on visits without a car: what it counts, between which bounds, who to call."""

from __future__ import annotations

from dataclasses import replace

from maillage.diagnosis.model import Diagnosis
from maillage.reports.blocks import Bullets, Note, Plates, Prose, Table
from maillage.reports.chapters.visits import visits
from maillage.reports.ground import Ground, ground_of


def test_a_missing_timetable_is_told_before_any_figure(ground: Ground) -> None:
    """Where no bus timetable is known the chapter warns, and gives shares between two bounds."""
    blocks = visits(ground).blocks
    first = next(i for i, block in enumerate(blocks) if isinstance(block, Table))
    assert any(isinstance(block, Note) for block in blocks[:first])
    sentences = " ".join(block.text for block in blocks if isinstance(block, Prose))
    assert "entre" in sentences


def test_each_service_has_its_row_and_its_map(ground: Ground) -> None:
    """Every service that some lieu gives, and any of them, has a row of shares and a map."""
    blocks = visits(ground).blocks
    table = next(b for b in blocks if isinstance(b, Table) and b.id == "tableau-sans-voiture")
    plates = next(b for b in blocks if isinstance(b, Plates))
    assert len(table.rows) == len(plates.plates) == len(ground.given) + 1


def test_the_chapter_says_on_what_it_stands(ground: Ground) -> None:
    """Engine, timetables and where people leave from are told at the end."""
    last = visits(ground).blocks[-1]
    found = ground.diagnosis.visits
    assert found is not None
    assert isinstance(last, Bullets)
    assert last.items == found.how


def test_without_visits_one_sentence_says_so(diagnosis: Diagnosis) -> None:
    """A diagnosis without visits has the chapter, which says that they were not computed."""
    (block,) = visits(ground_of(replace(diagnosis, visits=None))).blocks
    assert isinstance(block, Prose)
    assert "n'ont pas été calculées" in block.text
