"""People are told of reports written in the portal: to approve, returned, to issue."""

from django.db import migrations, models
from django.db.models import Q

_OCCASIONS = [
    ("due", "Deadline ahead"),
    ("overdue", "Deadline passed"),
    ("escalated", "Overdue, told to the leader"),
    ("step_due", "Deadline of a part ahead"),
    ("step_late", "Deadline of a part passed"),
    ("assigned", "New task"),
    ("returned", "Result returned"),
    ("asked", "Reminded by those who await the result"),
    ("to_confirm", "Result to confirm"),
    ("to_decide", "Extension to decide"),
    ("to_sign", "Signature awaited"),
    ("to_comment", "Comment awaited"),
    ("sign_asked", "Reminded by those who await the signature"),
    ("to_report", "Report of the year awaited"),
    ("unreported", "Report of the year late"),
    ("rep_asked", "Reminded by those who await the report"),
    ("to_approve", "Report to approve"),
    ("rep_back", "Report returned"),
    ("to_issue", "Report to issue"),
]
_PROGRAMS = ("to_sign", "to_comment", "sign_asked", "to_report", "unreported", "rep_asked")
_REPORTS = ("to_approve", "rep_back", "to_issue")


class Migration(migrations.Migration):
    dependencies = [("coordination", "0029_event_records")]

    operations = [
        migrations.AddField("notice", "report", models.PositiveBigIntegerField(blank=True, null=True)),
        migrations.AlterField("notice", "occasion", models.CharField(choices=_OCCASIONS, max_length=10)),
        migrations.RemoveConstraint("notice", "notice_occasion_known"),
        migrations.RemoveConstraint("notice", "notice_about_one_thing"),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=Q(occasion__in=[value for value, _label in _OCCASIONS]), name="notice_occasion_known"
            ),
        ),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=Q(occasion__in=_PROGRAMS, task=None, program__isnull=False, report=None)
                | Q(occasion__in=_REPORTS, task=None, program=None, report__isnull=False)
                | (~Q(occasion__in=(*_PROGRAMS, *_REPORTS)) & Q(task__isnull=False, program=None, report=None)),
                name="notice_about_one_thing",
            ),
        ),
        migrations.AddConstraint(
            "notice",
            models.UniqueConstraint(
                fields=["report", "member", "occasion", "about_on", "turn"],
                condition=Q(report__isnull=False),
                name="notice_of_report_once",
            ),
        ),
    ]
