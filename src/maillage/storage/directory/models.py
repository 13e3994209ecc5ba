"""The directory in tables: what is searched has its column, the rest is in the record's JSON."""

from __future__ import annotations

from django.db import models

from maillage.storage.rows import TerritoryRow


class Structure(TerritoryRow):
    """A body that helps."""

    nom = models.TextField()
    pivot = models.TextField(null=True, db_index=True)
    typologie = models.JSONField()


class Lieu(TerritoryRow):
    """An address where the public comes; no ``lon`` nor ``lat`` where it is not placed."""

    nom = models.TextField()
    adresse = models.TextField(null=True)
    code_postal = models.TextField(null=True)
    commune = models.TextField()
    code_insee = models.TextField(null=True, db_index=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    precision = models.CharField(max_length=20)
    in_territory = models.BooleanField()


class Service(TerritoryRow):
    """One kind of help given by one structure."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="services")
    kind = models.TextField(db_index=True)


class Permanence(TerritoryRow):
    """A structure present at a lieu.

    ``services_told`` False: the source does not say which services are given. ``record`` is the
    whole row in the national schema; ``date_maj`` is lifted out of it, to search by freshness.
    """

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="permanences")
    lieu = models.ForeignKey(Lieu, on_delete=models.CASCADE, related_name="permanences")
    services = models.ManyToManyField(
        Service, through="PermanenceService", related_name="permanences"
    )
    services_told = models.BooleanField()
    horaires = models.TextField(null=True)
    itinerant = models.BooleanField()
    date_maj = models.DateField(null=True, db_index=True)
    record = models.JSONField()


class PermanenceService(models.Model):
    """A service given at a permanence, in the order told."""

    permanence = models.ForeignKey(Permanence, on_delete=models.CASCADE, related_name="given")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    position = models.IntegerField()


class SourceRef(models.Model):
    """The row of a source that a structure, a lieu or a permanence was made from.

    ``subject_id`` is the opaque id of that thing; its prefix says which noun it is.
    """

    territory = models.ForeignKey(
        "maillage_territory.Epci", on_delete=models.CASCADE, db_index=False, related_name="+"
    )
    subject_id = models.CharField(max_length=100)
    position = models.IntegerField()
    source_id = models.TextField()
    record_id = models.TextField()
    line = models.IntegerField(null=True)
    date = models.DateField(null=True)

    class Meta:
        """What the database itself holds to."""

        constraints = [
            models.UniqueConstraint(
                fields=["territory", "subject_id", "position"], name="one_source_by_position"
            )
        ]
        indexes = [
            models.Index(fields=["territory", "source_id", "record_id"], name="source_record")
        ]
