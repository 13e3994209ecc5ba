"""Requests that nobody could answer are kept by territory, without any identity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from maillage.access.unreached.model import UnmetNeed
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import WorkspaceError
from maillage.orientation.reported import DeskMonth, RecordedNeed
from maillage.standard import mednum
from maillage.storage.need_log import DjangoNeedLog
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace

HERE, ELSEWHERE = "200072460", "246200364"
ON = dt.date(2026, 11, 23)
NEED = RecordedNeed(
    UnmetNeed("62119", mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES, ON, "sans voiture"),
    "structure-1",
    "compte-ameli",
)
MakeWork = Callable[..., TerritoryWork]


@pytest.fixture
def log(workspace: Workspace, make_work: MakeWork) -> DjangoNeedLog:
    """A log in a workspace where the territory is."""
    DjangoWorkStore(workspace, ON, "test").save(make_work(2))
    return DjangoNeedLog(workspace.alias)


def test_a_request_is_given_back_as_it_was_recorded(log: DjangoNeedLog) -> None:
    """What is kept is what was told, with the next number."""
    bare = RecordedNeed(UnmetNeed("62119", None, ON), "structure-2")
    assert log.record(HERE, NEED) == replace(NEED, number=1)
    assert log.record(HERE, bare) == replace(bare, number=2)
    assert log.needs(HERE, ON, ON) == (replace(NEED, number=1), replace(bare, number=2))


def test_days_asked_are_both_included(log: DjangoNeedLog) -> None:
    """A request of the first or of the last day asked counts, one of the day before does not."""
    log.record(HERE, NEED)
    day = dt.timedelta(days=1)
    assert len(log.needs(HERE, ON - day, ON)) == 1
    assert len(log.needs(HERE, ON, ON + day)) == 1
    assert log.needs(HERE, ON + day, ON + 2 * day) == ()


def test_a_request_taken_back_counts_no_more_and_its_number_is_not_given_again(
    log: DjangoNeedLog,
) -> None:
    """Undoing is possible once, and leaves the number taken."""
    log.record(HERE, NEED)
    assert log.withdraw(HERE, 1, ON)
    assert not log.withdraw(HERE, 1, ON)
    assert log.needs(HERE, ON, ON) == ()
    assert log.record(HERE, NEED).number == 2


def test_what_is_recorded_twice_under_one_name_is_kept_once(log: DjangoNeedLog) -> None:
    """A button pressed twice gives back what was kept; taken back, it can be recorded again."""
    first = log.record(HERE, NEED, "aaa")
    assert log.record(HERE, NEED, "aaa") == first
    assert log.record(HERE, NEED, "bbb").number == 2
    log.withdraw(HERE, 1, ON)
    assert log.record(HERE, NEED, "aaa").number == 3
    assert len(log.needs(HERE, ON, ON)) == 2


def test_a_territory_that_is_not_here_is_refused_in_french(log: DjangoNeedLog) -> None:
    """Nothing is recorded for a territory that nobody put here."""
    with pytest.raises(WorkspaceError, match="n'est pas ici"):
        log.record(ELSEWHERE, NEED)


def test_requests_of_one_territory_never_show_in_another(
    workspace: Workspace, make_work: MakeWork, log: DjangoNeedLog
) -> None:
    """Two territories of one database each see their own, numbered from one."""
    work = make_work(2)
    other = replace(work, territory=replace(work.territory, siren=ELSEWHERE))
    DjangoWorkStore(workspace, ON, "test").save(other)
    log.record(HERE, NEED)
    assert log.record(ELSEWHERE, NEED).number == 1
    log.count_asked(HERE, "structure-1", ON)
    assert len(log.needs(HERE, ON, ON)) == 1
    assert log.months(ELSEWHERE, ON, ON) == ()


def test_searches_are_counted_by_desk_and_month(log: DjangoNeedLog) -> None:
    """A month counts whole, each desk by itself."""
    for desk, day in (("b", 3), ("a", 20), ("b", 28)):
        log.count_asked(HERE, desk, dt.date(2026, 10, day))
    log.count_asked(HERE, "b", ON)
    october = dt.date(2026, 10, 1)
    assert log.months(HERE, dt.date(2026, 10, 15), dt.date(2026, 10, 31)) == (
        DeskMonth("a", october, 1),
        DeskMonth("b", october, 2),
    )
    assert len(log.months(HERE, october, ON)) == 3


def test_saving_the_directory_again_keeps_what_desks_recorded(
    workspace: Workspace, make_work: MakeWork, log: DjangoNeedLog
) -> None:
    """An import rewrites the directory, never what people said at a counter."""
    log.record(HERE, NEED)
    DjangoWorkStore(workspace, ON, "test").save(make_work(3))
    assert len(log.needs(HERE, ON, ON)) == 1


def test_structures_with_an_account_are_known_where_a_site_is_served(
    workspace: Workspace, log: DjangoNeedLog
) -> None:
    """A workspace that no site was served from has none; accounts of one tell its structures."""
    from django.db import connections

    assert log.desks(HERE) == frozenset()
    with connections[workspace.alias].cursor() as cursor:
        cursor.execute(
            "CREATE TABLE maillage_accounts_membership (territory_id TEXT, structure_id TEXT)"
        )
        cursor.execute(
            "INSERT INTO maillage_accounts_membership VALUES (%s, 'a'), (%s, 'a'), (%s, ''), "
            "(%s, 'elsewhere')",
            [HERE, HERE, HERE, ELSEWHERE],
        )
    assert log.desks(HERE) == {"a"}
