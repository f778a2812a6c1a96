from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("coordination", "0022_signing")]

    operations = []
