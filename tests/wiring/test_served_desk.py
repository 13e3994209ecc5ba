"""The desk of the site: word for word that of ``maillage orient``, whatever people move by."""

from __future__ import annotations

import datetime as dt
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from maillage.access.travel import Mode
from maillage.cli.commands.orient import command
from maillage.jobs.orient import orient
from maillage.jobs.ports import Means, TerritoryWork
from maillage.kernel.parameters import Parameters, load_parameters
from maillage.kernel.progress import Silent
from maillage.orientation.desk import Desk
from maillage.orientation.document import orientation_document
from maillage.orientation.model import Going, How, Situation, When
from maillage.orientation.way_there import way_there
from maillage.wiring import house, site
from maillage.wiring.at_hand import AtHand
from maillage.wiring.orientation import commune_code, served_desk, understanding

ON = dt.date(2026, 11, 24)
TRAINS_RUN = dt.date(2025, 2, 10)
CABBALR = "200072460"
NEED = "elle n'arrive pas à ouvrir son compte Ameli"


class _Place:
    """A workspace of the demo as ``maillage serve --demo`` makes it, and its standing desk."""

    def __init__(self, folder: Path) -> None:
        """Make it all once."""
        self.folder = folder
        house.make_demo(folder / "sources", None)
        parameters = load_parameters(ON)
        made = site.demo_workspace(folder, Means(None, parameters, Silent()))
        self.workspace, self.siren = made
        sources = house.public_sources(house.SourceChoice(ON, cache=self.cache), Silent())
        with house.work_of(self.siren, self.workspace, sources, parameters, Silent()) as work:
            self.work: TerritoryWork = work
        self.desk = self.served(self.workspace / "timetables", parameters)

    @property
    def cache(self) -> Path:
        """A cache of its own, empty."""
        return self.folder / "cache"

    def served(self, timetables: Path | None, parameters: Parameters) -> Desk:
        """Return the desk that the site would make."""
        return served_desk(self.work, AtHand(timetables, None, self.cache), parameters)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> _Place:
    """Give the demo and its desk, made once."""
    return _Place(tmp_path_factory.mktemp("served"))


def _told(siren: str, commune: str, mode: str, on: dt.date, *more: str) -> dict[str, Any]:
    words = [NEED, "--territory", siren, "--from", commune, "--mode", mode, "--on", str(on)]
    said = CliRunner().invoke(command, [*words, *more, "--offline", "--json", "--quiet"])
    assert said.exit_code == 0, said.output
    result: dict[str, Any] = json.loads(said.stdout)["result"]
    return result


def _shown(desk: Desk, work: TerritoryWork, asked: Situation) -> dict[str, Any]:
    found = orient(NEED, asked, desk, understanding())
    shown: dict[str, Any] = json.loads(json.dumps(orientation_document(found)))
    return shown


def _situation(work: TerritoryWork, commune: str, going: Going, when: When) -> Situation:
    return Situation((), commune_code(work.territory, commune), going=going, when=when)


@pytest.mark.parametrize("going", Going)
@pytest.mark.parametrize("days_after", [None, 6])
def test_the_site_answers_as_the_command(
    place: _Place, going: Going, days_after: int | None
) -> None:
    """Same territory, day and means: the same needs, proposals, refusals and sentences."""
    day = None if days_after is None else ON + dt.timedelta(days=days_after)
    told = ("--workspace", str(place.workspace), "--cache", str(place.cache))
    when = () if day is None else ("--when", str(day))
    for commune in ("Plaverrieux", "Ferraville"):
        asked = _situation(place.work, commune, going, When(None if day is None else (day,)))
        shown = _shown(place.desk, place.work, asked)
        assert shown == _told(place.siren, commune, going.code, ON, *told, *when)


