"""``python -m maillage.web worker``: does the background work of the site until it is stopped."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.crypto import get_random_string

from maillage.kernel.parameters import load_parameters
from maillage.storage.background import jobs
from maillage.web.background.loop import Rounds, be_patient, beat, task_worker, tidy
from maillage.web.schedule import on_time


class Command(BaseCommand):
    """Run the worker. A first signal lets it end what it does, a second one does not."""

    help = "Fait le travail de fond du site, jusqu'à ce qu'on l'arrête."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the process without which this one has no reason to live."""
        parser.add_argument("--parent", type=int, default=None)

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Work."""
        del args
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # it speaks English
        name = get_random_string(32)
        worker = task_worker(name)
        be_patient()
        moment = timezone.now()
        jobs.live(name, moment)
        tidy(load_parameters(timezone.localdate()), moment)
        worker.configure_signals()
        stopped = threading.Event()
        told = (name, options["parent"], stopped, partial(_stop_at_once, stopped))
        beating = threading.Thread(target=beat, args=told, daemon=True)
        beating.start()
        try:
            Rounds(worker, _pause, on_time).run()
        finally:
            stopped.set()
            beating.join()
            jobs.leave(name)


def _pause(seconds: float) -> bool:
    time.sleep(seconds)
    return False


def _stop_at_once(stopped: threading.Event) -> None:
    """End this process as two signals do: the work in hand is said to be interrupted."""
    os.kill(os.getpid(), signal.SIGTERM)
    if not stopped.wait(1.0):
        os.kill(os.getpid(), signal.SIGTERM)
