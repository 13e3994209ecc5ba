"""No fictional figure is attributed to a real publisher."""

from __future__ import annotations

from pathlib import Path

from maillage.demo.provenance import as_fictional
from maillage.kernel.provenance import Dataset, LocalFile, Origin


def test_no_real_publisher_is_named() -> None:
    """Publisher, licence and address go; source, vintage, checksum and path stay."""
    real = Dataset(
        "communes-france",
        "Communes de France",
        "INSEE",
        "Licence Ouverte",
        "2026-01",
        Origin.MIRROR,
        "https://example.org/communes.csv",
        "abc",
    )
    made = as_fictional(LocalFile(Path("communes.csv"), real))
    assert made.path == Path("communes.csv")
    assert made.dataset.origin is Origin.DEMO
    assert made.dataset.address is None
    assert "INSEE" not in made.dataset.publisher
    assert "fictives" in made.dataset.name
    assert (made.dataset.source_id, made.dataset.vintage, made.dataset.checksum) == (
        "communes-france",
        "2026-01",
        "abc",
    )
