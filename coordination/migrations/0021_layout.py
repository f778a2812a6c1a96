from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("coordination", "0020_workbook_progress")]

    operations = []
