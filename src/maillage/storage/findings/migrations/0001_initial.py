"""The first table of findings."""

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
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.IntegerField()),
                ("code", models.TextField()),
                ("severity", models.CharField(max_length=20)),
                ("message", models.TextField()),
                ("advice", models.TextField()),
                ("source", models.TextField(null=True)),
                ("line", models.IntegerField(null=True)),
                ("subject", models.TextField()),
                ("field", models.TextField(null=True)),
                ("value", models.TextField(null=True)),
                (
                    "territory",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="maillage_territory.epci",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["territory", "code"], name="finding_code")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territory", "position"), name="one_finding_by_position"
                    )
                ],
            },
        ),
    ]
