"""Siting finds and proves the published optima; those that take longest are left to the bench."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from bench.siting import COVERED, FOLDER_VARIABLE, RADIUS, known_folder, optima

from maillage.wiring.siting import Search, covering, p_median

QUICK = ("pmed1", "pmed2", "pmed3", "pmed4", "pmed5")


@pytest.fixture(scope="session")
def known() -> Path:
    """Give the folder of problems with known answers, or skip saying how to name it."""
    folder = known_folder()
    if folder is None:
        pytest.skip(f"no problems with known answers: name their folder in {FOLDER_VARIABLE}")
    return folder


def _median_is_proved(known: Path, name: str) -> None:
    sited = p_median(known / "pmed" / f"{name}.txt", Search()).sited
    assert sited.proved
    assert sited.value == sited.bound == optima(known)[name]


def _covering_is_proved(known: Path, name: str, n_sites: int) -> None:
    path = known / "mclp" / f"{name}.txt"
    sited = covering(path, RADIUS, n_sites, Search()).sited
    assert sited.proved
    assert sited.value == sited.bound == COVERED[name][n_sites - 1]


@pytest.mark.mirror
@pytest.mark.parametrize("name", QUICK)
def test_small_medians_are_proved(known: Path, name: str) -> None:
    """The first five p-medians of the OR-Library are found and proved."""
    _median_is_proved(known, name)


@pytest.mark.mirror
@pytest.mark.parametrize(("name", "n_sites"), [("SJC324", 2), ("SJC324", 5), ("SJC402", 3)])
def test_some_coverings_are_proved(known: Path, name: str, n_sites: int) -> None:
    """Published covered demands are found and proved, a whole cover among them."""
    _covering_is_proved(known, name, n_sites)


@pytest.mark.mirror
@pytest.mark.full
def test_every_median_is_proved(known: Path) -> None:
    """All the p-medians of the folder are found and proved."""
    for name in optima(known):
        _median_is_proved(known, name)


@pytest.mark.mirror
@pytest.mark.full
def test_every_covering_is_proved(known: Path) -> None:
    """All the listed coverings are found and proved."""
    for name, values in COVERED.items():
        for n_sites in range(1, len(values) + 1):
            _covering_is_proved(known, name, n_sites)


@pytest.mark.mirror
def test_a_search_cut_by_time_keeps_a_bound(known: Path) -> None:
    """With no time at all there is an answer, and the optimum lies between bound and value."""
    search = Search(seconds_left=lambda: -math.inf)
    sited = p_median(known / "pmed" / "pmed3.txt", search).sited
    assert sited.bound <= optima(known)["pmed3"] <= sited.value
    assert not sited.proved
