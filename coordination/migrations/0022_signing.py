"""How a version is signed: ranks, ways and seals of the places to sign, the prepared file's day, the last day."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from records.constraints import Frozen, Lift

_FROZEN = ["program_id", "major", "minor", "for_signing", "snapshot", "digest", "locked_at", "locked_by_id"]
_VERSIONS = Frozen("coordination_programversion", _FROZEN, ["voided_at"])
_WAYS = [("paper", "Signed on paper"), ("digital", "Signed digitally")]
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
]
_PROGRAMS = ("to_sign", "to_comment", "sign_asked")


class Migration(migrations.Migration):
    dependencies = [("coordination", "0021_layout"), ("agencies", "0008_layout"), ("records", "0006_scans")]

    operations = [
        Lift(_VERSIONS),
        migrations.AddField("programversion", "dated_on", models.DateField(blank=True, null=True)),
        migrations.AddField("programversion", "sign_until", models.DateField(blank=True, null=True)),
        migrations.AddConstraint(
            "programversion",
            models.CheckConstraint(
                condition=Q(("for_signing", True), Q(("dated_on", None), ("sign_until", None)), _connector="OR"),
                name="programversion_only_signing_is_dated",
            ),
        ),
        _VERSIONS,
        migrations.AddField("signatureslot", "rank", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField(
            "signatureslot", "planned", models.CharField(choices=_WAYS, default="paper", max_length=10)
        ),
        migrations.AddField("signatureslot", "is_sealed", models.BooleanField(default=False)),
        migrations.AddField("signatureslot", "attested_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "signatureslot",
            "attested_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.membership",
            ),
        ),
        migrations.AddConstraint(
            "signatureslot",
            models.CheckConstraint(
                condition=Q(("rank__gte", 1), ("rank__lte", 16)), name="signatureslot_rank_in_range"
            ),
        ),
        migrations.AddConstraint(
            "signatureslot",
            models.CheckConstraint(
                condition=Q(("planned__in", ["paper", "digital"])), name="signatureslot_planned_way_known"
            ),
        ),
        migrations.AddConstraint(
            "signatureslot",
            models.CheckConstraint(
                condition=Q(("is_sealed", False), ("planned", "digital"), _connector="OR"),
                name="signatureslot_seal_is_digital",
            ),
        ),
        migrations.AddConstraint(
            "signatureslot",
            models.CheckConstraint(
                condition=Q(
                    ("attested_at", None),
                    Q(("method", "paper"), ("scan__isnull", False), ("state", "signed")),
                    _connector="OR",
                ),
                name="signatureslot_attested_has_scan",
            ),
        ),
        migrations.AlterField("notice", "occasion", models.CharField(choices=_OCCASIONS, max_length=10)),
        migrations.RemoveConstraint("notice", "notice_occasion_known"),
        migrations.RemoveConstraint("notice", "notice_about_one_thing"),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=Q(("occasion__in", [value for value, _label in _OCCASIONS])), name="notice_occasion_known"
            ),
        ),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=Q(occasion__in=_PROGRAMS, task=None, program__isnull=False)
                | (~Q(occasion__in=_PROGRAMS) & Q(task__isnull=False, program=None)),
                name="notice_about_one_thing",
            ),
        ),
    ]
