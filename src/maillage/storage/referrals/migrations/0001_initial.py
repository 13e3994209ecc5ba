"""The first tables of people sent to structures."""

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
            name="CaseRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.IntegerField()),
                ("code", models.CharField(max_length=12)),
                ("once", models.CharField(max_length=64)),
                ("desk", models.CharField(max_length=100)),
                ("code_insee", models.CharField(max_length=5)),
                ("service", models.TextField(null=True)),
                ("errand", models.CharField(max_length=100, null=True)),
                ("query", models.TextField(blank=True, default="")),
                ("site", models.CharField(blank=True, default="", max_length=200)),
                ("link", models.IntegerField(default=0)),
                ("link_opened", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField()),
                ("stage_code", models.CharField(max_length=20)),
                ("structure_id", models.CharField(blank=True, default="", max_length=100)),
                ("mail", models.CharField(blank=True, default="", max_length=254)),
                ("phone", models.CharField(blank=True, default="", max_length=40)),
                ("standing", models.JSONField()),
                ("due_at", models.DateTimeField(null=True)),
                ("forget_at", models.DateTimeField()),
                ("forgotten", models.BooleanField(default=False)),
                ("sealed", models.TextField(blank=True, default="")),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opener",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cases",
                        to="maillage_territory.epci",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.IntegerField()),
                ("once", models.CharField(max_length=32, null=True)),
                ("told", models.JSONField()),
                ("sealed", models.TextField(blank=True, default="")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="maillage_referrals.caserow",
                    ),
                ),
            ],
            options={
                "ordering": ["seq"],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80, unique=True)),
                ("sealed", models.TextField()),
                ("due_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("asks", models.BooleanField(default=False)),
                ("taken_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("n_tries", models.IntegerField(default=0)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="maillage_referrals.caserow",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("structure_id", models.CharField(max_length=100)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="maillage_referrals.caserow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by_link", models.IntegerField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="maillage_referrals.caserow",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddIndex(
            model_name="caserow",
            index=models.Index(fields=["due_at"], name="case_due"),
        ),
        migrations.AddIndex(
            model_name="caserow",
            index=models.Index(fields=["forgotten", "forget_at"], name="case_forget"),
        ),
        migrations.AddIndex(
            model_name="caserow",
            index=models.Index(fields=["territory", "desk", "stage_code"], name="case_desk"),
        ),
        migrations.AddIndex(
            model_name="caserow",
            index=models.Index(fields=["territory", "structure_id"], name="case_structure"),
        ),
        migrations.AddConstraint(
            model_name="caserow",
            constraint=models.UniqueConstraint(
                fields=("territory", "number"), name="one_case_by_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="caserow",
            constraint=models.UniqueConstraint(
                fields=("territory", "code"), name="one_case_by_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="caserow",
            constraint=models.UniqueConstraint(
                fields=("territory", "once"), name="one_case_by_opening"
            ),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.UniqueConstraint(fields=("case", "seq"), name="one_event_by_order"),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.UniqueConstraint(fields=("case", "once"), name="one_event_by_act"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["sent_at", "due_at"], name="letter_due"),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(
                fields=("case", "structure_id"), name="one_party_by_case"
            ),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["at"], name="reading_at"),
        ),
    ]
