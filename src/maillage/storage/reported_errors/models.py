"""What readers say is wrong: no column here says who they are, nor from where they wrote."""

from __future__ import annotations

from django.db import models

from maillage.storage.reported_errors.kinds import Outcome, Wrong

LONGEST = 500
"""Signs of a message."""


class ReportedError(models.Model):
    """One error told of a place, which may be gone since: its name is that of the day.

    ``handled`` and ``handled_by``: when and by which account it was last dealt with or opened
    again; None and "" where nobody did.
    """

    territory = models.ForeignKey(
        "maillage_territory.Epci",
        on_delete=models.CASCADE,
        db_index=False,
        related_name="reported_errors",
    )
    lieu_id = models.CharField(max_length=100)
    lieu_name = models.TextField()
    wrong_code = models.CharField(max_length=20, db_column="wrong")
    text = models.CharField(max_length=LONGEST, blank=True, default="")
    date = models.DateField()
    outcome_code = models.CharField(max_length=20, default=Outcome.OPEN.code, db_column="outcome")
    handled = models.DateField(null=True)
    handled_by = models.CharField(max_length=254, blank=True, default="")

    class Meta:
        """What the database itself holds to."""

        indexes = [models.Index(fields=["territory", "outcome_code"], name="reported_error_open")]

    def __str__(self) -> str:
        return f"{self.territory_id} · {self.pk} · {self.wrong.label}"

    @property
    def wrong(self) -> Wrong:
        """What is wrong."""
        return Wrong.of(self.wrong_code) or Wrong.OTHER

    @property
    def outcome(self) -> Outcome:
        """Where it stands."""
        return Outcome.of(self.outcome_code) or Outcome.OPEN
