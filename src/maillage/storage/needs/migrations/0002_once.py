"""What names the act of recording a request, so that a button pressed twice counts once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """As Django wrote it."""

    dependencies = [("maillage_needs", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="unmetneed", name="once", field=models.CharField(max_length=32, null=True)
        ),
    ]
