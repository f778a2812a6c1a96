import django.db.models.deletion
from django.db import migrations, models

import records.fields
from records import text
from records.constraints import Lift, PeriodsApart, RefusedWhen

_AUTHORITIES = [
    ("TM", "On behalf of the body (TM.)"),
    ("KT", "For the head (KT.)"),
    ("TL", "By order (TL.)"),
    ("TUQ", "By authorisation (TUQ.)"),
    ("Q", "Acting head (Q.)"),
    ("", "Head in person"),
]
_NEVER = "'9999-12-31'"
_POST = """EXISTS (SELECT 1 FROM agencies_office office JOIN agencies_agency agency ON agency.id = office.agency_id
        WHERE office.id = NEW.office_id AND ({refused}))"""
_NO_SUCH_SEAT = _POST.format(refused="NEW.seat > office.seats OR (NEW.is_acting AND NOT office.is_head)")
_OUTSIDE_LIFE = _POST.format(
    refused=f"""NEW.valid_from < agency.valid_from
        OR COALESCE(NEW.valid_to, {_NEVER}) > COALESCE(agency.valid_to, {_NEVER})
        OR COALESCE(NEW.valid_to, {_NEVER}) > COALESCE(office.ended_on, {_NEVER})"""
)
_MEMBER_OUTSIDE_LIFE = f"""EXISTS (SELECT 1 FROM agencies_agency agency WHERE agency.id = NEW.agency_id
        AND (NEW.valid_from < agency.valid_from
        OR COALESCE(NEW.valid_to, {_NEVER}) > COALESCE(agency.valid_to, {_NEVER})))"""


def keep_titles_by_date(apps, schema_editor):
    """The title a post has is the one it has had as long as its agency exists."""
    office_title = apps.get_model("agencies", "OfficeTitle")
    for office in apps.get_model("agencies", "Office").objects.select_related("agency"):
        office.title_sorted = text.sort_key(office.title)
        office.save(update_fields=["title_sorted"])
        office_title.objects.create(
            office=office,
            title=office.title,
            printed_title=office.printed_title,
            authority=office.authority,
            valid_from=office.agency.valid_from,
        )


class Migration(migrations.Migration):
    dependencies = [("agencies", "0003_directory")]
    operations = [
        Lift(PeriodsApart("agencies_officeholding", ["office_id"])),
        Lift(PeriodsApart("agencies_membership", ["user_id", "agency_id", "role"])),
        migrations.CreateModel(
            name="OfficeTitle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("title", records.fields.Line(max_length=120)),
                ("printed_title", records.fields.Line(max_length=80)),
                ("authority", models.CharField(blank=True, choices=_AUTHORITIES, max_length=3)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="titles", to="agencies.office"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                        name="officetitle_period_in_order",
                        violation_error_message="The last day must not be before the first day",
                    ),
                    models.UniqueConstraint(fields=["office", "valid_from"], name="officetitle_one_start"),
                ],
            },
        ),
        PeriodsApart("agencies_officetitle", ["office_id"]),
        migrations.AddField("office", "seats", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField("office", "ended_on", models.DateField(blank=True, null=True)),
        migrations.AddField("office", "title_sorted", records.fields.Folded(by="sort_key", of=("title",))),
        migrations.AddConstraint(
            "office",
            models.UniqueConstraint(
                condition=models.Q(is_head=True), fields=("agency",), name="office_one_head_in_agency"
            ),
        ),
        migrations.AddConstraint(
            "office",
            models.CheckConstraint(
                condition=models.Q(seats__gte=1, seats__lte=20), name="office_seats_in_range"
            ),
        ),
        migrations.AddConstraint(
            "office",
            models.CheckConstraint(
                condition=models.Q(is_head=False) | models.Q(seats=1, ended_on=None), name="office_head_is_one"
            ),
        ),
        migrations.RemoveConstraint("officeholding", "officeholding_one_start"),
        migrations.AddField("officeholding", "seat", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField("officeholding", "is_acting", models.BooleanField(default=False)),
        migrations.AddField("officeholding", "ended_by", records.fields.Line(blank=True, max_length=200)),
        migrations.AddConstraint(
            "officeholding",
            models.UniqueConstraint(fields=("office", "seat", "valid_from"), name="officeholding_one_start"),
        ),
        migrations.AddConstraint(
            "officeholding",
            models.CheckConstraint(condition=models.Q(seat__gte=1), name="officeholding_seat_counted_from_one"),
        ),
        migrations.AddField("user", "suspended_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("user", "suspension_reason", records.fields.Prose(blank=True)),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=models.Q(suspended_at=None) | (models.Q(is_active=False) & ~models.Q(suspension_reason="")),
                name="user_suspended_with_reason",
            ),
        ),
        migrations.AddField("membership", "revoked_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddConstraint(
            "membership",
            models.CheckConstraint(
                condition=models.Q(revoked_at=None) | models.Q(valid_to__isnull=False),
                name="membership_revoked_has_ended",
            ),
        ),
        PeriodsApart("agencies_membership", ["user_id", "agency_id", "role"]),
        PeriodsApart("agencies_officeholding", ["office_id", "seat"]),
        RefusedWhen("agencies_officeholding", "has_no_such_seat", _NO_SUCH_SEAT),
        RefusedWhen("agencies_officeholding", "outside_life", _OUTSIDE_LIFE),
        RefusedWhen("agencies_membership", "outside_life", _MEMBER_OUTSIDE_LIFE),
        migrations.RunPython(keep_titles_by_date, migrations.RunPython.noop),
    ]
