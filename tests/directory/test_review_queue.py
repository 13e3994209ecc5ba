"""People are asked once for two things, what matters most first, never what they answered."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from tests.directory.linked import (
    DOUBTFUL,
    LIKELY,
    SURE,
    THRESHOLDS,
    L,
    P,
    S,
    alike,
    key,
    places,
    put_together,
    said,
    some_decisions,
    some_likenesses,
    some_records,
    undo,
)
from tests.directory.places import BETHUNE, LILLERS, TERRITORY, told

from maillage.directory.decisions import Decision, Verdict
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.linking.model import Likeness, Question
from maillage.directory.review_queue import Doubt, QueueItem, review_queue
from maillage.standard import mednum
from maillage.territory.model import Territory

DEMARCHES = mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES


def queue(
    records: list[SourcedRecord],
    likenesses: list[Likeness],
    decisions: list[Decision] | None = None,
    territory: Territory = TERRITORY,
) -> tuple[QueueItem, ...]:
    """Return the questions that the small territory asks."""
    taken = decisions or []
    assembled = put_together(records, likenesses, taken)
    return review_queue(assembled, likenesses, taken, territory, THRESHOLDS)


def test_a_doubtful_likeness_is_asked_once_for_two_things() -> None:
    """Four doubtful pairs of rows of two permanences are one question, raised by the strongest."""
    records = [*places(2), *(replace_id(r, f"{r.ref.record_id}bis") for r in places(2))]
    pairs = [("1", "2"), ("1", "2bis"), ("1bis", "2"), ("1bis", "2bis")]
    likenesses = [alike(a, b, DOUBTFUL + n / 100) for n, (a, b) in enumerate(pairs)]
    (item,) = queue(records, likenesses)
    assert (item.question, item.doubt) == (P, Doubt.UNDECIDED)
    assert (item.left, item.right) == ((key("1"), key("1bis")), (key("2"), key("2bis")))
    assert item.likeness == likenesses[-1]
    assert item.left_id != item.right_id
    assert item.people == 1000


def replace_id(sourced: SourcedRecord, record_id: str) -> SourcedRecord:
    """Return the same record under another id, told by another source's row."""
    record = replace(sourced.record, id=record_id)
    return replace(sourced, record=record, ref=replace(sourced.ref, record_id=record_id))


def test_what_people_answered_is_not_asked_until_it_is_undone() -> None:
    """Same or different, said of one row of each, is an answer."""
    records, doubts = places(2), [alike("1", "2", DOUBTFUL)]
    for verdict in (Verdict.SAME, Verdict.DIFFERENT):
        answer = said(1, verdict, "1", "2")
        assert queue(records, doubts, [answer]) == ()
        assert len(queue(records, doubts, [answer, undo(2, 1)])) == 1


def test_of_one_permanence_lieu_and_structure_are_not_asked_besides() -> None:
    """The strongest question holds the two others; answered, these are asked."""
    doubts = [alike("1", "2", DOUBTFUL, question) for question in Question]
    assert [item.question for item in queue(places(2), doubts)] == [P]
    asked = queue(places(2), doubts, [said(1, Verdict.DIFFERENT, "1", "2")])
    assert [item.question for item in asked] == [L, S]


def test_weak_merges_are_asked_to_be_confirmed() -> None:
    """A merge that rests on one likeness hardly accepted is a question about its two parts."""
    assert queue(places(2), [alike("1", "2", SURE)]) == ()
    (item,) = queue(places(2), [alike("1", "2", LIKELY)])
    assert (item.doubt, item.left, item.right) == (Doubt.WEAK, (key("1"),), (key("2"),))
    assert item.left_id == item.right_id
    assert queue(places(2), [alike("1", "2", LIKELY)], [said(1, Verdict.SAME, "1", "2")]) == ()


