"""Names of one thing meet under one token, and kinds exclude each other both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.directory.linking.vocabulary import (
    barred,
    exclude,
    initials,
    is_communal,
    is_generic,
    is_kind,
    kind_number,
    kinds_of,
    labels,
    tokens,
    vocabulary,
)
from maillage.standard.mednum import Typologie

KINDS = sorted(set(vocabulary().kind_of_token.values()))
some_kinds = st.lists(st.sampled_from(KINDS), max_size=3, unique=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CCAS", "Centre Communal d'Action Sociale"),
        ("CTRE COM ACTION SOCIALE", "CCAS"),
        ("CIAS", "Centre intercommunal d'action sociale"),
        ("MSAP", "France Services"),
        ("Maison de services au public", "Espace France service"),
        ("Relais de Services Publics", "MFS"),
        ("Pôle emploi", "France Travail"),
        ("ANPE", "Agence Pôle Emploi"),
        ("Bibliothèque", "Médiathèque"),
        ("Commune", "Mairie"),
        ("Hôtel de ville", "Municipalité"),
        ("Ville", "Mairie"),
        ("MDS", "Maison des solidarités"),
        ("UTPAS", "MDS"),
        ("CMS", "Centre médico-social"),
        ("EPN", "Espace Public Numérique"),
        ("Cyber-base", "Cybercentre"),
        ("MJC", "Maison des Jeunes et de la Culture"),
        ("CAF", "Caisse d'allocations familiales"),
        ("CPAM", "Caisse Primaire d'Assurance Maladie"),
        ("ML", "Mission locale"),
        ("PIJ", "Point information jeunesse"),
        ("CIDFF", "Centre d'information sur les droits des femmes et des familles"),
        ("Centre socio-culturel", "CSC"),
        ("UDAF", "Union départementale des associations familiales"),
        ("EVS", "Espace de vie sociale"),
        ("FJT", "Foyer de jeunes travailleurs"),
        ("PLIE", "Plan local pour l'insertion et l'emploi"),
        ("MDPH", "Maison départementale des personnes handicapées"),
        ("PIMMS", "Point information médiation multi-services"),
        ("MSD", "Maison de la Solidarité Départementale"),
        ("CSI", "Centre social intercommunal"),
        ("FS", "MSAP FS"),
        ("Cyber-commune", "EPN"),
        ("CTE DE COMMUNES", "Communauté de communes"),
        ("UDAF", "Union des associations familiales"),
        ("Fédération des œuvres laïques", "Ligue de l'enseignement"),
        ("FEDERATION ASS LAIQUES", "FAL"),
        ("Chambre interdépartementale d'agriculture", "Chambre d'agriculture"),
    ],
)
def test_two_ways_of_saying_a_thing_are_one_token(one: str, other: str) -> None:
    """Acronym and full form, old brand and new, are one token."""
    assert tokens(one) == tokens(other)
    assert len(tokens(one)) == 1


def test_an_acronym_within_a_name_says_nothing_where_it_may_be_a_word() -> None:
    """ "Éric" within a name is a first name; "CS" that begins one is a centre social."""
    assert tokens("Médiathèque Éric Tabarly") == ("mediatheque", "eric", "tabarly")
    assert tokens("CS Agora")[0] == "centresocial"
    assert tokens("CCAS de la ville") == ("ccas", "ville")


def test_a_communaute_ends_the_name_of_a_group_of_communes_that_says_no_other_kind() -> None:
    """ "Mauges Communauté" is a group of communes; a France Services named after one is not."""
    assert tokens("Mauges Communauté") == ("mauge", "epci")
    assert tokens("Moulins métropole")[-1] == "epci"
    assert tokens("France services Mauges Communauté")[-1] == "communaute"
    assert tokens("Communauté Emmaüs")[0] == "communaute"


def test_plurals_and_short_words_are_written_one_way() -> None:
    """Singular, acronyms glued to a number, words written short."""
    assert tokens("Ass. Familles") == tokens("Association Famille")
    assert tokens("UDAF65") == tokens("UDAF 65")


def test_a_name_of_small_words_keeps_them() -> None:
    """A name that is nothing but small words is not empty; no name is."""
    assert tokens("Le") == ("le",)
    assert tokens("") == ()


def test_kinds_come_from_the_name_the_typologie_and_the_address_written_to() -> None:
    """A town hall written to as franceservices@ is that too; a label makes no kind."""
    assert kinds_of(["mairie", "ccas"]) == ("ccas", "mairie")
    assert kinds_of(["exupery"], ["BIB"]) == ("mediatheque",)
    assert kinds_of(["mairie"], (), ["franceservices.ars@exemple.fr"]) == (
        "france-services",
        "mairie",
    )
    assert kinds_of(["ccas"], (), ["mediatheque@exemple.fr"]) == ("ccas",)
    assert kinds_of([], ["RFS"]) == ()


def test_what_bears_a_label_is_also_the_body_that_its_address_names() -> None:
    """A France Services written to at ccas@, or at maison-emploi-….fr, is that too."""
    label = ["franceservices"]
    assert kinds_of(label, (), ["ccas@exemple.fr"]) == ("ccas", "france-services")
    assert kinds_of(label, (), ["accueil@maison-emploi-artois.fr"]) == (
        "france-services",
        "maison-emploi",
    )
    assert kinds_of(label, (), ["accueil@exemple.fr"]) == ("france-services",)


@pytest.mark.parametrize(
    ("kinds", "others", "excluded"),
    [
        (("mediatheque",), ("ccas",), True),
        (("mairie",), ("ccas",), True),
        (("mairie",), ("france-services",), True),
        (("mairie", "ccas"), ("ccas",), False),
        (("france-services", "la-poste"), ("la-poste",), False),
        (("centre-social",), ("mjc",), False),
        (("pimms",), ("mairie",), False),
        ((), ("mairie",), False),
    ],
)
def test_which_kinds_exclude_which(
    kinds: tuple[str, ...], others: tuple[str, ...], excluded: bool
) -> None:
    """A médiathèque is no CCAS; "Mairie - CCAS" may be either; an unknown kind excludes nothing."""
    assert exclude(kinds, others) is excluded


@given(some_kinds, some_kinds)
def test_exclusion_is_mutual_and_told_by_the_bars(kinds: list[str], others: list[str]) -> None:
    """What excludes is excluded, and what is barred is what is excluded."""
    assert exclude(kinds, others) == exclude(others, kinds)
    if kinds and others:
        assert exclude(kinds, others) == (set(others) <= set(barred(kinds)))


def test_the_vocabulary_is_whole() -> None:
    """Kinds named anywhere exist, typologies are of the standard, generic words are no kinds."""
    known = vocabulary()
    assert known.communal <= set(KINDS)
    assert known.carriers <= set(KINDS)
    assert known.labels == set(labels())
    assert known.labels <= set(KINDS)
    assert set(known.trails.values()) <= set(known.kind_of_token)
    assert set(known.kind_of_mail.values()) <= set(KINDS)
    assert set(known.excluding) <= set(KINDS)
    assert set(known.kind_of_typologie) <= {typologie.value for typologie in Typologie}
    assert {kind_number(kind) for kind in KINDS} == set(range(len(KINDS)))
    assert not any(is_kind(word) for word in known.generic)
    assert is_generic("maison")
    assert is_communal("mairie")
    assert not is_communal("mission-locale")
    assert not is_communal("la-poste")


def test_initials_are_those_of_the_words_that_tell() -> None:
    """Small words have no part in an acronym; two words make none."""
    assert initials("Groupement d'employeurs pour l'insertion") == "gei"
    assert initials("Familles rurales") is None
