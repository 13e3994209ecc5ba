"""The first tables of what desks record."""

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
            name="DeskMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("desk", models.CharField(max_length=100)),
                ("month", models.DateField()),
                ("n_asked", models.IntegerField()),
                (
                    "territory",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="desks",
                        to="maillage_territory.epci",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territory", "desk", "month"), name="one_row_by_desk_and_month"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UnmetNeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.IntegerField()),
                ("desk", models.CharField(max_length=100)),
                ("code_insee", models.CharField(max_length=5)),
                ("service", models.TextField(null=True)),
                ("errand", models.CharField(max_length=100, null=True)),
                ("constraint", models.TextField(null=True)),
                ("date", models.DateField()),
                ("withdrawn", models.DateField(null=True)),
                (
                    "territory",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="needs",
                        to="maillage_territory.epci",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["territory", "date"], name="need_date")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territory", "number"), name="one_need_by_number"
                    )
                ],
            },
        ),
    ]
