"""The laws of the shelf: mirror alone, else cache, else network; what is missing is said."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maillage.jobs.ports import PublicSources
from maillage.kernel.errors import SourceUnavailable, UnknownTerritory
from maillage.kernel.progress import Silent
from maillage.kernel.provenance import LocalFile, Origin
from maillage.sources.asking import Asking
from maillage.sources.cache import Cache
from maillage.sources.catalogue import Catalogue, LiveStatus, VintageRule, load_catalogue
from maillage.sources.formats import Format
from maillage.sources.mirror import Mirror
from maillage.sources.shelf import Shelf

if TYPE_CHECKING:
    from tests.sources.conftest import Serving

BETHUNE_BRUAY = "200072460"
ARRAS = "200033579"
DAY = dt.date(2026, 11, 22)
REAL = load_catalogue()
EPCI = b'{"nom": "CU d\'Arras", "code": "200033579", "type": "CU", "population": 109781}'
LIST = b'[{"code": "200033579", "nom": "CU d\'Arras"}]'
PLACES = b"id,nom\n1,CCAS de Lillers\n"

Open = Callable[..., Shelf]


def served(serving: Serving, rule: VintageRule | None = None) -> Catalogue:
    """Return the catalogue with each live address on this machine, at the mirror's paths."""
    sources = []
    for source in REAL:
        if source.mirror is None and source.live is None:
            continue
        if rule is None and source.live is None:
            sources.append(source)
            continue
        sources.append(
            replace(
                source,
                live=serving.address("/" + (source.mirror or source.id)),
                live_format=None,
                live_status=LiveStatus.VERIFIED,
                vintage_rule=rule or source.vintage_rule,
            )
        )
    return Catalogue(tuple(sources))


@pytest.fixture
def shelf(serving: Serving, asking: Asking, tmp_path: Path) -> Open:
    """Give a shelf on the local server, its settings open to change."""
    serving.files[f"/geo.api.gouv.fr/epcis/{ARRAS}.json"] = EPCI
    serving.files["/lieux-nationaux"] = PLACES

    def run(**words: object) -> Shelf:
        settings: dict[str, object] = {
            "catalogue": served(serving),
            "cache": Cache(tmp_path / "cache"),
            "retrieved": DAY,
            "progress": Silent(),
            "asking": asking,
        }
        return Shelf(**{**settings, **words})

    return run


@pytest.fixture
def small_mirror(tmp_path: Path) -> Path:
    """Give a mirror that holds Arras, its communes and a list of two EPCI."""
    folder = tmp_path / "mirror"
    (folder / "geo.api.gouv.fr/epcis" / ARRAS).mkdir(parents=True)
    (folder / "geo.api.gouv.fr/epcis" / f"{ARRAS}.json").write_bytes(EPCI)
    (folder / "geo.api.gouv.fr/epcis" / ARRAS / "communes.json").write_bytes(b"[]")
    (folder / "insee").mkdir()
    names = "siren,nom\n200033579,CU d'Arras\n200072460,CA de Béthune-Bruay\n"
    (folder / "insee/epci-france.csv").write_text(names, encoding="utf-8")
    (folder / "insee" / f"iris-{BETHUNE_BRUAY}.csv").write_text("code_iris\n")
    (folder / "insee" / f"iris-{ARRAS}.csv").write_text("code_iris\n")
    return folder


def get(shelf: Shelf, source_id: str, siren: str = ARRAS) -> LocalFile:
    file = shelf.get(source_id, siren)
    assert file is not None
    return file


def test_a_shelf_is_what_the_verbs_ask_for(shelf: Open) -> None:
    """A shelf can be given to any verb that wants public sources."""
    sources: PublicSources = shelf()
    assert sources.feeding("directory", ARRAS)[0] == "lieux-nationaux"


