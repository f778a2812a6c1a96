"""The agenda in session: order, papers, live state, speeches."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("coordination", "0026_gathering")]

    operations = []
