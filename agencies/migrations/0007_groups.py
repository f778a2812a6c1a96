"""Groups of agencies, with their members by date."""

import django.db.models.deletion
from django.db import migrations, models

import records.fields
from records.constraints import PeriodsApart


class Migration(migrations.Migration):
    dependencies = [("agencies", "0006_reorganisation")]

    operations = [
        migrations.CreateModel(
            name="AgencyGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("name", records.fields.Line(max_length=120, verbose_name="name of the group")),
                ("name_folded", records.fields.Folded(blank=True, by="fold", editable=False, max_length=400, of=("name",))),
                ("name_sorted", records.fields.Folded(blank=True, by="sort_key", editable=False, max_length=2000, of=("name",))),
                ("revision", models.PositiveIntegerField(default=1)),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="groups", to="agencies.adminunit")),
            ],
        ),
        migrations.CreateModel(
            name="GroupMembership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="group_memberships", to="agencies.agency")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="agencies.agencygroup")),
            ],
        ),
        migrations.AddField(
            model_name="agencygroup",
            name="members",
            field=models.ManyToManyField(related_name="groups", through="agencies.GroupMembership", to="agencies.agency"),
        ),
        migrations.AddConstraint(
            model_name="groupmembership",
            constraint=models.CheckConstraint(condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"), name="groupmembership_period_in_order", violation_error_message="The last day must not be before the first day"),
        ),
        migrations.AddConstraint(
            model_name="groupmembership",
            constraint=models.UniqueConstraint(fields=("group", "agency", "valid_from"), name="groupmembership_one_start"),
        ),
        migrations.AddConstraint(
            model_name="agencygroup",
            constraint=models.CheckConstraint(condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"), name="agencygroup_period_in_order", violation_error_message="The last day must not be before the first day"),
        ),
        migrations.AddConstraint(
            model_name="agencygroup",
            constraint=models.UniqueConstraint(fields=("unit", "name_folded"), name="agencygroup_name_once_in_unit", violation_error_message="The unit has a group of this name already"),
        ),
        PeriodsApart("agencies_groupmembership", ["group_id", "agency_id"]),
    ]
