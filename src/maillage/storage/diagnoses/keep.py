"""Diagnoses kept and read again: the last of each territory, whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from maillage.storage.diagnoses.models import Chapter, Diagnosis, ProductFile
from maillage.storage.journal.models import JournalEntry
from maillage.storage.territory.store import hold

ALIAS = "default"


@dataclass(frozen=True, slots=True)
class ChapterTold:
    """A chapter: its id for addresses, its title, its HTML."""

    slug: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class FileTold:
    """A file by its name, with its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Made:
    """A diagnosis just made, of the work that the journal's line ``revision`` left."""

    on: dt.date
    made_at: dt.datetime
    seconds: int
    revision: int
    engine: str
    chapters: Sequence[ChapterTold]
    files: Sequence[FileTold]


@dataclass(frozen=True, slots=True)
class Kept:
    """A diagnosis as its pages need it: what it was made of, its chapters by title, its files.

    ``n_changes`` counts what the journal says of the directory since.
    """

    on: dt.date
    made_at: dt.datetime
    seconds: int
    engine: str
    n_changes: int
    contents: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, int], ...]


def keep(siren: str, made: Made) -> None:
    """Put a diagnosis in place of the last one."""
    with transaction.atomic():
        hold(ALIAS, siren)
        Diagnosis.objects.filter(territory=siren).delete()
        row = Diagnosis.objects.create(
            territory_id=siren,
            on=made.on,
            made_at=made.made_at,
            seconds=made.seconds,
            revision=made.revision,
            engine=made.engine,
        )
        Chapter.objects.bulk_create(
            Chapter(diagnosis=row, place=place, slug=one.slug, title=one.title, html=one.html)
            for place, one in enumerate(made.chapters)
        )
        ProductFile.objects.bulk_create(
            ProductFile(
                diagnosis=row,
                place=place,
                name=one.name,
                size=len(one.content),
                content=one.content,
            )
            for place, one in enumerate(made.files)
        )


def kept(siren: str) -> Kept | None:
    """Return the diagnosis of a territory, None where none was made; four queries."""
    row = Diagnosis.objects.filter(territory=siren).first()
    if row is None:
        return None
    since = JournalEntry.objects.using(ALIAS).filter(territory=siren, pk__gt=row.revision)
    changes = since.exclude(subject_id="")  # lines about the whole directory count the others
    return Kept(
        on=row.on,
        made_at=row.made_at,
        seconds=row.seconds,
        engine=row.engine,
        n_changes=changes.count(),
        contents=tuple(row.chapters.values_list("slug", "title")),
        files=tuple(row.files.values_list("name", "size")),
    )


def chapter(siren: str, slug: str) -> ChapterTold | None:
    """Return a chapter of the diagnosis of a territory, None where there is none such."""
    row = Chapter.objects.filter(diagnosis__territory=siren, slug=slug).first()
    return None if row is None else ChapterTold(row.slug, row.title, row.html)


def product(siren: str, name: str) -> FileTold | None:
    """Return a file of the diagnosis of a territory, None where there is none such."""
    row = ProductFile.objects.filter(diagnosis__territory=siren, name=name).first()
    return None if row is None else FileTold(row.name, bytes(row.content))


def last_line(siren: str) -> int:
    """Return the last line that the journal holds of a territory, 0 before the first."""
    lines = JournalEntry.objects.using(ALIAS).filter(territory=siren).order_by("-pk")
    return lines.values_list("pk", flat=True).first() or 0
