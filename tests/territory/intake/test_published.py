"""The published index and the published estimate of illectronisme."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.territory.sample import AUCHEL, BETHUNE, LILLERS, SIREN, dataset, local

from maillage.kernel.errors import UnusableFile
from maillage.kernel.provenance import LocalFile
from maillage.territory.intake.published import (
    read_ifn_communes,
    read_ifn_epci,
    read_illectronisme,
)

HEAD = "name,division,code,no_thd_coverage_rate,no_4g_coverage_rate,poverty_rate,older_65_rate"
HEAD += ",nscol15p_rate,total"


def _ifn(folder: Path, *rows: str) -> LocalFile:
    return local(folder, "ifn-communes", "\n".join([HEAD, *rows]), "csv")


def test_the_index_of_the_wanted_communes_is_read(tmp_path: Path) -> None:
    """Only the wanted communes come, by indicator; figures keep their decimals."""
    file = _ifn(
        tmp_path, f"Béthune,city,{BETHUNE},1,5.3,9,4,7,5.5", "Ailleurs,city,01001,1,1,1,1,1,1"
    )
    figures, doubts = read_ifn_communes(file, [BETHUNE])
    assert set(figures.by_code) == {BETHUNE}
    assert figures.by_code[BETHUNE]["ifn_4g"] == 5.3
    assert figures.by_code[BETHUNE]["ifn_total"] == 5.5
    assert [i.code for i in figures.indicators][:2] == ["ifn_thd", "ifn_4g"]
    assert doubts == ()


def test_a_commune_without_index_is_told(tmp_path: Path) -> None:
    """No row, empty cells and a row of zeros are all « not published », and all told."""
    file = _ifn(tmp_path, f"Béthune,city,{BETHUNE},,,,,,", f"Lillers,city,{LILLERS},0,0,0,0,0,0.0")
    figures, doubts = read_ifn_communes(file, [BETHUNE, LILLERS, AUCHEL])
    assert set(figures.by_code[LILLERS].values()) == {None}
    assert [(d.code, d.where.subject) for d in doubts] == [
        ("ifn-missing", AUCHEL),
        ("ifn-missing", BETHUNE),
        ("ifn-missing", LILLERS),
    ]


def test_a_score_out_of_its_scale_is_told_and_left_unknown(tmp_path: Path) -> None:
    """A score above 10 is not a score; its line and column are told."""
    figures, (doubt,) = read_ifn_communes(
        _ifn(tmp_path, f"B,city,{BETHUNE},11,5,5,5,5,5"), [BETHUNE]
    )
    assert figures.by_code[BETHUNE]["ifn_thd"] is None
    assert (doubt.where.line, doubt.where.field) == (2, "no_thd_coverage_rate")


def test_the_index_of_an_epci_is_read_or_absent(tmp_path: Path) -> None:
    """An EPCI has its five criteria and its total; one without row has none."""
    file = local(tmp_path, "ifn-epci", f"{HEAD}\nCABBALR,epci,{SIREN},1,5,7,4,,5\n", "csv")
    index, _ = read_ifn_epci(file, SIREN)
    assert index is not None
    assert (index.criteria["ifn_pauvrete"], index.total) == (7.0, 5.0)
    assert "ifn_diplome" not in index.criteria
    assert read_ifn_epci(file, "200000000")[0] is None


def test_columns_of_another_edition_are_refused(tmp_path: Path) -> None:
    """A file without the expected columns is refused, naming them."""
    with pytest.raises(UnusableFile, match=r"no_thd_coverage_rate"):
        read_ifn_communes(local(tmp_path, "ifn-communes", "code,score\n1,2\n", "csv"), [BETHUNE])


def _illectronisme(folder: Path, rate: str, number: str) -> LocalFile:
    item = (
        f'{{"Code EPCI": {SIREN}, "Libellé EPCI": "B", "Taux (en %)": {rate}, "Nombre": {number}}}'
    )
    return local(folder, "illectronisme-epci", f"[{item}]")


def test_french_rates_and_numbers_are_read(tmp_path: Path) -> None:
    """« 17,3 » and « 38 584 » with a thin space are a share and a number of people."""
    published, doubts = read_illectronisme(
        _illectronisme(tmp_path, '"17,3"', '"38\u202f584"'), SIREN
    )
    assert published is not None
    assert (published.share, published.n_people) == (pytest.approx(0.173), 38584)
    assert doubts == ()


@pytest.mark.parametrize(
    ("rate", "number", "code"),
    [
        ('"n.d."', '"38 584"', "figure-unreadable"),
        ('"17,3"', '"beaucoup"', "figure-unreadable"),
        ('"173"', '"38 584"', "figure-out-of-range"),
    ],
)
def test_an_impossible_estimate_is_told_and_left_unknown(
    tmp_path: Path, rate: str, number: str, code: str
) -> None:
    """An unreadable or impossible rate gives no estimate, and one finding."""
    published, doubts = read_illectronisme(_illectronisme(tmp_path, rate, number), SIREN)
    assert published is None
    assert [d.code for d in doubts] == [code]


def test_an_epci_outside_the_study_has_no_estimate(tmp_path: Path) -> None:
    """An EPCI that the estimate does not speak of has none."""
    file = _illectronisme(tmp_path, '"17,3"', '"10"')
    assert read_illectronisme(file, "200000000")[0] is None


@pytest.mark.mirror
def test_the_real_estimate_of_cabballr(mirror: Path) -> None:
    """CABBALR: 17.3 % and 38,584 people, as INSEE published."""
    path = mirror / "fragilite" / "illectronisme-insee-epci-hdf.json"
    published, doubts = read_illectronisme(LocalFile(path, dataset("illectronisme-epci")), SIREN)
    assert published is not None
    assert (round(published.share, 3), published.n_people, doubts) == (0.173, 38584, ())
