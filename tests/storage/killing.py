"""A program that is killed: it does the work of a workspace in children that die on the way.

It is run by ``test_killed.py`` and ``test_two_programs.py``, with a pickle of what to do: a
dictionary of the arguments of ``at_points``, ``in_place``, ``at_moments`` or ``race``. Each child
is forked, so that Django is loaded once; the kill is SIGKILL, which no program can catch.
"""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.storage.databases import Place

from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import WorkspaceError
from maillage.storage.setup import set_up_django
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace, is_workspace

Works = tuple[TerritoryWork, ...]


def at_points(start: Path | None, works: Works, siren: str, out: Path, step: int) -> None:
    """Do the work again and again, killed after the 1st, the 1 + step-th statement, and so on.

    Each time the workspace ``start`` (None: it is to be created) is copied to ``out/N/espace``,
    opened, and the works are saved in it, in turn. The last one is not killed.
    """
    point, done = 1, False
    while not done:
        folder = out / f"{point:04}" / "espace"
        folder.parent.mkdir(parents=True)
        if start is not None:
            shutil.copytree(start, folder)
        child = _forked(lambda folder=folder, point=point: _save(folder, works, siren, point))
        done = os.WIFEXITED(os.waitpid(child, 0)[1])
        point += step


def in_place(place: Place, works: Works, out: Path, step: int) -> None:
    """Save the works in one place, killed after the 1st, the 1 + step-th statement, and so on.

    What another program then reads there goes to ``out/N``. The last save is not killed.
    """
    point, done = 1, False
    while not done:
        child = _forked(lambda point=point: _save_in(place, works, point))
        done = os.WIFEXITED(os.waitpid(child, 0)[1])
        with place.opened() as workspace:
            read = DjangoWorkStore(workspace).find(place.siren)
        (out / f"{point:04}").write_bytes(pickle.dumps(read))
        point += step


def at_moments(start: Path, works: Works, out: Path, seconds: tuple[float, ...]) -> None:
    """Import and decide without end, killed so many seconds after a decision, then go on.

    After each kill what stands on the disk is copied to ``out/N/espace``.
    """
    for number, delay in enumerate(seconds):
        told, tell = os.pipe()
        child = _forked(lambda tell=tell: _decide_without_end(start, works, tell))
        os.close(tell)
        os.read(told, 1)
        os.close(told)
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        shutil.copytree(start, out / f"{number:04}" / "espace")


def race(place: Place, works: Works, out: Path, people: tuple[str, ...], n_each: int) -> None:
    """Let several people decide at once in one workspace, each so many times, trying again."""
    children = [_forked(lambda who=who: _decide(place, works, who, out, n_each)) for who in people]
    for child in children:
        os.waitpid(child, 0)


def _forked(act: Callable[[], None]) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        act()
        status = 0
    finally:
        os._exit(status)


def _save(folder: Path, works: Works, siren: str, point: int) -> None:
    with _killed_after(point):
        opened = Workspace.open(folder) if is_workspace(folder) else Workspace.create(folder, siren)
        with opened as workspace:
            for work in works:
                DjangoWorkStore(workspace).save(work)


def _save_in(place: Place, works: Works, point: int) -> None:
    with _killed_after(point), place.opened() as workspace:
        for work in works:
            DjangoWorkStore(workspace).save(work)


@contextmanager
def _killed_after(point: int) -> Iterator[None]:
    """Kill this process after so many statements of all its connections together."""
    from django.db.backends.signals import connection_created

    with ExitStack() as stack:
        kill = _Killer(point)

        def watch(connection: Any, **_: object) -> None:  # noqa: ANN401 - Django's own
            """Count the statements of every connection."""
            stack.enter_context(connection.execute_wrapper(kill))

        connection_created.connect(watch)
        yield


class _Killer:
    """What kills this process once so many statements were executed."""

    def __init__(self, point: int) -> None:
        self.left = point

    def __call__(self, execute: Callable[..., object], *told: object) -> object:
        """Execute one statement, the last perhaps."""
        result = execute(*told)
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


def _decide_without_end(folder: Path, works: Works, tell: int) -> None:
    with Workspace.open(folder) as workspace:
        store = DjangoWorkStore(workspace)
        for work in _next_works(store, works):
            store.save(store.load(work.territory.siren))
            store.save(work)
            os.write(tell, b".")


def _next_works(store: DjangoWorkStore, works: Works) -> Iterator[TerritoryWork]:
    """Give again and again the work with one decision more than there are."""
    while True:
        known = store.load(works[0].territory.siren).decisions
        yield works[(len(known) + 1) % len(works)]


def _decide(place: Place, works: Works, who: str, out: Path, n_each: int) -> None:
    n_done, n_refused = 0, 0
    with place.opened() as workspace:
        store = DjangoWorkStore(workspace)
        while n_done < n_each:
            known = store.load(works[0].territory.siren).decisions
            work = works[len(known) + 1]
            mine = replace(work.decisions[-1], by=who)
            try:
                store.save(replace(work, decisions=(*known, mine)))
                n_done += 1
            except WorkspaceError:
                n_refused += 1
    (out / who).write_text(f"{n_done} {n_refused}", encoding="utf-8")


if __name__ == "__main__":
    set_up_django()
    asked = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301 - made by the test
    verbs = (at_points, in_place, at_moments, race)
    {verb.__name__: verb for verb in verbs}[asked.pop("verb")](**asked)
