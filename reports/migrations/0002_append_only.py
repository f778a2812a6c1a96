from django.db import migrations

from records.constraints import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [AppendOnly("reports_issueddocument")]
