"""Two programs that decide at once in one workspace lose no decision."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.storage.databases import empty_place

from maillage.jobs.ports import TerritoryWork
from maillage.storage.work_store import DjangoWorkStore

BETHUNE_BRUAY = "200072460"
PROGRAM = "tests.storage.killing"
MakeWork = Callable[..., TerritoryWork]


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are forked")
def test_decisions_taken_at_once_are_all_kept(tmp_path: Path, make_decided_work: MakeWork) -> None:
    """Each save that was not refused is there at the end, once, by the one who made it."""
    people, n_each = ("portrea", "nchouteau"), 8
    works = tuple(make_decided_work(2, number) for number in range(2 * n_each + 1))
    out, order = tmp_path / "out", tmp_path / "order.pickle"
    out.mkdir()
    with empty_place(tmp_path / "espace", BETHUNE_BRUAY) as place:
        with place.opened() as workspace:
            DjangoWorkStore(workspace).save(works[0])
        asked = {"place": place, "works": works, "out": out, "people": people, "n_each": n_each}
        order.write_bytes(pickle.dumps({"verb": "race", **asked}))
        subprocess.run([sys.executable, "-m", PROGRAM, str(order)], check=True)
        with place.opened() as workspace:
            work = DjangoWorkStore(workspace).load(BETHUNE_BRUAY)
    assert Counter(decision.by for decision in work.decisions) == dict.fromkeys(people, n_each)
    assert [d.number for d in work.decisions] == list(range(1, 2 * n_each + 1))
    told = {who: (out / who).read_text(encoding="utf-8").split()[0] for who in people}
    assert told == dict.fromkeys(people, str(n_each))
