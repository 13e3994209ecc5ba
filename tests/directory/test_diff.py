"""What changed between two states of a directory is told once, thing by thing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from maillage.directory.diff import Change, DirectoryDiff, Noun, diff
from maillage.directory.model import Directory, Service, Structure
from maillage.kernel.provenance import SourceRef
from maillage.standard import mednum

NOTHING = Directory((), (), (), ())
CCAS = Structure("structure-a", "CCAS de Béthune", None, (), (SourceRef("portrea", "12", line=12),))
HELP = Service("service-a", "structure-a", mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES)


def with_structures(*structures: Structure) -> Directory:
    """Return a directory of these structures alone."""
    return replace(NOTHING, structures=structures)


def some_structures() -> st.SearchStrategy[Directory]:
    """Return directories of a few structures, that often have ids in common."""
    names = st.dictionaries(st.sampled_from("abcde"), st.sampled_from(["CCAS", "Mairie"]))
    return names.map(
        lambda told: with_structures(
            *(replace(CCAS, id=f"structure-{key}", nom=told[key]) for key in sorted(told))
        )
    )


@given(before=some_structures(), after=some_structures())
def test_the_diff_leads_from_before_to_after(before: Directory, after: Directory) -> None:
    """Taking away what vanished, adding what was created and changing the rest gives ``after``."""
    changes = diff(before, after)
    state: dict[str, Noun] = {noun.id: noun for noun in before.structures}
    for noun in changes.vanished:
        del state[noun.id]
    for change in (*changes.changed, *changes.retold):
        assert state[change.before.id] == change.before
        state[change.after.id] = change.after
    for noun in changes.created:
        assert noun.id not in state
        state[noun.id] = noun
    assert tuple(state[key] for key in sorted(state)) == after.structures


@given(before=some_structures(), after=some_structures())
def test_going_back_is_the_diff_turned_round(before: Directory, after: Directory) -> None:
    """What one way creates the other way takes away, and what changes changes back."""
    there, back = diff(before, after), diff(after, before)
    assert (there.created, there.vanished) == (back.vanished, back.created)
    assert [(c.before, c.after) for c in there.changed] == [
        (c.after, c.before) for c in back.changed
    ]


def test_a_directory_does_not_differ_from_itself() -> None:
    """Every thing is counted unchanged, and there is nothing to tell."""
    directory = replace(with_structures(CCAS), services=(HELP,))
    changes = diff(directory, directory)
    assert changes == DirectoryDiff((), (), (), (), n_unchanged=2)
    assert changes.nothing


def test_another_line_of_the_same_file_is_retold_not_changed() -> None:
    """A row that moved in its file says the same facts."""
    moved = replace(CCAS, sources=(SourceRef("portrea", "12", line=13),))
    changes = diff(with_structures(CCAS), with_structures(moved))
    assert changes.retold == (Change(CCAS, moved),)
    assert changes.nothing


def test_another_source_is_a_change() -> None:
    """A thing that one more source tells of has changed."""
    more = replace(CCAS, sources=(*CCAS.sources, SourceRef("france-services", "7")))
    changes = diff(with_structures(CCAS), with_structures(more))
    assert changes.changed == (Change(CCAS, more),)
    assert not changes.nothing


def test_structures_come_before_what_stands_on_them() -> None:
    """Nouns are told in an order in which each can be written after those it refers to."""
    after = replace(with_structures(CCAS), services=(HELP,))
    assert diff(NOTHING, after).created == (CCAS, HELP)
