"""Addresses taken apart: number and street, however they are written."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.directory.geocoding.addresses import AddressParts, split_address, street_key


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12 rue Foch", "12"),
        ("12, rue Foch", "12"),
        ("12 , rue Foch", "12"),
        ("12bis rue Foch", "12bis"),
        ("12 BIS, rue Foch", "12bis"),
        ("12 b r Foch", "12bis"),
        ("12 ter rue Foch", "12ter"),
        ("12a rue Foch", "12a"),
        ("12 A rue Foch", "12a"),
        ("n°12 rue Foch", "12"),
        ("N° 12, rue Foch", "12"),
        ("numéro 12 rue Foch", "12"),
        ("012 rue Foch", "12"),
        ("12-14 rue Foch", "12"),
        ("12 à 14 rue Foch", "12"),
        ("12/14 rue Foch", "12"),
        ("12, 12 bis et 14 rue Foch", "12"),
        ("Mairie, 12 rue Foch", "12"),
        ("Résidence Les Lilas 12 rue Foch", "12"),
        ("Bât. A, 1er étage, 12 rue Foch", "12"),
        ("12 rue Foch - BP 40", "12"),
        ("rue Foch, 12", "12"),
        ("rue Foch 12", "12"),
        ("12 R FOCH", "12"),
        ("12 rue Foch 62400 BETHUNE CEDEX 2", "12"),
        ("12 rue Foch Béthune", "12"),
        ("0 rue Foch", None),
        ("rue Foch", None),
        ("Centre social - Rue Foch", None),
    ],
)
def test_one_street_however_its_number_is_written(written: str, number: str | None) -> None:
    """The number is found wherever it stands, and the street's key is the same."""
    assert split_address(written, "62400", "Béthune") == AddressParts(number, "rue foch")


@pytest.mark.parametrize(
    ("written", "street"),
    [
        ("Av. du Gal de Gaulle", "avenue general gaulle"),
        ("BD DU MAL FOCH", "boulevard marechal foch"),
        ("PL ST PIERRE", "place saint pierre"),
        ("Place Sainte-Barbe", "place sainte barbe"),
        ("rue du 1er mai", "rue 1 mai"),
        ("RUE DU PREMIER MAI", "rue 1 mai"),
        ("place du huit mai 1945", "place 8 mai 1945"),
        ("rue du dix-neuf mars 1962", "rue 19 mars 1962"),
        ("rue du 33ème R.I.", "rue 33 r i"),
        ("rue de l&#039;&eacute;glise", "rue eglise"),
        ("rue d&amp;#039;Arras", "rue arras"),
        ("Grande Place", "grand place"),
        ("Grand'Place", "grand place"),
        ("RD 945", "d945"),
        ("route départementale 945", "d945"),
        ("rue de la Fosse 7", "rue fosse 7"),
        ("lieu dit Le Bourg", "bourg"),
        ("Lieudit le Bourg", "bourg"),
        ("rue de Béthune", "rue bethune"),
        ("CS 40001", ""),
        ("62400 BETHUNE CEDEX", ""),
        ("Béthune", ""),
        ("", ""),
    ],
)
def test_one_street_however_it_is_written(written: str, street: str) -> None:
    """Ways and titles in full, ordinals one way, what is no part of a street set aside."""
    assert split_address(written, "62400", "Béthune") == AddressParts(None, street)


def test_a_date_is_not_a_house_number() -> None:
    """« 8 rue du 8 mai » has one number, « rue du 8 mai 1945 » none, « rue de mai 45 » none."""
    assert split_address("8 rue du 8 mai") == AddressParts("8", "rue 8 mai")
    assert split_address("rue du 8 mai 45") == AddressParts(None, "rue 8 mai 45")
    assert split_address("8 mai 1945, place") == AddressParts(None, "place")


def test_nothing_told_is_nothing() -> None:
    """None is no number and no street."""
    assert split_address(None) == AddressParts(None, "")


def test_streets_that_differ_stay_apart() -> None:
    """A way, a name or a saint's sex is told apart."""
    keys = {street_key(s) for s in ("rue Foch", "place Foch", "rue Ste Anne", "rue St Anne")}
    assert len(keys) == 4


_WORDS = st.sampled_from(
    ["12", "bis", "b", "rue", "r", "de", "la", "Foch", "n°", "-", ",", "à", "8", "mai", "1945",
     "BP", "cedex", "62400", "Béthune", "étage", "1er", "e", "&amp;", "lieu dit", "cité", "fosse",
     "D"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_WORDS).map(" ".join)))
def test_a_key_is_its_own_key(text: str) -> None:
    """Any text is read; a street's key, read again, is itself; numbers are digits first."""
    parts = split_address(text, "62400", "Béthune")
    assert street_key(parts.street) == parts.street
    assert parts.number is None or parts.number[0] in "123456789"


@given(st.lists(_WORDS).map(" ".join))
def test_case_and_spaces_do_not_matter(text: str) -> None:
    """Capitals, and spaces around, change nothing."""
    assert split_address(f"  {text.upper()} ") == split_address(text)


@pytest.mark.mirror
def test_the_mirror_s_own_addresses_keep_number_and_street(mirror: Path) -> None:
    """Each of Nantes's addresses, number and street written together, comes apart again."""
    with (mirror / "osm/nantes-adresses.csv").open(encoding="utf-8") as file:
        every = [(r["numero"], r["voie"]) for r in csv.DictReader(file)]
    rows = [(number, street) for number, street in every if street and not street[0].isdecimal()]
    wrong = [
        (number, street)
        for number, street in rows
        if split_address(f"{number} {street}, 44000 Nantes", "44000", "Nantes").street
        != street_key(street)
    ]
    assert wrong == []


@pytest.mark.mirror
def test_most_of_a_hub_s_numbered_addresses_are_a_number_in_a_way(mirror: Path) -> None:
    """What begins with digits has a number, save dates and ordinals."""
    data = json.loads((mirror / "lieux/portrea-2023-05.geojson").read_text(encoding="utf-8"))
    told = [p for f in data["features"] if (p := f["properties"]).get("adresse")]
    begin = [p for p in told if p["adresse"][:1] in set("123456789")]
    read = [split_address(p["adresse"], p["code_postal"], p["commune"]) for p in begin]
    bare = [p["adresse"] for p, parts in zip(begin, read, strict=True) if not parts.number]
    streetless = [p["adresse"] for p, r in zip(begin, read, strict=True) if not r.street]
    assert len(begin) > 900
    assert len(bare) + len(streetless) < 10, (bare, streetless)
