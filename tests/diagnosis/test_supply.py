"""What exists inside the territory."""

from __future__ import annotations

from hypothesis import given
from tests.access.strategies import directories, territories
from tests.builders import BETHUNE, DEMARCHES, OUTILS, Place, make_directory, make_territory

from maillage.diagnosis.supply import (
    commonest_service,
    count_supply,
    rarest_service,
    services_not_given,
)
from maillage.directory.model import Directory
from maillage.standard.mednum import Service, Typologie
from maillage.territory.model import Territory

TERRITORY = make_territory(3)
DIRECTORY = make_directory(
    Place(BETHUNE, gives=((DEMARCHES, OUTILS), (DEMARCHES,)), code_insee="62000"),
    Place(
        BETHUNE,
        gives=(None,),
        code_insee="62001",
        typologie=(Typologie.MUNI, Typologie.BIB),
        source_id="mairies",
    ),
    Place(BETHUNE, gives=((OUTILS,),), code_insee=None, itinerant=True, typologie=()),
    Place(BETHUNE, in_territory=False, code_insee="62002"),
    Place(BETHUNE, gives=((),), code_insee="62001"),
)
SUPPLY = count_supply(TERRITORY, DIRECTORY)


def test_the_four_nouns_are_counted_inside() -> None:
    """Neighbours are told apart; places whose services nobody told are lieux, not offer."""
    assert (SUPPLY.n_structures, SUPPLY.n_lieux) == (5, 4)
    assert (SUPPLY.n_services, SUPPLY.n_permanences) == (4, 5)
    assert (SUPPLY.n_lieux_with_service, SUPPLY.n_permanences_with_service) == (2, 3)
    assert (SUPPLY.n_itinerant_permanences, SUPPLY.n_neighbour_lieux) == (1, 1)


def test_each_service_has_its_tally_even_where_nobody_gives_it() -> None:
    """Nine tallies in the order of the standard, each counting what gives that service."""
    tallies = {tally.key: tally for tally in SUPPLY.by_service}
    assert len(tallies) == 9
    demarches, outils = tallies[DEMARCHES.value], tallies[OUTILS.value]
    assert (demarches.n_structures, demarches.n_lieux) == (2, 1)
    assert (demarches.n_services, demarches.n_permanences) == (2, 2)
    assert (outils.n_structures, outils.n_lieux, outils.n_permanences) == (2, 2, 2)
    assert sum(tally.n_permanences for tally in SUPPLY.by_service) == 4


def test_the_rarest_service_is_one_that_somebody_gives() -> None:
    """What nobody gives is absent, not rare; of equals the first of the standard is told."""
    rarest, commonest = rarest_service(SUPPLY), commonest_service(SUPPLY)
    assert rarest is not None
    assert commonest is not None
    assert (rarest.key, rarest.n_lieux) == (DEMARCHES.value, 1)
    assert (commonest.key, commonest.n_lieux) == (OUTILS.value, 2)
    absent = {tally.key for tally in services_not_given(SUPPLY)}
    assert absent == {kind.value for kind in Service} - {DEMARCHES.value, OUTILS.value}
    equal = count_supply(TERRITORY, make_directory(Place(BETHUNE, gives=((OUTILS, DEMARCHES),))))
    first = next(k.value for k in Service if k in (OUTILS, DEMARCHES))
    for found in (rarest_service(equal), commonest_service(equal)):
        assert found is not None
        assert found.key == first


def test_where_nothing_is_told_no_service_is_rare() -> None:
    """An empty directory has neither a rarest nor a commonest service."""
    nothing = count_supply(TERRITORY, make_directory())
    assert (rarest_service(nothing), commonest_service(nothing)) == (None, None)
    assert len(services_not_given(nothing)) == 9


def test_a_structure_of_two_kinds_counts_in_both() -> None:
    """Kinds are tallied most structures first; those that tell none have their own line."""
    found = {tally.label: tally.n_structures for tally in SUPPLY.by_typologie}
    assert found == {
        Typologie.ASSO.label: 3,
        Typologie.MUNI.label: 1,
        Typologie.BIB.label: 1,
        "non renseignée": 1,
    }
    assert SUPPLY.by_typologie[0].key == "ASSO"


def test_sources_are_tallied() -> None:
    """Each source shows what it told."""
    found = {t.key: (t.n_lieux, t.n_services) for t in SUPPLY.by_source}
    assert found == {"portrea": (3, 4), "mairies": (1, 0)}


def test_a_zone_whose_only_lieu_tells_nothing_is_without() -> None:
    """Services not told, none told, or given next door: the zone is without."""
    assert SUPPLY.zones_without_lieu == ("62001", "62002")


@given(territories, directories)
def test_no_tally_counts_more_than_all(territory: Territory, directory: Directory) -> None:
    """Each tally is a part of the whole, and tallies by source add up at least to it."""
    supply = count_supply(territory, directory)
    for tally in (*supply.by_service, *supply.by_typologie, *supply.by_source):
        assert 0 <= tally.n_lieux <= supply.n_lieux
        assert 0 <= tally.n_structures <= supply.n_structures
        assert 0 <= tally.n_permanences <= supply.n_permanences
        assert 0 <= tally.n_services <= supply.n_services
    assert sum(t.n_permanences for t in supply.by_source) >= supply.n_permanences
    assert sum(t.n_services for t in supply.by_service) == supply.n_services