def test_the_buses_of_the_demo_are_taken(place: _Place) -> None:
    """By bus somebody is proposed that cannot be walked to, and no sentence says none is known."""
    asked = _situation(place.work, "Plaverrieux", Going.TRANSIT, When())
    found = orient(NEED, asked, place.desk, understanding())
    rides = [one for one in found.proposals if one.how is How.PLACE and one.visit is not None]
    assert any(one.visit is not None and not one.visit.direct for one in rides)
    assert not any("à pied seulement" in sentence for sentence in found.how)


def test_a_timetable_that_cannot_be_read_closes_no_desk(
    place: _Place, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """People go on foot, the answer says that a bus is missing, and the log says which file."""
    (tmp_path / "bus.zip").write_bytes(b"not a zip")
    with caplog.at_level(logging.WARNING):
        desk = place.served(tmp_path, load_parameters(ON))
    asked = _situation(place.work, "Ferraville", Going.TRANSIT, When())
    found = orient(NEED, asked, desk, understanding())
    assert "bus.zip" in caplog.text
    assert any("Les horaires d'un réseau de bus manquent" in one for one in found.how)


def test_streets_that_are_not_at_hand_close_no_desk(
    place: _Place, caplog: pytest.LogCaptureFixture
) -> None:
    """Ways are as the crow flies, the buses stay, and the log says what is not there."""
    at_hand = AtHand(place.workspace / "timetables", None, place.cache, streets=True)
    with caplog.at_level(logging.WARNING):
        desk = served_desk(place.work, at_hand, load_parameters(ON))
    assert "cannot be read" in caplog.text
    asked = _situation(place.work, "Plaverrieux", Going.TRANSIT, When())
    first, again = (orient(NEED, asked, one, understanding()) for one in (desk, place.desk))
    assert (first.proposals, first.how) == (again.proposals, again.how)


def test_the_way_to_a_lieu_is_told_or_not_at_all(place: _Place) -> None:
    """Each way has its minutes; a lieu or a commune that nobody knows has none."""
    lieu = next(one for one in place.work.directory.lieux if one.point is not None)
    code = commune_code(place.work.territory, "Plaverrieux")
    found = way_there(place.desk, lieu.id, code)
    assert found is not None
    walk, ride, drive = (found.minutes[m] for m in (Mode.WALK, Mode.BICYCLE, Mode.CAR))
    assert walk > ride > drive > 0
    assert found.by_bus is not None
    assert way_there(place.desk, "lieu-inconnu", code) is None
    with pytest.raises(LookupError):
        way_there(place.desk, lieu.id, "99999")


def test_what_is_at_hand_changes_with_its_files(tmp_path: Path) -> None:
    """A feed put there, or put in the stead of another, is seen; nothing told sees nothing."""
    at_hand = AtHand(tmp_path)
    assert (AtHand().seen, at_hand.seen) == ((), ())
    (tmp_path / "bus.zip").write_bytes(b"one")
    first = at_hand.seen
    (tmp_path / "bus.zip").write_bytes(b"another")
    assert len(first) == 1
    assert first != at_hand.seen


@pytest.mark.mirror
@pytest.mark.full
def test_on_real_trains_too(mirror: Path, tmp_path: Path) -> None:
    """CABBALR with the trains of the mirror: word for word the command's answer, in all modes."""
    parameters = load_parameters(TRAINS_RUN)
    choice = house.SourceChoice(TRAINS_RUN, mirror, tmp_path)
    sources = house.public_sources(choice, Silent())
    with house.work_of(CABBALR, None, sources, parameters, Silent()) as work:
        desk = served_desk(work, AtHand(None, mirror, tmp_path), parameters)
    for going in Going:
        asked = _situation(work, "Chocques", going, When())
        shown = _shown(desk, work, asked)
        told = ("--mirror", str(mirror), "--cache", str(tmp_path))
        assert shown == _told(CABBALR, "Chocques", going.code, TRAINS_RUN, *told)
        on_foot = "Aucun horaire de transport : à pied seulement."
        assert on_foot not in shown["how"]
