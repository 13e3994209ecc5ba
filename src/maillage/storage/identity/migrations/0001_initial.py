"""The first tables of decisions and ids."""

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
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.IntegerField()),
                ("told", models.JSONField()),
                (
                    "territory",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="maillage_territory.epci",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territory", "number"), name="one_decision_by_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                ("key", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("domain_id", models.CharField(max_length=100)),
                ("founder_source", models.TextField()),
                ("founder_record", models.TextField()),
                ("age", models.IntegerField()),
                ("held", models.JSONField()),
                ("redirect", models.CharField(max_length=100, null=True)),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territory", "domain_id"),
                        name="maillage_identity_identity_of_territory",
                    )
                ],
            },
        ),
    ]
