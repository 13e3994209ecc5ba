"""What was heard, counted: of how many, how sure, what changed, and nobody read out of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.territory.sample import with_indicators

from maillage.diagnosis.heard import hear, needs_sentence, people_heard
from maillage.diagnosis.heard_asked import ASKED_OF_STRUCTURES, in_difficulty
from maillage.diagnosis.heard_counting import Design, change_of, interval, share_of
from maillage.diagnosis.heard_model import Heard, Hearing, Quotable, Voices
from maillage.diagnosis.heard_words import between, change_short, change_told, share_told
from maillage.kernel.french import FIXED
from maillage.kernel.parameters import load_parameters
from maillage.survey.answers.model import Answer, Channel
from maillage.territory.fragility_model import FragilePeople
from maillage.territory.model import Territory

ON = dt.date(2026, 11, 1)
PARAMETERS = load_parameters(ON)
ONE_SCORE: dict[str, list[float | None]] = {"score": [1.0, 1.0, 1.0]}
NO_ANSWER = ASKED_OF_STRUCTURES[0]
DESIGN = Design(None, {}, 5)


def structures(n: int, n_yes: int, wave: str = "2026", first: int = 0) -> list[Answer]:
    """Return the answers of so many structures, the first of which have no answer to give."""
    year = int(wave)
    return [
        Answer(
            id=f"{wave}-{rank}",
            form="structures",
            version="1",
            wave=wave,
            channel=Channel.PHONE,
            values={"reponse_non_servis": "aucune_reponse" if rank < n_yes else "nsp"},
            contact=f"c{first + rank}",
            ended=dt.datetime(year, 4, 1, 10, tzinfo=dt.UTC),
        )
        for rank in range(n)
    ]


def residents(told: Sequence[tuple[str, int, int]]) -> list[Answer]:
    """Return the answers of (commune, how many, how many in difficulty)."""
    return [
        Answer(
            id=f"{commune}-{rank}",
            form="habitants",
            version="1",
            wave="2026",
            channel=Channel.COUNTER,
            values={
                "commune": commune,
                "usage": "jamais" if rank < n_yes else "tous_les_jours",
                "aisance": "plutot",
            },
        )
        for commune, n, n_yes in told
        for rank in range(n)
    ]


def heard(hearing: Hearing, territory: Territory | None = None) -> Heard:
    """Return what was heard of a territory of three communes of one score."""
    place = territory or with_indicators(ONE_SCORE, populations=[1000, 1000, 1000])
    people = FragilePeople(np.array([100.0, 100.0, 100.0]), are_people=False, method="Score.")
    return hear(hearing, place, people, PARAMETERS, ON)


def test_a_share_says_of_how_many() -> None:
    """46 of 140, drawn from endless many: 33 %, between 26 and 41; of 160, far surer."""
    found = share_of(NO_ANSWER, structures(140, 46), DESIGN)
    assert share_told(found).replace(FIXED, " ") == "33 % (46 sur 140 ; entre 26 et 41 %)"
    nearly_all = share_of(NO_ANSWER, structures(140, 46), Design(160, {}, 5))
    assert share_told(nearly_all).replace(FIXED, " ") == "33 % (46 sur 140 ; entre 30 et 36 %)"
    everybody = share_of(NO_ANSWER, structures(140, 46), Design(140, {}, 5))
    assert (everybody.low, everybody.high) == (everybody.share, everybody.share)


@pytest.mark.parametrize(("n", "n_yes"), [(40, 4), (40, 36), (3, 1), (0, 0)])
def test_a_share_of_few_is_not_shown(n: int, n_yes: int) -> None:
    """Four who did, or four who did not, are not told, nor anything they could be read from."""
    found = share_of(NO_ANSWER, structures(n, n_yes), DESIGN)
    assert (found.n, found.n_yes, found.share, found.low, found.high) == (None,) * 5


def test_weights_move_a_share_and_make_it_less_sure() -> None:
    """Who counts for four moves the share; the interval is that of fewer answers."""
    answers = structures(40, 20)
    weights = {one.id: 4.0 if rank < 10 else 1.0 for rank, one in enumerate(answers)}
    found = share_of(NO_ANSWER, answers, Design(None, weights, 5))
    even = share_of(NO_ANSWER, answers, DESIGN)
    assert found.share == pytest.approx(50 / 70)
    assert (found.high or 0) - (found.low or 0) > 0.9 * ((even.high or 0) - (even.low or 0))
    assert (found.n, found.n_yes) == (40, 20)


@given(st.floats(0.0, 1.0), st.floats(1.0, 5000.0))
def test_an_interval_holds_its_share(share: float, n: float) -> None:
    """Whatever the share and its worth, it lies in its interval, in 0-1."""
    low, high = interval(share, n)
    assert 0.0 <= low <= share <= high <= 1.0


def test_waves_are_compared_on_those_heard_twice() -> None:
    """Of 60 heard both times, 20 no longer: the fall is told, with the 60."""
    before, after = structures(80, 40, "2024"), structures(60, 20)
    found = change_of(NO_ANSWER, (before, after), (DESIGN, DESIGN))
    assert found is not None
    assert found.n_pairs == 60
    assert found.difference == pytest.approx(-20 / 60)
    assert found.visible
    assert change_short(found) == "en baisse"


def test_no_visible_change_is_said_so() -> None:
    """As many as before, others: the sentence says that nothing is seen to change."""
    before = structures(60, 20, "2024", first=100)
    found = change_of(NO_ANSWER, (before, structures(60, 21)), (DESIGN, DESIGN))
    assert found is not None
    assert found.n_pairs is None
    assert not found.visible
    voices = heard(Hearing(structures=(*before, *structures(60, 21)))).structures
    assert voices is not None
    assert change_told(found, voices).startswith("Pas de changement visible depuis 2024")


def test_what_comes_after_the_day_counts_for_nothing() -> None:
    """A wave that ends after the day of the diagnosis is not heard yet."""
    later = structures(40, 20, "2028")
    found = heard(Hearing(structures=(*structures(40, 10), *later))).structures
    assert found is not None
    assert (found.wave, found.wave_before) == ("2026", None)
    assert heard(Hearing(structures=tuple(later))).structures is None


def test_words_stand_beside_their_figure_once() -> None:
    """At most two a figure, of different kinds, of its themes, of the wave told."""
    words = (
        Quotable("un", "une mairie", ("lien_reseau",), "2026"),
        Quotable("deux", "une mairie", ("lien_reseau",), "2026"),
        Quotable("trois", "un CCAS", ("mobilite",), "2026"),
        Quotable("quatre", "un CCAS", ("lien_reseau",), "2024"),
        Quotable("cinq", "un CCAS", ("connaissance_offre",), "2026"),
    )
    found = heard(Hearing(structures=tuple(structures(40, 20)), from_structures=words)).structures
    assert found is not None
    beside = [(one.beside, one.text) for one in found.quotes]
    assert beside[:2] == [("no-answer", "un"), ("no-answer", "cinq")]
    assert ("stopped-by-mobility", "trois") in beside
    assert "quatre" not in [text for _, text in beside]


def test_who_is_missing_is_told_by_kind() -> None:
    """Of those to hear, how many were, the kind most missing first."""
    to_hear = {f"c{rank}": "mairie" if rank < 30 else "association" for rank in range(50)}
    hearing = Hearing(structures=tuple(structures(40, 20)), to_hear={"2026": to_hear})
    found = heard(hearing).structures
    assert found is not None
    assert [(one.kind, one.n_to_hear, one.n_heard) for one in found.kinds] == [
        ("association", 20, 10),
        ("mairie", 30, 30),
    ]
    assert found.n_to_hear == 50


def test_difficulty_is_never_or_not_at_all() -> None:
    """Who never goes online, or is not at ease at all; half an answer tells nothing."""
    assert in_difficulty({"usage": "jamais"})
    assert in_difficulty({"aisance": "pas_du_tout", "usage": "rarement"})
    assert in_difficulty({"aisance": "plutot", "usage": "rarement"}) is False
    assert in_difficulty({"aisance": "plutot"}) is None


def test_needs_follow_answers_and_keep_their_total() -> None:
    """The commune where more are in difficulty weighs more than before, the sum is the same."""
    place = with_indicators(ONE_SCORE, populations=[1000, 1000, 1000])
    people = FragilePeople(np.array([100.0, 100.0, 100.0]), are_people=False, method="Score.")
    first, second, third = (zone.code_insee for zone in place.zones)
    hearing = Hearing(residents=tuple(residents([(first, 40, 20), (second, 40, 4), (third, 3, 3)])))
    found = hear(hearing, place, people, PARAMETERS, ON)
    assert found.needs is not None
    assert [one.code_insee for one in found.needs.communes] == sorted([first, second])
    kept = people_heard(people, place, found.needs)
    assert kept.weights.sum() == pytest.approx(300.0)
    assert kept.weights[0] > kept.weights[2] > kept.weights[1]
    assert needs_sentence(found.needs) in kept.method


def test_communes_are_known_by_code_or_by_name() -> None:
    """A name, however it is cased, is a commune; a place that is none counts nowhere."""
    place = with_indicators(ONE_SCORE, populations=[1000, 1000, 1000])
    name = place.zones[0].name.upper()
    told = residents([(name, 40, 20), ("Ailleurs", 40, 20)])
    found = heard(Hearing(residents=tuple(told)), place)
    assert found.needs is not None
    assert found.needs.n == 40


def test_nobody_heard_changes_nothing() -> None:
    """Without residents nothing moves, and no chapter stands on nothing."""
    place = with_indicators(ONE_SCORE, populations=[1000, 1000, 1000])
    people = FragilePeople(np.array([1.0, 2.0, 3.0]), are_people=False, method="Score.")
    found = heard(Hearing(), place)
    assert (found.structures, found.residents, found.needs) == (None, None, None)
    assert people_heard(people, place, found.needs) is people


def test_an_interval_in_words() -> None:
    """Bounds are told in percent, once."""
    assert between(0.27, 0.4).replace(FIXED, " ") == "entre 27 et 40 %"
    assert isinstance(heard(Hearing(structures=tuple(structures(9, 5)))).structures, Voices)
