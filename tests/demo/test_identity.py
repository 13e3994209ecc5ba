"""Numbers and addresses that can never ring at a real door."""

from __future__ import annotations

import phonenumbers
import pytest

from maillage.demo.identity import courriel, siren, siret, site, spaced, telephone


def _luhn(digits: str) -> int:
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10


@pytest.mark.parametrize("rank", [0, 7, 100, 960, 999])
def test_siren_and_siret_have_the_right_form(rank: int) -> None:
    """Form and check digit are right, in a range that nobody bears."""
    assert len(siren(rank)) == 9
    assert len(siret(rank, office=12)) == 14
    assert siret(rank).startswith(siren(rank))
    assert _luhn(siren(rank)) == 0
    assert _luhn(siret(rank)) == 0
    assert siren(rank).startswith("99999")


@pytest.mark.parametrize("rank", [0, 960, 1_100, 9_999])
def test_telephones_are_of_the_range_kept_for_fiction(rank: int) -> None:
    """A number is valid in form and stands in 05 36 49 xx xx."""
    number = telephone(rank)
    assert phonenumbers.is_valid_number(phonenumbers.parse(number))
    assert spaced(number).startswith("05 36 49 ")
    assert len(spaced(number)) == 14


def test_addresses_are_of_the_domain_kept_for_examples() -> None:
    """Electronic addresses and sites end in .example."""
    assert courriel("mairie", "Mairie d'Ulvemont") == "mairie@mairie-d-ulvemont.example"
    assert site("Mairie d'Ulvemont") == "https://www.mairie-d-ulvemont.example/"
