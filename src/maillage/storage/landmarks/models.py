"""The table of lines: one drawing a territory."""

from __future__ import annotations

from django.db import models


class MapLines(models.Model):
    """The lines of a territory's map, as the GeoJSON that it draws; ``digest`` names them."""

    territory = models.OneToOneField(
        "maillage_territory.Epci", on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(max_length=40)
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.territory_id} · {self.digest}"
