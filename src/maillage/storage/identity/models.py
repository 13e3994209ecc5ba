"""Decisions and ids in tables."""

from __future__ import annotations

from django.db import models

from maillage.storage.append_only import AppendOnlyQuerySet, AppendOnlyRow
from maillage.storage.rows import TerritoryRow


class Decision(AppendOnlyRow):
    """What somebody decided, whole, as JSON; its number is its place in the territory, from 1."""

    territory = models.ForeignKey(
        "maillage_territory.Epci",
        on_delete=models.PROTECT,
        db_index=False,
        related_name="decisions",
    )
    number = models.IntegerField()
    told = models.JSONField()

    objects = AppendOnlyQuerySet["Decision"].as_manager()

    class Meta:
        """What the database itself holds to."""

        constraints = [
            models.UniqueConstraint(fields=["territory", "number"], name="one_decision_by_number")
        ]


class Identity(TerritoryRow):
    """An id ever given: the record it was founded on, those it holds, the id it leads to.

    ``held`` is a list of pairs ``[source_id, record_id]``.
    """

    founder_source = models.TextField()
    founder_record = models.TextField()
    age = models.IntegerField()
    held = models.JSONField()
    redirect = models.CharField(max_length=100, null=True)
