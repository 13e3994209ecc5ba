"""How fresh and how complete the records are."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from tests.builders import BETHUNE, DEMARCHES, Place, make_directory

from maillage.diagnosis.quality import UNDATED, measure_quality
from maillage.kernel.parameters import load_parameters

ON = dt.date(2026, 9, 15)
PARAMETERS = load_parameters(ON)


def test_freshness_bands() -> None:
    """Six months old is no longer « moins de 6 mois »; neighbours do not count."""
    dates = [
        dt.date(2026, 3, 16),
        dt.date(2026, 3, 15),
        dt.date(2025, 9, 15),
        dt.date(2025, 3, 15),
        dt.date(2018, 5, 1),
        None,
    ]
    places = [Place(BETHUNE, dated=day) for day in dates]
    outside = Place(BETHUNE, dated=None, in_territory=False)
    quality = measure_quality(make_directory(*places, outside), ON, PARAMETERS)
    assert [(s.label, s.n, s.total) for s in quality.freshness] == [
        ("moins de 6 mois", 1, 6),
        ("de 6 à 12 mois", 1, 6),
        ("de 12 à 18 mois", 1, 6),
        ("plus de 18 mois", 2, 6),
        ("date inconnue ou à venir", 1, 6),
    ]
    assert (quality.oldest, quality.newest) == (dt.date(2018, 5, 1), dt.date(2026, 3, 16))
    assert quality.median_date == dt.date(2025, 9, 15)


def test_a_date_to_come_counts_as_none() -> None:
    """A record dated after the diagnosis is neither fresh nor the newest: its date is unknown."""
    directory = make_directory(Place(BETHUNE, dated=dt.date(2202, 11, 1)))
    quality = measure_quality(directory, ON, PARAMETERS)
    counts = {share.key: share.n for share in quality.freshness}
    assert counts.pop(UNDATED) == 1
    assert set(counts.values()) == {0}
    assert quality.newest is None


def test_completeness_by_field() -> None:
    """A field is complete where it is told; services not told and point missing count as not."""
    full = Place(
        BETHUNE,
        gives=((DEMARCHES,),),
        horaires="Mo 09:00-12:00",
        record={
            "pivot": "43493312300029",
            "telephone": "+33180059880",
            "courriels": ("a@b.fr",),
            "code_insee": "62119",
            "site_web": ("https://exemple.fr",),
        },
    )
    bare = Place(None, gives=(None,), dated=None, typologie=(), record={"courriels": ()})
    quality = measure_quality(make_directory(full, bare), ON, PARAMETERS)
    assert len(quality.completeness) == 10
    assert {(s.n, s.total) for s in quality.completeness} == {(1, 2)}
    assert quality.completeness[0].share == 0.5


def test_an_empty_directory_has_no_dates() -> None:
    """Nothing to judge gives shares of nothing."""
    quality = measure_quality(make_directory(), ON, PARAMETERS)
    assert (quality.oldest, quality.median_date, quality.newest) == (None, None, None)
    assert all(share.share == 0.0 for share in quality.freshness)


@given(st.lists(st.one_of(st.none(), st.dates(dt.date(2015, 1, 1), dt.date(2027, 1, 1)))))
def test_bands_add_up(dates: list[dt.date | None]) -> None:
    """Every record stands in exactly one band."""
    directory = make_directory(*(Place(BETHUNE, dated=day) for day in dates))
    quality = measure_quality(directory, ON, PARAMETERS)
    assert sum(share.n for share in quality.freshness) == len(dates)
