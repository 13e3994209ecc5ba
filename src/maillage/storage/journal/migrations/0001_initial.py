"""The first table of the journal."""

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
            name="JournalEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateField(null=True)),
                ("actor", models.TextField()),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("imported", "annuaire repris depuis les sources"),
                            ("nothing-changed", "annuaire relu, rien n'a changé"),
                            ("created", "ajout"),
                            ("changed", "modification"),
                            ("vanished", "disparition"),
                        ],
                        max_length=20,
                    ),
                ),
                ("subject_id", models.CharField(blank=True, default="", max_length=100)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="journal",
                        to="maillage_territory.epci",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["territory", "subject_id"], name="journal_subject")
                ],
            },
        ),
    ]
