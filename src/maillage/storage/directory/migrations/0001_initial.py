"""The first tables of the directory."""

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
            name="Lieu",
            fields=[
                ("key", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("domain_id", models.CharField(max_length=100)),
                ("nom", models.TextField()),
                ("adresse", models.TextField(null=True)),
                ("code_postal", models.TextField(null=True)),
                ("commune", models.TextField()),
                ("code_insee", models.TextField(db_index=True, null=True)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("precision", models.CharField(max_length=20)),
                ("in_territory", models.BooleanField()),
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
            name="Permanence",
            fields=[
                ("key", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("domain_id", models.CharField(max_length=100)),
                ("services_told", models.BooleanField()),
                ("horaires", models.TextField(null=True)),
                ("itinerant", models.BooleanField()),
                ("date_maj", models.DateField(db_index=True, null=True)),
                ("record", models.JSONField()),
                (
                    "lieu",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="permanences",
                        to="maillage_directory.lieu",
                    ),
                ),
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
            name="Service",
            fields=[
                ("key", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("domain_id", models.CharField(max_length=100)),
                ("kind", models.TextField(db_index=True)),
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
            name="PermanenceService",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.IntegerField()),
                (
                    "permanence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="given",
                        to="maillage_directory.permanence",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="maillage_directory.service",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="permanence",
            name="services",
            field=models.ManyToManyField(
                related_name="permanences",
                through="maillage_directory.PermanenceService",
                to="maillage_directory.service",
            ),
        ),
        migrations.CreateModel(
            name="SourceRef",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject_id", models.CharField(max_length=100)),
                ("position", models.IntegerField()),
                ("source_id", models.TextField()),
                ("record_id", models.TextField()),
                ("line", models.IntegerField(null=True)),
                ("date", models.DateField(null=True)),
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
        ),
        migrations.CreateModel(
            name="Structure",
            fields=[
                ("key", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("domain_id", models.CharField(max_length=100)),
                ("nom", models.TextField()),
                ("pivot", models.TextField(db_index=True, null=True)),
                ("typologie", models.JSONField()),
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
        migrations.AddField(
            model_name="service",
            name="structure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="services",
                to="maillage_directory.structure",
            ),
        ),
        migrations.AddField(
            model_name="permanence",
            name="structure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="permanences",
                to="maillage_directory.structure",
            ),
        ),
        migrations.AddConstraint(
            model_name="lieu",
            constraint=models.UniqueConstraint(
                fields=("territory", "domain_id"), name="maillage_directory_lieu_of_territory"
            ),
        ),
        migrations.AddIndex(
            model_name="sourceref",
            index=models.Index(
                fields=["territory", "source_id", "record_id"], name="source_record"
            ),
        ),
        migrations.AddConstraint(
            model_name="sourceref",
            constraint=models.UniqueConstraint(
                fields=("territory", "subject_id", "position"), name="one_source_by_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="structure",
            constraint=models.UniqueConstraint(
                fields=("territory", "domain_id"), name="maillage_directory_structure_of_territory"
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.UniqueConstraint(
                fields=("territory", "domain_id"), name="maillage_directory_service_of_territory"
            ),
        ),
        migrations.AddConstraint(
            model_name="permanence",
            constraint=models.UniqueConstraint(
                fields=("territory", "domain_id"), name="maillage_directory_permanence_of_territory"
            ),
        ),
    ]
