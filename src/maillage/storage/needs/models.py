"""Requests that nobody could answer, and the activity of desks: no identity has a column here."""

from __future__ import annotations

from django.db import models


class UnmetNeed(models.Model):
    """One request that a desk could not answer: a commune, a day, a service, what stood in the way.

    ``number`` counts from 1 in each territory and is never given twice. A request taken back keeps
    its row (``withdrawn``), so that what was counted on a date can be counted again. ``once`` is
    drawn by chance, and names the act of recording: a button pressed twice counts once.
    """

    territory = models.ForeignKey(
        "maillage_territory.Epci", on_delete=models.CASCADE, db_index=False, related_name="needs"
    )
    number = models.IntegerField()
    desk = models.CharField(max_length=100)
    code_insee = models.CharField(max_length=5)
    service = models.TextField(null=True)
    errand = models.CharField(max_length=100, null=True)
    constraint = models.TextField(null=True)
    date = models.DateField()
    withdrawn = models.DateField(null=True)
    once = models.CharField(max_length=32, null=True)

    class Meta:
        """What the database itself holds to."""

        constraints = [
            models.UniqueConstraint(fields=["territory", "number"], name="one_need_by_number")
        ]
        indexes = [models.Index(fields=["territory", "date"], name="need_date")]


class DeskMonth(models.Model):
    """How many people a desk sought help for in one month."""

    territory = models.ForeignKey(
        "maillage_territory.Epci", on_delete=models.CASCADE, db_index=False, related_name="desks"
    )
    desk = models.CharField(max_length=100)
    month = models.DateField()
    n_asked = models.IntegerField()

    class Meta:
        """What the database itself holds to."""

        constraints = [
            models.UniqueConstraint(
                fields=["territory", "desk", "month"], name="one_row_by_desk_and_month"
            )
        ]
