from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("coordination", "0002_append_only"), ("agencies", "0006_reorganisation")]
    operations = []
