"""Findings in a table, in the order they were met."""

from __future__ import annotations

from django.db import models


class Finding(models.Model):
    """One doubt about one value: what, how serious, where, and what to do about it."""

    territory = models.ForeignKey(
        "maillage_territory.Epci", on_delete=models.CASCADE, db_index=False, related_name="findings"
    )
    position = models.IntegerField()
    code = models.TextField()
    severity = models.CharField(max_length=20)
    message = models.TextField()
    advice = models.TextField()
    source = models.TextField(null=True)
    line = models.IntegerField(null=True)
    subject = models.TextField()
    field = models.TextField(null=True)
    value = models.TextField(null=True)

    class Meta:
        """What the database itself holds to."""

        constraints = [
            models.UniqueConstraint(
                fields=["territory", "position"], name="one_finding_by_position"
            )
        ]
        indexes = [models.Index(fields=["territory", "code"], name="finding_code")]
