"""The first tables of structures."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """As Django wrote it."""

    initial = True

    dependencies = [
        ("maillage_territory", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CampaignLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("structure_id", models.CharField(max_length=100)),
                ("email", models.CharField(max_length=254)),
                ("by", models.CharField(max_length=254)),
                ("on", models.DateField()),
                ("expires", models.DateField()),
                ("revoked", models.DateField(null=True)),
                ("used", models.DateField(null=True)),
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
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("structure_id", models.CharField(max_length=100)),
                ("by", models.CharField(max_length=254)),
                ("on", models.DateField()),
                (
                    "outcome_code",
                    models.CharField(db_column="outcome", default="waiting", max_length=10),
                ),
                ("answer", models.CharField(blank=True, default="", max_length=300)),
                ("handled", models.DateField(null=True)),
                ("handled_by", models.CharField(blank=True, default="", max_length=254)),
                ("word", models.CharField(blank=True, default="", max_length=300)),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="maillage_territory.epci",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="structure_claims",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="FullnessChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("permanence_id", models.CharField(max_length=100)),
                ("until", models.DateField(null=True)),
                ("by", models.CharField(max_length=254)),
                ("on", models.DateField()),
                ("told", models.JSONField(default=dict)),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="maillage_territory.epci",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("structure_id", models.CharField(max_length=100)),
                ("by", models.CharField(max_length=254)),
                ("on", models.DateField()),
                (
                    "outcome_code",
                    models.CharField(db_column="outcome", default="waiting", max_length=10),
                ),
                ("answer", models.CharField(blank=True, default="", max_length=300)),
                ("handled", models.DateField(null=True)),
                ("handled_by", models.CharField(blank=True, default="", max_length=254)),
                ("permanence_id", models.CharField(max_length=100)),
                ("seen", models.JSONField()),
                ("typed", models.JSONField()),
                ("against", models.JSONField(default=dict)),
                ("number", models.PositiveIntegerField(default=0)),
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
                "ordering": ["pk"],
            },
        ),
    ]
