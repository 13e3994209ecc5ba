"""What was heard, counted: of how many, how sure, what changed, and nobody read out of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.territory.sample import with_indicators

from maillage.demo.survey import draw_survey
from maillage.demo.survey_hearing import demo_hearing
from maillage.diagnosis.heard import hear, needs_sentence, people_heard
from maillage.diagnosis.heard_asked import ASKED_OF_STRUCTURES, Asked, in_difficulty
from maillage.diagnosis.heard_counting import Told, WaveCounted, change_of
from maillage.diagnosis.heard_model import Heard, HeardChange, HeardShare, Hearing, Quotable, Voices
from maillage.diagnosis.heard_words import between, change_short, change_told, share_told
from maillage.kernel.french import FIXED
from maillage.kernel.parameters import load_parameters
from maillage.survey.answers.model import Answer, Channel
from maillage.survey.estimates.weights import Margin, Weighting
from maillage.survey.verbatims.model import Read
from maillage.survey.verbatims.screen import screen
from maillage.territory.fragility_model import FragilePeople
from maillage.territory.model import Territory

ON = dt.date(2026, 11, 1)
PARAMETERS = load_parameters(ON)
ONE_SCORE: dict[str, list[float | None]] = {"score": [1.0, 1.0, 1.0]}
NO_ANSWER = ASKED_OF_STRUCTURES[0]


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
    return hear(hearing, place, people, PARAMETERS)


def counted(answers: Sequence[Answer], weighting: Weighting | None = None) -> WaveCounted:
    """Return answers made ready to count, counts under 5 hidden."""
    return WaveCounted(answers, weighting or Weighting(), 5)


def share_of(wave: WaveCounted, asked: Asked = NO_ANSWER) -> HeardShare:
    """Return the share of a wave."""
    return wave.shares([asked])[asked.code]


def change(before: Sequence[Answer], after: Sequence[Answer]) -> HeardChange | None:
    """Return how the share without an answer to give changed."""
    first, last = (Told(one, one.shares([NO_ANSWER])) for one in map(counted, (before, after)))
    return change_of(NO_ANSWER, first, last)


def test_a_share_says_of_how_many() -> None:
    """46 of 140, drawn from endless many: 33 %, between 25 and 41; of 160, far surer."""
    found = share_of(counted(structures(140, 46)))
    assert share_told(found).replace(FIXED, " ") == "33 % (46 sur 140 ; entre 25 et 41 %)"
    nearly_all = share_of(counted(structures(140, 46), Weighting(population=160)))
    assert share_told(nearly_all).replace(FIXED, " ") == "33 % (46 sur 140 ; entre 30 et 36 %)"
    everybody = share_of(counted(structures(140, 46), Weighting(population=140)))
    assert everybody.low == everybody.share == everybody.high


@pytest.mark.parametrize(("n", "n_yes"), [(40, 4), (40, 36), (3, 1), (0, 0)])
def test_a_share_of_few_is_not_shown(n: int, n_yes: int) -> None:
    """Four who did, or four who did not, are not told, nor anything they could be read from."""
    found = share_of(counted(structures(n, n_yes)))
    assert (found.n, found.n_yes, found.share, found.low, found.high) == (None,) * 5


def test_margins_move_a_share() -> None:
    """Where few of those who answered are old and many of all are, the old count for more."""
    people = [*residents([("A", 30, 3)]), *residents([("B", 10, 6)])]
    margin = Margin("commune", {"A": 500.0, "B": 500.0})
    weighted = WaveCounted(people, Weighting((margin,), population=1000.0), 5)
    difficulty = Asked("x", "usage", frozenset({"jamais"}), "n'y vont jamais", frozenset())
    assert share_of(counted(people), difficulty).share == pytest.approx(9 / 40)
    assert share_of(weighted, difficulty).share == pytest.approx(0.5 * 0.1 + 0.5 * 0.6)
    assert weighted.worth < 40
    assert sum(weighted.weights.values()) == pytest.approx(1000.0)


@settings(max_examples=25)
@given(st.integers(10, 200), st.floats(0.0, 1.0), st.integers(0, 400))
def test_an_interval_holds_its_share(n: int, share: float, more: int) -> None:
    """Whatever the share, of however many, it lies in its interval, in 0-1."""
    told = counted(structures(n, round(n * share)), Weighting(population=float(n + more)))
    found = share_of(told)
    if found.share is not None and found.low is not None and found.high is not None:
        assert 0.0 <= found.low <= found.share <= found.high <= 1.0


def test_waves_are_compared_on_those_heard_twice() -> None:
    """Of 60 heard both times, 20 no longer: the fall is told, with the 60."""
    found = change(structures(80, 40, "2024"), structures(60, 20))
    assert found is not None
    assert found.n_pairs == 60
    assert found.difference == pytest.approx(-20 / 60)
    assert found.visible
    assert change_short(found) == "en baisse"


def test_no_visible_change_is_said_so() -> None:
    """As many as before, others: the sentence says that nothing is seen to change."""
    before = structures(60, 20, "2024", first=100)
    found = change(before, structures(60, 21))
    assert found is not None
    assert found.n_pairs is None
    assert not found.visible
    voices = heard(Hearing(structures=(*before, *structures(60, 21)))).structures
    assert voices is not None
    assert change_told(found, voices).startswith("Pas de changement visible depuis 2024")


def test_the_demo_gets_better_in_one_thing_and_not_in_the_other() -> None:
    """Who has no answer to give is rarer two years later; whose public is stopped has not changed,
    and residents are weighted to their age and sex.
    """
    found = heard(demo_hearing(draw_survey()))
    assert found.structures is not None
    assert found.residents is not None
    better, same = (found.structures.change(one) for one in ("no-answer", "stopped-by-mobility"))
    assert better is not None
    assert same is not None
    assert better.visible
    assert better.difference < -0.05
    assert not same.visible
    assert found.residents.margins == ("age", "sexe")
    assert 250 < found.residents.worth < 400


def test_what_comes_after_the_day_counts_for_nothing() -> None:
    """A wave that ends after the day of the diagnosis is not heard yet."""
    later = structures(40, 20, "2028")
    found = heard(Hearing(structures=(*structures(40, 10), *later))).structures
    assert found is not None
    assert (found.wave, found.wave_before) == ("2026", None)
    assert heard(Hearing(structures=tuple(later))).structures is None


def test_nobody_counts_twice_in_a_wave() -> None:
    """Of two answers of one structure the last counts, whatever the order of the others."""
    first, again = structures(40, 20), structures(1, 0)
    twice = [*first, replace(again[0], id="again")]
    found, once = (heard(Hearing(structures=tuple(one))).structures for one in (twice, first))
    assert found is not None
    assert once is not None
    assert (found.n, once.n) == (40, 40)
    shares = [one.share("no-answer") for one in (found, once)]
    assert [one.n_yes for one in shares if one is not None] == [19, 20]


def test_a_wave_that_hardly_began_does_not_hide_the_one_before() -> None:
    """With four answers nothing could be told of it: the report stays at the last wave heard."""
    begun = structures(4, 2, "2026")
    found = heard(Hearing(structures=(*structures(40, 20, "2024"), *begun))).structures
    assert found is not None
    assert (found.wave, found.wave_before, found.n) == ("2024", None, 40)


@given(st.permutations(range(30)))
def test_order_changes_nothing(order: list[int]) -> None:
    """Answers in another order tell the same."""
    told = structures(30, 12)
    mixed = [told[rank] for rank in order]
    found, same = (heard(Hearing(structures=tuple(one))).structures for one in (told, mixed))
    assert found is not None
    assert same is not None
    assert found.shares == same.shares


def test_words_stand_beside_their_figure_once() -> None:
    """At most two a figure, of different kinds, of its themes, of the wave told."""
    words = (
        Quotable(Read(screen("un")), "une mairie", ("lien_reseau",), "2026"),
        Quotable(Read(screen("deux")), "une mairie", ("lien_reseau",), "2026"),
        Quotable(Read(screen("trois")), "un CCAS", ("mobilite",), "2026"),
        Quotable(Read(screen("quatre")), "un CCAS", ("lien_reseau",), "2024"),
        Quotable(Read(screen("cinq")), "un CCAS", ("connaissance_offre",), "2026"),
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
    found = hear(hearing, place, people, PARAMETERS)
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
