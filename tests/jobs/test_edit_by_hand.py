"""A record corrected by hand: only what was typed changes, no work is lost, all comes back."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.directory.places import PARAMETERS
from tests.jobs.desks import ON, SIREN, TERRITORY, desk_of, hub_file, imported, row

from maillage.directory.by_hand import BY_STRUCTURE, FIELDS, WORDS, as_typed, is_by_hand, read_typed
from maillage.directory.model import Directory, Permanence
from maillage.jobs.decide import Who
from maillage.jobs.edit_by_hand import (
    EditedStore,
    Refused,
    confirm_by_hand,
    corrections_of,
    undo_by_hand,
    write_by_hand,
)
from maillage.jobs.hand_records import Typed
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import WorkspaceError
from maillage.standard.record import MednumRecord

HALL = "Mairie de Béthune"
ME, YOU = Who("Dominique", ON), Who("Maxime", ON)
LIBRARY = row(
    "2", nom="Médiathèque", telephone="", adresse="1 rue Haute", courriels="a@b.fr|c@d.fr"
)
TENANT = row("3", nom="Croix-Rouge", telephone="", latitude="", longitude="")


class Kept:
    """A store of one work, in memory."""

    def __init__(self, work: TerritoryWork) -> None:
        self.work = work

    def save(self, work: TerritoryWork) -> None:
        """Keep it."""
        self.work = work

    def find(self, siren: str) -> TerritoryWork | None:
        """Return it."""
        return self.work

    def load(self, siren: str) -> TerritoryWork:
        """Return it."""
        return self.work

    def alone(self, siren: str) -> AbstractContextManager[None]:
        """Hold nothing: nobody else writes here."""
        return nullcontext()


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> TerritoryWork:
    """Give the work of a town hall, a tenant at its address, and a library."""
    store = Kept(TerritoryWork(TERRITORY, Directory((), (), (), ()), ()))
    imported(store, hub_file(tmp_path_factory.mktemp("h"), "hub", [row("1"), LIBRARY, TENANT]))
    return store.work


@pytest.fixture
def store(work: TerritoryWork) -> Kept:
    """Give a store of that work."""
    return Kept(work)


def _named(store: EditedStore, nom: str) -> Permanence:
    every = store.load(SIREN).directory.permanences
    return next(one for one in every if one.record.nom == nom)


def _seen(one: Permanence) -> dict[str, str]:
    return {field: as_typed(field, one.record) for field in FIELDS}


def _write(store: Kept, one: Permanence, who: Who = ME, **typed: str) -> Refused | int:
    told = Typed(one.id, _seen(one), {**_seen(one), **typed})
    return write_by_hand(SIREN, told, who, store=store, parameters=PARAMETERS)


def test_only_what_was_typed_changes(store: Kept) -> None:
    """A phone is written; every other field, lieu and structure stays as it was."""
    before, was = store.load(SIREN).directory, _named(store, "Médiathèque")
    assert _write(store, was, telephone="03 21 00 00 01") == 1
    now = _named(store, "Médiathèque")
    assert now.record == replace(was.record, telephone="+33321000001")
    assert (now.id, now.lieu_id, now.structure_id) == (was.id, was.lieu_id, was.structure_id)
    after = store.load(SIREN).directory
    assert [replace(one, sources=()) for one in after.lieux] == [
        replace(one, sources=()) for one in before.lieux
    ]
    (done,) = corrections_of(store.load(SIREN), was.id)
    assert (done.number, done.by, done.on, done.fields) == (1, "Dominique", ON, ("telephone",))


def test_what_sources_say_later_does_not_write_over_it(store: Kept, tmp_path: Path) -> None:
    """A file read again, newer than the correction, changes the other fields only."""
    _write(store, _named(store, HALL), telephone="0321000001")
    later = row("1", telephone="+33321630099", courriels="n@o.fr", date_maj="2026-11-21")
    imported(store, hub_file(tmp_path, "hub", [later, LIBRARY, TENANT]))
    told = _named(store, HALL).record
    assert (told.telephone, told.courriels) == ("+33321000001", ("n@o.fr",))


def test_a_value_is_withdrawn(store: Kept) -> None:
    """A field emptied is not told any more, nor is one address of two that was wrong."""
    _write(store, _named(store, HALL), telephone="")
    _write(store, _named(store, "Médiathèque"), courriels="c@d.fr")
    assert _named(store, HALL).record.telephone is None
    assert _named(store, "Médiathèque").record.courriels == ("c@d.fr",)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("telephone", "12"),
        ("courriels", "pas un courriel"),
        ("site_web", "javascript:alert(1)"),
        ("prise_rdv", "javascript:alert(1)"),
        ("horaires", "quand on peut"),
        ("code_postal", "abc"),
        ("nom", "  "),
        ("adresse", ""),
        ("services", "Autre chose"),
        ("presentation_resume", "x" * 281),
        ("presentation_detail", "x" * 5000),
    ],
)
def test_what_the_standard_does_not_understand_is_refused(
    store: Kept, field: str, text: str
) -> None:
    """Nothing is written where a value is not one of the standard: the field is named."""
    before, one = store.load(SIREN), _named(store, HALL)
    refused = _write(store, one, **{field: text, "complement_adresse": "1er étage"})
    assert isinstance(refused, Refused)
    assert list(refused.wrong) == [field] and refused.wrong[field]
    assert store.load(SIREN) == before


def test_a_correction_is_taken_back_whole(store: Kept) -> None:
    """The directory, its ids and its records are what they were; the decisions remember both."""
    before, was = store.load(SIREN), _named(store, HALL)
    done = _write(
        store, was, nom="Hôtel de ville", adresse="7 place du 4 Septembre", horaires="lundi 9h-12h"
    )
    assert done == 1 and _named(store, "Hôtel de ville").horaires == "Mo 09:00-12:00"
    assert undo_by_hand(SIREN, 1, YOU, store=store, parameters=PARAMETERS) != 0
    after = store.load(SIREN)
    assert (after.directory, after.records) == (before.directory, before.records)
    assert {one.by for one in after.decisions} == {"Dominique", "Maxime"}
    assert corrections_of(after, was.id) == ()
    assert undo_by_hand(SIREN, 1, YOU, store=store, parameters=PARAMETERS) == 0


def test_corrections_are_taken_back_in_any_order(store: Kept) -> None:
    """The first of two taken back leaves the second; then nothing is left of either."""
    was = _named(store, HALL)
    _write(store, was, telephone="0321000001")
    second = _write(store, _named(store, HALL), telephone="0321000002")
    assert isinstance(second, int)
    undo_by_hand(SIREN, 1, ME, store=store, parameters=PARAMETERS)
    assert _named(store, HALL).record.telephone == "+33321000002"
    undo_by_hand(SIREN, second, ME, store=store, parameters=PARAMETERS)
    assert _named(store, HALL) == was


def test_a_new_name_leaves_the_lieu_and_the_structure_whole(store: Kept) -> None:
    """Whom one shares an address with stays there, under the same ids."""
    was = _named(store, HALL)
    _write(store, was, nom="Hôtel de ville de Béthune")
    now, tenant = _named(store, "Hôtel de ville de Béthune"), _named(store, "Croix-Rouge")
    assert (now.id, now.lieu_id, now.structure_id) == (was.id, was.lieu_id, was.structure_id)
    assert tenant.lieu_id == now.lieu_id


@pytest.mark.parametrize("whole", [True, False])
def test_a_new_address_is_that_of_all_or_of_one(store: Kept, whole: bool) -> None:
    """A lieu keeps its id, its tenants and its point where all move; else one leaves alone."""
    was = _named(store, HALL)
    typed = {**_seen(was), "adresse": "8 rue Basse"}
    told = Typed(was.id, _seen(was), typed, whole_lieu=whole, same_spot=whole)
    assert isinstance(write_by_hand(SIREN, told, ME, store=store, parameters=PARAMETERS), int)
    now, tenant = _named(store, HALL), _named(store, "Croix-Rouge")
    assert now.record.adresse == "8 rue Basse"
    assert (tenant.lieu_id == now.lieu_id) is whole
    lieux = {lieu.id: lieu for lieu in store.load(SIREN).directory.lieux}
    assert lieux[now.lieu_id].adresse == "8 rue Basse"
    assert (lieux[now.lieu_id].point == lieux[was.lieu_id].point) or not whole
    if whole:
        assert now.lieu_id == was.lieu_id


def test_a_name_that_is_already_another_s_is_refused(store: Kept) -> None:
    """Two permanences are never made one by a spelling: that is a question of its own."""
    before = store.load(SIREN)
    refused = _write(store, _named(store, HALL), nom="Croix-Rouge")
    assert isinstance(refused, Refused) and refused.whole
    assert store.load(SIREN) == before


def test_two_people_in_one_record(store: Kept) -> None:
    """Other fields add up; the same field asks the second, and loses neither text."""
    seen = _named(store, HALL)
    assert _write(store, seen, ME, telephone="0321000001", horaires="lundi 9h-12h") == 1
    refused = _write(store, seen, YOU, telephone="0321000002", site_web="https://beth.fr")
    assert isinstance(refused, Refused)
    assert (refused.clashes, refused.wrong) == ({"telephone": "03 21 00 00 01"}, {})
    assert isinstance(_write(store, seen, YOU, site_web="https://beth.fr"), int)
    told = _named(store, HALL).record
    assert (told.telephone, told.horaires) == ("+33321000001", "Mo 09:00-12:00")
    assert told.site_web == ("https://beth.fr",)


def test_the_same_thing_typed_twice_is_written_once(store: Kept) -> None:
    """A button pressed twice, or two people of one mind: one correction."""
    seen = _named(store, HALL)
    assert _write(store, seen, telephone="0321000001") == 1
    assert _write(store, seen, YOU, telephone="03.21.00.00.01") == 0


def test_a_whole_record_read_again_bears_the_day(store: Kept) -> None:
    """Nothing typed, but all of it right: the record is of that day, and was not before."""
    was = _named(store, HALL)
    told = Typed(was.id, _seen(was), _seen(was), reviewed=True)
    assert write_by_hand(SIREN, told, ME, store=store, parameters=PARAMETERS) == 1
    assert _named(store, HALL).record == replace(was.record, date_maj=ON)


def test_a_fall_in_the_middle_writes_nothing(
    work: TerritoryWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine stops when records and decisions are written, the journal not yet."""
    with desk_of(tmp_path / "espace") as store:
        store.save(work)
        before, one, history = store.load(SIREN), _named(store, HALL), store.history(SIREN)

        def falls(*_: object, **__: object) -> None:
            raise RuntimeError

        with monkeypatch.context() as patched:
            patched.setattr("maillage.storage.journal.store.write_import", falls)
            with pytest.raises(RuntimeError):
                _write(store, one, telephone="0321000001")
        assert store.load(SIREN) == before
        assert store.history(SIREN) == history
        assert _write(store, one, telephone="0321000001") == 1
        told = store.history(SIREN, one.id)[-1]
        assert "record.telephone" in {change.field for change in told.fields}


