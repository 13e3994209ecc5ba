"""The laws of the cache: what it gives back is what was downloaded, or nothing and a finding."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from maillage.kernel.errors import SourceUnavailable
from maillage.sources.cache import Cache, Entry, default_cache_folder
from maillage.sources.catalogue import load_catalogue

ARRAS = "200033579"
COMMUNES = load_catalogue()["api-geo-communes"]
EPCIS = load_catalogue()["epci-france"]
CONTENT = b'[{"nom": "Arras"}]'


def put(cache: Cache, content: bytes = CONTENT) -> Entry:
    path = cache.path_for(COMMUNES, ARRAS)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    entry = Entry(
        source_id=COMMUNES.id,
        key=ARRAS,
        file=path.relative_to(cache.folder).as_posix(),
        address="https://geo.api.gouv.fr/",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        retrieved=dt.date(2026, 11, 22),
        vintage="consulté le 2026-11-22",
    )
    cache.keep(entry)
    return entry


def test_what_is_kept_is_given_back(tmp_path: Path) -> None:
    """An entry written is the entry read, by this cache or another on the same folder."""
    entry = put(Cache(tmp_path))
    assert Cache(tmp_path).get(COMMUNES, ARRAS) == (entry, None)
    assert Cache(tmp_path).entries() == (entry,)


def test_an_empty_cache_gives_nothing_and_makes_nothing(tmp_path: Path) -> None:
    """Looking into a cache that is not there neither fails nor creates it."""
    cache = Cache(tmp_path / "none")
    assert cache.get(COMMUNES, ARRAS) == (None, None)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("damage", [CONTENT[:-1], CONTENT.replace(b"A", b"B"), b""])
def test_a_tampered_or_cut_file_is_not_served(tmp_path: Path, damage: bytes) -> None:
    """Bytes that are not those recorded give a finding, never a file."""
    cache = Cache(tmp_path)
    put(cache)
    cache.path_for(COMMUNES, ARRAS).write_bytes(damage)
    entry, finding = cache.get(COMMUNES, ARRAS)
    assert entry is None
    assert finding is not None
    assert finding.code == "cache-damaged"
    assert finding.where.source == COMMUNES.id


def test_a_file_taken_away_is_simply_not_there(tmp_path: Path) -> None:
    """An entry without its file is as if it had never been kept."""
    cache = Cache(tmp_path)
    put(cache)
    cache.path_for(COMMUNES, ARRAS).unlink()
    assert cache.get(COMMUNES, ARRAS) == (None, None)


@pytest.mark.parametrize(
    "index",
    [
        "",
        "{",
        "[]",
        '{"schema_version": 99, "files": []}',
        '{"schema_version": 1, "files": [{"source_id": "a"}]}',
        '{"schema_version": 1, "files": [7]}',
    ],
)
def test_an_unreadable_index_is_an_empty_one(tmp_path: Path, index: str) -> None:
    """A damaged index loses the copies, not the command; the next copy makes it good again."""
    cache = Cache(tmp_path)
    put(cache)
    (tmp_path / "index.json").write_text(index)
    assert cache.entries() == ()
    assert cache.get(COMMUNES, ARRAS) == (None, None)
    entry = put(cache)
    assert cache.get(COMMUNES, ARRAS) == (entry, None)


def test_a_new_copy_replaces_the_old(tmp_path: Path) -> None:
    """One file, one entry: the last."""
    cache = Cache(tmp_path)
    put(cache)
    entry = put(cache, b"[]")
    assert cache.entries() == (entry,)


def test_the_order_of_keeping_does_not_show(tmp_path: Path) -> None:
    """The same copies give the same index bytes, whatever the order they came in."""
    one, two = Cache(tmp_path / "1"), Cache(tmp_path / "2")
    first = put(one)
    second = replace(first, source_id="epci-france", key="france", file="epci-france/france.json")
    one.keep(second)
    two.keep(second)
    two.keep(first)
    assert (tmp_path / "1/index.json").read_bytes() == (tmp_path / "2/index.json").read_bytes()


def test_an_index_cannot_send_outside_the_folder(tmp_path: Path) -> None:
    """Paths are computed, never read: an index that names a file elsewhere is not followed."""
    cache = Cache(tmp_path / "cache")
    secret = tmp_path / "secret.json"
    secret.write_bytes(CONTENT)
    cache.keep(replace(put(cache), file="../secret.json"))
    assert cache.path_for(COMMUNES, ARRAS).is_relative_to(tmp_path / "cache")
    entry, _ = cache.get(COMMUNES, ARRAS)
    assert entry is not None
    assert entry.file == f"api-geo-communes/{ARRAS}.json"


def test_the_copy_has_the_extension_of_what_is_downloaded() -> None:
    """A source that is CSV in the mirror and JSON online is kept as JSON."""
    assert Cache(Path("c")).path_for(EPCIS, ARRAS) == Path("c/epci-france/france.json")


def test_an_index_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A folder that is a file is one French sentence."""
    entry = put(Cache(tmp_path / "good"))
    (tmp_path / "file").write_text("")
    with pytest.raises(SourceUnavailable, match="Impossible d'écrire"):
        Cache(tmp_path / "file").keep(entry)


def test_where_downloads_are_kept_by_default() -> None:
    """MAILLAGE_CACHE wins, then an absolute XDG_CACHE_HOME, then the home folder."""
    home = Path("/home/a")
    xdg = {"XDG_CACHE_HOME": "/var/c"}
    assert default_cache_folder({**xdg, "MAILLAGE_CACHE": "/m"}, home) == Path("/m")
    assert default_cache_folder(xdg, home) == Path("/var/c/maillage")
    assert default_cache_folder({"XDG_CACHE_HOME": "rel"}, home) == Path("/home/a/.cache/maillage")
    assert default_cache_folder({}, home) == Path("/home/a/.cache/maillage")
