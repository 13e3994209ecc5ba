"""The default fictional territory, made once for all tests of this room."""

from __future__ import annotations

from pathlib import Path

import pytest

from maillage.demo.communes import Commune, draw_communes
from maillage.demo.generate import DEFAULT_SEED, generate
from maillage.demo.places import Place, draw_places


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
