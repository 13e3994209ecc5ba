"""The first tables of surveys."""

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
            name="AnswerRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("form_version", models.CharField(max_length=100)),
                ("channel_code", models.CharField(max_length=20)),
                ("contact_key", models.CharField(blank=True, default="", max_length=120)),
                ("resume", models.CharField(blank=True, db_index=True, default="", max_length=64)),
                ("revision", models.IntegerField(default=0)),
                ("sealed", models.TextField(blank=True, default="")),
                ("values", models.JSONField(default=dict)),
                ("started_at", models.DateTimeField()),
                ("kept_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Questionnaire",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form_id", models.CharField(max_length=100)),
                ("version", models.CharField(max_length=100)),
                ("title", models.CharField(max_length=300)),
                ("source", models.TextField()),
                ("brought_at", models.DateTimeField()),
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
            name="VerbatimRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.IntegerField()),
                ("question", models.CharField(max_length=100)),
                ("source_kind", models.CharField(blank=True, default="", max_length=60)),
                ("is_note", models.BooleanField(default=False)),
                ("sealed", models.TextField(blank=True, default="")),
                ("screened", models.TextField()),
                ("doubts", models.JSONField(default=list)),
                ("quotable", models.BooleanField(default=False)),
                ("quote", models.BooleanField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verbatims",
                        to="maillage_survey.answerrow",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="CodingRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("theme", models.CharField(max_length=60)),
                ("on", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verbatim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codings",
                        to="maillage_survey.verbatimrow",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Wave",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("starts", models.DateField()),
                ("ends", models.DateField(null=True)),
                ("public", models.BooleanField(default=False)),
                ("weighting", models.TextField(blank=True, default="")),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waves",
                        to="maillage_survey.questionnaire",
                    ),
                ),
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
                "ordering": ["-starts", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="verbatimrow",
            name="wave",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="verbatims",
                to="maillage_survey.wave",
            ),
        ),
        migrations.CreateModel(
            name="ContactRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120)),
                ("told", models.JSONField()),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="maillage_survey.wave",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="answerrow",
            name="wave",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="maillage_survey.wave",
            ),
        ),
        migrations.AddConstraint(
            model_name="questionnaire",
            constraint=models.UniqueConstraint(
                fields=("territory", "form_id", "version"), name="one_questionnaire_by_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.UniqueConstraint(
                fields=("territory", "slug"), name="one_wave_by_slug"
            ),
        ),
        migrations.AddConstraint(
            model_name="verbatimrow",
            constraint=models.UniqueConstraint(
                fields=("wave", "number"), name="one_verbatim_by_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="contactrow",
            constraint=models.UniqueConstraint(fields=("wave", "key"), name="one_contact_by_key"),
        ),
        migrations.AddIndex(
            model_name="answerrow",
            index=models.Index(fields=["done_at", "kept_at"], name="answer_left"),
        ),
        migrations.AddConstraint(
            model_name="answerrow",
            constraint=models.UniqueConstraint(fields=("wave", "key"), name="one_answer_by_key"),
        ),
    ]