def test_what_is_gone_is_said(store: Kept) -> None:
    """A permanence that left the directory while a form was open is said to have left."""
    told = Typed("permanence-aaaaaaaaaaaaa", {}, {"nom": "x"})
    with pytest.raises(WorkspaceError, match="n'est plus dans l'annuaire"):
        write_by_hand(SIREN, told, ME, store=store, parameters=PARAMETERS)


def test_the_work_is_remade_the_same(store: Kept, tmp_path: Path) -> None:
    """Imported again, the same files and the same corrections give the same directory."""
    _write(store, _named(store, HALL), nom="Hôtel de ville", telephone="")
    before = store.load(SIREN)
    imported(store, hub_file(tmp_path, "hub", [row("1"), LIBRARY, TENANT]))
    after = store.load(SIREN)
    assert after.directory == before.directory
    assert [one.key for one in after.records if is_by_hand(one.key)]


def test_a_structure_confirms_all_it_holds_at_once(store: Kept) -> None:
    """Confirmed, each bears the day and nothing else changes; twice the same day, nothing does."""
    both = [_named(store, HALL), _named(store, "Médiathèque")]
    ids = [one.id for one in both]
    assert confirm_by_hand(SIREN, ids, ME, store=store, parameters=PARAMETERS) == 1
    for was in both:
        now = _named(store, was.record.nom)
        assert now.record == replace(was.record, date_maj=ON)
        (done,) = corrections_of(store.load(SIREN), was.id)
        assert (done.by, done.fields, done.own) == ("Dominique", ("date_maj",), True)
    assert confirm_by_hand(SIREN, ids, YOU, store=store, parameters=PARAMETERS) == 0
    first = corrections_of(store.load(SIREN), ids[0])[0].number
    undo_by_hand(SIREN, first, ME, store=store, parameters=PARAMETERS)
    assert [_named(store, one.record.nom).record.date_maj == ON for one in both] == [False, True]


