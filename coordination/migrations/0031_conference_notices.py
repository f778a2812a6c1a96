"""People are told of conferences: of their seats, of reminders to answer, of the papers issued about them."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

_OF_PROGRAMS = ("to_sign", "to_comment", "sign_asked", "to_report", "unreported", "rep_asked")
_OF_REPORTS = ("to_approve", "rep_back", "to_issue")
_OF_CONFERENCES = ("invited", "inv_again", "inv_asked", "concluded")
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
    ("invited", "Invitation to a conference"),
    ("inv_again", "Conference changed, answer awaited anew"),
    ("inv_asked", "Reminded by those who await the answer to an invitation"),
    ("concluded", "Notice of conclusions"),
]


class Migration(migrations.Migration):
    dependencies = [("coordination", "0030_reports_awaited")]

    operations = [
        migrations.RemoveConstraint("notice", "notice_occasion_known"),
        migrations.RemoveConstraint("notice", "notice_about_one_thing"),
        migrations.AddField(
            "notice",
            "conference",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notices",
                to="coordination.conference",
            ),
        ),
        migrations.AlterField("notice", "occasion", models.CharField(choices=_OCCASIONS, max_length=10)),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=Q(occasion__in=[value for value, _label in _OCCASIONS]), name="notice_occasion_known"
            ),
        ),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=Q(occasion__in=_OF_PROGRAMS, task=None, program__isnull=False, report=None, conference=None)
                | Q(occasion__in=_OF_REPORTS, task=None, program=None, report__isnull=False, conference=None)
                | Q(occasion__in=_OF_CONFERENCES, task=None, program=None, report=None, conference__isnull=False)
                | (
                    ~Q(occasion__in=(*_OF_PROGRAMS, *_OF_REPORTS, *_OF_CONFERENCES))
                    & Q(task__isnull=False, program=None, report=None, conference=None)
                ),
                name="notice_about_one_thing",
            ),
        ),
        migrations.AddConstraint(
            "notice",
            models.UniqueConstraint(
                fields=["conference", "member", "occasion", "about_on", "turn"],
                condition=Q(conference__isnull=False),
                name="notice_of_conference_once",
            ),
        ),
    ]
