"""The verbs of what happens to ids; SQLite's table stays as it is, its triggers with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """As Django wrote it."""

    dependencies = [
        ("maillage_journal", "0002_append_only"),
    ]

    operations = [
        migrations.AlterField(
            model_name="journalentry",
            name="verb",
            field=models.CharField(
                choices=[
                    ("imported", "annuaire repris depuis les sources"),
                    ("nothing-changed", "annuaire relu, rien n'a changé"),
                    ("created", "ajout"),
                    ("changed", "modification"),
                    ("vanished", "disparition"),
                    ("decided", "décision"),
                    ("undone", "annulation d'une décision"),
                    ("merged", "fusion"),
                    ("split", "séparation"),
                    ("restored", "rétablissement"),
                ],
                max_length=20,
            ),
        ),
    ]
