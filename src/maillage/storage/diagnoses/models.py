"""The tables of diagnoses: one a territory, its chapters and its files."""

from __future__ import annotations

from django.db import models


class Diagnosis(models.Model):
    """A diagnosis of a territory, made of its work as the journal's line ``revision`` left it.

    ``on`` is the date it speaks of, ``made_at`` when it was ready, ``seconds`` how long it took.
    """

    territory = models.OneToOneField(
        "maillage_territory.Epci", on_delete=models.CASCADE, related_name="+"
    )
    on = models.DateField()
    made_at = models.DateTimeField()
    seconds = models.PositiveIntegerField()
    revision = models.BigIntegerField()
    engine = models.TextField()

    class Meta:
        """Nothing but its name."""

        verbose_name = "diagnostic"

    def __str__(self) -> str:
        return f"{self.territory_id} · {self.on}"


class Chapter(models.Model):
    """One chapter: ``place`` in reading order, from 0; ``html`` is the report's own piece."""

    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.CASCADE, related_name="chapters")
    place = models.PositiveSmallIntegerField()
    slug = models.CharField(max_length=60)
    title = models.TextField()
    html = models.TextField()

    class Meta:
        """One chapter at a place, one of a name."""

        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["diagnosis", "slug"], name="one_chapter_by_slug")
        ]

    def __str__(self) -> str:
        return self.title


class ProductFile(models.Model):
    """A file that the diagnosis became: the report, or data."""

    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.CASCADE, related_name="files")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        """One file of a name."""

        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["diagnosis", "name"], name="one_product_by_name")
        ]

    def __str__(self) -> str:
        return self.name
