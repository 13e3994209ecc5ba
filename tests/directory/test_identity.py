"""Ids never change: through refreshes, merges, splits, undone decisions and vanished records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.directory.identity import identify
from maillage.directory.ledger import EMPTY_LEDGER, Identity, Ledger
from maillage.directory.record_key import RecordKey
from maillage.kernel.ids import make_id

NOUN = "lieu"


def key(letter: str) -> RecordKey:
    """Return the name of a record."""
    return RecordKey("portrea", letter)


def new_id(letter: str) -> str:
    """Return the id that a record founds."""
    return make_id(NOUN, *key(letter))


def named(groups: Sequence[str], ledger: Ledger = EMPTY_LEDGER) -> tuple[dict[str, str], Ledger]:
    """Return the id of each letter grouped in words, and the ledger after; older letters first."""
    ordered = sorted("".join(sorted(group)) for group in groups)
    known = identify({NOUN: [[key(letter) for letter in group] for group in ordered]}, ledger)
    pairs = zip(ordered, known.ids[NOUN], strict=True)
    return {letter: its_id for group, its_id in pairs for letter in group}, known.ledger


def through(*states: Sequence[str]) -> list[dict[str, str]]:
    """Return the ids of each state, one after the other."""
    ledger, seen = EMPTY_LEDGER, []
    for state in states:
        ids, ledger = named(state, ledger)
        seen.append(ids)
    return seen


def test_a_first_import_founds_ids_on_the_oldest_records() -> None:
    """The id is that of the oldest record of each group."""
    ids, ledger = named(["ab", "c"])
    assert ids == {"a": new_id("a"), "b": new_id("a"), "c": new_id("c")}
    assert [(i.founder, i.age) for i in sorted(ledger.identities, key=lambda i: i.age)] == [
        (key("a"), 1),
        (key("c"), 2),
    ]


def test_when_two_are_merged_the_older_stays_and_the_other_leads_to_it() -> None:
    """Older by arrival, though the other's record tells an older date."""
    _, ledger = named(["b"])
    _, ledger = named(["b", "a"], ledger)
    ids, ledger = named(["ab"], ledger)
    assert set(ids.values()) == {new_id("b")}
    assert ledger.current(new_id("a")) == new_id("b")


def test_a_merge_undone_gives_the_former_ids_back() -> None:
    """Merged, then apart again: each as before, nothing leads elsewhere."""
    before, merged, after = through(["ab", "c"], ["abc"], ["ab", "c"])
    assert after == before != merged


def test_a_split_keeps_the_id_where_the_founder_is() -> None:
    """What is taken out gets a new id once, and the same when it is taken out again."""
    states = through(["abc"], ["ac", "b"], ["abc"], ["ac", "b"], ["b", "c", "a"])
    assert states[1] == {"a": new_id("a"), "c": new_id("a"), "b": new_id("b")}
    assert states[2] == states[0]
    assert states[3] == states[1]
    assert states[4] == {**states[1], "c": new_id("c")}


def test_when_the_founder_is_gone_the_id_stays_with_most() -> None:
    """Of what it held; of two equal parts with that of the oldest."""
    assert through(["abcd"], ["b", "cd"])[1] == {
        "b": new_id("b"),
        "c": new_id("a"),
        "d": new_id("a"),
    }
    assert through(["abc"], ["c", "b"])[1] == {"b": new_id("a"), "c": new_id("c")}


def test_what_vanishes_comes_back_under_its_id() -> None:
    """Even without its founder, and even if it led elsewhere meanwhile."""
    states = through(["ab", "c"], ["c"], ["ab", "c"], ["b", "c"], ["c"], ["b", "c"])
    assert states[2] == states[0]
    assert states[5] == states[3] == {"b": new_id("a"), "c": new_id("c")}
    states = through(["a", "bc"], ["abc"], ["ac"], ["a", "c"])
    assert states[3] == {"a": new_id("a"), "c": new_id("b")}


def test_an_id_given_to_another_is_not_given_twice() -> None:
    """The id that a record would found is taken by another's: a salted one is made."""
    taken = Ledger((Identity(new_id("a"), key("z"), 1, (key("z"),)),))
    ids, ledger = named(["a"], taken)
    assert ids == {"a": make_id(NOUN, *key("a"), "2")}
    assert len(ledger.identities) == 2


def test_nouns_do_not_take_each_others_ids() -> None:
    """The lieu and the structure of one record have an id each."""
    known = identify({"lieu": [[key("a")]], "structure": [[key("a")]]}, EMPTY_LEDGER)
    assert known.ids == {
        "lieu": (make_id("lieu", *key("a")),),
        "structure": (make_id("structure", *key("a")),),
    }
    again = identify({"lieu": [], "structure": [[key("a")]]}, known.ledger)
    assert again.ids == {"lieu": (), "structure": known.ids["structure"]}


LETTERS = "abcdefg"


@st.composite
def partitions(draw: st.DrawFn) -> list[str]:
    """Return some letters, in groups."""
    homes = draw(st.dictionaries(st.sampled_from(LETTERS), st.integers(0, 3)))
    groups: dict[int, str] = {}
    for letter, home in sorted(homes.items()):
        groups[home] = groups.get(home, "") + letter
    return sorted(groups.values())


def living(ledger: Ledger) -> Iterable[Identity]:
    """Return the ids that lead nowhere else."""
    return (i for i in ledger.identities if i.redirect is None)


@given(st.lists(partitions(), min_size=1, max_size=8))
def test_through_any_history_ids_hold(states: list[list[str]]) -> None:
    """The laws of ids, at each step of any history of groups and of records that come and go."""
    ledger = EMPTY_LEDGER
    for state in states:
        before = ledger
        ids, ledger = named(state, before)
        assert named(state, ledger) == (ids, ledger)  # the same again changes nothing
        given_before = {i.id: (i.founder, i.age) for i in before.identities}
        given_now = {i.id: (i.founder, i.age) for i in ledger.identities}
        assert given_now.items() >= given_before.items()
        assert list(given_now) == sorted(given_now)
        founders = {i.founder.record_id: i.id for i in before.identities}
        for letter, its_id in founders.items():
            if letter in ids:
                assert ledger.current(its_id) == ids[letter]
        held = [k.record_id for i in living(ledger) for k in i.held if k.record_id in ids]
        assert sorted(held) == sorted(ids)
        for identity in living(ledger):
            present = {ids[k.record_id] for k in identity.held if k.record_id in ids}
            assert present <= {identity.id}
        ends = {ledger.current(i.id) for i in ledger.identities}  # would never end on a loop
        assert ends == {i.id for i in living(ledger)}


@given(partitions(), st.lists(partitions(), max_size=4))
def test_records_that_stay_find_their_former_ids_again(
    state: list[str], detours: list[list[str]]
) -> None:
    """Whatever merges and splits of the same records came between: undone, the ids are back."""
    letters = sorted("".join(state))
    same = [[g for group in d if (g := "".join(x for x in group if x in letters))] for d in detours]
    whole = [[*groups, *(x for x in letters if x not in "".join(groups))] for groups in same]
    seen = through(state, *whole, state)
    assert seen[-1] == seen[0]


@pytest.mark.parametrize("gone", ["b", "a"])
def test_a_merge_undone_after_a_loss_gives_the_former_ids_back(gone: str) -> None:
    """A record lost while two were merged does not cost the other its id."""
    before = ["ac", "bd"]
    left = [group.replace(gone, "") for group in before]
    first, _, _, last = through(before, ["abcd"], ["".join(left)], left)
    assert last == {letter: first[letter] for letter in "".join(left)}