def test_first_from_the_network_then_from_the_cache(shelf: Open, serving: Serving) -> None:
    """A file is downloaded once; the second reading is the same but for the door it came by."""
    first, second = get(shelf(), "api-geo-epci"), get(shelf(), "api-geo-epci")
    assert len(serving.asked) == 1
    assert first.path.read_bytes() == EPCI
    assert first.dataset.origin is Origin.LIVE
    assert second.path == first.path
    assert second.dataset == replace(first.dataset, origin=Origin.CACHE)


def test_a_damaged_copy_is_told_and_downloaded_again(shelf: Open, serving: Serving) -> None:
    """A cut copy is never read: a finding tells it, and the network mends it."""
    get(shelf(), "api-geo-epci").path.write_bytes(EPCI[:10])
    again = shelf()
    assert get(again, "api-geo-epci").path.read_bytes() == EPCI
    assert [f.code for f in again.findings] == ["cache-damaged"]
    assert len(serving.asked) == 2


def test_offline_reads_the_copy_and_asks_nobody(shelf: Open, serving: Serving) -> None:
    """--offline serves what was kept, and refuses clearly what was not."""
    get(shelf(), "api-geo-epci")
    serving.asked.clear()
    alone = shelf(offline=True)
    assert get(alone, "api-geo-epci").dataset.origin is Origin.CACHE
    with pytest.raises(SourceUnavailable, match=r"api-geo-communes.*--offline.*--mirror DIR"):
        alone.get("api-geo-communes", ARRAS)
    assert alone.get("lieux-nationaux", ARRAS) is None
    assert [f.code for f in alone.findings] == ["source-absent"]
    assert serving.asked == []


def test_a_mirror_keeps_the_network_and_the_cache_away(
    shelf: Open, serving: Serving, small_mirror: Path
) -> None:
    """With a mirror what is not in it is not there, though cache and server have it."""
    get(shelf(), "lieux-nationaux")
    serving.asked.clear()
    mirrored = shelf(mirror=Mirror(small_mirror))
    assert get(mirrored, "api-geo-epci").dataset.origin is Origin.MIRROR
    assert mirrored.get("lieux-nationaux", ARRAS) is None
    assert mirrored.get("portrea", ARRAS) is None
    assert [f.where.source for f in mirrored.findings] == ["lieux-nationaux", "portrea"]
    assert "lieux/portrea-2023-05.geojson" in mirrored.findings[1].message
    assert serving.asked == []


def test_what_was_assembled_for_another_territory_is_not_given(
    shelf: Open, small_mirror: Path
) -> None:
    """Even where the mirror has such a file, only the territory it was made for gets it."""
    mirrored = shelf(mirror=Mirror(small_mirror))
    assert get(mirrored, "iris", BETHUNE_BRUAY).path.name == f"iris-{BETHUNE_BRUAY}.csv"
    assert mirrored.get("iris", ARRAS) is None
    assert mirrored.findings == []


def test_a_required_source_that_fails_is_one_sentence(shelf: Open, serving: Serving) -> None:
    """What was tried and the remedy are in the error of a required source."""
    serving.fails_for_ever(status=503)
    with pytest.raises(SourceUnavailable, match=r"indispensable.*erreur 503.*--mirror DIR"):
        shelf().get("api-geo-epci", ARRAS)


def test_an_optional_source_that_fails_is_a_finding(shelf: Open, serving: Serving) -> None:
    """The work goes on without it, and says so once."""
    serving.fails_for_ever(status=403)
    without = shelf()
    assert without.get("lieux-nationaux", ARRAS) is None
    assert without.get("lieux-nationaux", ARRAS) is None
    [finding] = without.findings
    assert finding.code == "source-absent"
    assert "refuse de répondre" in finding.message
    assert "--mirror DIR" in finding.advice


def test_a_source_without_address_is_never_asked_for(shelf: Open, serving: Serving) -> None:
    """Where no address is verified the network is left alone and the finding says so."""
    live = shelf()
    assert live.get("portrea", ARRAS) is None
    assert live.get("bibliotheques", ARRAS) is None
    assert "adresse inconnue" in live.findings[0].message
    assert "non téléchargée" in live.findings[1].message
    assert serving.asked == []


