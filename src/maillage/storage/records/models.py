"""Records, likenesses and points found, in tables, each at its place in its territory."""

from __future__ import annotations

from django.db import models

from maillage.storage.rows import PlacedRow


class Record(PlacedRow):
    """A row read from a source: where it stands there, how old its file is, and what it tells."""

    source_id = models.TextField()
    record_id = models.TextField()
    line = models.IntegerField(null=True)
    date = models.DateField(null=True)
    vintage = models.DateField(null=True)
    record = models.JSONField()

    class Meta(PlacedRow.Meta):
        """What the database itself holds to."""

        indexes = [models.Index(fields=["territory", "source_id", "record_id"], name="record_name")]


class Likeness(PlacedRow):
    """Two records that may be one; ``levels`` is what told it, as pairs ``[comparison, level]``."""

    question = models.CharField(max_length=20)
    left_source = models.TextField()
    left_record = models.TextField()
    right_source = models.TextField()
    right_record = models.TextField()
    probability = models.FloatField()
    levels = models.JSONField()


class MatcherRun(models.Model):
    """That a matcher compared the records of a territory, were nothing found; no row = none did."""

    territory = models.OneToOneField(
        "maillage_territory.Epci", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )


class FoundPoint(PlacedRow):
    """Where a geocoder found the address of a record that told no point to be trusted."""

    source_id = models.TextField()
    record_id = models.TextField()
    proposal = models.JSONField()
