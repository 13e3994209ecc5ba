"""Laws of SIRET, RNA, code postal and code INSEE."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.findings import Where
from maillage.standard.codes import (
    SAME_CODES,
    has_siret_key,
    parse_code_insee,
    parse_code_postal,
    parse_pivot,
)

WHERE = Where("lieux.csv", 3, "lieu-1")
DINUM_SIRET = "13002526500013"
LA_POSTE_COUNTER = "35600000000123"


@pytest.mark.parametrize(
    ("text", "pivot", "codes"),
    [
        (DINUM_SIRET, DINUM_SIRET, []),
        ("130 025 265 00013", DINUM_SIRET, []),
        ("13002526500013.0", DINUM_SIRET, []),
        ("00000000000000", None, []),
        ("0", None, []),
        ("w621001234", "W621001234", []),
        (LA_POSTE_COUNTER, LA_POSTE_COUNTER, []),
        ("13002526500014", "13002526500014", ["siret-key-wrong"]),
        ("130025265", "130025265", ["siren-for-siret"]),
        ("2.16201E+13", None, ["siret-invalid"]),
        ("123", None, ["siret-invalid"]),
        ("à demander", None, ["siret-invalid"]),
        ("５２１７２４４１９０００２９", None, ["siret-invalid"]),
    ],
)
def test_pivots(text: str, pivot: str | None, codes: list[str]) -> None:
    """SIRET and RNA are read through their clothes; doubts are named; zeros are not told."""
    told, findings = parse_pivot(text, WHERE)
    assert told == pivot
    assert [f.code for f in findings] == codes


@given(st.integers(0, 10**13 - 1), st.integers(1, 9))
def test_a_wrong_digit_breaks_the_key(number: int, shift: int) -> None:
    """Of all last digits exactly one makes a right key (Luhn)."""
    body = f"{number:013d}"
    keys = [d for d in range(10) if has_siret_key(f"{body}{d}")]
    if not body.startswith("356000000"):
        assert len(keys) == 1
        assert not has_siret_key(f"{body}{(keys[0] + shift) % 10}")


@pytest.mark.parametrize(
    ("text", "code", "codes"),
    [
        ("62400", "62400", []),
        ("62400.0", "62400", []),
        ("62 400", "62400", []),
        ("1000", "01000", ["leading-zero-lost"]),
        ("6240O", None, ["code-postal-invalid"]),
        ("624000", None, ["code-postal-invalid"]),
    ],
)
def test_codes_postaux(text: str, code: str | None, codes: list[str]) -> None:
    """Five digits; a lost zero is put back and said."""
    told, findings = parse_code_postal(text, WHERE)
    assert told == code
    assert [f.code for f in findings] == codes


@pytest.mark.parametrize(
    ("text", "postal", "code", "codes"),
    [
        ("62119", "62400", "62119", []),
        ("2a004", "20000", "2A004", []),
        ("1004", "01500", "01004", ["leading-zero-lost"]),
        ("62400", "62400", None, ["code-insee-is-postal"]),
        ("97112", "97112", "97112", []),
        ("Béthune", None, None, ["code-insee-invalid"]),
        ("2C004", None, None, ["code-insee-invalid"]),
    ],
)
def test_codes_insee(text: str, postal: str | None, code: str | None, codes: list[str]) -> None:
    """A code postal in place of a code INSEE is set aside, but for communes that have one code."""
    told, findings = parse_code_insee(text, WHERE, postal)
    assert told == code
    assert [f.code for f in findings] == codes


@pytest.mark.mirror
def test_the_communes_with_one_code_are_the_real_ones(mirror: Path) -> None:
    """The list of communes whose two codes are one is that of the national register."""
    with (mirror / "insee" / "communes-france.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    same = {r["code_insee"] for r in rows if r["code_insee"] in r["codes_postaux"].split("|")}
    assert same == SAME_CODES
