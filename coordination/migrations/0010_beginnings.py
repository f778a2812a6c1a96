"""What a program rests on outside the portal, task tables taken in, carry-over."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("coordination", "0009_register")]
    operations = []
