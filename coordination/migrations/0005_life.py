"""Life of a program: more states, agreement of each party, submission, cancelling."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("coordination", "0004_never_emptied")]
    operations = []
