"""Likenesses, contradictions and decisions put records together, or keep them apart."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.directory.linked import (
    DOUBTFUL,
    LIKELY,
    L,
    P,
    S,
    alike,
    chosen,
    key,
    places,
    put_together,
    said,
    some_decisions,
    some_likenesses,
    some_records,
    thing,
    together,
    undo,
)
from tests.directory.places import PARAMETERS, TERRITORY, told

from maillage.directory.assembled import Assembled
from maillage.directory.constraints import constraints_of
from maillage.directory.decisions import Decision, Verdict
from maillage.directory.gazetteer import gazetteer_of
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.joining import Joining, accepted_links
from maillage.directory.linking.model import Likeness, Profile, Question
from maillage.directory.model import Precision
from maillage.directory.placed import place_records
from maillage.directory.presences import presences_of


def answers(assembled: Assembled, left: str = "1", right: str = "2") -> list[bool]:
    """Return whether two records are one permanence, one lieu, one structure."""
    return [together(assembled, question, left, right) for question in (P, L, S)]


def test_a_likeness_that_is_accepted_joins() -> None:
    """Nothing told: three of each; alike enough: one permanence, one lieu, one structure."""
    records = places(2)
    assert answers(put_together(records)) == [False, False, False]
    assert answers(put_together(records, [alike("1", "2")])) == [True, True, True]
    assert answers(put_together(records, [alike("1", "2", DOUBTFUL)])) == [False, False, False]


def test_the_three_questions_are_three() -> None:
    """One lieu is not one structure, and the other way round."""
    records = places(2)
    assert answers(put_together(records, [alike("1", "2", question=L)])) == [False, True, False]
    assert answers(put_together(records, [alike("1", "2", question=S)])) == [False, False, True]


def test_people_part_what_an_exact_key_joins() -> None:
    """The same name at the same address is two where a person says so, lieu apart or not."""
    records = [told("1"), told("2"), told("3")]
    assert answers(put_together(records)) == [True, True, True]
    split = put_together(records, decisions=[said(1, Verdict.SPLIT, "1 3", "2")])
    assert answers(split) == [False, True, True]
    assert together(split, P, "1", "3")
    other = put_together(records, decisions=[said(1, Verdict.DIFFERENT, "1", "2", L)])
    assert answers(other) == [False, False, True]


def test_people_join_what_nothing_joins() -> None:
    """Two names at two addresses are one where a person says so."""
    merged = put_together(places(3), decisions=[said(1, Verdict.SAME, "1", "2")])
    assert answers(merged) == [True, True, True]
    assert len(merged.directory.permanences) == 2


def test_an_exact_key_does_not_join_through_what_people_parted() -> None:
    """1 and 2 share an address with 3 each: 3 goes with one, never with both."""
    records = [told("1"), told("2"), told("3")]
    split = put_together(records, decisions=[said(1, Verdict.DIFFERENT, "1", "2")])
    assert [together(split, P, "3", other) for other in "12"].count(True) == 1


def test_a_lieu_people_parted_holds_against_merges_of_others() -> None:
    """1 is not where 2 is; 3 and 4 are at one lieu: 1 with 3 and 2 with 4 can't both be one."""
    decisions = [said(1, Verdict.DIFFERENT, "1", "2", L), said(2, Verdict.SAME, "3", "4", L)]
    likenesses = [alike("1", "3"), alike("2", "4", LIKELY)]
    both = put_together(places(4), likenesses, decisions)
    assert together(both, P, "1", "3")
    assert not together(both, P, "2", "4")
    assert not together(both, L, "1", "2")
    assert together(both, L, "3", "4")


def test_a_contradiction_keeps_apart_what_keys_and_likenesses_join() -> None:
    """No group holds two that contradict, were they joined by an exact key."""

    def contrary(a: Profile, b: Profile, _question: Question) -> str | None:
        """Two telephones are two places, in this test."""
        known = a.telephone and b.telephone
        return "deux téléphones" if known and a.telephone != b.telephone else None

    records = [told("1", telephone="+33321615000"), told("2"), told("3", telephone="+33321615001")]
    placed, _ = place_records(records, gazetteer_of(TERRITORY, PARAMETERS))
    links = accepted_links([alike("1", "3")], placed, PARAMETERS)
    joining = Joining(placed, constraints_of((), [p.key for p in placed]), links, contrary)
    assert presences_of(placed, joining).groups == [[0, 1], [2]]
    assert joining.contradiction(P, 2, 0) == "deux téléphones"
    decided = constraints_of([said(1, Verdict.SAME, "1", "3")], [p.key for p in placed])
    joining = Joining(placed, decided, links, contrary)
    assert presences_of(placed, joining).groups == [[0, 1, 2]]


