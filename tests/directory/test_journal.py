"""What happened to ids is the difference of two standings, with what it rests on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from maillage.directory.decisions import Decision, Verdict
from maillage.directory.journal import Event, Standing, Verb, events
from maillage.directory.ledger import Identity, Ledger
from maillage.directory.linking.model import Likeness, Question
from maillage.directory.record_key import RecordKey

ON = dt.date(2026, 11, 22)
A, B, C, D = (RecordKey("hub", name) for name in "abcd")


def ledger(*identities: Identity) -> Ledger:
    """Return a ledger in order of id."""
    return Ledger(tuple(sorted(identities, key=lambda one: one.id)))


def lieu(name: str, *held: RecordKey, leads_to: str | None = None) -> Identity:
    """Return the lieu of that name, founded on the record of that name."""
    founder = RecordKey("hub", name)
    return Identity(f"lieu-{name}", founder, ord(name), held, leads_to and f"lieu-{leads_to}")


def decided(
    number: int,
    verdict: Verdict,
    left: RecordKey,
    right: RecordKey,
    question: Question = Question.LIEU,
) -> Decision:
    """Return a decision about two records."""
    return Decision(number, verdict, question, (left,), (right,), ON, "portrea")


def undoing(number: int, cancels: int) -> Decision:
    """Return an undo."""
    return Decision(number, Verdict.UNDO, Question.LIEU, (), (), ON, "portrea", cancels=cancels)


APART = ledger(lieu("a", A), lieu("b", B))
MERGED = ledger(lieu("a", A, B), lieu("b", B, leads_to="a"))
NEAR = Likeness(Question.LIEU, A, B, 0.97)


def test_nothing_happens_between_equals() -> None:
    """A standing that did not change tells nothing; nor do ids given for the first time."""
    standing = Standing((decided(1, Verdict.SAME, A, B),), MERGED, (NEAR,))
    assert events(standing, standing) == ()
    assert events(Standing(), Standing(ledger=APART)) == ()


def test_a_merge_by_the_matcher_names_the_likeness() -> None:
    """With no decision the strongest pair between the two sides is what the merge rests on."""
    others = (
        Likeness(Question.LIEU, A, C, 0.99),
        Likeness(Question.STRUCTURE, A, B, 0.98),
        Likeness(Question.PERMANENCE, A, B, 0.9),
    )
    told = events(Standing(ledger=APART), Standing((), MERGED, (NEAR, *others)))
    assert told == (Event(Verb.MERGED, "lieu-b", ("lieu-a",), likeness=NEAR),)


def test_a_merge_that_nothing_explains_says_nothing_of_why() -> None:
    """What is not known is not invented."""
    (told,) = events(Standing(ledger=APART), Standing(ledger=MERGED))
    assert (told.decision, told.likeness) == (None, None)


def test_a_merge_by_decision_names_it() -> None:
    """The newest decision in force about both sides, a same permanence being a same lieu too."""
    old = decided(1, Verdict.SAME, A, B)
    elsewhere = decided(2, Verdict.SAME, C, D)
    same = decided(3, Verdict.SAME, A, B, Question.PERMANENCE)
    body = decided(4, Verdict.SAME, A, B, Question.STRUCTURE)
    before = Standing((old, elsewhere), APART)
    told = events(before, Standing((old, elsewhere, same, body), MERGED))
    assert told[-1] == Event(Verb.MERGED, "lieu-b", ("lieu-a",), same)


def test_a_merge_is_told_with_where_it_ends() -> None:
    """An id merged into one that is merged itself is told with the one that lives."""
    chain = ledger(lieu("a", A, B, C), lieu("b", B, leads_to="a"), lieu("c", C, leads_to="b"))
    told = events(Standing(ledger=ledger(*APART.identities, lieu("c", C))), Standing(ledger=chain))
    assert [(e.subject_id, e.others) for e in told] == [
        ("lieu-b", ("lieu-a",)),
        ("lieu-c", ("lieu-a",)),
    ]


def test_an_undo_that_lets_the_matcher_merge_is_named_with_the_likeness() -> None:
    """A merge held back by a decision, which is undone, rests on the undo and on the likeness."""
    different = decided(1, Verdict.DIFFERENT, A, B)
    undo = undoing(2, cancels=1)
    told = events(
        Standing((different,), APART, (NEAR,)), Standing((different, undo), MERGED, (NEAR,))
    )
    assert told == (
        Event(Verb.UNDONE, "lieu-a", ("lieu-b",), undo, cancelled=different),
        Event(Verb.MERGED, "lieu-b", ("lieu-a",), undo, likeness=NEAR),
    )


def test_an_id_that_lives_again_names_the_undo() -> None:
    """Taking back a merge restores the id; the one it stood in is no split of its own."""
    same, undo = decided(1, Verdict.SAME, A, B), undoing(2, cancels=1)
    told = events(Standing((same,), MERGED), Standing((same, undo), APART))
    assert told == (
        Event(Verb.UNDONE, "lieu-a", ("lieu-b",), undo, cancelled=same),
        Event(Verb.RESTORED, "lieu-b", ("lieu-a",), undo),
    )


def test_an_id_set_apart_by_decision_names_it() -> None:
    """A decision that two are different brings the merged one back."""
    different = decided(1, Verdict.DIFFERENT, B, A)
    told = events(Standing(ledger=MERGED), Standing((different,), APART))
    assert told[-1] == Event(Verb.RESTORED, "lieu-b", ("lieu-a",), different)


def test_a_split_names_the_new_id_and_the_decision() -> None:
    """The id stays with its founder; what is taken out bears another, which is told."""
    whole = ledger(lieu("a", A, B, C))
    apart = ledger(lieu("a", A, B), lieu("c", C))
    split = decided(1, Verdict.SPLIT, A, C)
    told = events(Standing(ledger=whole), Standing((split,), apart))
    assert told == (
        Event(Verb.DECIDED, "lieu-a", ("lieu-c",), split),
        Event(Verb.SPLIT, "lieu-a", ("lieu-c",), split),
    )


def test_a_record_that_passes_to_another_id_is_a_split() -> None:
    """Nothing moves from one id to another unseen."""
    before = ledger(lieu("a", A, C), lieu("b", B))
    told = events(Standing(ledger=before), Standing(ledger=ledger(lieu("a", A), lieu("b", B, C))))
    assert told == (Event(Verb.SPLIT, "lieu-a", ("lieu-b",)),)


def test_a_record_that_vanishes_is_no_split() -> None:
    """A row that is in the sources no more was taken by nobody."""
    told = events(Standing(ledger=ledger(lieu("a", A, B))), Standing(ledger=ledger(lieu("a", A))))
    assert told == ()


def test_each_kind_of_id_is_its_own() -> None:
    """The structure and the lieu of one record are two things: neither takes from the other."""
    body = Identity("structure-a", A, 0, (A, B))
    before = Standing(ledger=ledger(body, lieu("a", A, B)))
    told = events(before, Standing(ledger=ledger(body, lieu("a", A), lieu("b", B))))
    assert [(e.verb, e.subject_id) for e in told] == [(Verb.SPLIT, "lieu-a")]


def test_a_decision_about_nothing_known_is_told_of_the_whole() -> None:
    """A decision whose records no id holds is told all the same, of nothing in particular."""
    lone = decided(1, Verdict.SAME, C, D)
    assert events(Standing(), Standing((lone,))) == (Event(Verb.DECIDED, "", (), lone),)


def test_another_lieu_is_another_permanence() -> None:
    """What sets permanences apart may be that their lieux are decided to be two."""
    one = Identity("permanence-a", A, 0, (A, B))
    other = Identity("permanence-b", B, 1, (B,))
    different = decided(1, Verdict.DIFFERENT, A, B)
    told = events(
        Standing(ledger=ledger(one)),
        Standing((different,), ledger(replace(one, held=(A,)), other)),
    )
    assert told[-1] == Event(Verb.SPLIT, "permanence-a", ("permanence-b",), different)


def test_a_shorter_way_to_the_same_id_is_no_event() -> None:
    """An id that led through another, and now leads straight on, tells nothing new."""
    chain = ledger(lieu("a", A, B, C), lieu("b", B, leads_to="a"), lieu("c", C, leads_to="b"))
    short = ledger(lieu("a", A, B, C), lieu("b", B, leads_to="a"), lieu("c", C, leads_to="a"))
    assert events(Standing(ledger=chain), Standing(ledger=short)) == ()


def test_an_event_concerns_its_subject_and_the_others() -> None:
    """The history of a thing holds what happened to it and what it was in."""
    event = Event(Verb.MERGED, "lieu-b", ("lieu-a",))
    assert [event.concerns(its_id) for its_id in ("lieu-a", "lieu-b", "lieu-c")] == [
        True, True, False
    ]  # fmt: skip


@st.composite
def standings(draw: st.DrawFn) -> Ledger:
    """Return any way of grouping four records, each group led by its first one's id."""
    groups = {key: draw(st.sampled_from("abcd")) for key in (A, B, C, D)}
    leaders = {name: min(k for k in groups if groups[k] == name) for name in set(groups.values())}
    held = {
        key: tuple(k for k in groups if groups[k] == groups[key])
        for key in groups
        if leaders[groups[key]] == key
    }
    return ledger(
        *(
            lieu(key.record_id, *held[key])
            if key in held
            else lieu(key.record_id, key, leads_to=leaders[groups[key]].record_id)
            for key in groups
        )
    )


