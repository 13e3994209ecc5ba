"""The laws of the catalogue: complete, truthful about addresses, and one place for each file."""

from __future__ import annotations

from pathlib import Path

import pytest

from maillage.sources.catalogue import (
    FEEDS,
    Catalogue,
    LiveStatus,
    Source,
    VintageRule,
    load_catalogue,
    read_catalogue,
)
from maillage.sources.formats import Format
from maillage.sources.mirror import Mirror

BETHUNE_BRUAY = "200072460"
ARRAS = "200033579"
CATALOGUE = load_catalogue()
EACH = pytest.mark.parametrize("source", list(CATALOGUE), ids=lambda s: s.id)


@EACH
def test_every_entry_is_complete(source: Source) -> None:
    """Each source says what it is, who publishes it, under which licence and what it is for."""
    told = (source.id, source.name, source.publisher, source.licence, source.vintage)
    assert all(text.strip() for text in told)
    assert source.id == source.id.lower()
    assert source.for_what.endswith(".")
    assert source.feeds
    assert set(source.feeds) <= set(FEEDS)
    assert all(note.endswith(".") for note in source.notes)


@EACH
def test_every_entry_can_be_had_from_somewhere(source: Source) -> None:
    """A source is in the mirror, or at an address that was verified, or people are told how."""
    assert source.mirror or source.live or source.by_hand


@EACH
def test_no_address_is_used_that_was_not_verified(source: Source) -> None:
    """An address goes with the place where it was seen at work; without one there is no address."""
    verified = source.live_status.is_verified
    assert (source.live is not None) is verified
    assert (source.live_verified is not None) is verified
    assert source.live is None or source.live.startswith("https://")


@EACH
def test_an_address_that_is_not_used_says_why(source: Source) -> None:
    """A source whose address is left out has a note."""
    assert source.live_status is not LiveStatus.LEFT_OUT or source.notes


@EACH
def test_assembled_sources_name_their_territory(source: Source) -> None:
    """What was assembled for one territory says which; what speaks of few is never required."""
    assert source.only_for or source.live_status is not LiveStatus.ASSEMBLED
    assert not (source.only_for and source.required)


@EACH
def test_a_copy_that_changes_is_dated(source: Source) -> None:
    """Whatever can be downloaded gets its own date: the mirror's vintage is not lent to it."""
    if source.live is not None:
        assert source.vintage_rule is VintageRule.DATED


def test_ids_are_unique() -> None:
    """One id, one source."""
    ids = [source.id for source in CATALOGUE]
    assert sorted(set(ids)) == sorted(ids)


def test_the_territory_and_the_directory_are_fed_in_order() -> None:
    """For Béthune-Bruay the two rooms get the sources agreed upon, in the catalogue's order."""
    assert CATALOGUE.feeding("territory", BETHUNE_BRUAY) == (
        "api-geo-epci",
        "api-geo-communes",
        "epci-france",
        "communes-france",
        "ifn-communes",
        "ifn-epci",
        "illectronisme-epci",
        "indicateurs-communes",
        "iris",
        "qpv",
    )
    assert CATALOGUE.feeding("directory", BETHUNE_BRUAY) == (
        "lieux-nationaux",
        "portrea",
        "conseillers-numeriques",
        "france-services",
        "aidants-connect",
        "bibliotheques",
        "mairies",
        "data-inclusion-structures",
        "data-inclusion-services",
    )


def test_what_was_assembled_for_one_territory_feeds_no_other() -> None:
    """Arras gets neither the indicators nor the town halls cut for Béthune-Bruay."""
    ours = {s.id for s in CATALOGUE if s.only_for == (BETHUNE_BRUAY,)}
    assert {"indicateurs-communes", "iris", "qpv", "mairies"} <= ours
    for room in FEEDS:
        assert not ours & set(CATALOGUE.feeding(room, ARRAS))


def test_only_what_defines_the_territory_is_required() -> None:
    """Without its communes or those around there is no territory; without the rest there is."""
    required = {"api-geo-epci", "api-geo-communes", "communes-france"}
    assert {s.id for s in CATALOGUE if s.required} == required