def test_a_siren_the_server_does_not_know_is_unknown(shelf: Open, serving: Serving) -> None:
    """The API's 404 becomes an unknown territory, with the near one proposed."""
    serving.files["/insee/epci-france.csv"] = LIST
    catalogue = Catalogue(
        tuple(
            replace(s, format=Format.JSON) if s.id == "epci-france" else s for s in served(serving)
        )
    )
    with pytest.raises(UnknownTerritory, match=r"« 200033578 ».*200033579 \(CU d'Arras\)"):
        shelf(catalogue=catalogue).get("api-geo-epci", "200033578")


def test_a_siren_unknown_while_the_list_cannot_be_had_is_still_told(shelf: Open) -> None:
    """Suggestions are a courtesy: without the list the error is the same, without them."""
    with pytest.raises(UnknownTerritory, match="« 200033578 »"):
        shelf().get("api-geo-epci", "200033578")


def test_a_siren_the_mirror_does_not_have(shelf: Open, small_mirror: Path) -> None:
    """Nobody's SIREN is unknown; one of the national list is known, but not in this mirror."""
    mirrored = shelf(mirror=Mirror(small_mirror))
    with pytest.raises(UnknownTerritory, match=r"Vouliez-vous dire : 200033579"):
        mirrored.get("api-geo-epci", "200033597")
    with pytest.raises(SourceUnavailable, match=r"CA de Béthune-Bruay n'est pas dans le dossier"):
        mirrored.get("api-geo-epci", BETHUNE_BRUAY)


@pytest.mark.parametrize(
    "siren", ["", "béthune", "20007246", "2000724600", "../../../etc", "²" * 9]
)
def test_what_is_not_a_siren_reaches_no_path_nor_address(
    shelf: Open, serving: Serving, small_mirror: Path, siren: str
) -> None:
    """Anything but nine digits is refused before it is put in a path or an address."""
    for one in (shelf(offline=True), shelf(mirror=Mirror(small_mirror))):
        with pytest.raises(UnknownTerritory, match="9 chiffres"):
            one.get("api-geo-epci", siren)
    assert serving.asked == []


def test_a_mirror_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A wrong --mirror is one French sentence naming the folder."""
    with pytest.raises(SourceUnavailable, match="nowhere n'existe pas"):
        Mirror(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("headers", "vintage"),
    [
        ({"Last-Modified": "Wed, 12 Aug 2026 10:00:00 GMT"}, "publié le 2026-08-12"),
        ({"Last-Modified": "yesterday"}, "consulté le 2026-11-22"),
        ({}, "consulté le 2026-11-22"),
    ],
)
def test_a_downloaded_copy_bears_its_own_date(
    shelf: Open, serving: Serving, headers: dict[str, str], vintage: str
) -> None:
    """The server's date dates the copy, else the day it was fetched; the cache remembers it."""
    serving.fails(headers=headers)
    assert get(shelf(), "lieux-nationaux").dataset.vintage == vintage
    assert get(shelf(retrieved=dt.date(2027, 1, 1)), "lieux-nationaux").dataset.vintage == vintage


def test_a_cut_in_one_run_is_finished_by_the_next(
    shelf: Open, serving: Serving, asking: Asking
) -> None:
    """A command that failed in mid-file leaves no copy, and the next one only asks for the rest."""
    serving.fails_for_ever(cut_after=10)
    with pytest.raises(SourceUnavailable):
        shelf(asking=replace(asking, tries=1)).get("api-geo-epci", ARRAS)
    serving.always = None
    assert get(shelf(), "api-geo-epci").path.read_bytes() == EPCI
    assert serving.asked[-1].headers["Range"] == "bytes=10-"


