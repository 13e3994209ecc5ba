"""The default fictional territory, made once for all tests of this room."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from maillage.demo.communes import SIREN, Commune, draw_communes
from maillage.demo.generate import DEFAULT_SEED, generate
from maillage.demo.places import Place, draw_places
from maillage.demo.referrals import Ground, ground_of
from maillage.jobs.ports import Means, TerritoryWork
from maillage.jobs.take_in import take_in
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.wiring import house


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the default fictional territory."""
    folder = tmp_path_factory.mktemp("demo")
    generate(folder)
    return folder


@pytest.fixture(scope="session")
def communes() -> tuple[Commune, ...]:
    """Give the communes of the default seed."""
    return draw_communes(DEFAULT_SEED)


@pytest.fixture(scope="session")
def places(communes: tuple[Commune, ...]) -> tuple[Place, ...]:
    """Give the true places of the default seed."""
    return draw_places(DEFAULT_SEED, communes)


class _Kept:
    """A ``WorkStore`` that keeps nothing."""

    def save(self, work: TerritoryWork) -> None:
        """Forget it."""

    def find(self, siren: str) -> TerritoryWork | None:
        """Return nothing."""

    def load(self, siren: str) -> TerritoryWork:
        """Raise KeyError."""
        raise KeyError(siren)


@pytest.fixture(scope="session")
def ground(demo: Path) -> Ground:
    """Give the default territory as those who send people know it."""
    on = dt.date(2026, 11, 23)
    means = Means(None, load_parameters(on), Silent())
    sources = house.demo_sources(demo, on, Silent())
    work = take_in(SIREN, sources=sources, store=_Kept(), means=means, on=on)
    return ground_of(work.territory, work.directory)
