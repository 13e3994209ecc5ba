"""The generated places are the same for the same seed, and their truth is true."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from bench.generated_places import SOURCES, Told, Town, read_towns, tell

from maillage.kernel.geometry import Point

N_PLACES = 400
TOWNS = (
    Town("59350", "Lille", 236_000, ("59000", "59160"), Point(3.0573, 50.6310)),
    Town("62119", "Béthune", 24_900, ("62400",), Point(2.6406, 50.5303)),
    Town("62510", "Lorgies", 1_500, ("62840",), Point(2.7900, 50.5680)),
    Town("27230", "Ézy-sur-Eure", 900, (), Point(1.4150, 48.8610)),
)


def places(seed: int = 1, n_places: int = N_PLACES) -> list[Told]:
    """Give the tellings of some places in four communes."""
    return list(tell(TOWNS, n_places, seed))


def by_permanence(told: list[Told]) -> dict[int, list[Told]]:
    """Give the tellings of each permanence."""
    groups: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        groups[one.permanence].append(one)
    return groups


def test_one_seed_gives_the_same_places() -> None:
    """The same seed gives the same records, another seed gives others."""
    assert places(1) == places(1)
    assert places(1) != places(2)


def test_a_commune_does_not_depend_on_the_others() -> None:
    """What one reads is made when it is read: the first ones are the same, however many follow."""
    assert list(islice(tell(TOWNS, N_PLACES, 1), 20)) == places()[:20]


def test_places_are_told_twice_on_average() -> None:
    """There are about as many places as asked for, and twice as many records, each its own name."""
    told = places(n_places=4000)
    sizes = Counter(len(group) for group in by_permanence(told).values())
    assert sum(sizes.values()) == pytest.approx(4000, rel=0.01)
    assert len(told) == pytest.approx(8000, rel=0.05)
    assert set(sizes) == {1, 2, 3, 4}
    assert len({(one.sourced.ref.source_id, one.sourced.ref.record_id) for one in told}) == len(
        told
    )
    assert {one.sourced.ref.source_id for one in told} == set(SOURCES)


def test_one_permanence_stands_in_one_commune() -> None:
    """All that is told of a permanence is told of one commune, and of one SIRET."""
    for group in by_permanence(places()).values():
        records = [one.sourced.record for one in group]
        assert len({(record.commune or "").lower() for record in records}) == 1
        assert len({record.code_insee for record in records} - {None}) <= 1
        assert len({record.pivot for record in records} - {None}) <= 1


def test_an_operator_on_the_move_has_one_phone_and_many_permanences() -> None:
    """The stops of a bus share its SIRET; each is a permanence, in a commune of its own."""
    villages = [
        replace(TOWNS[2], code_insee=f"62{n:03}", name=f"Village {n}") for n in range(100, 160)
    ]
    stops: dict[str, set[int]] = defaultdict(set)
    towns: dict[str, set[str]] = defaultdict(set)
    for one in tell(villages, 600, 1):
        record = one.sourced.record
        if (record.nom or "").lower().startswith("bus num") and record.pivot:
            stops[record.pivot].add(one.permanence)
            towns[record.pivot].add((record.commune or "").lower())
    (operator,) = stops
    assert len(stops[operator]) == len(towns[operator]) > 3


def test_records_are_as_rough_as_the_field_s() -> None:
    """Names differ between the tellings of a place, and much is not told."""
    told = places(n_places=2000)
    records = [one.sourced.record for one in told]
    groups = [group for group in by_permanence(told).values() if len(group) > 1]
    differing = sum(len({one.sourced.record.nom for one in group}) > 1 for group in groups)
    assert differing > 0.6 * len(groups)
    silent = {
        "telephone": sum(record.telephone is None for record in records),
        "latitude": sum(record.latitude is None for record in records),
        "code_insee": sum(record.code_insee is None for record in records),
    }
    shares = {field: n / len(records) for field, n in silent.items()}
    assert shares == pytest.approx(
        {"telephone": 0.65, "latitude": 0.2, "code_insee": 0.3}, abs=0.05
    )


def test_more_places_than_names_are_refused() -> None:
    """Where a commune would need more names than there are, it is said rather than looped on."""
    with pytest.raises(ValueError, match="Lille"):
        next(tell(TOWNS, 10**6, 1))


@pytest.mark.mirror
def test_the_communes_are_those_of_the_national_list(mirror: Path) -> None:
    """Nearly all communes of France have people and a point, in order of code, each once."""
    towns = read_towns(mirror)
    codes = [town.code_insee for town in towns]
    assert len(codes) > 34_000
    assert codes == sorted(set(codes))
    assert all(town.population > 0 for town in towns)
