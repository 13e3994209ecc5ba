"""Laws of the quality of a record: what is told counts, what nobody told is asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import BETHUNE, DEMARCHES, Place, make_directory
from tests.standard.strategies import RECORDS

from maillage.directory.model import Lieu, Permanence, Precision
from maillage.directory.quality import (
    Freshness,
    QualityScore,
    freshness_of,
    months_between,
    quality_of,
)
from maillage.kernel.parameters import load_parameters
from maillage.standard.mednum import Frais, ModaliteAcces

ON = dt.date(2026, 9, 15)
PARAMETERS = load_parameters(ON)
WHOLE = {
    "telephone": "+33321000001",
    "courriels": ("a@b.fr",),
    "site_web": ("https://a.fr",),
    "modalites_acces": (ModaliteAcces.SE_PRESENTER,),
    "frais_a_charge": (Frais.GRATUIT,),
}


def told(place: Place) -> tuple[Permanence, Lieu]:
    """Return the permanence and the lieu of one place."""
    directory = make_directory(place)
    return directory.permanences[0], directory.lieux[0]


def quality(place: Place) -> QualityScore:
    """Return the quality of the record of one place."""
    return quality_of(*told(place), ON, PARAMETERS)


def whole(**changed: object) -> Place:
    """Return a place of which all is told, but for what is changed in its record."""
    return Place(BETHUNE, dated=ON, horaires="Mo 09:00-12:00", record={**WHOLE, **changed})


@pytest.mark.parametrize(
    ("start", "months"),
    [
        (dt.date(2026, 9, 15), 0),
        (dt.date(2026, 8, 16), 0),
        (dt.date(2026, 8, 15), 1),
        (dt.date(2025, 9, 15), 12),
        (dt.date(2025, 9, 16), 11),
        (dt.date(2026, 10, 1), -1),
    ],
)
def test_whole_months(start: dt.date, months: int) -> None:
    """A month is over on the same day of the next."""
    assert months_between(start, ON) == months


@pytest.mark.parametrize(
    ("date", "band"),
    [
        (dt.date(2026, 9, 15), Freshness.UP_TO_DATE),
        (dt.date(2026, 3, 16), Freshness.UP_TO_DATE),
        (dt.date(2026, 3, 15), Freshness.WATCH),
        (dt.date(2025, 9, 15), Freshness.CHECK),
        (dt.date(2025, 3, 15), Freshness.RENEW),
        (dt.date(1990, 1, 1), Freshness.RENEW),
        (dt.date(2026, 9, 16), Freshness.UNDATED),
        (None, Freshness.UNDATED),
    ],
)
def test_freshness_bands(date: dt.date | None, band: Freshness) -> None:
    """Bands end after 6, 12 and 18 whole months; a date to come tells nothing."""
    assert freshness_of(date, ON, PARAMETERS) is band


def test_a_whole_and_fresh_record_is_perfect() -> None:
    """All told and dated today: score 1, nothing to ask."""
    found = quality(whole())
    assert found.score == pytest.approx(1.0)
    assert found.asks == ()


def test_an_empty_record_is_worth_its_address_only() -> None:
    """What nobody told counts 0 and is asked for, in order of criterion."""
    found = quality(Place(BETHUNE, gives=(None,), dated=None))
    assert {c.code: c.share for c in found.criteria} == {
        "freshness": 0.0,
        "services": 0.0,
        "contact": 0.0,
        "hours": 0.0,
        "coordinates": 1.0,
        "conditions": 0.0,
    }
    assert found.score == pytest.approx(1.0 / 12.0)
    assert found.asks == (
        "relecture de toute la fiche",
        "services proposés",
        "téléphone",
        "courriel",
        "site web",
        "horaires",
        "façon de venir",
        "coût",
    )


def test_what_does_not_apply_weighs_nothing() -> None:
    """Where no public comes neither hours nor address are asked: the others share their weight."""
    closed = (ModaliteAcces.CE_LIEU_N_ACCUEILLE_PAS_DE_PUBLIC,)
    found = quality(replace(whole(modalites_acces=closed), horaires=None))
    assert {c.code for c in found.criteria if c.share is None} == {"hours", "coordinates"}
    assert found.score == pytest.approx(1.0)
    assert found.asks == ()


def test_told_none_is_told() -> None:
    """« No e-mail » and « no service » are answers: nothing is asked again."""
    found = quality(replace(whole(courriels=()), gives=((),)))
    assert found.asks == ()
    assert found.score == pytest.approx(1.0)
    assert [c.code for c in found.criteria if c.share is None] == ["conditions"]


def test_a_place_at_its_commune_is_half_placed() -> None:
    """An address without its own point is asked where exactly it is."""
    permanence, lieu = told(whole())
    vague = replace(lieu, precision=Precision.COMMUNE)
    found = quality_of(permanence, vague, ON, PARAMETERS)
    assert {c.code: c.share for c in found.criteria}["coordinates"] == 0.5
    assert found.asks == ("emplacement exact",)


def test_weights_are_the_parameters() -> None:
    """Doubling the weight of what is missing lowers the score as a weighted mean does."""
    missing = replace(whole(), horaires=None)
    heavy = PARAMETERS.replaced("quality.weight.hours", 4.0)
    assert quality(missing).score == pytest.approx(10.0 / 12.0)
    assert quality_of(*told(missing), ON, heavy).score == pytest.approx(10.0 / 14.0)
    none = PARAMETERS
    for code in ("freshness", "services", "contact", "hours", "coordinates", "conditions"):
        none = none.replaced(f"quality.weight.{code}", 0.0)
    assert quality_of(*told(missing), ON, none).score is None


@given(RECORDS, st.booleans())
def test_telling_more_never_lowers_the_score(record: object, services: bool) -> None:
    """Taking a told field away lowers the score or leaves it, and shares stay between 0 and 1."""
    permanence, lieu = told(Place(BETHUNE, gives=((DEMARCHES,) if services else None,)))
    full = replace(permanence, record=record)  # type: ignore[arg-type]
    before = quality_of(full, lieu, ON, PARAMETERS)
    assert all(c.share is None or 0.0 <= c.share <= 1.0 for c in before.criteria)
    for name in ("telephone", "courriels", "site_web", "frais_a_charge", "date_maj"):
        poorer = replace(full, record=replace(full.record, **{name: None}))
        after = quality_of(poorer, lieu, ON, PARAMETERS)
        assert (after.score or 0.0) <= (before.score or 0.0) + 1e-12
        assert len(after.asks) >= len(before.asks)
