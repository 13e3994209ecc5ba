"""The real CA Béthune-Bruay, as the mirror tells it, goes through a workspace unharmed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from maillage.directory.journal import Verb
from maillage.jobs.take_in import take_in
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace
from maillage.wiring.house import SourceChoice, means, public_sources

BETHUNE_BRUAY = "200072460"
ON = dt.date(2026, 11, 22)


@pytest.mark.mirror
def test_a_real_territory_is_loaded_equal(
    mirror: Path, tmp_path: Path, workspace: Workspace
) -> None:
    """What is loaded is what was read; reading it all again is told as "nothing changed"."""
    sources = public_sources(SourceChoice(ON, mirror=mirror, cache=tmp_path / "cache"), Silent())
    store = DjangoWorkStore(workspace, ON)
    for _ in range(2):
        work = take_in(
            BETHUNE_BRUAY,
            sources=sources,
            store=store,
            means=means(load_parameters(ON), Silent()),
            on=ON,
        )
        assert store.load(BETHUNE_BRUAY) == work
    told = [line.what.verb for line in store.history(BETHUNE_BRUAY) if line.counts]
    assert told == [Verb.IMPORTED, Verb.NOTHING_CHANGED]
    assert store.history(BETHUNE_BRUAY)[-1].what.verb is Verb.NOTHING_CHANGED
