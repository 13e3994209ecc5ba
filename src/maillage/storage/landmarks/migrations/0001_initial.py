"""The first table of lines."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """As Django wrote it."""

    initial = True

    dependencies = [
        ("maillage_territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="MapLines",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=40)),
                ("content", models.BinaryField()),
                (
                    "territory",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="maillage_territory.epci",
                    ),
                ),
            ],
        ),
    ]
