"""Each value of a merged record says where it comes from, when, and what was set aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hypothesis import given
from tests.directory.linked import chosen, key, put_together, some_decisions, some_records
from tests.directory.places import told

from maillage.directory.decisions import Decision
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.merge import MERGED_FIELDS
from maillage.directory.provenance import FieldTold, Told, told_fields
from maillage.standard import mednum

OLD, NEW = dt.date(2022, 3, 1), dt.date(2024, 1, 1)
DEMARCHES = mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES
OUTILS = mednum.Service.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN


def fields(
    records: Sequence[SourcedRecord], decisions: Sequence[Decision] = ()
) -> dict[str, FieldTold]:
    """Return what is told of each field of the only permanence."""
    (presence,) = put_together(records, decisions=decisions).presences.values()
    return {told_.field: told_ for told_ in told_fields(presence.members, decisions)}


def test_the_freshest_wins_and_the_rest_is_set_aside() -> None:
    """The value, its record, its day; and the older value with its own."""
    records = [
        told("1", telephone="+33321000001"),
        told("2", telephone="+33321000002", date_maj=NEW),
        told("3", telephone="+33321000002"),
    ]
    phone = fields(records)["telephone"]
    assert (phone.value, phone.key, phone.date) == ("+33321000002", key("2"), NEW)
    assert phone.set_aside == (Told("+33321000001", key("1"), OLD),)
    assert phone.why == "dite le plus récemment"


def test_values_put_together_say_who_tells_each() -> None:
    """Services of two records: both told, none set aside."""
    records = [told("1", services=(DEMARCHES,)), told("2", services=(OUTILS,), date_maj=NEW)]
    services = fields(records)["services"]
    assert services.value == (DEMARCHES, OUTILS)
    assert services.together == (Told((OUTILS,), key("2"), NEW), Told((DEMARCHES,), key("1"), OLD))
    assert services.set_aside == ()


def test_a_choice_names_its_decision_and_keeps_the_others_in_sight() -> None:
    """What a person chose, and the fresher value that it sets aside."""
    records = [
        told("1", telephone="+33321000001"),
        told("2", telephone="+33321000002", date_maj=NEW),
    ]
    choice = chosen(1, "1", "telephone")
    phone = fields(records, [choice])["telephone"]
    assert (phone.value, phone.decision, phone.why) == (
        "+33321000001",
        choice,
        "choisie par une personne",
    )
    assert phone.set_aside == (Told("+33321000002", key("2"), NEW),)


def test_whole_weeks_say_why_they_win() -> None:
    """Hours of Saturday alone, though fresher, are set aside."""
    records = [
        told("1", horaires="Mo-Fr 09:00-12:00"),
        told("2", horaires="Sa 09:00-12:00", date_maj=NEW),
    ]
    hours = fields(records)["horaires"]
    assert (hours.value, hours.key) == ("Mo-Fr 09:00-12:00", key("1"))
    assert hours.why == "semaine entière, préférée au seul samedi"
    assert hours.set_aside == (Told("Sa 09:00-12:00", key("2"), NEW),)


@given(some_records, some_decisions)
def test_what_is_told_is_what_is_merged(
    records: list[SourcedRecord], decisions: list[Decision]
) -> None:
    """On any input the values told are those of the merged record, and each is its record's."""
    taken = [*decisions, chosen(98, "1", "telephone"), chosen(99, "2", "adresse")]
    assembled = put_together(records, decisions=taken)
    rows = {placed.key: placed.sourced.record for placed in assembled.placed}
    for permanence in assembled.directory.permanences:
        members = assembled.presences[permanence.id].members
        told_ = {one.field: one for one in told_fields(members, taken)}
        for name in MERGED_FIELDS:
            value = getattr(permanence.record, name)
            assert value == (told_[name].value if name in told_ else None)
        for name, one in told_.items():
            if not one.together:
                assert getattr(rows[one.key], name) == one.value
            assert all(getattr(rows[aside.key], name) == aside.value for aside in one.set_aside)
            assert one.value not in [aside.value for aside in one.set_aside]
