"""Themes, who put them, how far coders agree, and what may be published of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from maillage.survey.verbatims.agreement import agreement, alpha, masi, nominal
from maillage.survey.verbatims.codebook import Change, amended, current, load_themes
from maillage.survey.verbatims.coding import (
    Coding,
    first_told,
    retained,
    standing,
    submitted,
    undone,
)
from maillage.survey.verbatims.model import Read
from maillage.survey.verbatims.quotes import Coded, Speaker, by_kind, quotes_for, share_of
from maillage.survey.verbatims.screen import screen

AT = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
_ = None
# Krippendorff 2011, « Computing Krippendorff's Alpha-Reliability », C: four observers.
PUBLISHED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]


def test_alpha_is_the_published_one() -> None:
    """On Krippendorff's example with missing values, nominal alpha is 0.743."""
    units = [[v for v in unit if v is not None] for unit in zip(*PUBLISHED, strict=True)]
    told = agreement(units, nominal)
    assert told.alpha == pytest.approx(0.743, abs=0.0005)
    assert told.low is not None
    assert told.high is not None
    assert told.low < 0.743 < told.high
    assert told.n_units == 11


def test_sets_alike_agree_and_nothing_coded_twice_tells_nothing() -> None:
    """Alpha of sets is 1 where all agree, and none where no unit was coded twice."""
    a, b = frozenset({"a"}), frozenset({"b"})
    assert alpha([[a, a], [b, b]], masi) == 1
    assert alpha([[a], [b]], masi) is None
    assert masi(a, a | b) == pytest.approx(1 - 1 / 2 * 2 / 3)


def test_the_codebook_is_whole() -> None:
    """Each theme says what belongs, what does not, and two examples."""
    themes = load_themes(AT.date())
    assert len(themes) >= 20
    assert all(
        t.label and t.belongs and t.excludes and len(t.examples) == 2 for t in themes.values()
    )


def test_amending_keeps_history() -> None:
    """A merged theme keeps its code and points to the one that took it over; no circle is made."""
    themes = load_themes(AT.date())
    now = amended(
        themes, [Change("honte", AT, "a", into="peur"), Change("peur", AT, "a", label="Peurs")]
    )
    assert (current(now, "honte"), now["peur"].label) == ("peur", "Peurs")
    with pytest.raises(ValueError, match="honte"):
        amended(now, [Change("peur", AT, "a", into="honte")])


def test_coding_is_undone_by_adding() -> None:
    """Undoing adds an event; the verbatim stays read by its coder."""
    put = Coding("v1", "peur", "a", AT)
    assert standing([put, undone(put, AT)]) == {("a", "v1"): frozenset()}
    assert standing([put, Coding("v1", "cout", "a", AT)])["a", "v1"] == {"peur", "cout"}


def _said(id_: str, kind: str, *, is_read: bool = True, agreed: bool = True) -> Coded:
    words = screen(f"mot {id_}")
    said = Read(words) if is_read else words
    return Coded(id_, id_, said, kind, frozenset({"peur"}), agreed)


def test_only_words_read_and_agreed_are_published() -> None:
    """Words not read by a person, or not agreed to, are never quoted; a rare kind is not told."""
    said = [_said("1", "une médiathèque"), _said("2", "une médiathèque"), _said("3", "un CCAS")]
    said += [_said("4", "une mairie", is_read=False), _said("5", "une mairie", agreed=False)]
    told = quotes_for(
        "peur", said, {"une médiathèque": 9, "un CCAS": 1, "une mairie": 9}, 3, most=2
    )
    assert [(q.text, q.by) for q in told] == [
        ("mot 1", "une médiathèque"),
        ("mot 3", "une structure"),
    ]


def test_a_rare_resident_is_a_resident() -> None:
    """Words of a resident whose kind is rare are « un habitant », never « une structure »."""
    one = replace(_said("1", "un homme de 18 à 29 ans"), speaker=Speaker.RESIDENT)
    (told,) = quotes_for("peur", [one], {"un homme de 18 à 29 ans": 2}, 3)
    assert told.by == "un habitant"


def test_shares_are_of_respondents_and_few_are_masked() -> None:
    """Who says it three times counts once; counts of few are not shown."""
    said = [
        Coded(f"{n}-{k}", f"{n}", screen("t"), "k", frozenset({"peur"} if n < 6 else ()))
        for n in range(12)
        for k in range(3)
    ]
    told = share_of("peur", said, 5)
    assert told is not None
    assert share_of("peur", said[:9], 5) is None
    assert by_kind(["peur"], ["k"], said[:9], 5) == ((None,),)


def test_agreement_is_of_what_each_told_first() -> None:
    """What a coder changes later does not count in it; who put nothing has coded."""
    later = AT + dt.timedelta(hours=1)
    events = [
        *submitted("v", None, frozenset({"peur"}), "a", AT),
        *submitted("v", None, frozenset(), "b", AT),
        *submitted("v", frozenset(), frozenset({"peur"}), "b", later),
    ]
    assert first_told(events) == {("a", "v"): {"peur"}, ("b", "v"): frozenset()}
    assert standing(events)["b", "v"] == {"peur"}


def test_what_most_coders_put_is_kept_and_the_first_where_they_are_equal() -> None:
    """Two against one; of two who differ, who came first."""
    both = [Coding("v", "peur", "a", AT), Coding("v", "cout", "b", AT)]
    assert retained(both) == {"v": {"peur"}}
    assert retained([*both, Coding("v", "cout", "c", AT)]) == {"v": {"cout"}}
