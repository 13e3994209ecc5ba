"""A record as matchers compare it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.directory.linking.rows import GAZETTEER, NO_POINT, profile
from tests.directory.places import BETHUNE, told

from maillage.directory.linking.profile import profiles_of
from maillage.directory.placed import place_records
from maillage.standard.mednum import Typologie

ROWS = [
    told("1", nom="CCAS"),
    told("2", nom="Mairie de Béthune"),
    told("2", nom="Médiathèque"),
    told("3", "annuaire", nom="PIMMS Mobile", commune="Lillers", code_postal="62190"),
]


def test_a_name_is_its_telling_words_without_the_commune() -> None:
    """Commune, entities, dots of acronyms set aside; the title keeps the commune."""
    found = profile(nom="C.C.A.S. de B&amp;eacute;thune – Accueil")
    assert found.words == ("accueil", "ccas")
    assert found.kinds == ("ccas",)
    assert "bethune" in found.title


def test_an_arobase_within_a_word_is_an_a() -> None:
    """ "Esp@ce" is "espace"; an arobase that stands alone is nothing."""
    assert profile(nom="Esp@ce bleu").words == ("bleu", "espace")
    assert profile(nom="Espace @ bleu").words == ("bleu", "espace")


def test_an_address_is_a_number_and_a_street() -> None:
    """Number and street stand apart."""
    found = profile(adresse="12 bis, av. du Gal de Gaulle 62400 BETHUNE")
    assert (found.number, found.street) == ("12bis", "avenue general gaulle")


def test_a_commune_s_centre_is_no_point() -> None:
    """A record without coordinates of its own has no point, though its commune has one."""
    assert profile(**NO_POINT).point is None
    assert profile().point is not None
    assert profile(**NO_POINT).area == BETHUNE


def test_what_is_not_told_is_empty() -> None:
    """A bare record tells nothing: None or empty, nothing invented."""
    bare = profile(nom=None, adresse=None)
    assert (bare.words, bare.kinds, bare.number, bare.street) == ((), (), None, "")
    assert (bare.telephone, bare.courriels, bare.sites, bare.pivot) == (None, (), (), None)


def test_contacts_are_written_one_way() -> None:
    """Case, scheme, www and a last slash don't make two contacts."""
    found = profile(courriels=("Accueil@Bethune.fr",), site_web=("https://www.Bethune.fr/",))
    assert (found.courriels, found.sites) == (("accueil@bethune.fr",), ("bethune.fr",))


def test_the_typologie_says_a_kind() -> None:
    """A record whose name says nothing is what its typologie says."""
    assert profile(nom="Bilupo", typologie=(Typologie.BIB,)).kinds == ("mediatheque",)


@given(st.permutations(ROWS))
def test_profiles_do_not_depend_on_the_order_of_records(rows: list) -> None:
    """Whatever the order the records come in, namesakes among them, the profiles are the same."""
    placed, _ = place_records(rows, GAZETTEER)
    assert profiles_of(list(reversed(placed))) == profiles_of(place_records(ROWS, GAZETTEER)[0])