@given(before=standings(), after=standings())
def test_the_events_lead_from_the_one_to_the_other(before: Ledger, after: Ledger) -> None:
    """Played on the redirects that were, what is told gives the redirects that are."""
    redirects = {i.id: before.current(i.id) for i in before.identities}
    for event in events(Standing(ledger=before), Standing(ledger=after)):
        if event.verb is Verb.MERGED:
            (redirects[event.subject_id],) = event.others
        elif event.verb is Verb.RESTORED:
            assert event.others == (before.current(event.subject_id),)
            redirects[event.subject_id] = event.subject_id
    assert redirects == {i.id: after.current(i.id) for i in after.identities}


@given(before=standings(), after=standings())
def test_no_record_changes_id_unseen(before: Ledger, after: Ledger) -> None:
    """Wherever a record's id is another than before, an event tells of its id."""
    told = {
        its_id
        for event in events(Standing(ledger=before), Standing(ledger=after))
        for its_id in (event.subject_id, *event.others)
    }
    then = {key: one.id for one in before.identities for key in one.held if one.redirect is None}
    now = {key: one.id for one in after.identities for key in one.held if one.redirect is None}
    assert {then[key] for key in then if then[key] != now[key]} <= told
    assert {now[key] for key in then if then[key] != now[key]} <= told


def test_the_order_of_likenesses_changes_nothing() -> None:
    """Two pairs as strong as each other: the same one is told whatever the order."""
    wide = ledger(lieu("a", A, B, C), lieu("b", B, leads_to="a"))
    pairs = (NEAR, replace(NEAR, left=B, right=C))
    before = Standing(ledger=ledger(lieu("a", A, C), lieu("b", B)))
    one, other = (events(before, Standing((), wide, some)) for some in (pairs, pairs[::-1]))
    assert one == other
