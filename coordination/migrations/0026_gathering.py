"""Invitations by office held, replies, delegates, attendance one by one."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import records.fields

RANKS = [("head", "Head of the agency"), ("deputy", "Deputy head"), ("official", "Official")]
REPLIES = [
    ("awaited", "No answer yet"),
    ("coming", "Comes"),
    ("delegate", "Sends a delegate"),
    ("excused", "Excused"),
]
PRESENCES = [
    ("", "Not marked yet"),
    ("present", "Present"),
    ("substitute", "Substitute"),
    ("excused", "Absent with leave"),
]


def keep_leaders(apps, schema_editor):
    """Whoever chaired becomes the first chair, by the title known of the same person; the guest keeps the name."""
    conference, chair = apps.get_model("coordination", "Conference"), apps.get_model("coordination", "Chair")
    for one in conference.objects.exclude(chaired_by=None).select_related("chaired_by"):
        title = one.concluded_by_title if one.chaired_by_id == one.concluded_by_id else ""
        chair.objects.create(
            conference=one, position=1, person=one.chaired_by, name=one.chaired_by.full_name, title=title
        )
    for one in conference.objects.exclude(highest_guest=None).select_related("highest_guest"):
        one.highest_guest_name = one.highest_guest.full_name
        one.save(update_fields=["highest_guest_name"])


def keep_first_chair(apps, schema_editor):
    """The way back: the first chair who is a person."""
    conference, chair = apps.get_model("coordination", "Conference"), apps.get_model("coordination", "Chair")
    for one in chair.objects.exclude(person=None).order_by("-position"):
        conference.objects.filter(pk=one.conference_id).update(chaired_by=one.person_id)


def _to(model, *, name="+", needed=False, on_delete=django.db.models.deletion.PROTECT):
    free = {} if needed else {"blank": True, "null": True}
    return models.ForeignKey(on_delete=on_delete, related_name=name, to=model, **free)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0009_certificates"), ("coordination", "0025_findings")]

    operations = [
        migrations.AddField("attendance", "is_by_name", models.BooleanField(default=False)),
        migrations.AddField("conference", "changed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("conference", "highest_guest_name", records.fields.Line(blank=True, max_length=120)),
        migrations.AddField("conference", "reply_by", models.DateField(blank=True, null=True)),
        migrations.AddField("conference", "revision", models.PositiveIntegerField(default=0)),
        migrations.AlterField("conference", "chaired_by", _to("agencies.person", name="+")),
        migrations.CreateModel(
            name="Chair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", records.fields.Line(blank=True, max_length=120)),
                ("title", records.fields.Line(blank=True, max_length=250)),
                (
                    "conference",
                    _to(
                        "coordination.conference",
                        name="chairs",
                        needed=True,
                        on_delete=django.db.models.deletion.CASCADE,
                    ),
                ),
                ("office", _to("agencies.office")),
                ("person", _to("agencies.person", name="chaired")),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("conference", "position"), name="chair_one_place"),
                    models.CheckConstraint(condition=~Q(name="") | ~Q(title=""), name="chair_is_named"),
                ],
            },
        ),
        migrations.RunPython(keep_leaders, keep_first_chair),
        migrations.RemoveField("conference", "chaired_by"),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("title", records.fields.Line(max_length=200)),
                ("agency_name", records.fields.Line(blank=True, max_length=200)),
                ("person_name", records.fields.Line(blank=True, max_length=120)),
                ("rank_asked", models.CharField(choices=RANKS, default="deputy", max_length=10)),
                ("is_walk_in", models.BooleanField(default=False)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawal_reason", records.fields.Line(blank=True, max_length=300)),
                ("reply", models.CharField(choices=REPLIES, default="awaited", max_length=10)),
                ("replied_at", models.DateTimeField(blank=True, null=True)),
                ("reason", records.fields.Prose(blank=True)),
                ("delegate_name", records.fields.Line(blank=True, max_length=120)),
                ("delegate_title", records.fields.Line(blank=True, max_length=200)),
                ("delegate_rank", models.CharField(blank=True, choices=RANKS, max_length=10)),
                ("presence", models.CharField(blank=True, choices=PRESENCES, default="", max_length=10)),
                ("marked_at", models.DateTimeField(blank=True, null=True)),
                ("agency", _to("agencies.agency", name="invitations")),
                (
                    "conference",
                    _to(
                        "coordination.conference",
                        name="invitations",
                        needed=True,
                        on_delete=django.db.models.deletion.CASCADE,
                    ),
                ),
                ("group", _to("coordination.attendance", name="invitations", needed=True)),
                ("marked_by", _to("agencies.membership")),
                ("office", _to("agencies.office")),
                ("person", _to("agencies.person")),
                ("replied_by", _to("agencies.membership")),
            ],
            options={
                "ordering": ["number"],
                "indexes": [models.Index(fields=["agency", "reply"], name="invitation_to_answer")],
                "constraints": [
                    models.UniqueConstraint(fields=("conference", "number"), name="invitation_one_number"),
                    models.UniqueConstraint(
                        condition=Q(("office__isnull", False), ("person", None), ("withdrawn_at", None)),
                        fields=("conference", "office"),
                        name="invitation_free_post_once",
                    ),
                    models.UniqueConstraint(
                        condition=Q(("office__isnull", False), ("person__isnull", False), ("withdrawn_at", None)),
                        fields=("conference", "office", "person"),
                        name="invitation_post_once",
                    ),
                    models.CheckConstraint(
                        condition=Q(rank_asked__in=[code for code, _words in RANKS]), name="invitation_rank_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(reply__in=[code for code, _words in REPLIES]), name="invitation_reply_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(presence__in=[code for code, _words in PRESENCES]),
                        name="invitation_presence_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(delegate_rank="") | Q(delegate_rank__in=[code for code, _words in RANKS]),
                        name="invitation_delegate_rank_known",
                    ),
                    models.CheckConstraint(
                        condition=~Q(reply="excused") | ~Q(reason=""), name="invitation_excused_with_reason"
                    ),
                    models.CheckConstraint(
                        condition=~Q(reply="delegate") | (~Q(delegate_title="") & ~Q(delegate_rank="")),
                        name="invitation_delegate_has_office",
                    ),
                    models.CheckConstraint(
                        condition=Q(reply="awaited") | Q(replied_at__isnull=False), name="invitation_reply_has_moment"
                    ),
                    models.CheckConstraint(
                        condition=Q(withdrawn_at=None) | ~Q(withdrawal_reason=""),
                        name="invitation_withdrawn_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=Q(presence="") | Q(marked_at__isnull=False, withdrawn_at=None),
                        name="invitation_marked_has_moment",
                    ),
                ],
            },
        ),
    ]
