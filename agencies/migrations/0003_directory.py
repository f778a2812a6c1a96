from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_periods_apart")]
    operations = []
