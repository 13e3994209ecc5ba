"""Background work: asked once, done once, told, and never lost in silence."""

from __future__ import annotations

import datetime as dt
import os
import threading

import pytest
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries
from tests.web import tasks
from tests.web.conftest import DEMO, ON, OTHER

from maillage.kernel.parameters import load_parameters
from maillage.storage.accounts.models import User
from maillage.storage.background import jobs
from maillage.storage.background.jobs import JobState
from maillage.storage.background.models import Job, Worker
from maillage.web import schedule
from maillage.web.background import loop
from maillage.web.background.loop import Rounds, task_worker, tidy

NOW = dt.datetime(2026, 11, 24, 10, 15, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def user(db: None) -> User:
    """Give somebody who asks."""
    found = User.objects.order_by("pk").first()
    assert found is not None
    return found


def _asked(user: User, siren: str = DEMO, moment: dt.datetime = NOW) -> int:
    number = jobs.ask(siren, "essai", user, moment)
    assert number is not None
    return number


def test_work_goes_from_asked_to_done(
    user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Each state is seen by who waits, in one query, with who asked and what is being done."""
    assert jobs.last(DEMO, "essai", NOW) is None
    number = _asked(user)
    jobs.live("w", NOW)
    with django_assert_num_queries(1):
        seen = jobs.last(DEMO, "essai", NOW)
    assert seen is not None
    assert (seen.state, seen.asked_by, seen.is_over) == (JobState.WAITING, str(user), False)
    assert jobs.begin(number, "w", NOW) == DEMO
    jobs.tell(number, "Diagnostic" * 40)
    seen = jobs.last(DEMO, "essai", NOW)
    assert seen is not None
    assert seen.state is JobState.RUNNING
    assert seen.step.startswith("Diagnostic")
    jobs.end(number, NOW + MINUTE)
    seen = jobs.last(DEMO, "essai", NOW)
    assert seen is not None
    assert (seen.state, seen.trouble, seen.is_over) == (JobState.DONE, "", True)


def test_the_same_work_is_asked_once(user: User) -> None:
    """Whoever asks again while it waits or runs adds nothing; another territory is another work."""
    number = _asked(user)
    assert jobs.ask(DEMO, "essai", user, NOW) is None
    assert _asked(user, OTHER) != number
    jobs.end(number, NOW, "raté")
    assert _asked(user) != number


def test_work_is_begun_once(user: User) -> None:
    """Of two workers that take the same work, one does it; what is over is not done again."""
    number = _asked(user)
    assert jobs.begin(number, "w", NOW) == DEMO
    assert jobs.begin(number, "v", NOW) is None
    jobs.end(number, NOW, "raté")
    jobs.end(number, NOW + MINUTE)
    seen = jobs.last(DEMO, "essai", NOW)
    assert seen is not None
    assert seen.trouble == "raté"
    assert jobs.begin(10**6, "w", NOW) is None


def test_the_work_of_who_died_is_said_interrupted(user: User) -> None:
    """A worker that says nothing for long, or left, has failed; the work can be asked again."""
    number = _asked(user)
    jobs.live("w", NOW)
    jobs.begin(number, "w", NOW)
    later = NOW + jobs.SILENCE
    seen = jobs.last(DEMO, "essai", later)
    assert seen is not None and seen.state is JobState.RUNNING
    assert jobs.is_someone_working(later)
    for moment in (later + MINUTE, NOW):
        seen = jobs.last(DEMO, "essai", moment)
        assert seen is not None
        assert (seen.state, seen.trouble) == (JobState.FAILED, jobs.INTERRUPTED)
        jobs.leave("w")
    assert not jobs.is_someone_working(NOW)
    assert _asked(user, moment=later + MINUTE) != number


def test_what_is_over_is_forgotten(user: User) -> None:
    """After the days that parameters tell, but for the last of each kind; and so are tasks."""
    parameters = load_parameters(ON)
    days = dt.timedelta(days=parameters.number("background.keep_days"))
    old = []
    for _ in range(2):
        old.append(_asked(user))
        jobs.end(old[-1], NOW)
    tasks.count.enqueue(1)
    task_worker("w").run()
    DBTaskResult.objects.update(finished_at=NOW)
    tidy(parameters, NOW + days)
    assert set(Job.objects.values_list("pk", flat=True)) == set(old)
    assert DBTaskResult.objects.count() == 1
    tidy(parameters, NOW + days + MINUTE)
    assert set(Job.objects.values_list("pk", flat=True)) == {old[-1]}
    assert DBTaskResult.objects.count() == 0


def test_workers_that_died_long_ago_are_forgotten(db: None) -> None:
    """The table of workers does not grow."""
    jobs.live("w", NOW)
    jobs.live("v", NOW + 3 * jobs.SILENCE)
    assert set(Worker.objects.values_list("name", flat=True)) == {"v"}


def test_rounds_do_what_is_asked_then_stop(db: None) -> None:
    """Tasks are done in order, a failed one stops nothing, and the loop ends when told."""
    tasks.DONE.clear()
    tasks.count.enqueue(1)
    tasks.fail.enqueue(2)
    tasks.count.enqueue(3)
    left = iter((False, False, True))
    Rounds(task_worker("w"), lambda _: next(left)).run()
    assert tasks.DONE == [1, 3]
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == [
        "FAILED",
        "SUCCESSFUL",
        "SUCCESSFUL",
    ]


def test_a_locked_file_stops_no_worker(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where somebody writes for long, the worker looks again later."""
    looks = iter((OperationalError("database is locked"), False))

    def busy() -> bool:
        told = next(looks)
        if isinstance(told, Exception):
            raise told
        return told

    monkeypatch.setattr(loop, "is_work_waiting", busy)
    left = iter((False, False, True))
    Rounds(task_worker("w"), lambda _: next(left)).run()
    assert next(looks, None) is None


def test_an_orphan_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker whose parent is gone is stopped; one whose parent lives is left alone."""
    monkeypatch.setattr(loop, "PAUSE", 0.01)
    stopped, said = threading.Event(), []
    loop.beat("w", os.getppid() + 10**7, stopped, lambda: said.append("stop"))
    assert said == ["stop"]
    stopped.set()
    loop.beat("w", os.getppid(), stopped, lambda: said.append("again"))
    assert said == ["stop"]


def test_what_fails_stops_nothing_that_comes_after(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """One thing that is due and cannot be done is told to the journal; the others are done."""
    done = []

    def fails(*_: object) -> int:
        raise LookupError("a case that cannot be moved")

    def does(*_: object) -> int:
        done.append(1)
        return 1

    monkeypatch.setattr(schedule, "DUE", (fails, does))
    schedule.on_time()
    assert done == [1]
    assert "a case that cannot be moved" in caplog.text
