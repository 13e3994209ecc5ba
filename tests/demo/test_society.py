"""The published figures of the fictional communes."""

from __future__ import annotations

from dataclasses import fields

import pytest

from maillage.demo.communes import Commune
from maillage.demo.generate import DEFAULT_SEED
from maillage.demo.society import Society, draw_society

SHARES = [field.name for field in fields(Society) if field.name != "ifn"]


@pytest.fixture(scope="module")
def societies(communes: tuple[Commune, ...]) -> dict[str, Society]:
    """Give the figures of every commune."""
    return {c.code_insee: draw_society(DEFAULT_SEED, c) for c in communes}


def test_shares_are_shares(societies: dict[str, Society]) -> None:
    """Shares lie between 0 and 100, scores between 1 and 10."""
    for society in societies.values():
        told = [getattr(society, name) for name in SHARES]
        assert all(0 < share < 100 for share in told if share is not None)
        assert all(1 <= score <= 10 for score in (*society.ifn.scores, society.ifn.total))


def test_small_communes_are_not_detailed(
    communes: tuple[Commune, ...], societies: dict[str, Society]
) -> None:
    """As INSEE does, detailed figures are published from 2,000 people on, never below."""
    for commune in communes:
        detailed = societies[commune.code_insee].no_diploma is not None
        assert detailed == (commune.population >= 2_000)


def test_a_commune_does_not_depend_on_the_others(communes: tuple[Commune, ...]) -> None:
    """The figures of a commune are the same drawn alone, or after all the others."""
    last = communes[-1]
    after_all = [draw_society(DEFAULT_SEED, commune) for commune in communes][-1]
    assert draw_society(DEFAULT_SEED, last) == after_all


def test_hardship_shows(communes: tuple[Commune, ...], societies: dict[str, Society]) -> None:
    """The harder life is in a commune, the fewer diplomas its people have."""
    ordered = sorted(communes, key=lambda commune: commune.hardship)
    shares = [societies[c.code_insee].cap_bep_or_less for c in ordered]
    third = len(shares) // 3
    assert sum(shares[-third:]) / third > sum(shares[:third]) / third + 5
