"""data·inclusion v1, judged by its own package; and its own quality score, on a told date."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from data_inclusion.schema import v1
from data_inclusion.schema.v1 import score_qualite
from tests.jobs.giving import ON, sample_work

from maillage.directory.exports import exported
from maillage.engines.data_inclusion_export import DataInclusionScorer, DataInclusionWriter
from maillage.jobs.ports import Exported, TerritoryWork
from maillage.kernel.errors import MissingExtra
from maillage.standard.crosswalk import to_data_inclusion
from maillage.standard.data_inclusion import DiService, as_json


def written(
    work: TerritoryWork, folder: Path
) -> tuple[Exported, list[dict], list[dict], list[dict]]:
    """Return what was exported: structures, services, refused."""
    done = DataInclusionWriter().write(work, folder / "annuaire", ON)
    structures, services = (json.loads(path.read_bytes()) for path in done.paths[:2])
    with done.paths[2].open(encoding="utf-8", newline="") as lines:
        return done, structures, services, list(csv.DictReader(lines))


def with_record(work: TerritoryWork, **told: object) -> TerritoryWork:
    """Return the work with the record of the first permanence changed."""
    first = work.directory.permanences[0]
    changed = replace(first, record=replace(first.record, **told))  # type: ignore[arg-type]
    permanences = (changed, *work.directory.permanences[1:])
    return replace(work, directory=replace(work.directory, permanences=permanences))


def test_the_package_accepts_every_object(tmp_path: Path) -> None:
    """Each structure and service is valid, and each service belongs to a structure given."""
    done, structures, services, _ = written(sample_work(), tmp_path)
    assert done.n_records == len(structures) == 11
    ids = {v1.Structure.model_validate(each).id for each in structures}
    assert {v1.Service.model_validate(each).structure_id for each in services} <= ids
    assert len(services) == 11  # the twelfth is of a structure refused


def test_what_is_refused_is_told_apart(tmp_path: Path) -> None:
    """A record without date is in the third file with the reason, and so are its services."""
    done, structures, _, refused = written(sample_work(), tmp_path)
    assert [row["nom"] for row in refused] == ["CCAS de Brume"]
    assert "date_maj" in refused[0]["motif"]
    assert "CCAS de Brume" not in {each["nom"] for each in structures}
    lost = {(loss.field, loss.n_rows) for loss in done.losses if "refus" in loss.what}
    assert lost == {("date_maj", 1), ("services", 1)}


def test_a_date_to_come_is_refused(tmp_path: Path) -> None:
    """What is dated after the day of the export is refused, whatever the clock says."""
    work = with_record(sample_work(), date_maj=ON + dt.timedelta(days=1))
    assert "Médiathèque L'Escale" in {row["nom"] for row in written(work, tmp_path)[3]}


def test_the_clock_decides_nothing(tmp_path: Path) -> None:
    """Exported for a day that the clock has not seen, what is dated before that day is taken."""
    far = ON.replace(year=9000)
    work = with_record(sample_work(), date_maj=far - dt.timedelta(days=1))
    done = DataInclusionWriter().write(work, tmp_path / "annuaire", far)
    structures = {s["nom"]: s["date_maj"] for s in json.loads(done.paths[0].read_bytes())}
    assert structures["Médiathèque L'Escale"] == "9000-03-01"
    (service, *_) = services_of(1)
    scorer = DataInclusionScorer()
    told, later = ([replace(service, date_maj=day - dt.timedelta(days=300))] for day in (ON, far))
    assert scorer.scores(told, ON) == scorer.scores(later, far) != (None,)


def test_a_date_of_the_last_century_is_refused(tmp_path: Path) -> None:
    """The package's own limit holds: data·inclusion takes no date before 2000."""
    work = with_record(sample_work(), date_maj=dt.date(1999, 12, 31))
    assert "Médiathèque L'Escale" in {row["nom"] for row in written(work, tmp_path)[3]}


def test_a_bad_value_that_may_be_absent_is_left_out_alone(tmp_path: Path) -> None:
    """An e-mail that is none does not cost the record: it goes alone, and is a loss."""
    work = with_record(sample_work(), courriels=("pas un courriel",), site_web=("pas un lien",))
    done, structures, services, refused = written(work, tmp_path)
    first = structures[0]
    assert (first["nom"], len(refused)) == ("Médiathèque L'Escale", 1)
    assert "courriel" not in first
    assert "site_web" not in first
    assert not any("courriel" in each for each in services)
    lost = {loss.field: loss.n_rows for loss in done.losses if "laissée" in loss.what}
    assert lost == {"courriel": 4, "site_web": 1}  # the structure and its three services


def services_of(index: int) -> tuple[DiService, ...]:
    """Return the services of one record of the Sept-Brumes."""
    directory = sample_work().directory
    permanence = directory.permanences[index]
    lieux = {lieu.id: lieu for lieu in directory.lieux}
    return to_data_inclusion(exported(permanence, lieux[permanence.lieu_id]))[1]


def test_the_score_is_the_package_s_own() -> None:
    """On the clock's own day the score is what the package says of the same service."""
    today = score_qualite.pendulum.now().date()
    services = [replace(s, date_maj=today - dt.timedelta(days=300)) for s in services_of(0)]
    expected = tuple(
        score_qualite.score(v1.Service.model_validate(as_json(each)))[0] for each in services
    )
    assert DataInclusionScorer().scores(services, today) == expected
    assert len(expected) == 3


def test_the_score_is_that_of_the_day_told() -> None:
    """Ages are counted to the day told: a record of the day before loses nothing to the clock."""
    told = dt.date(2020, 1, 1)
    scorer = DataInclusionScorer()
    (service, *_) = services_of(1)
    fresh = scorer.scores([replace(service, date_maj=told)], told + dt.timedelta(days=1))
    older = scorer.scores([replace(service, date_maj=told)], told + dt.timedelta(days=400))
    oldest = scorer.scores([replace(service, date_maj=told)], told + dt.timedelta(days=2000))
    assert (fresh[0] or 0) > (older[0] or 0) > (oldest[0] or 0)


def test_what_the_package_refuses_has_no_score() -> None:
    """No date, no score: never 0 for what could not be computed."""
    (service, *_) = services_of(0)
    assert DataInclusionScorer().scores([replace(service, date_maj=None)], ON) == (None,)


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says which part of the installation to add, before any long work."""
    monkeypatch.setitem(sys.modules, "data_inclusion.schema", None)
    with pytest.raises(MissingExtra, match=r"maillage\[exports\]"):
        DataInclusionWriter()
    with pytest.raises(MissingExtra, match=r"maillage\[exports\]"):
        DataInclusionScorer()
