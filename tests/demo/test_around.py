"""The small territories beside the agglomeration: those that its files call neighbours."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from tests.demo.test_generate import folder_sha256

from maillage.demo.communes import NEIGHBOUR_SIRENS, Commune
from maillage.demo.generate import generate_around
from maillage.demo.places import Place
from maillage.jobs.ports import Means
from maillage.jobs.take_in import take_in
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.storage.work_store import DjangoWorkStore
from maillage.wiring import house

ON = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the small territories, made once."""
    folder = tmp_path_factory.mktemp("voisins")
    generate_around(folder)
    return folder


def test_same_seed_same_bytes(around: Path, tmp_path: Path) -> None:
    """Made twice they are the same; another seed makes others."""
    generate_around(tmp_path / "same")
    generate_around(tmp_path / "other", 5)
    assert folder_sha256(tmp_path / "same") == folder_sha256(around)
    assert folder_sha256(tmp_path / "other") != folder_sha256(around)


def test_they_are_the_neighbours_that_the_agglomeration_tells(
    around: Path, demo: Path, communes: tuple[Commune, ...]
) -> None:
    """Each has the very communes that the agglomeration's files give it, a few of them."""
    for siren in NEIGHBOUR_SIRENS:
        path = f"geo.api.gouv.fr/epcis/{siren}/communes.json"
        assert (around / siren / path).read_bytes() == (demo / path).read_bytes()
        told = json.loads((around / siren / path).read_text(encoding="utf-8"))
        assert 4 <= len(told) <= 12


@pytest.mark.parametrize("seed", [0, 4, 7, 2026])
def test_any_seed_makes_small_territories(seed: int, tmp_path: Path) -> None:
    """Whatever the seed, both come out with a few communes and some twenty places."""
    made = generate_around(tmp_path, seed)
    assert [one.siren for one in made] == list(NEIGHBOUR_SIRENS)
    assert all(4 <= one.n_communes <= 12 and 14 <= one.n_places <= 40 for one in made)


def test_they_are_read_as_any_territory(
    around: Path, places: tuple[Place, ...], tmp_path: Path
) -> None:
    """One workspace holds both, each with its own directory, marked as fictional."""
    means = Means(None, load_parameters(ON), Silent())
    with house.own_workspace(NEIGHBOUR_SIRENS[0], tmp_path / "espace") as workspace:
        store = house.store(workspace, ON)
        assert isinstance(store, DjangoWorkStore)
        for siren in NEIGHBOUR_SIRENS:
            shelf = house.demo_sources(around / siren, ON, Silent())
            work = take_in(siren, sources=shelf, store=store, means=means, on=ON)
            assert work.territory.fictional
        both = [store.load(siren) for siren in NEIGHBOUR_SIRENS]
    names = [{one.nom for one in work.directory.lieux if one.in_territory} for work in both]
    assert all(len(one) >= 6 for one in names)
    assert [work.territory.siren for work in both] == list(NEIGHBOUR_SIRENS)
    codes = [{zone.code_insee for zone in work.territory.zones} for work in both]
    assert not codes[0] & codes[1]
