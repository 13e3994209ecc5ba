"""Counts of right and wrong answers, and how sure one may be of their shares."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.labels import COLUMNS, Counts, Rate, counted, read_labels, wilson
from hypothesis import given
from hypothesis import strategies as st

from maillage.directory.linking.model import Question


def test_a_label_speaks_of_three_questions(tmp_path: Path) -> None:
    """A row names two records and answers each question of them."""
    path = tmp_path / "labels.csv"
    row = 'portrea,1,mairies,2,no,yes,unsure,c,"même adresse, autre porte"'
    path.write_text(f"{','.join(COLUMNS)}\n{row}\n", encoding="utf-8")
    (label,) = read_labels(path)
    assert label.left == ("portrea", "1")
    assert label.right == ("mairies", "2")
    assert [label.answers[question] for question in Question] == ["no", "yes", "unsure"]
    assert (label.kind, label.why) == ("c", "même adresse, autre porte")


def test_a_file_of_other_columns_is_refused(tmp_path: Path) -> None:
    """A file whose columns are not those of labels is named, not guessed at."""
    path = tmp_path / "labels.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"labels\.csv"):
        read_labels(path)


def test_counts_leave_out_what_nobody_knows() -> None:
    """A pair of unsure label counts neither way, whatever is answered."""
    answers = [("yes", True), ("yes", False), ("no", True), ("no", False), ("no", False)]
    counts = counted([*answers, ("unsure", True), ("unsure", False)])
    assert counts == Counts(true_yes=1, false_yes=1, false_no=1, true_no=2, unsure=2)
    assert counts.n == 5


def test_precision_recall_and_f1_are_the_usual_ones() -> None:
    """Precision is TP / (TP + FP), recall TP / (TP + FN), F1 their harmonic mean."""
    counts = Counts(true_yes=90, false_yes=10, false_no=30, true_no=70)
    assert counts.precision.value == pytest.approx(0.9)
    assert counts.recall.value == pytest.approx(0.75)
    assert counts.f1.value == pytest.approx(2 * 0.9 * 0.75 / (0.9 + 0.75))


def test_wilson_is_the_published_interval() -> None:
    """The worked example of Newcombe (1998): 81 of 263 lies between 0.2553 and 0.3662."""
    rate = wilson(81, 263)
    assert (rate.low, rate.high) == (
        pytest.approx(0.2553, abs=5e-5),
        pytest.approx(0.3662, abs=5e-5),
    )


def test_nothing_counted_is_nothing_told() -> None:
    """Where there is nothing to count there is no rate, rather than 0 or 1."""
    assert wilson(0, 0) == Rate(None, None, None)
    assert Counts(true_no=3).f1 == Rate(None, None, None)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_stays_a_share(case: tuple[int, int]) -> None:
    """0 ≤ low ≤ share ≤ high ≤ 1, whatever is counted."""
    rate = wilson(*case)
    assert rate.value is not None
    assert rate.low is not None
    assert rate.high is not None
    assert 0 <= rate.low <= rate.value + 1e-12
    assert rate.value <= rate.high + 1e-12 <= 1 + 1e-9
