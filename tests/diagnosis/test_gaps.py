"""Where help is missing, and whether that survives other suppositions."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.strategies import directories, kinds, places, points, territories
from tests.builders import (
    BETHUNE,
    DEMARCHES,
    OUTILS,
    Place,
    east_of,
    make_directory,
    make_territory,
)

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
        Certainty.SURE, 1.0, 6, (),
    )  # fmt: skip
    assert gap.minutes == pytest.approx(130.0, rel=1e-3)
    assert (gap.threshold_minutes, gap.n_people, hidden) == (30.0, 1000, None)


def test_just_beyond_is_unsure() -> None:
    """At 31.2 minutes each variant of travel and threshold brings it within reach."""
    gap, _ = _walk(Place(BETHUNE), at_km=2.4)
    assert gap is not None
    assert (gap.certainty, len(gap.broken_by)) == (Certainty.UNSURE, 4)
    assert gap.survival == pytest.approx(2 / 6)


def test_what_half_the_variants_undo_is_unsure() -> None:
    """At 35.5 minutes going faster, all at once or the town hall undo the gap: three of six."""
    gap, _ = _walk(Place(BETHUNE), at_km=35.5 / 13.0, town_hall=None)
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
    assert (gap.n_variants, gap.survival) == (6, pytest.approx(5 / 6))
    assert gap.broken_by == ("si toutes les mairies dont l'offre n'est pas connue aidaient",)


def test_town_halls_and_other_untold_places_are_told_apart() -> None:
    """A library that tells nothing is another supposition than a town hall."""
    library = Place(east_of(BETHUNE, 10.0), gives=(None,), typologie=(Typologie.BIB,))
    gap, _ = _walk(Place(BETHUNE), library, at_km=10.0)
    assert gap is not None
    assert gap.broken_by == ("si les autres lieux sans service renseigné aidaient",)


def test_what_a_bus_tells_at_a_town_hall_says_nothing_of_the_town_hall() -> None:
    """A told permanence at the address of a silent town hall leaves the town hall silent."""
    at = east_of(BETHUNE, 10.0)
    hall = Place(at, gives=(None,), typologie=(Typologie.MUNI,), code_insee="62000")
    apart = make_directory(Place(BETHUNE), hall, Place(at, gives=((OUTILS,),), code_insee="62000"))
    bus = replace(apart.permanences[2], lieu_id=apart.lieux[1].id)
    directory = replace(apart, permanences=(*apart.permanences[:2], bus), lieux=apart.lieux[:2])
    territory = make_territory(points=[at])
    ground = _ground(territory, directory, PARAMETERS)
    gaps, _ = find_gaps(ground, nearest_times(territory, directory, ground.engine))
    (gap,) = [g for g in gaps if g.service is DEMARCHES and g.mode is Mode.WALK]
    assert gap.broken_by == ("si toutes les mairies dont l'offre n'est pas connue aidaient",)


def test_a_town_hall_that_tells_here_and_not_there_is_not_known() -> None:
    """One silent permanence of the municipality leaves its commune's own point supposed too."""
    annex = Place(
        east_of(BETHUNE, 30.0),
        gives=(None, (OUTILS,)),
        typologie=(Typologie.MUNI,),
        code_insee="62000",
    )
    gap, _ = _walk(Place(BETHUNE), at_km=10.0, town_hall=annex)
    assert gap is not None
    assert gap.broken_by == ("si toutes les mairies dont l'offre n'est pas connue aidaient",)


def test_a_single_old_record_hides_a_gap() -> None:
    """Within reach of one old record only: if it closes, or is no longer true, nothing is left."""
    gap, hidden = _walk(Place(BETHUNE, dated=OLD), at_km=2.0)
    assert gap is None
    assert hidden is not None
    assert hidden.minutes == pytest.approx(26.0, rel=1e-3)
    assert set(hidden.reasons) >= {
        "si le lieu le plus proche fermait",
        "si seules comptaient les fiches de moins de 18 mois",
        "si le seuil est de 5 minutes de moins",
    }
    assert hidden.share_variants == pytest.approx(len(hidden.reasons) / 6)


def test_one_record_refreshed_opens_no_fragile_coverage() -> None:
    """All records stale is the worst case: dating one of them again hides no gap more."""
    far = Place(east_of(BETHUNE, 30.0), dated=OLD)
    fresh = replace(far, dated=dt.date(2026, 8, 1))
    _, stale = _walk(Place(BETHUNE, dated=OLD), far, at_km=1.9)
    _, refreshed = _walk(Place(BETHUNE, dated=OLD), fresh, at_km=1.9)
    assert stale is not None
    assert stale == refreshed


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


def _found(
    territory: Territory, *places: Place
) -> tuple[dict[tuple[object, ...], Gap], set[tuple[object, ...]]]:
    """Return the gaps by place, service and mode, and where hidden gaps are."""
    directory = make_directory(*places)
    ground = _ground(territory, directory, PARAMETERS)
    gaps, hidden = find_gaps(ground, nearest_times(territory, directory, ground.engine))
    return (
        {(g.zone_id, g.service, g.mode): g for g in gaps},
        {(h.zone_id, h.service, h.mode) for h in hidden},
    )


offers = st.one_of(st.none(), kinds)
own_codes = st.sampled_from([None, "62000", "62001", "62002"])
others = st.builds(
    Place, point=st.one_of(points, st.none()), gives=st.tuples(offers), code_insee=own_codes
)
silent_halls = st.builds(
    Place,
    point=st.one_of(points, st.none()),
    gives=st.just((None,)),
    code_insee=own_codes,
    typologie=st.just((Typologie.MUNI,)),
)
telling_halls = st.builds(
    Place,
    point=points,
    gives=st.tuples(kinds),
    code_insee=own_codes,
    typologie=st.just((Typologie.MUNI,)),
)


@given(
    territories,
    st.lists(st.one_of(others, silent_halls, telling_halls), max_size=4),
    st.one_of(others, silent_halls),
)
def test_one_more_permanence_never_makes_a_gap_surer(
    territory: Territory, known: list[Place], more: Place
) -> None:
    """A gap that stays after one more permanence stands in no more variants than before.

    Whoever it is, whatever it tells; only a town hall that tells its own offer can make a gap
    surer, since that is news of the town hall.
    """
    (before, _), (after, _) = _found(territory, *known), _found(territory, *known, more)
    assert set(after) <= set(before)
    levels = list(Certainty)  # the surest first
    for at, gap in after.items():
        assert gap.n_variants == before[at].n_variants
        assert gap.survival <= before[at].survival + 1e-12
        assert levels.index(gap.certainty) >= levels.index(before[at].certainty)


@given(territories, st.lists(places, min_size=1, max_size=5), st.integers(0, 4))
def test_a_staler_directory_is_never_safer(
    territory: Territory, known: list[Place], index: int
) -> None:
    """A record that grows old, the last fresh one included, hides no gap any less."""
    aged = list(known)
    aged[index % len(known)] = replace(aged[index % len(known)], dated=OLD)
    (_, fresh), (_, stale) = _found(territory, *known), _found(territory, *aged)
    assert fresh <= stale


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
