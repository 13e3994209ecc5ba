"""Files brought, looked at, imported and taken back; what waits too long is forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from django.db import transaction
from django.utils import timezone

from maillage.jobs.import_file import SourceTold, source_id_of
from maillage.kernel.parameters import Parameters
from maillage.storage.accounts.models import User
from maillage.storage.encoding import from_json, to_json
from maillage.storage.imports.models import BroughtFile
from maillage.storage.imports.state import Act, State
from maillage.storage.territory.store import hold

ALIAS = "default"
_WAITING = [state.code for state in State if state.waits]


@dataclass(frozen=True, slots=True)
class Choices:
    """What people chose of a file: the field of a column, the national words of a value."""

    columns: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as its pages need it; people are named, "" where nobody is known now.

    ``told`` is what the last preview or import said, ``is_last``: nothing of its source was
    imported since, so that it can be taken back.
    """

    number: int
    source_id: str
    source: str
    name: str
    vintage: str
    size: int
    brought_at: dt.datetime
    brought_by: str
    choices: Choices
    state: State
    asked: str
    job: int | None
    told: Mapping[str, Any] | None
    done_at: dt.datetime | None
    done_by: str
    is_last: bool


def bring(
    siren: str, told: tuple[str, str, str], content: bytes, user: User | None, waiting: int
) -> int | None:
    """Keep a file, ``told`` its name, source and vintage, and return its number.

    None: so many are ``waiting`` already. What people chose for the last file of that source is
    chosen again.
    """
    name, source, vintage = told
    source_id = source_id_of(source)
    with transaction.atomic():
        hold(ALIAS, siren)
        own = BroughtFile.objects.filter(territory=siren)
        if own.filter(state_code__in=_WAITING).count() >= waiting:
            return None
        last = own.filter(source_id=source_id).values_list("choices", flat=True).first()
        row = BroughtFile.objects.create(
            territory_id=siren,
            source_id=source_id,
            source=source,
            name=name,
            vintage=vintage,
            content=content,
            size=len(content),
            digest=blake2b(content, digest_size=20).hexdigest(),
            brought_at=timezone.now(),
            brought_by=user,
            choices=last or {},
        )
    return int(row.pk)


def brought_files(siren: str) -> tuple[Brought, ...]:
    """Return every file of a territory, the newest first; one query."""
    rows = BroughtFile.objects.filter(territory=siren).defer("content", "before")
    found, last = [], set[str]()
    for row in rows.select_related("brought_by", "done_by"):
        imported = row.state_code == State.IMPORTED.code
        found.append(_seen(row, is_last=imported and row.source_id not in last))
        if imported:
            last.add(row.source_id)
    return tuple(found)


def brought_file(siren: str, number: int) -> Brought | None:
    """Return one file of a territory, None where there is none such."""
    return next((one for one in brought_files(siren) if one.number == number), None)


def content_of(siren: str, number: int) -> bytes:
    """Return the bytes of a file, none where they are forgotten."""
    rows = BroughtFile.objects.filter(territory=siren, pk=number)
    found = rows.values_list("content", flat=True).first()
    return b"" if found is None else bytes(found)


def choose(siren: str, number: int, choices: Choices) -> None:
    """Keep what somebody chose of a file that waits: it is to be previewed again."""
    told = {
        "columns": dict(choices.columns),
        "words": {
            f: {v: list(w) for v, w in values.items()} for f, values in choices.words.items()
        },
    }
    rows = BroughtFile.objects.filter(territory=siren, pk=number, state_code__in=_WAITING)
    rows.update(choices=told, state_code=State.BROUGHT.code, told=None)


def ask(siren: str, number: int, act: Act, user: User | None, job: int) -> None:
    """Write what the worker is to do with a file, for whom, and the number of that work."""
    own = BroughtFile.objects.filter(territory=siren)
    own.exclude(pk=number).update(asked="")
    own.filter(pk=number).update(asked=act.value, done_by=user, job=job)


def asked(siren: str) -> tuple[Brought, Act] | None:
    """Return the file that the worker is to do something with, and what; None: none."""
    found = next((one for one in brought_files(siren) if one.asked), None)
    return None if found is None else (found, Act(found.asked))


def previewed(siren: str, number: int) -> None:
    """Write that a file was tried."""
    _done(siren, number, State.PREVIEWED)


def imported(siren: str, number: int, before: SourceTold) -> None:
    """Write that a file was imported, and what its source told before; its bytes go."""
    at = timezone.now()
    _done(siren, number, State.IMPORTED, before=to_json(before), content=b"", done_at=at)


def undone(siren: str, number: int) -> None:
    """Write that an import was taken back."""
    _done(siren, number, State.UNDONE, before=None, done_at=timezone.now())


def tell(siren: str, number: int, told: Mapping[str, Any]) -> None:
    """Keep what is to be said of what was done last with a file."""
    BroughtFile.objects.filter(territory=siren, pk=number).update(told=told)


def before_import(siren: str, number: int) -> SourceTold | None:
    """Return what a source told before a file took its place, None where it was not imported."""
    rows = BroughtFile.objects.filter(territory=siren, pk=number, state_code=State.IMPORTED.code)
    told = rows.values_list("before", flat=True).first()
    return None if told is None else from_json(SourceTold, told)


def stop_asking(siren: str) -> None:
    """Forget what the worker was asked, done or not."""
    BroughtFile.objects.filter(territory=siren).exclude(asked="").update(asked="")


def discard(siren: str, number: int) -> bool:
    """Delete a file that waits, and say whether there was one."""
    rows = BroughtFile.objects.filter(territory=siren, pk=number, state_code__in=_WAITING)
    return bool(rows.delete()[0])


def forget_old_files(parameters: Parameters, moment: dt.datetime) -> int:
    """Delete the files that wait for longer than parameters tell; return how many."""
    before = moment - dt.timedelta(days=parameters.number("imports.keep_days"))
    rows = BroughtFile.objects.filter(state_code__in=_WAITING, brought_at__lt=before)
    return int(rows.delete()[0])


def _done(siren: str, number: int, state: State, **changed: object) -> None:
    rows = BroughtFile.objects.filter(territory=siren, pk=number)
    rows.update(state_code=state.code, asked="", **changed)


def _seen(row: BroughtFile, *, is_last: bool) -> Brought:
    told = row.choices or {}
    words = {
        name: {value: tuple(some) for value, some in values.items()}
        for name, values in told.get("words", {}).items()
    }
    return Brought(
        number=row.pk,
        source_id=row.source_id,
        source=row.source,
        name=row.name,
        vintage=row.vintage,
        size=row.size,
        brought_at=row.brought_at,
        brought_by=str(row.brought_by or ""),
        choices=Choices(told.get("columns", {}), words),
        state=State.of(row.state_code),
        asked=row.asked,
        job=row.job,
        told=row.told,
        done_at=row.done_at,
        done_by=str(row.done_by or ""),
        is_last=is_last,
    )
