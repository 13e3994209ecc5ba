"""The laws of suggesting: one slip of the fingers is found again, and nonsense gets no guess."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.sources.suggestions import (
    has_right_key,
    near,
    read_epcis,
    unknown_territory,
)

BETHUNE = ("200072460", "CA de Béthune-Bruay, Artois-Lys Romane")
ARRAS = ("200033579", "CU d'Arras")
EPCIS = (BETHUNE, ARRAS, ("246200364", "CA du Boulonnais"))


@given(st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_found_and_told(place: int, shift: int) -> None:
    """Whichever digit is wrong, the right EPCI is proposed and the check digit speaks."""
    digit = (int(BETHUNE[0][place]) + shift) % 10
    wrong = BETHUNE[0][:place] + str(digit) + BETHUNE[0][place + 1 :]
    assert near(wrong, EPCIS) == (BETHUNE,)
    assert not has_right_key(wrong)
    assert "clé de contrôle" in str(unknown_territory(wrong, EPCIS))


def test_a_name_is_found_without_its_accents() -> None:
    """Who writes a name in place of the number is shown the number."""
    message = str(unknown_territory("bethune", EPCIS))
    assert "Un SIREN compte 9 chiffres" in message
    assert "200072460 (CA de Béthune-Bruay, Artois-Lys Romane)" in message


def test_a_number_like_no_other_gets_no_guess() -> None:
    """Where nothing is near, the sentence says what to check instead."""
    message = str(unknown_territory("999999999", EPCIS))
    assert "Vouliez-vous" not in message
    assert "non d'une commune" in message


def test_there_are_three_suggestions_at_most() -> None:
    """A name that many share does not fill the screen."""
    many = tuple((f"20000000{n}", f"CC des Vallées {n}") for n in range(9))
    assert len(near("vallées", many)) == 3


def test_both_lists_are_read(tmp_path: Path) -> None:
    """The list is the same whether the mirror's CSV or the API's JSON; anything else is none."""
    path = tmp_path / "list"
    path.write_text("siren,nom,type\n200033579,CU d'Arras,CU\n", encoding="utf-8")
    assert read_epcis(path) == (ARRAS,)
    path.write_text('[{"code": "200033579", "nom": "CU d\'Arras"}]', encoding="utf-8")
    assert read_epcis(path) == (ARRAS,)
    for nonsense in ("a,b\n1,2\n", "[{}]", "[", "[1]"):
        path.write_text(nonsense)
        assert read_epcis(path) == ()
    assert read_epcis(tmp_path / "none") == ()


@pytest.mark.mirror
def test_every_real_siren_has_its_key(mirror: Path) -> None:
    """The check digit holds for all EPCI of France, so that a wrong one is a slip indeed."""
    epcis = read_epcis(mirror / "insee/epci-france.csv")
    assert len(epcis) == 1255
    assert all(has_right_key(siren) for siren, _ in epcis)
