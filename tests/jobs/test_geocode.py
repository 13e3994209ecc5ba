"""Finding addresses for records without a point: kept, never in the place of a told one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.directory.places import PARAMETERS
from tests.jobs.desks import SIREN, TERRITORY, desk_of, hub_file, ids, imported, means, row

from maillage.directory.geocoding.model import Geocoder
from maillage.directory.geocoding.read_book import read_address_book
from maillage.directory.model import Precision
from maillage.jobs.geocode import geocode
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.geometry import Point
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace

ADDRESSES = """\
numero,voie,code_postal,ville,lon,lat
6,Place du 4 Septembre,62400,Béthune,2.6401,50.5301
9,Rue Neuve,62400,Béthune,2.6441,50.5311
"""
HERE = Point(2.6441, 50.5311)
NOWHERE = {"latitude": "", "longitude": ""}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DjangoWorkStore]:
    """Give a workspace with one record that tells its point and two that tell none."""
    rows = [
        row("1"),
        row("2", nom="CCAS", adresse="9 rue Neuve", **NOWHERE),
        row("3", nom="Atelier", adresse="77 rue Inconnue", **NOWHERE),
    ]
    with desk_of(tmp_path / "espace") as opened:
        imported(opened, hub_file(tmp_path, "hub", rows))
        yield opened


@pytest.fixture
def book(tmp_path: Path) -> Geocoder:
    """Give the geocoder over a list of two addresses."""
    path = tmp_path / "adresses.csv"
    path.write_text(ADDRESSES, "utf-8")
    made, _ = read_address_book(path, PARAMETERS, {zone.code_insee for zone in TERRITORY.zones})
    return made


def _points(store: DjangoWorkStore) -> dict[str, tuple[Point | None, Precision]]:
    directory = store.load(SIREN).directory
    lieux = {lieu.id: lieu for lieu in directory.lieux}
    at = {p.id: lieux[p.lieu_id] for p in directory.permanences}
    return {key: (at[i].point, at[i].precision) for key, i in ids(store.load(SIREN)).items()}


def test_a_record_without_a_point_gets_its_address_s(
    store: DjangoWorkStore, book: Geocoder
) -> None:
    """What is found is saved, and a finding tells where and by which list."""
    done = geocode(SIREN, book, store=store, means=means())
    assert (done.n_placed, done.n_proposed) == (1, 0)
    assert _points(store)["hub/2"] == (HERE, Precision.ADDRESS)
    assert "coordinates-geocoded" in {f.code for f in store.load(SIREN).findings}
    assert store.load(SIREN) == done.work


def test_a_told_point_is_never_replaced(store: DjangoWorkStore, book: Geocoder) -> None:
    """The town hall tells its point, and the list another for its address: it stays where it is."""
    before = _points(store)["hub/1"]
    geocode(SIREN, book, store=store, means=means())
    assert _points(store)["hub/1"] == before


def test_what_is_not_found_stays_at_its_commune(store: DjangoWorkStore, book: Geocoder) -> None:
    """An address that the list does not know gives no point: none is made up."""
    before = _points(store)["hub/3"]
    geocode(SIREN, book, store=store, means=means())
    assert _points(store)["hub/3"] == before
    assert before[1] is Precision.COMMUNE


def test_ids_stay_and_again_changes_nothing(store: DjangoWorkStore, book: Geocoder) -> None:
    """Placing records gives no new id; asked twice, the very same work."""
    before = ids(store.load(SIREN))
    first = geocode(SIREN, book, store=store, means=means()).work
    assert ids(first) == before
    assert geocode(SIREN, book, store=store, means=means()).work == first


def test_points_stay_through_imports_until_the_address_changes(
    store: DjangoWorkStore, book: Geocoder, tmp_path: Path
) -> None:
    """Another file leaves the point found; the record's own new address does away with it."""
    geocode(SIREN, book, store=store, means=means())
    imported(store, hub_file(tmp_path, "autre", [row("9", nom="Cybercentre")]))
    assert _points(store)["hub/2"] == (HERE, Precision.ADDRESS)
    moved = row("2", nom="CCAS", adresse="1 rue Haute", **NOWHERE)
    imported(store, hub_file(tmp_path, "hub", [row("1"), moved]))
    assert _points(store)["hub/2"][1] is Precision.COMMUNE
    assert store.load(SIREN).points == ()


def test_without_a_territory_nothing_is_asked(tmp_path: Path, book: Geocoder) -> None:
    """A workspace that ``init`` never filled is one French sentence."""
    with (
        Workspace.create(tmp_path / "vide", SIREN) as workspace,
        pytest.raises(WorkspaceError, match="maillage init"),
    ):
        geocode(SIREN, book, store=DjangoWorkStore(workspace), means=means())
