"""Notices, the letters that told them, how people want them, and the addresses of their calendars."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import CASCADE, PROTECT

_ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
_OCCASIONS = [
    ("due", "Deadline ahead"), ("overdue", "Deadline passed"), ("escalated", "Overdue, told to the leader"),
    ("step_due", "Deadline of a part ahead"), ("step_late", "Deadline of a part passed"),
    ("assigned", "New task"), ("returned", "Result returned"), ("asked", "Reminded by those who await the result"),
    ("to_confirm", "Result to confirm"), ("to_decide", "Extension to decide"), ("to_sign", "Signature awaited"),
    ("to_comment", "Comment awaited"),
]
_PROGRAMS = ("to_sign", "to_comment")


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0007_groups"),
        ("records", "0005_workdays"),
        ("coordination", "0014_progress"),
    ]

    operations = [
        migrations.CreateModel(
            name="Digest",
            fields=[
                _ID,
                ("day", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("account", models.ForeignKey(on_delete=PROTECT, related_name="digests", to=settings.AUTH_USER_MODEL)),
                ("letter", models.ForeignKey(on_delete=PROTECT, related_name="+", to="records.outgoingmail")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("account", "day"), name="digest_one_a_day")]},
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                _ID,
                ("occasion", models.CharField(choices=_OCCASIONS, max_length=10)),
                ("turn", models.PositiveSmallIntegerField(default=0)),
                ("about_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("digest", models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="notices", to="coordination.digest")),
                ("member", models.ForeignKey(on_delete=PROTECT, related_name="notices", to="agencies.membership")),
                ("program", models.ForeignKey(blank=True, null=True, on_delete=CASCADE, related_name="notices", to="coordination.program")),
                ("task", models.ForeignKey(blank=True, null=True, on_delete=CASCADE, related_name="notices", to="coordination.task")),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(read_at=None), fields=["member"], name="notice_unread"),
                    models.Index(condition=models.Q(digest=None), fields=["made_at"], name="notice_unsent"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(occasion__in=[value for value, _label in _OCCASIONS]), name="notice_occasion_known"),
                    models.CheckConstraint(
                        condition=models.Q(occasion__in=_PROGRAMS, task=None, program__isnull=False)
                        | (~models.Q(occasion__in=_PROGRAMS) & models.Q(task__isnull=False, program=None)),
                        name="notice_about_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(task__isnull=False),
                        fields=("task", "member", "occasion", "about_on", "turn"),
                        name="notice_of_task_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(program__isnull=False),
                        fields=("program", "member", "occasion", "about_on", "turn"),
                        name="notice_of_program_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderSettings",
            fields=[
                _ID,
                ("rhythm", models.CharField(choices=[("daily", "Once a day"), ("weekly", "Once a week, on its first working day"), ("never", "No letters; what is new stands on the page of notices")], default="daily", max_length=6, verbose_name="rhythm of letters")),
                ("changed_at", models.DateTimeField()),
                ("account", models.OneToOneField(on_delete=PROTECT, related_name="reminder_settings", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(rhythm__in=["daily", "weekly", "never"]), name="remindersettings_rhythm_known"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                _ID,
                ("kind", models.CharField(choices=[("own", "Your own work, in all your roles"), ("agency", "The work of your agency")], max_length=6)),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("member", models.ForeignKey(on_delete=PROTECT, related_name="calendar_feeds", to="agencies.membership")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(kind__in=["own", "agency"]), name="calendarfeed_kind_known"),
                    models.UniqueConstraint(condition=models.Q(revoked_at=None), fields=("member", "kind"), name="calendarfeed_one_live"),
                ],
            },
        ),
    ]
