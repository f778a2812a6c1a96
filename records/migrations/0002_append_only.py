from django.db import migrations

from records.constraints import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [AppendOnly("records_auditentry")]
