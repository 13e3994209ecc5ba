"""What every table of a territory's things has in common, and how its rows are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)
T = TypeVar("T")
_BATCH = 500  # rows named in one statement: under the limits of every database


class TerritoryRow(models.Model):
    """A row that stands for one thing of one territory.

    Several territories share a database, and two may know the same thing (a lieu of the border) by
    the same opaque id: the primary key is the pair, written as one text so that other tables can
    point at it.
    """

    key = models.CharField(primary_key=True, max_length=120)
    territory = models.ForeignKey(
        "maillage_territory.Epci", on_delete=models.CASCADE, db_index=False, related_name="+"
    )
    domain_id = models.CharField(max_length=100)

    class Meta:
        """What the database itself holds to."""

        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "domain_id"], name="%(app_label)s_%(class)s_of_territory"
            )
        ]


class PlacedRow(models.Model):
    """A row that stands at a place (``position``, from 0) among those of its territory."""

    key = models.CharField(primary_key=True, max_length=120)
    territory = models.ForeignKey(
        "maillage_territory.Epci", on_delete=models.CASCADE, related_name="+"
    )
    position = models.IntegerField()

    class Meta:
        """No table of its own."""

        abstract = True


def key_of(siren: str, domain_id: str) -> str:
    """Return the primary key of one thing of one territory."""
    return f"{siren}/{domain_id}"


def insert(table: models.QuerySet[M], rows: Iterable[M]) -> None:
    """Write new rows, a piece at a time: ``rows`` may be a generator, and is never held whole."""
    for piece in batches(rows):
        table.bulk_create(piece)


def upsert(table: models.QuerySet[M], rows: Iterable[M]) -> None:
    """Write rows, in place of those that have the same primary key; rows pointed at stay put."""
    fields = table.model._meta.concrete_fields  # noqa: SLF001 - Django's documented door
    changing = [field.name for field in fields if not field.primary_key]
    for piece in batches(rows):
        table.bulk_create(
            piece, update_conflicts=True, unique_fields=["pk"], update_fields=changing
        )


def rewrite(table: models.QuerySet[M], siren: str, rows: Iterable[M]) -> None:
    """Make ``rows`` the only ones of a territory: what differs is written, the rest left alone.

    The primary key is named ``key``; rows pointed at stay put.
    """
    names = [field.attname for field in table.model._meta.concrete_fields]  # noqa: SLF001
    known = {told[0]: told[1:] for told in table.filter(territory=siren).values_list("pk", *names)}
    upsert(table, (row for row in rows if known.pop(row.pk, None) != _told(row, names)))
    for gone in batches(known):
        table.filter(pk__in=gone).delete()


def _told(row: models.Model, names: Iterable[str]) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in names)


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """Cut rows, keys or ids into pieces small enough for one statement."""
    rest = iter(items)
    while piece := list(islice(rest, _BATCH)):
        yield piece


def check_order(what: str, ids: Iterable[str]) -> None:
    """Raise ValueError unless ids strictly grow: tables give things back in order of id."""
    for before, after in pairwise(ids):
        if before >= after:
            raise ValueError(f"{what} must be in order of id, each once: {before!r}, {after!r}")
