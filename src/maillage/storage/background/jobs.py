"""Background work asked, begun, told and ended; moments come in as arguments."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery

from maillage.kernel.language import tr
from maillage.storage.accounts.models import User
from maillage.storage.background.models import Job, Worker

SILENCE = dt.timedelta(seconds=90)
"""How long a worker may say nothing before it is taken for dead; it speaks every few seconds."""
INTERRUPTED = tr("Le travail a été interrompu avant la fin : rien n'a été changé. Redemandez-le.")


class JobState(enum.Enum):
    """Where a piece of work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class JobSeen:
    """A piece of work as those who wait for it see it; ``asked_by`` "" = an account since gone."""

    number: int
    state: JobState
    asked_at: dt.datetime
    asked_by: str
    started_at: dt.datetime | None
    ended_at: dt.datetime | None
    step: str
    trouble: str

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to wait for."""
        return self.state in {JobState.DONE, JobState.FAILED}


def ask(siren: str, kind: str, user: User | None, moment: dt.datetime) -> int | None:
    """Write down that somebody asks for work (None: the house itself), and return its number.

    None: the same is asked already, and waits or runs. Work whose worker died is ended first.
    """
    abandon(moment)
    try:
        with transaction.atomic():
            row = Job.objects.create(territory_id=siren, kind=kind, asked_at=moment, asked_by=user)
    except IntegrityError:
        return None
    return row.pk


def begin(number: int, worker: str, moment: dt.datetime) -> str | None:
    """Take a piece of work that waits, and return its SIREN; None where there is none such."""
    waiting = Job.objects.filter(pk=number, started_at=None, ended_at=None)
    if not waiting.update(started_at=moment, worker=worker):
        return None
    return Job.objects.values_list("territory_id", flat=True).get(pk=number)


def tell(number: int, step: str) -> None:
    """Say what is being done."""
    Job.objects.filter(pk=number, ended_at=None).update(step=step[:200])


def end(number: int, moment: dt.datetime, trouble: str = "") -> None:
    """Say that a piece of work is over, and why if it failed; what is over stays as it was."""
    Job.objects.filter(pk=number, ended_at=None).update(ended_at=moment, trouble=trouble, step="")


def last(siren: str, kind: str, moment: dt.datetime) -> JobSeen | None:
    """Return the work of a kind that was asked last in a territory; one query."""
    seen = Worker.objects.filter(name=OuterRef("worker")).values("seen_at")
    rows = Job.objects.filter(territory=siren, kind=kind).select_related("asked_by")
    row = (
        rows.annotate(seen_at=Subquery(seen, output_field=DateTimeField())).order_by("-pk").first()
    )
    if row is None:
        return None
    dead = row.started_at is not None and row.ended_at is None
    dead = dead and (row.seen_at is None or row.seen_at < moment - SILENCE)
    trouble = INTERRUPTED if dead else row.trouble
    return JobSeen(
        number=row.pk,
        state=_state(row, dead=dead),
        asked_at=row.asked_at,
        asked_by="" if row.asked_by is None else str(row.asked_by),
        started_at=row.started_at,
        ended_at=row.ended_at,
        step=row.step,
        trouble=trouble,
    )


def asked_since(kind: str, moment: dt.datetime) -> frozenset[str]:
    """Return the territories where work of a kind was asked since a moment; one query."""
    rows = Job.objects.filter(kind=kind, asked_at__gte=moment)
    return frozenset(rows.values_list("territory_id", flat=True))


def is_someone_working(moment: dt.datetime) -> bool:
    """Say whether a worker lives; one query."""
    return Worker.objects.filter(seen_at__gte=moment - SILENCE).exists()


def live(worker: str, moment: dt.datetime) -> None:
    """Say that a worker lives; of those that died long ago nothing is kept."""
    Worker.objects.update_or_create(name=worker, defaults={"seen_at": moment})
    Worker.objects.filter(seen_at__lt=moment - 2 * SILENCE).delete()


def leave(worker: str) -> None:
    """Say that a worker stops."""
    Worker.objects.filter(name=worker).delete()


def abandon(moment: dt.datetime) -> None:
    """End the work of those who died at it."""
    alive = Worker.objects.filter(seen_at__gte=moment - SILENCE)
    left = _running().exclude(worker__in=alive.values("name"))
    left.update(ended_at=moment, trouble=INTERRUPTED, step="")


def prune(before: dt.datetime) -> None:
    """Forget the work that was over before a moment, but for the last of each kind."""
    newer = Job.objects.filter(
        territory=OuterRef("territory"), kind=OuterRef("kind"), pk__gt=OuterRef("pk")
    )
    old = Job.objects.filter(ended_at__lt=before).annotate(newer=Subquery(newer.values("pk")[:1]))
    found = list(old.filter(newer__isnull=False).values_list("pk", flat=True))
    Job.objects.filter(pk__in=found).delete()


def _running() -> QuerySet[Job]:
    return Job.objects.filter(started_at__isnull=False, ended_at=None)


def _state(row: Job, *, dead: bool) -> JobState:
    if row.ended_at is not None or dead:
        return JobState.FAILED if row.trouble or dead else JobState.DONE
    return JobState.WAITING if row.started_at is None else JobState.RUNNING
