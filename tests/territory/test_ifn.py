"""The 2019-20 index of the IRIS of Arras: recomputed from its raw variables, a known answer."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from tests.territory.sample import dataset

from maillage.kernel.errors import UnusableFile
from maillage.kernel.provenance import LocalFile
from maillage.territory.ifn import AXES, CRITERIA, LEVELS, RawIris, ifn_2020, read_ifn_iris

# References are shares printed with 9 decimals (a relative step of up to 3e-9), and indices run to
# some 200: that, summed over six of them, is what rounding can move.
ROUNDING = 1e-5

RAW = RawIris(100, 20, 200, 80, 18000, 1000, 150, 200, 700, 210)
AS_THE_PLACE = {
    "familles_monoparentales": 0.2,
    "menages_une_personne": 0.4,
    "revenu_median": 18000.0,
    "age_15_29": 0.15,
    "peu_diplomes": 0.3,
    "age_65_plus": 0.2,
}


def test_a_place_like_its_reference_scores_100() -> None:
    """Against a reference that is itself, every index and every mean is 100."""
    index = ifn_2020(RAW, AS_THE_PLACE)
    assert list(index.indices.values()) == pytest.approx([100.0] * 6)
    assert list(index.aggregates.values()) == pytest.approx([100.0] * 7)


def test_the_score_is_the_mean_of_six_indices_not_of_the_axes() -> None:
    """Twice the elderly adds 100 / 6 to the score, and 50 to the axis they share."""
    index = ifn_2020(replace(RAW, people_65_plus=400), AS_THE_PLACE)
    assert index.score == pytest.approx(100.0 + 100.0 / 6.0)
    assert index.aggregates["competences_numeriques"] == pytest.approx(150.0)


def test_a_row_without_a_figure_is_refused_by_line_and_column(tmp_path: Path) -> None:
    """A missing cell is one error that names its line and its column."""
    path = tmp_path / "ifn.csv"
    path.write_text("Code Iris;Libiris;C16 Fam\n620410801;Centre;douze\n", encoding="utf-8")
    with pytest.raises(UnusableFile, match=r"ligne 2.*C16 Fam.*douze"):
        read_ifn_iris(LocalFile(path, dataset("ifn-arras-iris")))


@pytest.mark.mirror
def test_arras_is_reproduced_within_its_rounding(mirror: Path) -> None:
    """16 IRIS × 3 levels × (6 indices + 7 means): all recomputed from counts and references.

    What cannot be: the 18 references themselves (counts of département, EPCI and region are not in
    the file), and the truncated scores of département and EPCI, which are not published.
    """
    path = mirror / "fragilite" / "ifn-arras-iris.csv"
    found = read_ifn_iris(LocalFile(path, dataset("ifn-arras-iris")))
    assert len(found) == 16
    for iris in found:
        for level in LEVELS:
            computed, told = ifn_2020(iris.raw, iris.references[level]), iris.published[level]
            for name in CRITERIA:
                assert computed.indices[name] == pytest.approx(told.indices[name], abs=ROUNDING)
            for axis in AXES:
                assert computed.aggregates[axis] == pytest.approx(
                    told.aggregates[axis], abs=ROUNDING
                )
        region = ifn_2020(iris.raw, iris.references["region"]).aggregates
        assert {axis: math.floor(region[axis]) for axis in AXES} == iris.truncated


@pytest.mark.mirror
def test_the_published_index_reads_income_the_wrong_way_round(mirror: Path) -> None:
    """The known defect is reproduced, not mended: poorer than the EPCI scores under 100."""
    path = mirror / "fragilite" / "ifn-arras-iris.csv"
    for iris in read_ifn_iris(LocalFile(path, dataset("ifn-arras-iris"))):
        assert iris.raw.commune_median_income < iris.references["epci"]["revenu_median"]
        assert iris.published["epci"].indices["revenu_median"] < 100.0
