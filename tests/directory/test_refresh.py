"""What a refresh or a decision does is told: new, changed, vanished, merged, split, conflicting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hypothesis import given
from tests.directory.linked import (
    THRESHOLDS,
    alike,
    places,
    put_together,
    said,
    some_decisions,
    some_likenesses,
    some_records,
)
from tests.directory.places import told

from maillage.directory.assembled import Assembled
from maillage.directory.conflicts import conflicts
from maillage.directory.decisions import Decision, Verdict
from maillage.directory.diff import Change, changed_fields
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.linking.model import Likeness
from maillage.directory.model import Permanence, Service
from maillage.directory.refresh import Refresh, refresh_diff, refresh_lines
from maillage.kernel.french import FIXED
from maillage.standard import mednum

DEMARCHES = mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES
NEW = dt.date(2024, 1, 1)


def between(before: Assembled, after: Assembled) -> Refresh:
    """Return what leads from one to the other."""
    return refresh_diff(before.directory, after.directory, after.ledger)


def refreshed(
    records: Sequence[SourcedRecord],
    later: Sequence[SourcedRecord],
    decisions: Sequence[Decision] = (),
) -> Refresh:
    """Return what the second import does after the first."""
    before = put_together(records)
    return between(before, put_together(later, (), decisions, before.ledger))


def test_nothing_new_is_said_so() -> None:
    """The same records: one line."""
    refresh = refreshed(places(3), places(3))
    assert refresh.nothing
    assert refresh_lines(refresh) == ("Rien n'a changé.",)


def test_new_changed_and_vanished_are_told_by_name() -> None:
    """With the fields that changed, as people call them."""
    records = [told("1", nom="CCAS"), told("2", nom="Mairie", adresse="1 rue Basse")]
    later = [
        told("1", nom="CCAS", telephone="+33321000001", date_maj=NEW),
        told("3", nom="Médiathèque", adresse="2 rue Haute"),
    ]
    refresh = refreshed(records, later)
    assert [type(noun).__name__ for noun in refresh.new] == ["Structure", "Lieu", "Permanence"]
    counts = "1_permanence nouvelle, 1_changée, 1_disparue, 0_réunion, 0_séparation"
    assert refresh_lines(refresh) == (
        "Nouvelle : Médiathèque — Béthune",
        "Changée : CCAS — Béthune (téléphone, mise à jour)",
        "Disparue : Mairie — Béthune",
        f"{counts}, 0_désaccord à vérifier.".replace("_", FIXED),
    )


def test_services_that_change_are_told_once_and_in_french() -> None:
    """No raw name of a field is told, and what services are given by id is not told again."""
    later = [told("1", services=(DEMARCHES,), frais_a_charge=(mednum.Frais.GRATUIT,))]
    line, _ = refresh_lines(refreshed([told("1")], later))
    assert line.endswith("(services, frais à charge)")


def test_a_merge_is_told_as_such_with_both_ids() -> None:
    """Neither vanished nor new: the older stays, the other leads to it; services follow."""
    records = [told("1", nom="CCAS"), told("2", nom="Maison", services=(DEMARCHES,))]
    refresh = refreshed(records, records, [said(1, Verdict.SAME, "1", "2")])
    assert (refresh.vanished, refresh.split) == ((), ())
    assert [gone.partition("-")[0] for gone, _ in refresh.merged] == ["structure", "permanence"]
    assert all(isinstance(noun, Service) for noun in refresh.new)
    lines = refresh_lines(refresh)
    (told_,) = [line for line in lines if line.startswith("Permanence : ")]
    gone, into = refresh.merged[-1]
    assert told_ == (
        f"Permanence : « Maison — Béthune » ({gone}) ne fait plus qu'un avec "
        f"« CCAS — Béthune » ({into})"
    )


def test_a_split_is_told_as_such_and_its_part_is_not_new() -> None:
    """The id stays with the founder; what is taken out is a part, not a new place."""
    records = [told("1"), told("2")]
    refresh = refreshed(records, records, [said(1, Verdict.SPLIT, "1", "2")])
    assert (refresh.new, refresh.merged) == ((), ())
    ((whole, parts),) = refresh.split
    assert parts[0] == whole
    assert len(parts) == 2
    (line,) = [line for line in refresh_lines(refresh) if " devient " in line]
    assert whole in line
    assert parts[1] in line


def test_conflicts_are_told_with_both_values() -> None:
    """The other value, its source, the one that stands."""
    records = [
        told("1", telephone="+33321000001"),
        told("2", "france-services", telephone="+33321000002", date_maj=dt.date(2022, 5, 1)),
    ]
    after = put_together(records)
    clash = conflicts(after, (), THRESHOLDS)
    refresh = refresh_diff(after.directory, after.directory, after.ledger, clash)
    assert refresh_lines(refresh)[0] == (
        "À vérifier : Médiathèque Élie Wiesel — Béthune, téléphone : « 03 21 00 00 01 » (portrea), "
        "contre « 03 21 00 00 02 » retenue"
    )


def test_the_fields_of_a_change_are_those_of_the_record_by_their_own_names() -> None:
    """Where a thing was told is no fact; hours told twice in the model are told once."""
    (old,) = put_together([told("1")]).directory.permanences
    (new,) = put_together([told("1", horaires="Mo 09:00-12:00")]).directory.permanences
    assert changed_fields(Change(old, new)) == ("horaires",)
    assert changed_fields(Change(old, old)) == ()


@given(some_records, some_records, some_likenesses, some_decisions)
def test_each_thing_is_told_once_and_has_a_name(
    records: list[SourcedRecord],
    later: list[SourcedRecord],
    likenesses: list[Likeness],
    decisions: list[Decision],
) -> None:
    """What is no longer there vanished or was merged; what was not there is new or a part."""
    before = put_together(records, likenesses)
    after = put_together(later, likenesses, decisions, before.ledger)
    refresh = between(before, after)
    then = {p.id for p in before.directory.permanences}
    now = {p.id for p in after.directory.permanences}
    new = {n.id for n in refresh.new if isinstance(n, Permanence)}
    vanished = {n.id for n in refresh.vanished if isinstance(n, Permanence)}
    merged = dict(refresh.merged)
    parts = {part for _, ids in refresh.split for part in ids}
    assert new | (parts & (now - then)) == now - then
    assert vanished | (merged.keys() & then) == then - now
    assert not new & parts
    assert not vanished & merged.keys()
    assert all(refresh_lines(refresh))


def test_a_likeness_that_merges_is_told_like_a_decision() -> None:
    """The reader sees the merge whatever it rests on."""
    before = put_together(places(2))
    refresh = between(before, put_together(places(2), [alike("1", "2")], (), before.ledger))
    assert [gone.partition("-")[0] for gone, _ in refresh.merged] == [
        "structure",
        "lieu",
        "permanence",
    ]
