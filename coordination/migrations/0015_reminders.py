from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("coordination", "0014_progress")]

    operations = []
