"""The table of files brought."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class BroughtFile(models.Model):
    """A file that somebody brought for one source of a territory, ``source`` as people call it.

    ``content`` are its bytes until it is imported or forgotten, empty then; ``choices`` what people
    chose of its columns and values; ``asked`` what the worker is to do with it, "" = nothing, and
    ``job`` the number of the work asked last;
    ``told`` what the last preview or import said; ``before`` what the source told until then. The
    accounts are NULL where they are since gone.
    """

    territory = models.ForeignKey(
        "maillage_territory.Epci", on_delete=models.CASCADE, related_name="+"
    )
    source_id = models.CharField(max_length=80)
    source = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    vintage = models.CharField(max_length=7, blank=True, default="")
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=40)
    brought_at = models.DateTimeField()
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    choices = models.JSONField(default=dict)
    state_code = models.CharField(max_length=10, default="brought")
    asked = models.CharField(max_length=10, blank=True, default="")
    job = models.BigIntegerField(null=True)
    told = models.JSONField(null=True)
    before = models.JSONField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """The newest first."""

        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name} · {self.territory_id}"
