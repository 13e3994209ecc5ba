"""The loop of a worker: look for work without locking anything, do it, say that one lives."""

from __future__ import annotations

import datetime as dt
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import OperationalError, close_old_connections, connections
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from maillage.kernel.parameters import Parameters
from maillage.storage.background import jobs
from maillage.web.public.retention import forget

_LOG = logging.getLogger(__name__)
ALIAS = "default"
PAUSE = 1.0
"""Seconds between two looks at what is asked."""
LOOK = 10.0
"""Seconds between two looks at what the hour asks for."""
BEAT = 15.0
"""Seconds between two signs of life."""
LOCK_SECONDS = 60
"""How long a worker waits for whoever writes in the same SQLite file: nobody waits for it."""


@dataclass(frozen=True, slots=True, eq=False)
class Rounds:
    """What a worker does again and again; ``wait`` pauses, and says whether it must stop.

    ``by_time`` is what the hour alone asks for: it is looked at once in ``LOOK`` seconds.
    """

    worker: TaskWorker
    wait: Callable[[float], bool]
    by_time: Callable[[], object] = lambda: None

    def run(self) -> None:
        """Do what is asked until ``wait`` says to stop, or the worker was told to."""
        looked = float("-inf")
        while self.worker.running and not self.wait(PAUSE):
            close_old_connections()
            try:
                if is_work_waiting():
                    self.worker.run()
                if time.monotonic() - looked >= LOOK:
                    looked = time.monotonic()
                    self.by_time()
            except OperationalError as error:  # somebody writes for long: it will be free again
                _LOG.warning("the database does not answer: %s", error)


def task_worker(name: str) -> TaskWorker:
    """Return what runs the tasks that wait, one after another, then comes back."""
    return TaskWorker(
        queue_names=["*"],
        interval=0.0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )


def is_work_waiting() -> bool:
    """Say whether a task is ready, by reading alone: the look that tasks take locks the file."""
    return DBTaskResult.objects.ready().filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS).exists()


def tidy(parameters: Parameters, moment: dt.datetime) -> None:
    """End the work of workers that died, and forget what was over long ago."""
    jobs.abandon(moment)
    forget(parameters, moment)
    before = moment - dt.timedelta(days=parameters.number("background.keep_days"))
    jobs.prune(before)
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()


def be_patient() -> None:
    """Wait longer than pages do for an SQLite file that somebody writes in."""
    connection = connections[ALIAS]
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = LOCK_SECONDS
        connection.close()


def beat(
    worker: str, parent: int | None, stopped: threading.Event, stop: Callable[[], None]
) -> None:
    """Say that a worker lives until ``stopped``; call ``stop`` if its parent is gone.

    It runs in a thread of its own, with its own connection: work can last minutes.
    """
    seconds = 0.0
    try:
        while not stopped.wait(PAUSE):
            if parent is not None and os.getppid() != parent:
                stop()
                return
            seconds += PAUSE
            if seconds >= BEAT:
                seconds = 0.0
                _say_alive(worker)
    finally:
        connections.close_all()


def _say_alive(worker: str) -> None:
    try:
        jobs.live(worker, timezone.now())
    except OperationalError as error:
        _LOG.warning("the database does not answer: %s", error)
