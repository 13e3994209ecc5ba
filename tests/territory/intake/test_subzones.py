"""IRIS and priority neighbourhoods, without polygons."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.territory.sample import dataset, local

from maillage.kernel.provenance import LocalFile
from maillage.territory.intake.subzones import IRIS_FIGURES, read_iris, read_qpv

IRIS_HEAD = ",".join(["code_iris", "type", "code_insee", "commune", *IRIS_FIGURES])


def test_the_population_of_an_iris_is_told_only_if_all_its_ages_are(tmp_path: Path) -> None:
    """The ages sum to a population; where one is missing, so is the sum."""
    whole = "621190101,H,62119,Béthune,1,2,3,4,5,6,,,,,,"
    cut = "621190102,H,62119,Béthune,1,,3,4,5,6,,,,,,"
    iris, doubts = read_iris(local(tmp_path, "iris", "\n".join([IRIS_HEAD, cut, whole]), "csv"))
    assert [(i.code_iris, i.population) for i in iris] == [("621190101", 21), ("621190102", None)]
    assert doubts == ()


@pytest.mark.mirror
def test_the_real_iris(mirror: Path) -> None:
    """146 IRIS, 61 of which have their ages."""
    path = mirror / "insee" / "iris-200072460.csv"
    iris, doubts = read_iris(LocalFile(path, dataset("iris")))
    assert (len(iris), sum(i.population is not None for i in iris), doubts) == (146, 61, ())


@pytest.mark.mirror
def test_the_real_priority_neighbourhoods(mirror: Path) -> None:
    """15 neighbourhoods with their people; French shares; one may lie in several communes."""
    path = mirror / "insee" / "qpv-200072460.csv"
    found, doubts = read_qpv(LocalFile(path, dataset("qpv")))
    assert (len(found), doubts) == (15, ())
    auchel = found[0]
    assert (auchel.code, auchel.communes, auchel.population) == ("QP062004", ("Auchel",), 2413)
    assert all(q.population for q in found)
    assert found[1].communes == ("Auchel", "Calonne-Ricouart", "Marles-les-Mines")
    shares = [q.share_60_plus for q in found if q.share_60_plus is not None]
    assert all(0.0 < share < 1.0 for share in shares)
