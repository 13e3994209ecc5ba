"""The territory in tables. Free text is text; None of the domain is NULL, and stays so."""

from __future__ import annotations

from django.db import models

from maillage.storage.rows import TerritoryRow


class Epci(models.Model):
    """A territory of this database; every other row belongs to one."""

    siren = models.CharField(primary_key=True, max_length=20)
    name = models.TextField()
    kind = models.TextField()
    population = models.IntegerField(null=True)
    departements = models.JSONField()
    fictional = models.BooleanField()
    illectronisme_share = models.FloatField(null=True)
    illectronisme_n_people = models.IntegerField(null=True)


class Zone(TerritoryRow):
    """A piece of the territory. ``contour`` is a GeoJSON MultiPolygon, lon/lat in degrees."""

    name = models.TextField()
    kind = models.CharField(max_length=20)
    code_insee = models.TextField(db_index=True)
    population = models.IntegerField(null=True)
    lon = models.FloatField()
    lat = models.FloatField()
    point_kind = models.CharField(max_length=20)
    codes_postaux = models.JSONField()
    area_km2 = models.FloatField(null=True)
    contour = models.TextField(null=True)


class Neighbour(TerritoryRow):
    """A commune near the territory; its INSEE code is its id."""

    position = models.IntegerField()
    name = models.TextField()
    population = models.IntegerField(null=True)
    lon = models.FloatField()
    lat = models.FloatField()
    codes_postaux = models.JSONField()


class Indicator(TerritoryRow):
    """What one column of figures says; its code is its id."""

    position = models.IntegerField()
    label = models.TextField()
    unit = models.TextField()
    source_id = models.TextField()
    vintage = models.TextField()
    higher_is_more_fragile = models.BooleanField()
    description = models.TextField()


class IndicatorValue(models.Model):
    """One published figure of one zone; no row = not published."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="values")
    value = models.FloatField()

    class Meta:
        """What the database itself holds to."""

        constraints = [
            models.UniqueConstraint(fields=["indicator", "zone"], name="one_value_by_zone")
        ]


class DatasetRole(models.TextChoices):
    """What a dataset is kept for."""

    READ = "read"
    ILLECTRONISME = "illectronisme"


class Dataset(models.Model):
    """A public dataset as it was read: source, vintage, licence, checksum, origin, address."""

    territory = models.ForeignKey(Epci, on_delete=models.CASCADE, related_name="datasets")
    role = models.CharField(max_length=20, choices=DatasetRole.choices)
    position = models.IntegerField()
    source_id = models.TextField()
    name = models.TextField()
    publisher = models.TextField()
    licence = models.TextField()
    vintage = models.TextField()
    origin = models.CharField(max_length=20)
    address = models.TextField(null=True)
    checksum = models.TextField(null=True)

    class Meta:
        """What the database itself holds to."""

        constraints = [
            models.UniqueConstraint(
                fields=["territory", "role", "position"], name="one_dataset_by_position"
            )
        ]
