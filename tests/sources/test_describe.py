"""The laws of describing: every source has its row, and the row says which copies are at hand."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from maillage.sources.cache import Cache, Entry
from maillage.sources.catalogue import load_catalogue
from maillage.sources.describe import SourceRow, describe_sources
from maillage.sources.mirror import Mirror

CATALOGUE = load_catalogue()
DAY = dt.date(2026, 11, 22)


def row(rows: tuple[SourceRow, ...], source_id: str) -> SourceRow:
    return next(r for r in rows if r.id == source_id)


def test_every_source_has_its_row_even_with_nothing_at_hand(tmp_path: Path) -> None:
    """Without mirror nor cache the list is whole, sizes are hints, and nothing is created."""
    rows = describe_sources(CATALOGUE, Cache(tmp_path / "none"))
    assert [r.id for r in rows] == [s.id for s in CATALOGUE]
    assert {(r.in_mirror, r.in_cache, r.retrieved) for r in rows} == {(None, 0, None)}
    assert row(rows, "portrea").size_bytes == CATALOGUE["portrea"].about_bytes
    assert row(rows, "lieux-nationaux").size_bytes is None
    assert not (tmp_path / "none").exists()


def test_an_unknown_address_is_said(tmp_path: Path) -> None:
    """What could not be verified shows as unknown, with no address."""
    told = row(describe_sources(CATALOGUE, Cache(tmp_path)), "portrea")
    assert (told.live_status, told.live_label) == ("unknown", "adresse inconnue")
    assert told.live_address is None


def test_the_mirror_is_counted_by_file(tmp_path: Path) -> None:
    """A source by territory counts one file an EPCI, and their sizes add up."""
    folder = tmp_path / "geo.api.gouv.fr/epcis"
    folder.mkdir(parents=True)
    for siren in ("200072460", "200033579"):
        (folder / f"{siren}.json").write_bytes(b"{}")
    (folder / "notes.json").write_bytes(b"{}")
    rows = describe_sources(CATALOGUE, Cache(tmp_path / "c"), Mirror(tmp_path))
    assert row(rows, "api-geo-epci").in_mirror == 2
    assert row(rows, "api-geo-epci").size_bytes == 4
    assert row(rows, "portrea").in_mirror == 0


def test_the_cache_is_counted_with_its_last_day(tmp_path: Path) -> None:
    """Copies kept show their number, their size and the day of the last."""
    cache = Cache(tmp_path)
    for siren, day in (("200072460", 22), ("200033579", 21)):
        cache.keep(
            Entry(
                source_id="api-geo-epci",
                key=siren,
                file=f"api-geo-epci/{siren}.json",
                address="https://geo.api.gouv.fr/",
                sha256=hashlib.sha256(b"{}").hexdigest(),
                size=2,
                retrieved=DAY.replace(day=day),
                vintage="consulté",
            )
        )
    told = row(describe_sources(CATALOGUE, cache), "api-geo-epci")
    assert (told.in_cache, told.retrieved, told.size_bytes) == (2, DAY, 4)
