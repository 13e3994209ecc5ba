"""The intervals beside figures that others published, and beside what another library computes."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import svy

from maillage.survey.estimates.intervals import mid_p
from maillage.survey.estimates.sampling import Sample, intervals_of
from maillage.survey.estimates.weights import Weights

PUBLISHED = Path(__file__).parent / "published" / "maubeuge-2021.csv"
N_MAUBEUGE = 192
WORDS = ("sport", "cinema", "cuisine", "bricol", "peche.chasse", "hard.rock", "lecture.bd")
NATIONAL = {("equipement", "smartphone"): 84, ("equipement", "ordinateur"): 61}
"""What the same page says of the country."""


def _rows(mirror: Path) -> list[dict[str, str]]:
    with (mirror / "enquetes" / "hdv2003.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.mirror
@pytest.mark.parametrize("question", WORDS)
def test_weighted_shares_and_their_ends_are_those_of_another_library(
    mirror: Path, question: str
) -> None:
    """2,000 answers of a national survey: share, design effect, Korn–Graubard ends, by ``svy``."""
    rows = _rows(mirror)
    yes = np.array([row[question] == "Oui" for row in rows])
    weights = np.array([float(row["poids"]) for row in rows])
    n = len(rows)
    ours = Sample(Weights(weights, np.ones((n, 1)), np.ones(n))).shares(
        yes[:, None], np.ones(n, dtype=np.bool_)
    )
    (((low,), (high,)),) = intervals_of([ours])
    frame = pl.DataFrame({"yes": yes.astype(np.int64), "w": weights})
    told = svy.Sample(frame, svy.Design(wgt="w")).estimation.prop(
        "yes", ci_method="korn-graubard", deff="wr"
    )
    theirs = next(one for one in told.to_dicts() if str(one["y_level"]) == "1")
    assert ours.shares[0] == pytest.approx(theirs["est"], abs=1e-9)
    assert low == pytest.approx(theirs["lci"], abs=0.002)
    assert high == pytest.approx(theirs["uci"], abs=0.002)
    assert ours.effect[0] == pytest.approx(theirs["deff"], rel=0.02)


def _published() -> dict[tuple[str, str], float]:
    with PUBLISHED.open(encoding="utf-8", newline="") as opened:
        return {
            (row["question"], row["choice"]): float(row["percent"])
            for row in csv.DictReader(opened)
        }


def test_published_percentages_of_192_answers_are_told_within_seven_points() -> None:
    """63 % of 192 is between 56 and 70: at least, for the report does not give its weights."""
    told = _published()
    shares = np.array([percent / 100 for percent in told.values()])
    low, high = mid_p(shares, np.full(len(shares), float(N_MAUBEUGE)))
    found = dict(zip(told, zip(low, high, strict=True), strict=True))
    assert [round(end, 2) for end in found["equipement", "smartphone"]] == [0.56, 0.7]
    assert [round(end, 2) for end in found["equipement", "aucun"]] == [0.05, 0.13]
    assert max((high - low) / 2) < 0.072


def test_what_that_report_says_is_lower_than_the_country_is() -> None:
    """Even at the high end of its interval: the country's share stands outside."""
    told = _published()
    for asked, country in NATIONAL.items():
        _, high = mid_p(np.array([told[asked] / 100]), np.array([float(N_MAUBEUGE)]))
        assert high[0] < country / 100


def test_published_choices_of_one_answer_add_up() -> None:
    """How much at ease people say to be: four choices, one hundred."""
    told = _published()
    assert sum(told[one] for one in told if one[0] == "aisance") == 100
