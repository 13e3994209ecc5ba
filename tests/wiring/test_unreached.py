"""The ground of siting in one call: who lacks help, what each venue would reach."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from tests.builders import BETHUNE, Place, east_of, make_directory, make_territory

from maillage.access.offer import SERVICE_KEYS
from maillage.access.travel import Mode, StraightLine
from maillage.access.unreached.model import NewReach, UnmetNeed, Unreached, Venue, VenueKind
from maillage.access.visits.bounds import Bounds
from maillage.diagnosis.visits import Journeys
from maillage.jobs.ports import TerritoryWork
from maillage.jobs.unmet import UnmetDemand
from maillage.kernel.errors import ParameterError
from maillage.kernel.findings import Finding, Severity, Where
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.orientation.reported import RecordedNeed, Reported
from maillage.wiring.kept_ground import KeptGround, keep, kept, who_of
from maillage.wiring.unreached import GroundAsked, ground_on

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
LAND = make_territory(points=(BETHUNE, east_of(BETHUNE, 10.0)))
WORK = TerritoryWork(
    LAND, make_directory(Place(BETHUNE, code_insee="62000", horaires="Mo-Fr 09:00-17:00")), ()
)
DOUBT = Finding("doubt", Severity.INFO, "?", "!", Where())
ON_FOOT = Journeys(StraightLine(PARAMETERS), None, None, Silent(), findings=(DOUBT,))
ANY = SERVICE_KEYS.index(None)


def ground(asked: GroundAsked | None = None) -> tuple[Unreached, NewReach]:
    """Return the ground of two communes 10 km apart, one of which has help."""
    return ground_on(WORK, asked or GroundAsked(), ON_FOOT, PARAMETERS)


def venues_file(folder: Path, *rows: str) -> Path:
    """Write a list of venues."""
    path = folder / "lieux.csv"
    path.write_text("\n".join(["id,code_insee,lon,lat", *rows]) + "\n", encoding="utf-8")
    return path


def test_who_has_no_help_would_have_a_permanence_next_door() -> None:
    """The commune without help lacks it for sure, and its town hall would reach its people."""
    found, reach = ground()
    assert found.lacks.low[ANY].tolist() == [False, True]
    assert not found.lacks.high[ANY].any()
    assert [venue.id for venue in reach.venues] == ["lieu-0000", "mairie-62001"]
    assert reach.reached.low.any(axis=0).tolist() == [[True, False], [False, True]]
    assert DOUBT in found.findings


def test_given_venues_stand_beside_the_others_or_alone(tmp_path: Path) -> None:
    """A list adds its venues; alone, nothing else is a candidate but the stops told."""
    path = venues_file(tmp_path, f"salle,62000,{BETHUNE.lon},{BETHUNE.lat}")
    stop = Venue("stop-1", "Arrêt", "62000", "Ici", 2.6, 50.5, VenueKind.STOP)
    _, beside = ground(GroundAsked(venues=path))
    _, alone = ground(GroundAsked(venues=path, only_given=True, stops=(stop,)))
    assert [venue.id for venue in beside.venues] == ["lieu-0000", "mairie-62001", "salle"]
    assert [venue.id for venue in alone.venues] == ["salle", "stop-1"]


def test_requests_in_vain_are_counted(tmp_path: Path) -> None:
    """They add to those who lack help; what is doubtful in them stands with the rest."""
    path = tmp_path / "demandes.csv"
    path.write_text("code_insee,date,note\n62000,2026-09-08,?\n", encoding="utf-8")
    found, _ = ground(GroundAsked(needs=path))
    assert found.unmet[ANY].tolist() == [1.0, 0.0]
    assert "unmet-need-columns-unread" in {one.code for one in found.findings}


def test_the_visit_is_that_of_the_diagnosis_unless_another_is_asked_for() -> None:
    """An unknown one is refused, with those that are known."""
    own = str(PARAMETERS["diagnosis.visits.kind"].value)
    label = str(PARAMETERS[f"visits.kind.{own}.name"].value)
    assert label in ground()[0].how[0]
    assert "2 heures d'atelier" in ground(GroundAsked(kind="atelier"))[0].how[0]
    with pytest.raises(ParameterError, match="atelier"):
        ground(GroundAsked(kind="goûter"))


def test_help_at_hours_that_are_supposed_may_be_no_help() -> None:
    """Where only told hours count, a lieu of unknown hours helps nobody."""
    silent = replace(WORK, directory=make_directory(Place(BETHUNE, code_insee="62000")))
    for certain, lacking in ((False, [False, True]), (True, [True, True])):
        asked = GroundAsked(certain_hours=certain)
        found, _ = ground_on(silent, asked, ON_FOOT, PARAMETERS)
        assert found.lacks.low[ANY].tolist() == lacking


@pytest.mark.parametrize("mode", Mode)
def test_by_one_mode_both_bounds_are_one_and_a_ride_carries_all_the_same(mode: Mode) -> None:
    """Ten kilometres are too far to walk, not to ride nor to drive; no bus is supposed."""
    found, reach = ground(GroundAsked(mode=mode))
    assert found.mode is mode
    assert found.lacks.low[ANY].tolist() == [False, mode is Mode.WALK]
    np.testing.assert_array_equal(found.lacks.low, found.lacks.high)
    np.testing.assert_array_equal(reach.reached.low, reach.reached.high)
    assert not any("Borne haute" in one for one in found.how)
    carried = found.carried_to(None)
    assert carried is not None
    assert carried.tolist() == [True, True]


def test_a_ground_kept_is_read_as_it_was(tmp_path: Path) -> None:
    """Every array and every word; the mode, who a ride carries, whence needs are among them."""
    noted = RecordedNeed(UnmetNeed("62000", None, PARAMETERS.on), "desk")
    told = UnmetDemand(
        *(PARAMETERS.on, PARAMETERS.on, (noted,)),
        *(Reported(1, 2, 1, 2.0, 2.0, 1.0, None), (replace(noted.need, weight=2.0),)),
        sentences=("Une demande.",),
    )
    for asked in (GroundAsked(), GroundAsked(mode=Mode.CAR), GroundAsked(recorded=told)):
        unreached, reach = ground(asked)
        path = tmp_path / "terrain.npz"
        keep(path, KeptGround(who_of(LAND), unreached, reach))
        again = kept(path)
        assert again is not None
        assert bool(again.unreached.noted) == (asked.recorded is not None)
        for made, read in ((unreached, again.unreached), (reach, again.reach)):
            for one in fields(made):
                before, after = getattr(made, one.name), getattr(read, one.name)
                np.testing.assert_equal(_plain(after), _plain(before), one.name)


def _plain(value: object) -> object:
    return (value.low, value.high) if isinstance(value, Bounds) else value
