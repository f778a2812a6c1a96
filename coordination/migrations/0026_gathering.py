"""Invitations by office held, replies, delegates, attendance one by one."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("coordination", "0025_findings")]

    operations = []
