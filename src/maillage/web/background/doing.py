"""Background work of a territory: asked by a page, done once by a worker, told as it goes."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import timezone
from django_tasks import TaskContext, task

from maillage.kernel.errors import MaillageError
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.storage.accounts.models import User
from maillage.storage.background import jobs
from maillage.web.background.diagnosis import DIAGNOSIS, make_diagnosis
from maillage.web.background.importing import IMPORT, make_import
from maillage.web.background.refreshing import REFRESH, make_refresh

_LOG = logging.getLogger(__name__)
_EACH_SECONDS = 1.0
UNEXPECTED = tr(
    "Une erreur inattendue l'a arrêté : rien n'a été changé. Redemandez-le ; si cela recommence, "
    "le journal du serveur dit pourquoi."
)
_DONE_BY: dict[str, Callable[[str, Progress], None]] = {
    DIAGNOSIS: make_diagnosis,
    IMPORT: make_import,
    REFRESH: make_refresh,
}


@dataclass(slots=True)
class Telling:
    """A ``Progress`` that those who wait can read: a step at most each second."""

    number: int
    clock: Callable[[], float] = time.monotonic
    _told_at: float = field(default=float("-inf"))

    def step(self, label: str, total: int | None = None) -> None:
        """Say what begins; ``total`` is of no use to who waits."""
        del total
        now = self.clock()
        if now - self._told_at >= _EACH_SECONDS:
            self._told_at = now
            jobs.tell(self.number, label)

    def advance(self, units: int = 1) -> None:
        """Do nothing: steps are short."""


def ask(siren: str, kind: str, user: User | None) -> int | None:
    """Ask for work of a kind, and return its number; None: the same waits or runs already."""
    number = jobs.ask(siren, kind, user, timezone.now())
    if number is not None:
        do.enqueue(number, kind)
    return number


@task(takes_context=True)
def do(context: TaskContext, number: int, kind: str) -> None:
    """Do what was asked, and say how it ended: nothing that fails is lost in silence."""
    siren = jobs.begin(number, context.task_result.worker_ids[-1], timezone.now())
    if siren is None:
        return
    trouble = jobs.INTERRUPTED
    try:
        _DONE_BY[kind](siren, Telling(number))
        trouble = ""
    except MaillageError as error:
        trouble = str(error)
    except Exception:
        _LOG.exception("background work %s of %s failed", kind, siren)
        trouble = UNEXPECTED
    finally:
        jobs.end(number, timezone.now(), trouble)
