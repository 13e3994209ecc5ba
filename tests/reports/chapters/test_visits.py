"""The chapter on visits without a car: what it counts, between which bounds, who to call."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.calendar import WeekType
from maillage.access.visits.losses import Loss
from maillage.access.visits.measure import Shares, Shortfall
from maillage.access.visits.model import Certainty
from maillage.diagnosis.model import Diagnosis
from maillage.diagnosis.visits_model import LineEnd, LineEnds, OtherWeek, VisitsWithoutCar
from maillage.reports.blocks import Block, Bullets, Heading, Note, Plates, Prose, Table
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
    """Every service that some lieu gives, and any of them, has shares and a map; no other has."""
    blocks = visits(ground).blocks
    table = next(b for b in blocks if isinstance(b, Table) and b.id == "tableau-sans-voiture")
    plates = next(b for b in blocks if isinstance(b, Plates))
    told = [row for row in table.rows if row[1].text != "annoncé nulle part"]
    assert len(told) == len(plates.plates) == len(ground.given) + 1
    assert len(table.rows) == len(SERVICE_KEYS)


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


def _found(ground: Ground) -> VisitsWithoutCar:
    found = ground.diagnosis.visits
    assert found is not None
    return found


def _with(ground: Ground, found: VisitsWithoutCar) -> tuple[Block, ...]:
    """Return the blocks of the chapter for other visits of the same territory."""
    return visits(ground_of(replace(ground.diagnosis, visits=found))).blocks


def _part(blocks: tuple[Block, ...], heading: str) -> list[Block]:
    """Return the blocks under one heading; nothing where it is not there."""
    ids = [block.id if isinstance(block, Heading) else None for block in blocks]
    if heading not in ids:
        return []
    after = blocks[ids.index(heading) + 1 :]
    end = next((i for i, one in enumerate(after) if isinstance(one, Heading)), len(after))
    return list(after[:end])


def _table(blocks: tuple[Block, ...], table_id: str) -> list[list[str]]:
    table = next(b for b in blocks if isinstance(b, Table) and b.id == table_id)
    return [[cell.text for cell in row] for row in table.rows]


def _holidays(found: VisitsWithoutCar) -> OtherWeek:
    """Return a holiday week in which one zone has half-days less, of any service."""
    assert found.week.type is not WeekType.HOLIDAY
    half_days = found.half_days.copy()
    half_days[SERVICE_KEYS.index(None), :, 0] += 1.0
    worse = Shares(0.9, 0.8, 0.7, 0.6)
    shortfalls = tuple(
        Shortfall(s.service, s.fewer_than, worse, worse) if s.service is None else s
        for s in found.shortfalls
    )
    week = replace(found.week, type=WeekType.HOLIDAY)
    how = ("Horaires « essai » : lus ailleurs.",)
    return OtherWeek(week, False, False, True, True, shortfalls, half_days, how)


def test_holidays_that_change_nothing_take_one_paragraph(ground: Ground) -> None:
    """Where neither hours nor timetables are known to differ nothing is told twice."""
    found = _found(ground)
    same = replace(_holidays(found), same_hours=True, same_timetable=True, has_timetable=False)
    (block,) = _part(_with(ground, replace(found, other_week=same)), "sans-voiture-vacances")
    assert isinstance(block, Prose)
    assert "aucun horaire de transport" in block.text


def test_holidays_that_differ_stand_beside_school_what_differs_first(ground: Ground) -> None:
    """The row that changes comes first, only the zone that changes is told, and the timetable."""
    found = _found(ground)
    blocks = _with(ground, replace(found, other_week=_holidays(found)))
    assert _table(blocks, "tableau-vacances")[0][0] == "Au moins un service"
    zones = _table(blocks, "tableau-vacances-communes")
    assert [row[0] for row in zones] == [ground.diagnosis.territory.zones[0].name]
    told = _part(blocks, "sans-voiture-vacances")[0]
    assert isinstance(told, Prose)
    assert "lus ailleurs" in told.text


def test_every_kind_of_visit_has_its_row(ground: Ground) -> None:
    """Counter, accompaniment and workshop stand beside each other."""
    rows = _table(visits(ground).blocks, "tableau-visites-sortes")
    assert len(rows) == len(_found(ground).kinds) == 3


def test_the_modes_are_told_of_residents_then_of_the_fragile(ground: Ground) -> None:
    """The first row is of any service, the second of the fragile; then each service given."""
    rows = _table(visits(ground).blocks, "tableau-visites-modes")
    assert "personnes fragiles" in rows[1][0]
    assert len(rows) == len(ground.given) + 2


def test_what_moves_the_share_most_is_named(ground: Ground) -> None:
    """The part on suppositions gives both ends and the supposition that shifts the share most."""
    told = _part(visits(ground).blocks, "sans-voiture-hypotheses")[0]
    first = _found(ground).ranges[0]
    assert isinstance(told, Prose)
    assert first.moved_most_by is not None
    assert first.moved_most_by.label in told.text


def test_communes_are_told_what_stops_their_people(ground: Ground) -> None:
    """Only communes where somebody is stopped are listed, those with the most people first."""
    found = _found(ground)
    people = found.obstacles.people[SERVICE_KEYS.index(None)]
    rows = _table(visits(ground).blocks, "tableau-obstacles-communes")
    assert len(rows) == int(np.count_nonzero(np.round(people)))
    assert all(row[2] != "Une visite est possible" for row in rows)


@pytest.mark.parametrize("felt", [True, False])
def test_lines_are_told_where_a_timetable_is_known(ground: Ground, felt: bool) -> None:
    """A line whose end is felt has its row; where none is, a sentence says so."""
    lost = Loss("l", "k", None, Certainty.POSSIBLE, 120.0, 0.0, 30.0, 0.0, 500.0)
    none = replace(lost, people_without=0.0, people_fewer=0.0, half_days=0.0)
    ends = (LineEnd("Ligne 20", Bounds(lost, none)),) if felt else ()
    found = replace(_found(ground), lines=LineEnds(9, 4, ends))
    part = _part(_with(ground, found), "sans-voiture-lignes")
    assert isinstance(part[0], Prose)
    assert "9" in part[0].text
    if felt:
        assert _table(tuple(part), "tableau-lignes") == [["Ligne 20", "0 – 120", "0 – 30"]]
    else:
        assert "Aucune" in part[0].text
    assert _part(visits(ground).blocks, "sans-voiture-lignes") == []


def test_what_may_be_is_never_drawn_as_nothing(ground: Ground) -> None:
    """A zone with no sure half-day but possible ones is hatched, and the legend says unknown."""
    plates = next(b for b in visits(ground).blocks if isinstance(b, Plates))
    assert "inconnus" in plates.legend[-1].label


def test_equity_is_told_in_words(ground: Ground) -> None:
    """Mean, worst-off tenth and Gini are in the sentence."""
    told = _part(visits(ground).blocks, "sans-voiture-partage")[0]
    assert isinstance(told, Prose)
    assert "dixième" in told.text
    assert "Gini" in told.text