@pytest.mark.mirror
def test_the_mirror_served_is_the_mirror_read(
    shelf: Open, serving: Serving, mirror: Path, tmp_path: Path
) -> None:
    """Every source that feeds Béthune-Bruay is the same by mirror, network and cache.

    Bytes are equal, and datasets but for the door they came by; cuts on the way change nothing.
    """
    catalogue = served(serving, VintageRule.DECLARED)
    by_mirror = shelf(catalogue=catalogue, mirror=Mirror(mirror, catalogue))
    big = Asking(sleep=lambda _: None, proxy_for=lambda _: None)
    by_network = shelf(catalogue=catalogue, asking=big)
    ids = (
        *by_mirror.feeding("territory", BETHUNE_BRUAY),
        *by_mirror.feeding("directory", BETHUNE_BRUAY),
    )
    seen = 0
    for source_id in ids:
        path = catalogue[source_id].mirror_path(BETHUNE_BRUAY)
        if path is None:
            continue
        serving.files["/" + path] = (mirror / path).read_bytes()
        serving.fails(cut_after=len(serving.files["/" + path]) // 2)
        one = get(by_mirror, source_id, BETHUNE_BRUAY)
        two = get(by_network, source_id, BETHUNE_BRUAY)
        three = get(by_network, source_id, BETHUNE_BRUAY)
        assert one.path.read_bytes() == two.path.read_bytes() == three.path.read_bytes()
        assert two.dataset == replace(one.dataset, origin=Origin.LIVE)
        assert three.dataset == replace(one.dataset, origin=Origin.CACHE)
        seen += 1
    assert seen == 18
    index = json.loads((tmp_path / "cache/index.json").read_bytes())
    assert len(index["files"]) == seen


@pytest.mark.mirror
def test_an_unknown_siren_in_the_real_mirror(shelf: Open, mirror: Path) -> None:
    """One wrong digit in Béthune-Bruay's SIREN is found among all EPCI of France."""
    mirrored = shelf(catalogue=REAL, mirror=Mirror(mirror))
    with pytest.raises(UnknownTerritory, match=r"200072460 \(CA de Béthune-Bruay"):
        mirrored.get("api-geo-epci", "200072461")


def test_refreshing_takes_the_new_bytes(shelf: Open, serving: Serving) -> None:
    """With ``refresh`` a changed file is downloaded again, and later readings have it too."""
    get(shelf(), "api-geo-epci")
    newer = EPCI.replace(b"109781", b"110000")
    serving.files[f"/geo.api.gouv.fr/epcis/{ARRAS}.json"] = newer
    assert get(shelf(), "api-geo-epci").path.read_bytes() == EPCI
    assert get(shelf(refresh=True), "api-geo-epci").path.read_bytes() == newer
    assert get(shelf(), "api-geo-epci").path.read_bytes() == newer


def test_a_failed_refresh_keeps_the_copy_and_says_so(shelf: Open, serving: Serving) -> None:
    """Where the server fails, the copy kept still serves, with one finding that says why."""
    get(shelf(), "api-geo-epci")
    serving.fails_for_ever(status=500)
    late = shelf(refresh=True)
    assert get(late, "api-geo-epci").path.read_bytes() == EPCI
    assert [finding.code for finding in late.findings] == ["source-not-refreshed"]


def test_offline_wins_over_refresh(shelf: Open, serving: Serving) -> None:
    """``offline`` never asks the network, even when asked to refresh."""
    get(shelf(), "api-geo-epci")
    n_asked = len(serving.asked)
    get(shelf(refresh=True, offline=True), "api-geo-epci")
    assert len(serving.asked) == n_asked


STREETS = b"\x00\x00\x00\x0d\x0a\x09OSMHeader" + bytes(range(256)) * 40
PICARDIE = "/osm/picardie-latest.osm.pbf"


def serve_streets(serving: Serving, md5: bytes | None = None) -> None:
    """Serve the streets of Picardie, and their checksum as ``md5sum`` writes it."""
    serving.files[PICARDIE] = STREETS
    told = hashlib.md5(STREETS, usedforsecurity=False).hexdigest().encode() if md5 is None else md5
    serving.files[f"{PICARDIE}.md5"] = told + b"  picardie-latest.osm.pbf\n"


def test_streets_are_kept_by_extract_with_the_date_of_their_file(
    shelf: Open, serving: Serving
) -> None:
    """An extract is downloaded once, checked against its MD5, and named with its region and day."""
    serve_streets(serving)
    serving.fails(headers={"Last-Modified": "Wed, 12 Aug 2026 10:00:00 GMT"})
    first, second = get(shelf(), "osm-extraits", "picardie"), shelf(offline=True)
    again = get(second, "osm-extraits", "picardie")
    assert [one.path for one in serving.asked] == [PICARDIE, f"{PICARDIE}.md5"]
    assert first.path == again.path
    assert first.path.parts[-2:] == ("osm-extraits", "picardie.pbf")
    assert again.path.read_bytes() == STREETS
    assert again.dataset.name.endswith(": Picardie")
    assert (again.dataset.vintage, again.dataset.licence) == ("publié le 2026-08-12", "ODbL")
    assert second.findings == []


def test_an_interrupted_extract_is_resumed(shelf: Open, serving: Serving, asking: Asking) -> None:
    """What a broken line left is not asked for again, and the whole is still checked."""
    serve_streets(serving)
    serving.fails(cut_after=4000)
    serving.fails(status=503)
    stopped = shelf(asking=replace(asking, tries=2))
    assert stopped.get("osm-extraits", "picardie") is None
    assert "ce qui a été reçu est gardé" in stopped.findings[0].message
    assert get(shelf(), "osm-extraits", "picardie").path.read_bytes() == STREETS
    assert serving.asked[2].headers["Range"] == "bytes=4000-"
    assert serving.asked[-1].path == f"{PICARDIE}.md5"


def test_an_extract_that_is_not_the_one_published_is_thrown_away(
    shelf: Open, serving: Serving, tmp_path: Path
) -> None:
    """A wrong MD5 is one finding that says what to do; no byte of the file is kept."""
    serve_streets(serving, md5=b"0" * 32)
    live = shelf()
    assert live.get("osm-extraits", "picardie") is None
    (finding,) = live.findings
    assert "MD5" in finding.message
    assert "relancez la commande" in finding.message
    assert "--osm" in finding.advice
    left = [path.name for path in (tmp_path / "cache/osm-extraits").iterdir()]
    assert [name for name in left if name != ".lock"] == []


@pytest.mark.parametrize("md5", [b"<html>introuvable</html>", None])
def test_an_extract_whose_checksum_cannot_be_had_is_kept_and_told(
    shelf: Open, serving: Serving, md5: bytes | None
) -> None:
    """Where no MD5 can be read beside the file, it serves, and a finding says it is unchecked."""
    serve_streets(serving, md5=md5)
    if md5 is None:
        del serving.files[f"{PICARDIE}.md5"]
    live = shelf()
    assert get(live, "osm-extraits", "picardie").path.read_bytes() == STREETS
    assert [finding.code for finding in live.findings] == ["source-not-checked"]


def test_offline_without_a_copy_of_the_streets(shelf: Open, serving: Serving) -> None:
    """Without copy and without network there are no streets, and the finding names the region."""
    live = shelf(offline=True)
    assert live.get("osm-extraits", "picardie") is None
    assert "Picardie" in live.findings[0].message
    assert "--offline" in live.findings[0].message
    assert serving.asked == []


def test_an_extract_nobody_publishes_reaches_no_address(shelf: Open, serving: Serving) -> None:
    """Only the names of the table go into a path or an address."""
    with pytest.raises(KeyError):
        shelf().get("osm-extraits", "../../etc")
    assert serving.asked == []


def test_what_is_got_by_hand_says_how(shelf: Open, serving: Serving) -> None:
    """Tadao's timetable is not downloaded: the finding says where people find it."""
    live = shelf(catalogue=REAL)
    assert live.get("netex-tadao", BETHUNE_BRUAY) is None
    assert live.get("netex-tadao", ARRAS) is None
    (finding,) = live.findings
    assert "transport.data.gouv.fr" in finding.advice
    assert "--gtfs" in finding.advice
    assert serving.asked == []