def test_a_matcher_that_found_nothing_still_looks_for_contradictions() -> None:
    """An id used twice is one thing where no matcher ran, two where one did, whatever it found."""
    ends = {"adresse": "1 rue Basse", "latitude": 50.529, "longitude": 2.6405}
    records = [told("374", nom="CCAS", **ends), told("374", nom="Médiathèque", **ends)]
    records[1] = replace(records[1], ref=replace(records[1].ref, source_id="annuaire"))
    records = [replace(r, record=replace(r.record, source="Hub")) for r in records]
    assert len(put_together(records).directory.permanences) == 1
    assert len(put_together(records, []).directory.permanences) == 2


def test_a_person_chooses_the_value_of_a_field() -> None:
    """The telephone of the older record, until the choice is undone."""
    records = [
        told("1", telephone="+33321615000"),
        told("2", telephone="+33321615001", date_maj=dt.date(2024, 1, 1)),
    ]
    decisions = [chosen(1, "1", "telephone")]

    def phone(*taken: Decision) -> str | None:
        """Return the phone of the only permanence."""
        (permanence,) = put_together(records, decisions=taken).directory.permanences
        return permanence.record.telephone

    assert phone() == "+33321615001"
    assert phone(*decisions) == "+33321615000"
    assert phone(*decisions, chosen(2, "2", "telephone")) == "+33321615001"
    assert phone(*decisions, undo(2, 1)) == "+33321615001"
    assert phone(chosen(1, "1", "courriels")) == "+33321615001"


def test_an_address_is_chosen_whole() -> None:
    """Street, postal code and commune of the record chosen; no point of another address."""
    old = told("1", adresse="9 rue Haute", code_postal="62190", commune="Lillers", latitude=None)
    new = told("2", date_maj=dt.date(2024, 1, 1))
    decisions = [said(1, Verdict.SAME, "1", "2"), chosen(2, "1", "adresse")]
    (lieu,) = put_together([old, new], decisions=decisions).directory.lieux
    assert (lieu.adresse, lieu.code_postal, lieu.commune) == ("9 rue Haute", "62190", "Lillers")
    assert lieu.precision is Precision.COMMUNE
    here = chosen(3, "2", "latitude")
    assembled = put_together([old, new], decisions=[*decisions, here])
    (lieu,), (permanence,) = assembled.directory.lieux, assembled.directory.permanences
    assert lieu.commune == permanence.record.commune == "Lillers"
    assert lieu.point is not None
    assert (lieu.point.lat, lieu.point.lon) == (50.529, 2.6405)
    assert (permanence.record.latitude, permanence.record.longitude) == (50.529, 2.6405)


def test_a_decision_that_a_later_one_contradicts_is_told() -> None:
    """The older is a finding that names the place, unless its records are gone."""
    decisions = [said(1, Verdict.SAME, "1", "2"), said(2, Verdict.SPLIT, "1", "2")]
    (finding,) = put_together(places(2), decisions=decisions).findings
    assert (finding.code, finding.value) == ("decisions-conflict", "1")
    assert finding.where.subject == "Association Basse — Béthune"
    assert put_together(places(5)[2:], decisions=decisions).findings == ()


def test_where_a_matcher_ran_one_finding_counts_the_questions() -> None:
    """Look-alikes are told one by one without a matcher, counted with one."""
    records = [told("1", adresse="Rue Basse"), told("2", adresse="Rue Haute", latitude=50.5299)]
    assert [f.code for f in put_together(records).findings] == ["look-alike-name"]
    assert put_together(records, []).findings == ()
    (finding,) = put_together(records, [alike("1", "2", DOUBTFUL)]).findings
    assert (finding.code, finding.value) == ("review-waiting", "1")
    assert put_together(records, [alike("1", "2")]).findings == ()


@given(some_records, some_likenesses, some_decisions)
def test_every_decision_followed_holds(
    records: list[SourcedRecord], likenesses: list[Likeness], decisions: list[Decision]
) -> None:
    """Whatever keys and likenesses say; and one permanence is one lieu and one structure."""
    assembled = put_together(records, likenesses, decisions)
    here = [placed.key for placed in assembled.placed]
    for decision in constraints_of(decisions, here).followed:
        for a, b in product(decision.left, decision.right):
            if a in here and b in here:
                ids = {thing(assembled, decision.question, one) for one in (a, b)}
                assert (len(ids) == 1) == (decision.verdict is Verdict.SAME)
    things = assembled.things
    for question in (L, S):
        assert len(set(zip(things[P], things[question], strict=True))) == len(set(things[P]))
    for permanence in assembled.directory.permanences:
        member = assembled.presences[permanence.id].members[0].key
        assert permanence.lieu_id == thing(assembled, L, member)
        assert permanence.structure_id == thing(assembled, S, member)


