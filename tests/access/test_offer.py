"""What can be reached stands somewhere and tells at least one service."""

from __future__ import annotations

from tests.builders import BETHUNE, DEMARCHES, OUTILS, Place, make_directory

from maillage.access.offer import SERVICE_KEYS, lieux_untold, offer_of


def test_a_lieu_without_point_or_told_service_is_no_offer() -> None:
    """A lieu counts only where it stands on the map and tells at least one service."""
    directory = make_directory(
        Place(BETHUNE),
        Place(None),
        Place(BETHUNE, gives=(None,)),
        Place(BETHUNE, gives=((),)),
        Place(BETHUNE, gives=(None, (OUTILS,))),
    )
    offer = offer_of(directory)
    assert offer.lieu_ids == ("lieu-0000", "lieu-0004")
    assert offer.places.shape == (2, 2)


def test_supply_is_the_number_of_permanences_that_give_the_service() -> None:
    """Two permanences of one lieu count twice for what both give, once for what one gives."""
    offer = offer_of(make_directory(Place(BETHUNE, gives=((DEMARCHES, OUTILS), (DEMARCHES,)))))
    counts = dict(zip(SERVICE_KEYS, offer.n_permanences[:, 0], strict=True))
    assert (counts[DEMARCHES], counts[OUTILS], counts[None]) == (2, 1, 2)
    assert sum(counts.values()) == 5


def test_an_empty_directory_is_an_empty_offer() -> None:
    """No lieu gives arrays of width nought, not an error."""
    offer = offer_of(make_directory())
    assert offer.lieu_ids == ()
    assert offer.n_permanences.shape == (len(SERVICE_KEYS), 0)


def test_untold_is_not_told_none() -> None:
    """A lieu that tells it gives nothing is not among those whose services nobody told."""
    directory = make_directory(
        Place(BETHUNE, gives=(None,)), Place(BETHUNE, gives=((),)), Place(BETHUNE)
    )
    assert [lieu.id for lieu in lieux_untold(directory)] == ["lieu-0000"]
