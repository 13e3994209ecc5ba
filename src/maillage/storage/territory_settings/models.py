"""The settings of territories in tables: each change is a row, the last one stands."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SettingsChange(models.Model):
    """The settings of a territory as they were left at a moment; ``by`` NULL: nobody known now.

    ``told`` is a ``TerritorySettings`` as JSON.
    """

    territory = models.ForeignKey(
        "maillage_territory.Epci", on_delete=models.CASCADE, related_name="settings_changes"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    told = models.JSONField()

    def __str__(self) -> str:
        return f"{self.territory_id} · {self.pk}"


class LogoFile(models.Model):
    """A logo of a territory, as it is served: a PNG that the site drew itself."""

    territory = models.ForeignKey(
        "maillage_territory.Epci", on_delete=models.CASCADE, related_name="logos"
    )
    digest = models.CharField(max_length=40)
    content = models.BinaryField()

    class Meta:
        """One file of each content."""

        constraints = [
            models.UniqueConstraint(fields=["territory", "digest"], name="one_logo_by_digest")
        ]

    def __str__(self) -> str:
        return f"{self.territory_id} · {self.digest}"
