from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("coordination", "0021_layout")]

    operations = []
