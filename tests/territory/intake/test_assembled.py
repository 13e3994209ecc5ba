"""The indicators assembled for one territory."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.territory.sample import BETHUNE, LILLERS, dataset, local

from maillage.kernel.errors import UnusableFile
from maillage.kernel.provenance import LocalFile
from maillage.territory.intake.assembled import COLUMNS, read_assembled_indicators

ALONE, FIXED = "part_menages_1_personne_pct", "locaux_eligibles_30mbits_plus_pct_2019"
HEAD = f"code_insee,nom,population_municipale,{ALONE},{FIXED},ifn_65,inconnue"


def test_known_columns_are_read_and_empty_is_not_zero(tmp_path: Path) -> None:
    """Empty cells are None, zero is zero, and a column that nobody described is left aside."""
    content = f"{HEAD}\n{BETHUNE},Béthune,25342,44.8,0.0,4,x\n{LILLERS},Lillers,,,28.3,5,\n"
    told, doubts = read_assembled_indicators(
        local(tmp_path, "indicateurs-communes", content, "csv")
    )
    assert told.figures.by_code[BETHUNE] == {ALONE: 44.8, FIXED: 0.0, "ifn_65": 4.0}
    assert told.figures.by_code[LILLERS][ALONE] is None
    assert [i.code for i in told.figures.indicators] == [ALONE, FIXED, "ifn_65"]
    assert (told.populations[BETHUNE], told.populations[LILLERS]) == (25342, None)
    assert doubts == ()


def test_a_share_over_100_is_told_with_its_line(tmp_path: Path) -> None:
    """A share of more than 100 % is unknown, and its place is told."""
    content = f"{HEAD}\n{BETHUNE},Béthune,25342,448,0.0,4,\n"
    told, (doubt,) = read_assembled_indicators(
        local(tmp_path, "indicateurs-communes", content, "csv")
    )
    assert told.figures.by_code[BETHUNE][ALONE] is None
    assert (doubt.code, doubt.where.line, doubt.where.field) == ("figure-out-of-range", 2, ALONE)


@pytest.mark.parametrize("head", ["commune,population", "code_insee,population"])
def test_a_file_of_something_else_is_refused(tmp_path: Path, head: str) -> None:
    """Without codes, or without a single known column, the file is refused."""
    file = local(tmp_path, "indicateurs-communes", f"{head}\n1,2\n", "csv")
    with pytest.raises(UnusableFile, match=r"colonnes"):
        read_assembled_indicators(file)


def test_each_indicator_says_its_vintage_and_its_traps(tmp_path: Path) -> None:
    """Low fiscal income is not the poverty rate, and covered homes are fragile when few."""
    content = f"code_insee,{','.join(COLUMNS)}\n{BETHUNE}{',0' * len(COLUMNS)}\n"
    told, _ = read_assembled_indicators(local(tmp_path, "indicateurs-communes", content, "csv"))
    by_code = {i.code: i for i in told.figures.indicators}
    assert set(by_code) == set(COLUMNS)
    assert all(i.label and i.vintage and i.unit for i in by_code.values())
    assert "pas le taux de pauvreté" in by_code["part_foyers_fiscaux_rfr_moins_12k_pct"].description
    assert not by_code[FIXED].higher_is_more_fragile
    assert "2 000 habitants" in by_code["rp2018_chomage_pct"].description


@pytest.mark.mirror
def test_the_real_file_reads_without_doubt(mirror: Path) -> None:
    """100 communes; the columns published for the large ones only stay empty for the others."""
    path = mirror / "insee" / "indicateurs-communes-200072460.csv"
    told, doubts = read_assembled_indicators(LocalFile(path, dataset("indicateurs-communes")))
    rows = told.figures.by_code.values()
    assert (len(rows), doubts) == (100, ())
    assert sum(row[ALONE] is not None for row in rows) == 100
    assert sum(row["rp2018_75p_pct"] is not None for row in rows) == 38
    assert sum(row["demandeurs_emploi_abc_sur_actifs_pct"] is not None for row in rows) == 19
