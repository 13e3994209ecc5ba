"""A month in French: sentences that tell the plan, its bound, its runners-up, what is left."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from syrupy.assertion import SnapshotAssertion
from tests.rounds.months import AMES, BETHUNE, LILLERS, OPERATOR, grounded, small_month, small_plan
from tests.rounds.test_judged import judged, stop

from maillage.access.visits.bounds import Bounds
from maillage.kernel.french import FIXED, THIN
from maillage.rounds.judged import beside_plan
from maillage.rounds.model import RoundPlan
from maillage.rounds.month import Told, month_of
from maillage.rounds.month_words import flyer_title, month_text, session_words


def plain_spaces(text: str) -> str:
    """Return a text whose spaces are all ordinary."""
    return text.replace(FIXED, " ").replace(THIN, " ")


def test_the_words_are_these(snapshot: SnapshotAssertion) -> None:
    """What is said of a plan beside a present round does not change unless somebody means it."""
    one, ground = judged(stop(LILLERS), stop(BETHUNE), stop(AMES, north=0.02))
    on = grounded(ground)
    plan = small_plan(on)
    told = Told(OPERATOR, None, high=False, beside=beside_plan(one, on, plan, ground, None))
    assert month_text(month_of(on, plan, ground, told)) == snapshot


def test_a_proved_plan_says_so() -> None:
    """Where nothing separates plan and bound, no gap is told."""
    month = small_month()
    proved = replace(month, plan=replace(month.plan, proved=True, stopped=None))
    words = " ".join(month_text(proved).worth)
    assert "c'est prouvé" in words
    assert "au pire" not in words


def test_an_empty_plan_is_told_as_such() -> None:
    """A plan without any session says so, and who is left."""
    month = small_month()
    none = RoundPlan((), (), (), 0.0, 0.0, 1.0, 0.0, True, None, "à la main")
    text = month_text(replace(month, plan=none, sessions=(), stops=()))
    assert text.plan == ("Aucune venue n'est prévue : aucun arrêt n'y gagnerait.",)


def test_a_session_is_told_with_its_phone() -> None:
    """A diary says who, where, when, how often and whom to call; no phone where none is told."""
    month = small_month()
    first = month.sessions[0]
    assert first.date == dt.date(2027, 1, 5)
    assert plain_spaces(session_words(first, month)) == (
        "Le bus numérique reçoit à Lillers, Mairie, place de Lillers, mardi 5 janvier de 9 h 30 à "
        "11 h 30. Venues : chaque semaine. Renseignements : 03 21 61 00 00."
    )
    silent = replace(month, operator=replace(month.operator, telephone=None))
    assert "Renseignements" not in session_words(first, silent)


def test_a_title_agrees_with_the_commune() -> None:
    """À Lillers, au Touquet, aux Attaques."""
    month = small_month()
    assert flyer_title(month, "Les Attaques") == "Le bus numérique s'arrête aux Attaques"


def test_ids_of_sessions_last() -> None:
    """The same stop on the same date has the same id, whatever else the plan holds."""
    month = small_month()
    ids = [session.id for session in month.sessions]
    assert len(set(ids)) == len(ids) == 7
    assert ids == [session.id for session in small_month().sessions]


def test_where_nobody_lacks_help_that_is_said_alone() -> None:
    """No sentence tells of nobody newly able: under this bound there is nothing to gain."""
    month = small_month()
    nobody = replace(month, wanting=0.0)
    (said,) = month_text(nobody).worth
    assert "personne n'est sans aide joignable" in said


def test_where_the_missing_bus_does_it_all_that_is_said() -> None:
    """Fewer people by the supposed bus are people who need no round: the sentence says so."""
    month = replace(small_month(), able=Bounds(100.0, 0.0))
    assert any(
        "Ceux que ce bus emmène ont déjà une aide." in one for one in month_text(month).worth
    )
    more = replace(month, able=Bounds(100.0, 120.0))
    assert not any("Ceux que ce bus emmène" in one for one in month_text(more).worth)
