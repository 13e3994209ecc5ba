"""Names that no commune of France bears."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from maillage.demo.communes import MERGED_NAME
from maillage.demo.draw import Draw
from maillage.demo.names import (
    AGGLOMERATION,
    BEGINNINGS,
    ENDINGS,
    NEIGHBOURS,
    RIVER,
    SAINTS,
    commune_names,
    of,
    slug,
)
from maillage.kernel.words import commune_key


def _column(path: Path, name: str) -> list[str]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [row[name] for row in csv.DictReader(lines)]


@pytest.mark.mirror
def test_no_name_of_the_grammar_is_a_real_commune(mirror: Path) -> None:
    """Whatever the seed, no fictional commune has the name of a real one, accents set aside."""
    real = {commune_key(name) for name in _column(mirror / "insee/communes-france.csv", "nom")}
    possible = [b + e for b in BEGINNINGS for e in ENDINGS] + [*SAINTS, MERGED_NAME]
    assert len(real) > 30_000
    assert [name for name in possible if commune_key(name) in real] == []


@pytest.mark.mirror
def test_the_river_and_the_epci_are_not_real(mirror: Path) -> None:
    """No real commune is named after the fictional river, no real EPCI as the fictional ones."""
    communes = _column(mirror / "insee/communes-france.csv", "nom")
    epcis = {commune_key(name) for name in _column(mirror / "insee/epci-france.csv", "nom")}
    assert [name for name in communes if RIVER.lower() in name.lower()] == []
    assert epcis.isdisjoint(commune_key(name) for name in (AGGLOMERATION, *NEIGHBOURS))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_names_are_all_different(seed: int) -> None:
    """Two communes never have the same name."""
    names = commune_names(Draw(seed, "names"), 57)
    assert len({commune_key(name) for name in names}) == 57


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Bevercourt", "de Bevercourt"), ("Ombremont", "d'Ombremont"), ("Yvelande", "d'Yvelande")],
)
def test_of(name: str, expected: str) -> None:
    """French elides before a vowel."""
    assert of(name) == expected


def test_slug_has_only_signs_of_a_domain() -> None:
    """The name of a site has letters, figures and hyphens only, none at its ends."""
    assert slug("Médiathèque L'Écluse") == "mediatheque-l-ecluse"
    assert slug("Association Code & Causette") == "association-code-causette"
