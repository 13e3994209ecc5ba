"""The first tables of the territory."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """As Django wrote it."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Epci",
            fields=[
                ("siren", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("kind", models.TextField()),
                ("population", models.IntegerField(null=True)),
                ("departements", models.JSONField()),
                ("fictional", models.BooleanField()),
                ("illectronisme_share", models.FloatField(null=True)),
                ("illectronisme_n_people", models.IntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("key", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("domain_id", models.CharField(max_length=100)),
                ("position", models.IntegerField()),
                ("label", models.TextField()),
                ("unit", models.TextField()),
                ("source_id", models.TextField()),
                ("vintage", models.TextField()),
                ("higher_is_more_fragile", models.BooleanField()),
                ("description", models.TextField()),
                (
                    "territory",
                    models.ForeignKey(
                        db_index=False,
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
            name="Neighbour",
            fields=[
                ("key", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("domain_id", models.CharField(max_length=100)),
                ("position", models.IntegerField()),
                ("name", models.TextField()),
                ("population", models.IntegerField(null=True)),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                ("codes_postaux", models.JSONField()),
                (
                    "territory",
                    models.ForeignKey(
                        db_index=False,
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
            name="Zone",
            fields=[
                ("key", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("domain_id", models.CharField(max_length=100)),
                ("name", models.TextField()),
                ("kind", models.CharField(max_length=20)),
                ("code_insee", models.TextField(db_index=True)),
                ("population", models.IntegerField(null=True)),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                ("point_kind", models.CharField(max_length=20)),
                ("codes_postaux", models.JSONField()),
                ("area_km2", models.FloatField(null=True)),
                ("contour", models.TextField(null=True)),
                (
                    "territory",
                    models.ForeignKey(
                        db_index=False,
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
            name="IndicatorValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.FloatField()),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="values",
                        to="maillage_territory.indicator",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="values",
                        to="maillage_territory.zone",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Dataset",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("read", "Read"), ("illectronisme", "Illectronisme")],
                        max_length=20,
                    ),
                ),
                ("position", models.IntegerField()),
                ("source_id", models.TextField()),
                ("name", models.TextField()),
                ("publisher", models.TextField()),
                ("licence", models.TextField()),
                ("vintage", models.TextField()),
                ("origin", models.CharField(max_length=20)),
                ("address", models.TextField(null=True)),
                ("checksum", models.TextField(null=True)),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="datasets",
                        to="maillage_territory.epci",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territory", "role", "position"), name="one_dataset_by_position"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(
                fields=("territory", "domain_id"), name="maillage_territory_indicator_of_territory"
            ),
        ),
        migrations.AddConstraint(
            model_name="neighbour",
            constraint=models.UniqueConstraint(
                fields=("territory", "domain_id"), name="maillage_territory_neighbour_of_territory"
            ),
        ),
        migrations.AddConstraint(
            model_name="zone",
            constraint=models.UniqueConstraint(
                fields=("territory", "domain_id"), name="maillage_territory_zone_of_territory"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorvalue",
            constraint=models.UniqueConstraint(
                fields=("indicator", "zone"), name="one_value_by_zone"
            ),
        ),
    ]