def test_templates_are_filled() -> None:
    """The SIREN goes into the address and the path; nothing else of the template changes."""
    source = CATALOGUE["api-geo-communes"]
    assert source.mirror_path(ARRAS) == "geo.api.gouv.fr/epcis/200033579/communes.json"
    address = source.live_address(ARRAS)
    assert address is not None
    assert address.startswith("https://geo.api.gouv.fr/epcis/200033579/communes?fields=nom,code,")
    assert source.copy_key(ARRAS) == ARRAS
    assert CATALOGUE["epci-france"].copy_key(ARRAS) == "france"


def test_streets_are_one_file_an_extract() -> None:
    """The name of an extract goes into the address, that of its checksum, and the mirror's path."""
    source = CATALOGUE["osm-extraits"]
    assert source.live_address("picardie") == (
        "https://download.geofabrik.de/europe/france/picardie-latest.osm.pbf"
    )
    assert source.checksum_address("picardie") == f"{source.live_address('picardie')}.md5"
    assert source.mirror_path("picardie") == "osm/picardie-latest.osm.pbf"
    assert source.copy_key("picardie") == "picardie"
    assert (source.by_extract, source.by_territory) == (True, False)
    assert CATALOGUE["epci-france"].checksum_address(ARRAS) is None


def test_heavy_files_wait_to_be_asked_for() -> None:
    """Streets are downloaded on request alone: they feed nothing that is read by itself."""
    heavy = [source for source in CATALOGUE if source.live_status is LiveStatus.ON_REQUEST]
    assert [source.id for source in heavy] == ["osm-extraits"]
    assert set(heavy[0].feeds) == {"streets"}


def test_every_territory_has_its_trains() -> None:
    """The national timetable feeds the journeys of any EPCI; a local network only its own."""
    assert CATALOGUE.feeding("journeys", ARRAS) == ("gtfs-ter-france",)
    ours = ("gtfs-ter", "gtfs-ter-france", "netex-tadao")
    assert CATALOGUE.feeding("journeys", BETHUNE_BRUAY) == ours
    assert CATALOGUE["gtfs-ter"].stands_for == "gtfs-ter-france"


def test_a_word_that_is_not_of_the_catalogue_is_refused(tmp_path: Path) -> None:
    """A misspelt key in the YAML is an error, not a silence."""
    entry = "- {id: a, name: A, publisher: P, licence: L, format: csv, vintage: V, misspelt: 1,"
    entry += " vintage_rule: declared, live_status: unknown, feeds: [texts], required: false,"
    entry += " for_what: B.}"
    path = tmp_path / "catalogue.yaml"
    path.write_text(entry)
    with pytest.raises(TypeError, match="misspelt"):
        read_catalogue(path)
    path.write_text(entry.replace(" misspelt: 1,", ""))
    assert read_catalogue(path)["a"].format is Format.CSV


@pytest.mark.mirror
def test_every_file_of_the_mirror_is_declared_once(mirror: Path) -> None:
    """No file of the mirror is left without an entry, none has two."""
    shelf = Mirror(mirror)
    declared = [path for source in CATALOGUE for path in shelf.files_of(source)]
    there = [p for p in mirror.rglob("*") if p.is_file() and p != mirror / "SOURCES.md"]
    assert sorted(declared) == sorted(there)


@pytest.mark.mirror
@EACH
def test_every_declared_path_exists_at_about_its_size(source: Source, mirror: Path) -> None:
    """A path of the catalogue stands in the mirror, in the format and about the size told."""
    if source.mirror is None or source.by_extract:
        assert source.about_bytes is None
        return
    siren = source.only_for[0] if source.only_for else BETHUNE_BRUAY
    path = mirror / (source.mirror_path(siren) or "")
    assert path.is_file()
    assert path.name.endswith(source.format.extension)
    assert source.about_bytes is not None
    assert 0.9 < path.stat().st_size / source.about_bytes < 1.1


@pytest.mark.mirror
def test_all_ninety_two_territories_are_there(mirror: Path) -> None:
    """Each of the 92 EPCI of the mirror has its description and its communes."""
    shelf = Mirror(mirror)
    for source_id in ("api-geo-epci", "api-geo-communes"):
        assert len(shelf.files_of(CATALOGUE[source_id])) == 92


def test_a_catalogue_knows_only_its_sources() -> None:
    """An id written wrong in code fails at once."""
    with pytest.raises(KeyError):
        Catalogue(())["api-geo-epci"]
