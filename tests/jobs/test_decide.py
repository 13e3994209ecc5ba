"""What a person decides: saved at once, replayed, taken back; never lost to somebody else's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from tests.directory.places import PARAMETERS
from tests.jobs.desks import ON, SIREN, desk_of, hub_file, ids, imported, row

from maillage.directory.constraints import in_force
from maillage.directory.decisions import Verdict
from maillage.directory.linking.model import Likeness, Matcher, Pairs, Profile, Question
from maillage.directory.record_key import RecordKey
from maillage.jobs.decide import (
    Desk,
    Who,
    answer,
    choose,
    chosen_with_answer,
    not_followed,
    open_desk,
    records_of,
    take_down,
    undo,
    undo_answer,
)
from maillage.kernel.errors import WorkspaceError
from maillage.storage.work_store import DjangoWorkStore

ME = Who("moi", ON)
ONE, TWO = RecordKey("hub", "1"), RecordKey("hub", "2")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DjangoWorkStore]:
    """Give a workspace of two places that no key joins."""
    with desk_of(tmp_path / "espace") as opened:
        imported(opened, hub_file(tmp_path, "hub", [row("1"), row("2", nom="Hôtel de ville")]))
        yield opened


def _said(desk: Desk, store: DjangoWorkStore, verdict: Verdict) -> Desk:
    decision = answer(desk, verdict, Question.PERMANENCE, ([ONE], [TWO]), ME)
    return take_down(desk, [decision], store, PARAMETERS)


def _desk(store: DjangoWorkStore) -> Desk:
    return open_desk(SIREN, store, PARAMETERS)


def test_a_decision_is_saved_with_what_it_changes(store: DjangoWorkStore) -> None:
    """What is on the desk after a decision is what is in the workspace."""
    after = _said(_desk(store), store, Verdict.SAME)
    assert store.load(SIREN) == after.work == _desk(store).work
    assert len(after.work.directory.permanences) == 1


def test_undoing_gives_back_the_same_directory(store: DjangoWorkStore) -> None:
    """Every id and every value of before comes back; the decision and its undoing both stay."""
    before = _desk(store)
    after = _said(before, store, Verdict.SAME)
    back = take_down(after, [undo(after, 1, ME)], store, PARAMETERS)
    assert back.work.directory == before.work.directory
    assert [d.number for d in back.work.decisions] == [1, 2]


def test_choices_of_an_answer_are_undone_with_it(store: DjangoWorkStore) -> None:
    """Undoing « the same » takes back the values chosen with it, and none chosen otherwise."""
    desk = _desk(store)
    same = answer(desk, Verdict.SAME, Question.PERMANENCE, ([ONE], [TWO]), ME)
    choices = [
        choose(desk, field, TWO, ME, after) for after, field in enumerate(("nom", "adresse"), 1)
    ]
    desk = take_down(desk, [same, *choices], store, PARAMETERS)
    desk = take_down(desk, [choose(desk, "telephone", TWO, Who("elle", ON))], store, PARAMETERS)
    assert chosen_with_answer(desk, 1) == (2, 3)
    undoing = undo_answer(desk, 1, ME)
    assert [(one.number, one.cancels) for one in undoing] == [(5, 1), (6, 2), (7, 3)]
    back = take_down(desk, undoing, store, PARAMETERS)
    assert [one.number for one in in_force(back.work.decisions)] == [4]


def test_a_choice_is_undone_alone(store: DjangoWorkStore) -> None:
    """By its own number a choice is undone, and the answer it came with stays."""
    desk = _desk(store)
    same = answer(desk, Verdict.SAME, Question.PERMANENCE, ([ONE], [TWO]), ME)
    desk = take_down(desk, [same, choose(desk, "nom", TWO, ME, 1)], store, PARAMETERS)
    desk = take_down(desk, undo_answer(desk, 2, ME), store, PARAMETERS)
    assert [one.number for one in in_force(desk.work.decisions)] == [1]
    assert chosen_with_answer(desk, 1) == ()


class FindsNothing:
    """A matcher to which no two records are alike."""

    name = "rien"

    def pairs(self, profiles: Sequence[Profile], question: Question, at_least: float) -> Pairs:
        """Return no pair."""
        del profiles, question, at_least
        none = np.zeros(0, dtype=np.int64)
        return Pairs(none, none, np.zeros(0), {})


@pytest.mark.parametrize(("matcher", "kept"), [(None, None), (FindsNothing(), ())])
def test_whether_a_matcher_ran_is_kept(
    tmp_path: Path, matcher: Matcher | None, kept: tuple[Likeness, ...] | None
) -> None:
    """One that found nothing is not one that never ran: after a save, a decision, its undoing."""
    away = {"adresse": "Rue Haute", "latitude": "50.5299", "telephone": "+33321630001"}
    rows = [row("1", adresse="Rue Basse"), row("2", **away)]
    with desk_of(tmp_path / "espace") as store:
        before = imported(store, hub_file(tmp_path, "hub", rows), matcher).work
        after = _said(_desk(store), store, Verdict.SAME)
        back = take_down(after, [undo(after, 1, ME)], store, PARAMETERS)
        assert before.likenesses == store.load(SIREN).likenesses == kept
        assert back.work.directory == before.directory
        assert back.work.findings == before.findings
    codes = {finding.code for finding in before.findings}
    assert ("look-alike-name" in codes, "linked-by" in codes) == (kept is None, kept is not None)


def test_findings_come_back_in_their_order(tmp_path: Path) -> None:
    """After a decision and its undoing, findings stand as the import told them, each in its place.

    Two sources, one with a doubt of its own; a neighbour's place whose doubts are only counted.
    """
    away = {"commune": "Laventie", "code_postal": "62840", "code_insee": "62491",
            "latitude": "50.63", "longitude": "2.77"}  # fmt: skip
    hub = [row("1"), row("2", adresse="Rue Haute"), row("3", telephone="12", **away)]
    with desk_of(tmp_path / "espace") as store:
        imported(store, hub_file(tmp_path, "zone", [row("9", nom="CCAS", date_maj="hier")]))
        before = imported(store, hub_file(tmp_path, "hub", hub)).work
        after = _said(_desk(store), store, Verdict.SAME)
        back = take_down(after, [undo(after, 1, ME)], store, PARAMETERS)
        assert after.work.findings != before.findings
        assert store.load(SIREN).findings == back.work.findings == before.findings
    codes = [finding.code for finding in before.findings]
    assert codes[:3] == ["date-unreadable", "look-alike-name", "look-alike-phone"]
    assert codes[3:] == ["findings-elsewhere", "linked-exactly"]


@pytest.mark.parametrize("number", [1, 7])
def test_what_does_not_hold_cannot_be_undone(store: DjangoWorkStore, number: int) -> None:
    """A number that was never given, or is undone already, is one French sentence."""
    after = _said(_desk(store), store, Verdict.SAME)
    back = take_down(after, [undo(after, 1, ME)], store, PARAMETERS)
    with pytest.raises(WorkspaceError, match=f"n° {number}"):
        undo(back, number, ME)


def test_the_latest_of_two_contraries_holds(store: DjangoWorkStore) -> None:
    """Said different, then the same: they are one, and the older decision is told set aside."""
    desk = _said(_desk(store), store, Verdict.DIFFERENT)
    assert not_followed(desk) == ()
    desk = _said(desk, store, Verdict.SAME)
    assert (len(desk.work.directory.permanences), not_followed(desk)) == (1, (1,))


def test_two_people_never_write_over_each_other(store: DjangoWorkStore) -> None:
    """A decision taken on an older state is refused whole; the other's stays."""
    mine, theirs = _desk(store), _desk(store)
    _said(theirs, store, Verdict.SAME)
    with pytest.raises(WorkspaceError, match="Quelqu'un d'autre"):
        _said(mine, store, Verdict.DIFFERENT)
    assert [d.verdict for d in store.load(SIREN).decisions] == [Verdict.SAME]


def test_a_former_id_holds_what_its_successor_does(store: DjangoWorkStore) -> None:
    """The id that was merged away names the same records as the one it leads to."""
    first = ids(store.load(SIREN))
    work = _said(_desk(store), store, Verdict.SAME).work
    assert {records_of(work, its_id) for its_id in first.values()} == {(ONE, TWO)}


def test_an_unknown_id_holds_nothing(store: DjangoWorkStore) -> None:
    """An id that was never given is one French sentence that names it."""
    with pytest.raises(WorkspaceError, match="lieu-aaaaaaaaaaaaa"):
        records_of(store.load(SIREN), "lieu-aaaaaaaaaaaaa")