def test_a_date_to_come_gives_way_to_the_day_it_is_confirmed(store: Kept, tmp_path: Path) -> None:
    """A source that says 2202 for 2022 keeps no page from being confirmed, year after year."""
    slip = row("1", date_maj="2202-11-15")
    imported(store, hub_file(tmp_path, "hub", [slip, LIBRARY, TENANT]))
    hall = _named(store, HALL)
    for who in (ME, Who("Dominique", ON.replace(year=ON.year + 1))):
        confirm_by_hand(SIREN, [hall.id], who, store=store, parameters=PARAMETERS)
        assert _named(store, HALL).record.date_maj == who.on
    for done in corrections_of(store.load(SIREN), hall.id):
        assert done.fields == ("date_maj",)
        undo_by_hand(SIREN, done.number, ME, store=store, parameters=PARAMETERS)
    assert _named(store, HALL).record == hall.record


def test_what_a_structure_writes_says_so(store: Kept) -> None:
    """What is written as a structure is a record of its own source, and comes off alone."""
    hall = _named(store, HALL)
    _write(store, hall, telephone="0321000001")
    told = Typed(hall.id, {"telephone": "03 21 00 00 01"}, {"telephone": "03 21 00 00 02"})
    told = replace(told, source=BY_STRUCTURE)
    number = write_by_hand(SIREN, told, YOU, store=store, parameters=PARAMETERS)
    assert _named(store, HALL).record.telephone == "+33321000002"
    assert [one.own for one in corrections_of(store.load(SIREN), hall.id)] == [True, False]
    assert BY_STRUCTURE in {one.source_id for one in store.load(SIREN).territory.datasets}
    assert isinstance(number, int)
    undo_by_hand(SIREN, number, YOU, store=store, parameters=PARAMETERS)
    assert _named(store, HALL).record.telephone == "+33321000001"


@given(st.sampled_from(FIELDS), st.text(max_size=60))
def test_no_text_is_misread(field: str, text: str) -> None:
    """Whatever is typed is refused in words, or read as a value that reads back the same."""
    value, why = read_typed(field, text, ON)
    if why:
        assert value is None or why.strip()
        return
    shown = as_typed(field, MednumRecord("x", **{field: value}))
    assert read_typed(field, shown, ON) == (value, "") or (field in WORDS and value is None)
