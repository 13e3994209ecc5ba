"""The first tables of records, likenesses and points found."""

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
            name="FoundPoint",
            fields=[
                ("key", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("position", models.IntegerField()),
                ("source_id", models.TextField()),
                ("record_id", models.TextField()),
                ("proposal", models.JSONField()),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="maillage_territory.epci",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Likeness",
            fields=[
                ("key", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("position", models.IntegerField()),
                ("question", models.CharField(max_length=20)),
                ("left_source", models.TextField()),
                ("left_record", models.TextField()),
                ("right_source", models.TextField()),
                ("right_record", models.TextField()),
                ("probability", models.FloatField()),
                ("levels", models.JSONField()),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="maillage_territory.epci",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MatcherRun",
            fields=[
                (
                    "territory",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="maillage_territory.epci",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                ("key", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("position", models.IntegerField()),
                ("source_id", models.TextField()),
                ("record_id", models.TextField()),
                ("line", models.IntegerField(null=True)),
                ("date", models.DateField(null=True)),
                ("vintage", models.DateField(null=True)),
                ("record", models.JSONField()),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="maillage_territory.epci",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["territory", "source_id", "record_id"], name="record_name")
                ],
            },
        ),
    ]