def test_a_chain_of_two_that_are_hardly_alike_is_asked() -> None:
    """1 is 2, 2 is 3, but 1 and 3 are hardly alike: their side of the merge is a question."""
    chain = [alike("1", "2"), alike("2", "3", 0.99), alike("1", "3", 0.4)]
    (item,) = queue(places(3), chain)
    assert (item.doubt, item.likeness) == (Doubt.CONTRADICTED, chain[2])
    assert (item.left, item.right) == ((key("1"), key("2")), (key("3"),))


def test_a_likely_pair_that_a_contradiction_keeps_apart_is_asked_with_what_speaks_against() -> None:
    """Refused where likely; where it is not, the contradiction is answer enough."""
    records = [told("1", nom="CCAS"), told("2", nom="Médiathèque")]
    (item,) = queue(records, [alike("1", "2", LIKELY)])
    against = "services incompatibles : ccas et mediatheque"
    assert (item.question, item.doubt, item.against) == (P, Doubt.REFUSED, against)
    assert queue(records, [alike("1", "2", DOUBTFUL)]) == ()


def test_the_doubts_that_concern_most_people_come_first() -> None:
    """A commune of 27,000 before one of 1,000; an even doubt before a light one; a rare service."""
    big = [replace(z, population=27000) if z.id == LILLERS else z for z in TERRITORY.zones]
    there = {"commune": "Lillers", "code_postal": "62190", "latitude": None, "longitude": None}
    records = [
        *places(4),
        told("5", nom="Alpha", adresse="1 rue Basse", **there),
        told("6", nom="Beta", adresse="9 rue Haute", **there),
    ]
    doubts = [alike("1", "2", 0.8), alike("3", "4", 0.5), alike("5", "6", 0.8)]
    territory = replace(TERRITORY, zones=tuple(big))
    items = queue(records, doubts, territory=territory)
    assert [item.left[0].record_id for item in items] == ["5", "3", "1"]
    assert [item.people for item in items] == [27000, 1000, 1000]
    assert [round(item.weight) for item in items] == [17280, 1000, 640]
    rare = [replace(r, record=replace(r.record, services=(DEMARCHES,))) for r in records[:1]]
    items = queue([*rare, *records[1:]], doubts, territory=territory)
    assert [item.left[0].record_id for item in items] == ["5", "1", "3"]


def test_where_no_population_is_known_a_doubt_still_counts() -> None:
    """One person, not none: the question stands, last, and says that people are not known."""
    zones = tuple(
        replace(zone, population=None) if zone.id == BETHUNE else zone for zone in TERRITORY.zones
    )
    doubts = [alike("1", "2", 0.5)]
    (item,) = queue(places(2), doubts, territory=replace(TERRITORY, zones=zones))
    assert (item.people, item.weight) == (None, 1.0)


def test_doubts_about_neighbours_alone_are_not_ours() -> None:
    """Two places of Laventie are not asked about."""
    away = {"commune": "Laventie", "code_postal": "62840", "latitude": 50.63, "longitude": 2.77}
    records = [told("1", nom="A", **away), told("2", nom="B", adresse="1 rue Basse", **away)]
    assert queue(records, [alike("1", "2", DOUBTFUL)]) == ()


@given(some_records, some_likenesses, some_decisions)
def test_each_question_can_be_answered_and_is_then_asked_no_more(
    records: list[SourcedRecord], likenesses: list[Likeness], decisions: list[Decision]
) -> None:
    """Answered different, as new decision on its two sides, no question is asked again."""
    items = queue(records, likenesses, decisions)
    assert [item.weight for item in items] == sorted((i.weight for i in items), reverse=True)
    for item in items[:1]:
        answer = Decision(
            len(decisions) + 1, Verdict.DIFFERENT, item.question, item.left, item.right, None, "x"
        )
        after = queue(records, likenesses, [*decisions, answer])
        sides = {(i.question, frozenset((i.left, i.right))) for i in after}
        assert (item.question, frozenset((item.left, item.right))) not in sides
