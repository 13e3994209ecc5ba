"""Decisions are only added to, ids never forgotten, and nobody's are written over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError
from tests.storage.databases import another_program, empty_workspace, opened_again

from maillage.directory.ledger import EMPTY_LEDGER, Ledger
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import WorkspaceError
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace

BETHUNE_BRUAY = "200072460"
MakeWork = Callable[..., TerritoryWork]
REPLACING = "INSERT OR REPLACE INTO maillage_identity_decision"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE maillage_identity_decision SET told = '{}'",
        "DELETE FROM maillage_identity_decision",
        pytest.param(
            f"{REPLACING} (id, territory_id, number, told) VALUES (1, '200072460', 9, '{{}}')",
            marks=pytest.mark.sqlite,
        ),
        pytest.param(
            f"{REPLACING} (territory_id, number, told) VALUES ('200072460', 1, '{{}}')",
            marks=pytest.mark.sqlite,
        ),
    ],
)
def test_the_database_refuses_to_rewrite_a_decision(
    workspace: Workspace, make_decided_work: MakeWork, statement: str
) -> None:
    """Even another program, in plain SQL, cannot change, delete or replace a decision."""
    work = make_decided_work(3, 1)
    DjangoWorkStore(workspace).save(work)
    with (
        another_program(workspace) as other,
        pytest.raises(DatabaseError, match="only added to"),
    ):
        other.execute(statement)
    assert DjangoWorkStore(workspace).load(BETHUNE_BRUAY) == work


def test_the_model_refuses_to_rewrite_a_decision(
    workspace: Workspace, make_decided_work: MakeWork
) -> None:
    """Saving, updating or deleting a written decision is refused in Python."""
    from maillage.storage.append_only import AppendOnlyError
    from maillage.storage.identity.models import Decision

    DjangoWorkStore(workspace).save(make_decided_work(3, 1))
    table = Decision.objects.using(workspace.alias)
    line = table.get()
    rewritings: list[Callable[[], object]] = [
        line.save,
        line.delete,
        table.all().delete,
        lambda: table.update(number=2),
        lambda: table.bulk_update([line], ["number"]),
    ]
    for rewrite in rewritings:
        with pytest.raises(AppendOnlyError):
            rewrite()


def test_a_decision_of_somebody_else_is_never_written_over(
    tmp_path: Path, make_decided_work: MakeWork
) -> None:
    """Two load, both decide: the second is told so, and the first one's decision stands."""
    with (
        empty_workspace(tmp_path / "espace", BETHUNE_BRUAY) as here,
        opened_again(here) as there,
    ):
        one, two = DjangoWorkStore(here), DjangoWorkStore(there)
        one.save(make_decided_work(3))
        loaded = two.load(BETHUNE_BRUAY)
        one.save(make_decided_work(3, 1))
        (mine,) = make_decided_work(3, 1).decisions
        late = replace(loaded, decisions=(replace(mine, by="une autre"),))
        for stale in (late, loaded):
            with pytest.raises(WorkspaceError, match=r"décidé entre-temps.*n° 1 de portrea"):
                two.save(stale)
        assert two.load(BETHUNE_BRUAY) == make_decided_work(3, 1)


def test_an_id_of_somebody_else_is_never_forgotten(
    workspace: Workspace, make_decided_work: MakeWork
) -> None:
    """A work made from before somebody else's import, which gave ids, is refused."""
    store = DjangoWorkStore(workspace)
    store.save(make_decided_work(3))
    with pytest.raises(WorkspaceError, match="identifiant lieu-00002"):
        store.save(make_decided_work(2))
    assert store.load(BETHUNE_BRUAY) == make_decided_work(3)


def test_decisions_out_of_order_are_refused(
    workspace: Workspace, make_decided_work: MakeWork
) -> None:
    """The number of a decision is its place: anything else is a mistake of the caller."""
    work = make_decided_work(3, 2)
    for wrong in (work.decisions[::-1], work.decisions[1:]):
        with pytest.raises(ValueError, match="numbered"):
            DjangoWorkStore(workspace).save(replace(work, decisions=wrong))


def test_a_ledger_that_leads_nowhere_is_refused(
    workspace: Workspace, make_decided_work: MakeWork
) -> None:
    """Ids that lead round, or where no id was given, or that are out of order, are not kept."""
    work = make_decided_work(3)
    first, second, third = work.ledger.identities
    round_ = (replace(first, redirect=second.id), replace(second, redirect=first.id), third)
    astray = (replace(first, redirect="lieu-jamais-vu"), second, third)
    for identities in (round_, astray):
        with pytest.raises(ValueError, match="leads nowhere"):
            DjangoWorkStore(workspace).save(replace(work, ledger=Ledger(identities)))
    with pytest.raises(ValueError, match="in order of id"):
        DjangoWorkStore(workspace).save(replace(work, ledger=Ledger((second, first))))


def test_a_merged_id_leads_to_the_one_that_stays(
    workspace: Workspace, make_decided_work: MakeWork
) -> None:
    """An id given once is found for ever; it leads to itself again once set apart."""
    store = DjangoWorkStore(workspace)
    found = []
    for n_decisions in (0, 1, 2):
        store.save(make_decided_work(3, n_decisions))
        found.append(store.current(BETHUNE_BRUAY, "lieu-00001"))
    assert found == ["lieu-00001", "lieu-00000", "lieu-00001"]
    assert store.current(BETHUNE_BRUAY, "lieu-jamais-vu") == "lieu-jamais-vu"


def test_ids_that_did_not_change_are_not_written(
    workspace: Workspace, make_decided_work: MakeWork
) -> None:
    """A merge writes the two ids it concerns, and no other."""
    from django.db import connections

    store, written = DjangoWorkStore(workspace), []
    store.save(make_decided_work(5))
    assert store.load(BETHUNE_BRUAY).ledger != EMPTY_LEDGER

    def watch(execute: Callable[..., object], sql: str, params: object, *how: object) -> object:
        """Keep what is written about ids."""
        if sql.startswith("INSERT") and "maillage_identity_identity" in sql:
            written.append(str(params))
        return execute(sql, params, *how)

    with connections[workspace.alias].execute_wrapper(watch):
        store.save(make_decided_work(5, 1))
    (one,) = written
    assert [f"lieu-0000{n}" in one for n in range(5)] == [True, True, False, False, False]
