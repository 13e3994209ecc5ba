"""The tables of background work: who works, and what was asked."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Worker(models.Model):
    """A process that does background work; ``seen_at`` is when it last said that it lives."""

    name = models.CharField(primary_key=True, max_length=64)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Job(models.Model):
    """One piece of work asked for a territory, of one ``kind``; ``asked_by`` NULL: nobody now.

    It waits until ``started_at`` is told, and runs until ``ended_at`` is. ``step`` says what is
    being done, ``trouble`` why it failed, in French; "" where nothing is to be said.
    """

    territory = models.ForeignKey(
        "maillage_territory.Epci", on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    worker = models.CharField(max_length=64, blank=True, default="")
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=200, blank=True, default="")
    trouble = models.TextField(blank=True, default="")

    class Meta:
        """One piece of work of a kind at a time, in each territory."""

        constraints = [
            models.UniqueConstraint(
                fields=["territory", "kind"],
                condition=models.Q(ended_at__isnull=True),
                name="one_job_of_a_kind_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.territory_id}"
