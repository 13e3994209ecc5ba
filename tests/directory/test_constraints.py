"""What people decided implies, replays, contradicts and is taken back."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from maillage.directory.constraints import DECISIONS_CONFLICT, Constraints, constraints_of, in_force
from maillage.directory.decisions import Decision, Verdict
from maillage.directory.linking.model import Question
from maillage.directory.record_key import RecordKey
from maillage.kernel.findings import Where

P, L, S = Question.PERMANENCE, Question.LIEU, Question.STRUCTURE
KEYS = [RecordKey("portrea", letter) for letter in "abcdef"]


def said(
    number: int, verdict: Verdict, left: str, right: str = "", question: Question = P
) -> Decision:
    """Return a decision on records named by letters."""
    sides = ([RecordKey("portrea", letter) for letter in side] for side in (left, right))
    return Decision(number, verdict, question, *map(tuple, sides), on=None, by="test")


def undo(number: int, cancels: int) -> Decision:
    """Return the undoing of a decision."""
    return Decision(number, Verdict.UNDO, P, (), (), None, "test", cancels=cancels)


def one(told: Constraints, question: Question, a: str, b: str) -> bool:
    """Whether two letters are decided one."""
    return told.partitions[question].together(*(ord(letter) - ord("a") for letter in (a, b)))


def never(told: Constraints, question: Question, a: str, b: str) -> bool:
    """Whether two letters are decided two."""
    i, j = (ord(letter) - ord("a") for letter in (a, b))
    return told.decided(question, i, j) and not one(told, question, a, b)


def test_an_undone_decision_says_nothing_and_an_undo_can_be_undone() -> None:
    """Undo takes back, undo of undo gives back."""
    merge = said(1, Verdict.SAME, "a", "b")
    assert in_force([merge]) == (merge,)
    assert in_force([merge, undo(2, 1)]) == ()
    assert in_force([undo(3, 2), merge, undo(2, 1)]) == (merge,)


def test_the_same_permanence_is_the_same_lieu_and_structure() -> None:
    """One permanence is one lieu and one structure; one lieu is not one permanence."""
    told = constraints_of(
        [said(1, Verdict.SAME, "a", "b"), said(2, Verdict.SAME, "c", "d", L)], KEYS
    )
    assert all(one(told, question, "a", "b") for question in Question)
    assert [one(told, question, "c", "d") for question in Question] == [False, True, False]


def test_another_lieu_is_another_permanence() -> None:
    """Another lieu or another structure is another permanence; the contrary is not said."""
    told = constraints_of(
        [said(1, Verdict.DIFFERENT, "a", "b", L), said(2, Verdict.SPLIT, "c", "d", P)], KEYS
    )
    assert never(told, P, "a", "b")
    assert not told.decided(S, 0, 1)
    assert never(told, P, "c", "d")
    assert not told.decided(L, 2, 3)


def test_the_latest_of_two_contrary_decisions_wins() -> None:
    """Directly: the older is set aside, and told."""
    older, newer = said(1, Verdict.SAME, "a", "b"), said(2, Verdict.DIFFERENT, "b", "a", L)
    told = constraints_of([older, newer], KEYS)
    assert (told.followed, told.set_aside) == ((newer,), (older,))
    assert never(told, P, "a", "b")
    back = constraints_of([newer, said(3, Verdict.SAME, "a", "b")], KEYS)
    assert back.set_aside == (newer,)


def test_the_latest_wins_through_chains_too() -> None:
    """a = b, b = c then a ≠ c: the first link of the chain yields."""
    chain = [said(1, Verdict.SAME, "a", "b"), said(2, Verdict.SAME, "b", "c")]
    told = constraints_of([*chain, said(3, Verdict.DIFFERENT, "a", "c")], KEYS)
    assert told.set_aside == (chain[0],)
    told = constraints_of([said(0, Verdict.DIFFERENT, "a", "c"), *chain], KEYS)
    assert one(told, P, "a", "c")


def test_records_that_are_gone_still_tie_the_others() -> None:
    """a = z and z = b say a = b though z is gone; a decision on the gone alone waits in silence."""
    told = constraints_of(
        [
            said(1, Verdict.SAME, "a", "z"),
            said(2, Verdict.SAME, "z", "b"),
            said(3, Verdict.SAME, "x", "y"),
        ],
        KEYS,
    )
    assert told.same(P) == [(0, 1)]
    assert told.set_aside == ()


_sides = st.text("abcdef", min_size=1, max_size=2)
_decisions = st.lists(
    st.tuples(
        st.sampled_from([Verdict.SAME, Verdict.DIFFERENT, Verdict.SPLIT]),
        _sides,
        _sides,
        st.sampled_from(Question),
    ),
    max_size=7,
).map(lambda told: [said(n, *rest) for n, rest in enumerate(told, 1)])


@given(_decisions, st.randoms(use_true_random=False))
def test_all_that_is_followed_holds(decisions: list[Decision], random: object) -> None:
    """In any order of reading, each decision followed holds, and the last one is always followed.

    Unless the last says that a record differs from itself.
    """
    shuffled = list(decisions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    told = constraints_of(shuffled, KEYS)
    assert told.followed == constraints_of(decisions, KEYS).followed
    assert sorted([*told.followed, *told.set_aside], key=lambda d: d.number) == decisions
    for decision in told.followed:
        for a, b in product(decision.left, decision.right):
            letters = (a.record_id, b.record_id)
            if decision.verdict is Verdict.SAME:
                assert one(told, decision.question, *letters)
            else:
                assert never(told, decision.question, *letters)
    possible = [d for d in decisions if d.verdict is Verdict.SAME or not {*d.left} & {*d.right}]
    assert possible == [] or possible[-1] in told.followed


def test_a_decision_no_more_followed_says_how_to_undo_one() -> None:
    """The advice is the command that lists decisions, and the one that takes one back."""
    told = DECISIONS_CONFLICT.at(Where(), n=4, verdict="séparés", question="lieu")
    assert "maillage directory decisions --undo N" in told.advice