@given(some_records, some_likenesses, some_decisions, st.randoms(use_true_random=False))
def test_no_order_changes_anything(
    records: list[SourcedRecord],
    likenesses: list[Likeness],
    decisions: list[Decision],
    random: Random,
) -> None:
    """Records, likenesses and decisions in any order: the same directory, findings and ledger."""
    expected = put_together(records, likenesses, decisions)
    for some in (records, likenesses, decisions):
        random.shuffle(some)
    assembled = put_together(records, likenesses, decisions)
    assert assembled.directory == expected.directory
    assert (assembled.findings, assembled.ledger) == (expected.findings, expected.ledger)


def _contents(assembled: Assembled) -> object:
    """Return clusters and field values, ids set aside."""
    directory = assembled.directory
    refs = {noun.id: noun.sources for noun in (*directory.structures, *directory.lieux)}
    return {
        (refs[p.structure_id], refs[p.lieu_id], p.sources, replace(p.record, id=""))
        for p in directory.permanences
    } | {replace(noun, id="") for noun in (*directory.structures, *directory.lieux)}


@given(some_records, some_likenesses, some_decisions, st.randoms(use_true_random=False))
def test_imports_in_any_order_and_ten_times_give_the_same(
    records: list[SourcedRecord],
    likenesses: list[Likeness],
    decisions: list[Decision],
    random: Random,
) -> None:
    """Sources that come one after the other, whatever came before: the same clusters and values.

    And the tenth import of the same is the first: ids and ledger too.
    """
    at_once = put_together(records, likenesses, decisions)
    order = list(records)
    random.shuffle(order)
    grown = put_together([])
    for n in range(1, len(order) + 1):
        grown = put_together(order[:n], likenesses, decisions, grown.ledger)
    again = grown
    for _ in range(9):
        again = put_together(records, likenesses, decisions, again.ledger)
        assert again.directory == grown.directory or not records
        assert again.ledger == grown.ledger
    assert _contents(again) == _contents(at_once)


_steps = st.lists(
    st.one_of(
        st.tuples(st.just("remove"), st.integers(0, 5)),
        st.tuples(st.just("add"), st.integers(0, 5)),
        st.tuples(st.just("match"), some_likenesses),
        st.tuples(st.just("say"), some_decisions),
        st.tuples(st.just("undo"), st.integers(1, 8)),
    ),
    min_size=1,
    max_size=6,
)


@given(some_records, _steps)
def test_ids_hold_through_any_history(
    records: list[SourcedRecord], steps: list[tuple[str, object]]
) -> None:
    """Through refreshes, matches, merges, splits and undos an id leads to where its founder is."""
    there, likenesses, decisions = dict(enumerate(records)), [], []
    assembled = put_together(records)
    for what, told_ in steps:
        if what == "remove":
            there.pop(told_, None)
        elif what == "add" and told_ < len(records):
            there[told_] = records[told_]
        elif what == "match":
            likenesses = told_
        elif what == "say":
            decisions += [replace(d, number=len(decisions) + n) for n, d in enumerate(told_, 1)]
        elif what == "undo":
            decisions.append(undo(len(decisions) + 1, told_))
        ledger = assembled.ledger
        assembled = put_together(list(there.values()), likenesses, decisions, ledger)
        here = {placed.key for placed in assembled.placed}
        for identity in ledger.identities:
            if identity.founder in here:
                question = next(q for q in Question if identity.id.startswith(q.code))
                expected = thing(assembled, question, identity.founder)
                assert assembled.ledger.current(identity.id) == expected


@pytest.mark.parametrize(
    "decision", [said(1, Verdict.SAME, "1", "2"), said(1, Verdict.SPLIT, "3", "4")]
)
def test_a_decision_undone_gives_back_the_same_directory(decision: Decision) -> None:
    """The same ids, the same values."""
    records = [*places(2), told("3"), told("4")]
    before = put_together(records)
    decided = put_together(records, (), [decision], before.ledger)
    after = put_together(records, (), [decision, undo(2, 1)], decided.ledger)
    assert decided.directory != before.directory
    assert after.directory == before.directory
    gone = {p.id for p in before.directory.permanences} - {
        p.id for p in decided.directory.permanences
    }
    assert all(decided.ledger.current(its_id) != its_id for its_id in gone)
    assert thing(after, P, key("1")) == thing(before, P, key("1"))
