from django.db import migrations

from records.constraints import PeriodsApart


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]
    operations = [
        PeriodsApart("agencies_unitname", ["unit_id"]),
        PeriodsApart("agencies_unitparent", ["unit_id"]),
        PeriodsApart("agencies_agencyname", ["agency_id"]),
        PeriodsApart("agencies_officeservice", ["office_id", "served_id"]),
        PeriodsApart("agencies_officeholding", ["office_id"]),
        PeriodsApart("agencies_membership", ["user_id", "agency_id", "role"]),
    ]
