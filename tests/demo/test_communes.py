"""The fictional communes: codes that nobody uses, people unequally spread."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from maillage.demo.communes import (
    DEPARTEMENT,
    MERGED_CODE,
    NEIGHBOUR_SIRENS,
    SIREN,
    Commune,
    by_size,
    draw_communes,
)
from maillage.demo.geography import Country
from maillage.standard import mednum

CODE_INSEE = next(field.pattern for field in mednum.FIELDS if field.name == "code_insee")


@pytest.mark.parametrize("seed", [1, 4, 17])
def test_insee_and_postal_codes_never_meet(seed: int) -> None:
    """Every code has the national form, and no INSEE code is a postal code."""
    communes = draw_communes(seed)
    insee = [commune.code_insee for commune in communes]
    postal = {code for commune in communes for code in commune.codes_postaux}
    assert CODE_INSEE is not None
    assert all(re.match(CODE_INSEE, code) for code in [*insee, MERGED_CODE])
    assert all(re.match(r"^96\d{3}$", code) for code in postal)
    assert len(set(insee)) == len(insee)
    assert postal.isdisjoint({*insee, MERGED_CODE})
    assert MERGED_CODE not in insee


@pytest.mark.mirror
def test_no_real_commune_has_such_codes(mirror: Path) -> None:
    """No real commune has an INSEE code, a postal code or an EPCI of the fictional ranges."""
    with (mirror / "insee/communes-france.csv").open(encoding="utf-8", newline="") as lines:
        real = list(csv.DictReader(lines))
    with (mirror / "insee/epci-france.csv").open(encoding="utf-8", newline="") as lines:
        sirens = {row["siren"] for row in csv.DictReader(lines)}
    assert [r for r in real if r["departement"] == DEPARTEMENT] == []
    assert [r for r in real if r["code_insee"].startswith(DEPARTEMENT)] == []
    assert [r for r in real if re.search(r"\b96\d{3}\b", r["codes_postaux"])] == []
    assert sirens.isdisjoint({SIREN, *NEIGHBOUR_SIRENS})


def test_sizes(communes: tuple[Commune, ...]) -> None:
    """A town of some 45,000, three small towns, and villages of very unequal sizes."""
    large = by_size(communes)
    people = [commune.population for commune in large]
    assert len(large) == 41
    assert len(communes) - len(large) == 16
    assert large[0].country is Country.TOWN
    assert 44_000 < people[0] < 46_500
    assert {c.country for c in large[:3]} >= {Country.SMALL_TOWN}
    assert people[-1] < 400
    assert 90_000 < sum(people) < 180_000


def test_north_and_south_differ(communes: tuple[Commune, ...]) -> None:
    """The basin is poorer and younger than the rural south, on the whole."""

    def mean(country: Country, trait: str) -> float:
        told = [getattr(c, trait) for c in communes if c.inside and c.country is country]
        return float(sum(told)) / len(told)

    assert mean(Country.BASIN, "hardship") > mean(Country.RURAL, "hardship") + 0.15
    assert mean(Country.RURAL, "age") > mean(Country.BASIN, "age") + 0.15
