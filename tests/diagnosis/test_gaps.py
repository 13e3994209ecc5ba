"""Where help is missing, and whether that survives other suppositions."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from tests.access.strategies import directories, territories
from tests.builders import BETHUNE, DEMARCHES, Place, east_of, make_directory, make_territory

from maillage.access.nearest import nearest_times
from maillage.access.offer import SERVICE_KEYS
from maillage.access.travel import Mode, StraightLine
from maillage.diagnosis.gaps import find_gaps
from maillage.diagnosis.model import Certainty, Gap, HiddenGap
from maillage.diagnosis.variants import (
    Ground,
    favourable,
    radius_inside_km,
    stacked,
    unfavourable,
)
from maillage.directory.model import Directory
from maillage.kernel.parameters import Parameters, load_parameters
from maillage.standard.mednum import Typologie
from maillage.territory.model import Territory

ON = dt.date(2026, 9, 1)
OLD = dt.date(2020, 1, 1)


def _with(parameters: Parameters, **values: float) -> Parameters:
    for name, value in values.items():
        parameters = parameters.replaced(name.replace("__", "."), value)
    return parameters


PARAMETERS = _with(
    load_parameters(ON),
    travel__walk__speed_kmh=6.0,
    travel__walk__detour=1.3,
    travel__walk__fixed_minutes=0.0,
    diagnosis__gap__walk=30.0,
    diagnosis__variant__speed_share=0.2,
    diagnosis__variant__detour_low=1.2,
    diagnosis__variant__detour_high=1.4,
    diagnosis__variant__threshold_minutes=5.0,
    diagnosis__variant__recent_months=18,
    diagnosis__certainty__sure_from=1.0,
    diagnosis__certainty__likely_from=0.6,
    diagnosis__certainty__hidden_from=0.5,
)  # 13 minutes per kilometre on foot


def _ground(territory: Territory, directory: Directory, parameters: Parameters) -> Ground:
    return Ground(territory, directory, StraightLine(parameters), parameters, ON)


NO_HELP_AT_THE_TOWN_HALL = Place(
    east_of(BETHUNE, 0.0), gives=((),), typologie=(Typologie.MUNI,), code_insee="62000"
)


def _walk(
    *places: Place,
    at_km: float,
    area_km2: float | None = 0.01,
    town_hall: Place | None = NO_HELP_AT_THE_TOWN_HALL,
) -> tuple[Gap | None, HiddenGap | None]:
    """Return the walking gap and hidden gap of one commune standing so far from Béthune.

    Its town hall tells that it gives nothing, unless told otherwise.
    """
    territory = make_territory(points=[east_of(BETHUNE, at_km)], areas_km2=[area_km2])
    directory = make_directory(*places, *([] if town_hall is None else [town_hall]))
    ground = _ground(territory, directory, PARAMETERS)
    gaps, hidden = find_gaps(ground, nearest_times(territory, directory, ground.engine))
    gap = [g for g in gaps if g.service is DEMARCHES and g.mode is Mode.WALK]
    hide = [h for h in hidden if h.service is DEMARCHES and h.mode is Mode.WALK]
    return (gap[0] if gap else None), (hide[0] if hide else None)


def test_far_from_everything_is_sure() -> None:
    """Ten kilometres on foot is beyond 30 minutes whatever one supposes."""
    gap, hidden = _walk(Place(BETHUNE), at_km=10.0)
    assert gap is not None
    assert (gap.certainty, gap.survival, gap.n_variants, gap.broken_by) == (
        Certainty.SURE, 1.0, 4, (),
    )  # fmt: skip
    assert gap.minutes == pytest.approx(130.0, rel=1e-3)
    assert (gap.threshold_minutes, gap.n_people, hidden) == (30.0, 1000, None)


def test_just_beyond_is_unsure() -> None:
    """At 31.2 minutes each variant brings it within reach."""
    gap, _ = _walk(Place(BETHUNE), at_km=2.4)
    assert gap is not None
    assert (gap.certainty, gap.survival, len(gap.broken_by)) == (Certainty.UNSURE, 0.0, 4)


def test_what_half_the_variants_undo_is_unsure() -> None:
    """At 35.5 minutes a faster walk undoes the gap, a later threshold or a shorter way does not."""
    gap, _ = _walk(Place(BETHUNE), at_km=35.5 / 13.0)
    assert gap is not None
    assert (gap.survival, gap.certainty) == (0.5, Certainty.UNSURE)


@pytest.mark.parametrize("listed", [True, False])
def test_what_a_town_hall_could_change_is_not_sure(*, listed: bool) -> None:
    """A town hall that tells nothing, listed or not, makes a sure gap likely, and is named."""
    town_hall = Place(
        east_of(BETHUNE, 10.0), gives=(None,), typologie=(Typologie.MUNI,), code_insee="62000"
    )
    gap, _ = _walk(Place(BETHUNE), at_km=10.0, town_hall=town_hall if listed else None)
    assert gap is not None
    assert gap.certainty is Certainty.LIKELY
    assert (gap.n_variants, gap.survival) == (5, 0.8)
    assert gap.broken_by == ("si toutes les mairies dont l'offre n'est pas connue aidaient",)


def test_town_halls_and_other_untold_places_are_told_apart() -> None:
    """A library that tells nothing is another supposition than a town hall."""
    library = Place(east_of(BETHUNE, 10.0), gives=(None,), typologie=(Typologie.BIB,))
    gap, _ = _walk(Place(BETHUNE), library, at_km=10.0)
    assert gap is not None
    assert gap.broken_by == ("si les autres lieux sans service renseigné aidaient",)


def test_a_single_old_record_hides_a_gap() -> None:
    """Within reach of one old record only: if it closes, or is no longer true, nothing is left.

    One fresh lieu far away makes « fiches récentes » a supposition worth trying.
    """
    far = Place(east_of(BETHUNE, 30.0))
    gap, hidden = _walk(Place(BETHUNE, dated=OLD), far, at_km=2.0)
    assert gap is None
    assert hidden is not None
    assert hidden.minutes == pytest.approx(26.0, rel=1e-3)
    assert set(hidden.reasons) >= {
        "si le lieu le plus proche fermait",
        "si seules comptaient les fiches de moins de 18 mois",
        "si le seuil est de 5 minutes de moins",
    }
    assert hidden.share_variants == pytest.approx(len(hidden.reasons) / 6)


def test_two_fresh_lieux_nearby_hide_nothing() -> None:
    """A well-served commune is no hidden gap."""
    assert _walk(Place(BETHUNE), Place(BETHUNE), at_km=0.5) == (None, None)


def test_an_area_not_known_is_a_variant_less() -> None:
    """Without area the departure from the outskirts says nothing, and is not counted."""
    _, known = _walk(Place(BETHUNE), at_km=2.2, area_km2=9.0)
    _, unknown = _walk(Place(BETHUNE), at_km=2.2, area_km2=None)
    assert known is not None
    assert unknown is not None
    label = "si l'on part d'un point moyen de la commune plutôt que de sa mairie"
    assert label in known.reasons
    assert unknown.reasons == tuple(reason for reason in known.reasons if reason != label)
    assert unknown.share_variants == pytest.approx(len(unknown.reasons) / 5)


def test_the_mean_distance_inside_a_disc() -> None:
    """People spread over a disc live two thirds of its radius from its centre."""
    generator = np.random.default_rng(7)
    radii = 3.0 * np.sqrt(generator.random(200_000))
    found = radius_inside_km(np.array([np.pi * 9.0]))[0]
    assert found == pytest.approx(2.0)
    assert radii.mean() == pytest.approx(found, rel=1e-2)


def test_a_variant_is_the_diagnosis_under_other_parameters() -> None:
    """Stretching the base times gives what the engine gives with that speed or that detour."""
    territory = make_territory(6)
    directory = make_directory(Place(east_of(BETHUNE, 1.7, 2.0)), Place(east_of(BETHUNE, 4.0)))
    ground = _ground(territory, directory, PARAMETERS)
    base = stacked(nearest_times(territory, directory, ground.engine).minutes)
    found = {v.code: v for v in (*favourable(ground, base), *unfavourable(ground, base))}
    for code, what, factor in (
        ("faster", "speed_kmh", 1.2),
        ("slower", "speed_kmh", 0.8),
        ("detour-low", "detour", 1.2 / 1.3),
        ("detour-high", "detour", 1.4 / 1.3),
    ):
        other = PARAMETERS
        for mode in Mode:
            name = f"travel.{mode.code}.{what}"
            other = other.replaced(name, PARAMETERS.number(name) * factor)
        times = nearest_times(territory, directory, StraightLine(other)).minutes
        np.testing.assert_allclose(found[code].minutes, stacked(times))


class Streets(StraightLine):
    """A stand-in for an engine that knows the streets."""

    name = "streets"


def test_detours_are_not_supposed_where_streets_are_known() -> None:
    """An engine that knows the streets needs no detour: that variant is left out."""
    territory, directory = make_territory(2), make_directory(Place(BETHUNE))
    estimated = _ground(territory, directory, PARAMETERS)
    known = replace(estimated, engine=Streets(PARAMETERS))
    base = stacked(nearest_times(territory, directory, known.engine).minutes)
    for variants in (favourable, unfavourable):
        codes = {v.code for v in variants(estimated, base)} - {
            v.code for v in variants(known, base)
        }
        assert len(codes) == 1
        assert codes < {"detour-low", "detour-high"}


@given(territories, directories)
def test_every_place_is_a_gap_or_within_reach(territory: Territory, directory: Directory) -> None:
    """Gaps are exactly what stands beyond the threshold, hidden gaps never; shares lie in 0-1."""
    ground = _ground(territory, directory, PARAMETERS)
    nearest = nearest_times(territory, directory, ground.engine)
    gaps, hidden = find_gaps(ground, nearest)
    index = {zone.id: i for i, zone in enumerate(territory.zones)}
    beyond = {(g.zone_id, g.service, g.mode) for g in gaps}
    within = {(h.zone_id, h.service, h.mode) for h in hidden}
    assert len(beyond) == len(gaps)
    assert not beyond & within
    for key in SERVICE_KEYS:
        for mode in Mode:
            threshold = PARAMETERS.number(f"diagnosis.gap.{mode.code}")
            far = nearest.minutes[key, mode] > threshold
            assert {z for z, i in index.items() if far[i]} == {
                z for z, s, m in beyond if (s, m) == (key, mode)
            }
    assert all(0.0 <= g.survival <= 1.0 for g in gaps)
    assert all(len(g.broken_by) == round((1 - g.survival) * g.n_variants) for g in gaps)
    assert all((g.certainty is Certainty.SURE) == (not g.broken_by) for g in gaps)
    assert all(0.5 <= h.share_variants <= 1.0 for h in hidden)


@given(territories, directories)
def test_favourable_and_unfavourable_keep_their_word(
    territory: Territory, directory: Directory
) -> None:
    """No favourable variant is farther than the base, no unfavourable one nearer."""
    ground = _ground(territory, directory, PARAMETERS)
    base = stacked(nearest_times(territory, directory, ground.engine).minutes)
    for variant in favourable(ground, base):
        assert (variant.minutes <= base + 1e-9).all()
        assert variant.threshold_shift >= 0
    for variant in unfavourable(ground, base):
        assert (variant.minutes >= base - 1e-9).all()
        assert variant.threshold_shift <= 0
