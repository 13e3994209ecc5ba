"""How rare words and contacts are among the records."""

from __future__ import annotations

from tests.directory.linking.rows import profiles
from tests.directory.places import told

from maillage.directory.linking.rarity import (
    Reach,
    email_reach,
    phone_reach,
    pivot_reach,
    site_reach,
    word_weights,
)

PHONE = "+33321000000"
LILLERS = {"commune": "Lillers", "code_postal": "62190", "latitude": 50.565, "longitude": 2.48}


def test_a_phone_told_by_many_sources_of_one_place_is_its_own() -> None:
    """Six rows of one name and commune share a phone: nobody else has it."""
    rows = [told(str(i), f"source{i}", telephone=PHONE) for i in range(6)]
    assert phone_reach(profiles(*rows)) == {PHONE: Reach.OWN}


def test_a_switchboard_is_of_the_town_and_an_operator_s_of_several() -> None:
    """Three names of a commune share it: the town's. Two communes: an operator's."""
    names = ("Mairie", "CCAS", "Médiathèque")
    rows = [told(str(i), nom=nom, telephone=PHONE) for i, nom in enumerate(names)]
    assert phone_reach(profiles(*rows)) == {PHONE: Reach.TOWN}
    away = told("9", nom="PIMMS Mobile", telephone=PHONE, **LILLERS)
    assert phone_reach(profiles(rows[0], away)) == {PHONE: Reach.WIDE}
    assert phone_reach(profiles(*rows, away)) == {PHONE: Reach.WIDE}


def test_every_contact_is_counted_alike() -> None:
    """E-mails, sites and pivots have their reach too; what is not told has none."""
    row = told(courriels=("a@b.fr",), site_web=("b.fr",), pivot="21620119400010")
    found = profiles(row, told("2"))
    assert email_reach(found) == {"a@b.fr": Reach.OWN}
    assert site_reach(found) == {"b.fr": Reach.OWN}
    assert pivot_reach(found) == {"21620119400010": Reach.OWN}
    assert phone_reach(found) == {}


def test_a_word_weighs_less_the_more_departements_have_it() -> None:
    """A word of one département weighs 1, one of two less, kinds nothing, generic words little."""
    north = told(
        "2",
        nom="Agora",
        commune="Allennes-les-Marais",
        code_postal="59251",
        latitude=50.54,
        longitude=2.95,
    )
    found = profiles(told(nom="Espace Agora Wiesel CCAS"), north)
    weights = word_weights(found, floor=0.4, generic=0.1)
    assert weights["wiesel"] == 1.0
    assert 0.4 < weights["agora"] < 1.0
    assert (weights["ccas"], weights["espace"]) == (0.0, 0.1)
    assert min(word_weights(found, floor=0.9, generic=0.1)["agora"], 1.0) == 0.9
