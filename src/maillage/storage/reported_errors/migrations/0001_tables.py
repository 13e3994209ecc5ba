"""The first table of what readers say is wrong."""

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
            name="ReportedError",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lieu_id", models.CharField(max_length=100)),
                ("lieu_name", models.TextField()),
                ("wrong_code", models.CharField(db_column="wrong", max_length=20)),
                ("text", models.CharField(blank=True, default="", max_length=500)),
                ("date", models.DateField()),
                (
                    "outcome_code",
                    models.CharField(db_column="outcome", default="ouvert", max_length=20),
                ),
                ("handled", models.DateField(null=True)),
                ("handled_by", models.CharField(blank=True, default="", max_length=254)),
                (
                    "territory",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reported_errors",
                        to="maillage_territory.epci",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["territory", "outcome_code"], name="reported_error_open")
                ],
            },
        ),
    ]
