"""Rounds of consultation, comments and answers."""

import django.db.models.deletion
import records.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_reorganisation"),
        ("coordination", "0007_drafting"),
    ]
    operations = [
        migrations.CreateModel(
            name="ConsultationRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultation_rounds",
                        to="coordination.program",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultation_rounds",
                        to="coordination.programversion",
                    ),
                ),
                (
                    "letter_number",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="number of the letter"),
                ),
                ("letter_symbol", records.fields.Line(blank=True, max_length=60, verbose_name="symbol of the letter")),
                ("letter_on", models.DateField(blank=True, null=True, verbose_name="day of the letter")),
                ("opened_on", models.DateField()),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                ("first_until", models.DateField()),
                ("comments_until", models.DateField(verbose_name="comments until")),
                (
                    "silence",
                    models.CharField(
                        choices=[
                            ("agreement", "Counts as agreement"),
                            ("no_comments", "Counts as having no comments"),
                            ("nothing", "Counts as nothing"),
                        ],
                        max_length=12,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                ("close_reason", records.fields.Prose(blank=True)),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("program", "number"), name="consultationround_one_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("program",), name="consultationround_one_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("silence__in", ["agreement", "no_comments", "nothing"])),
                        name="consultationround_silence_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("comments_until__gte", models.F("first_until")),
                            ("first_until__gte", models.F("opened_on")),
                        ),
                        name="consultationround_days_in_order",
                        violation_error_message="The last day for comments must not be in the past",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("letter_number", None), models.Q(("letter_symbol", ""), _negated=True), _connector="OR"
                        ),
                        name="consultationround_letter_has_symbol",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="coordination.consultationround",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="coordination.programparty",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                ("written_at", models.DateTimeField()),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("whole", "The whole draft"),
                            ("basis", "A legal basis"),
                            ("section", "A section"),
                            ("task", "A task"),
                        ],
                        max_length=8,
                    ),
                ),
                ("place_key", models.PositiveBigIntegerField(default=0)),
                ("place_order", models.PositiveIntegerField(default=0)),
                ("place_label", records.fields.Line(max_length=400)),
                ("quoted", records.fields.Prose(blank=True)),
                ("text", records.fields.Prose(blank=True, verbose_name="comment")),
                ("proposed", records.fields.Prose(blank=True, verbose_name="proposed wording")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("accepted", "Accepted"),
                            ("partly", "Accepted in part"),
                            ("explained", "Explained"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("answer", records.fields.Prose(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                ("taken_over_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("revision", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["place_order", "written_at", "pk"],
                "indexes": [models.Index(fields=["round", "state", "place_order"], name="comment_round_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["new", "accepted", "partly", "explained"])),
                        name="comment_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("about__in", ["whole", "basis", "section", "task"])),
                        name="comment_about_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            models.Q(("proposed", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="comment_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("state", "new")),
                            models.Q(models.Q(("state", "new"), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_answered_with_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("partly", "explained")), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="comment_not_accepted_is_explained",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_over_at", None), ("state__in", ("accepted", "partly")), _connector="OR"
                        ),
                        name="comment_taken_over_is_accepted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withdrawn_at", None), ("state", "new"), _connector="OR"),
                        name="comment_withdrawn_is_unanswered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="coordination.consultationround",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="coordination.programparty",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("no_comments", "No comments"), ("sent", "All comments sent")], max_length=12
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "party"), name="roundreply_party_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["no_comments", "sent"])), name="roundreply_kind_known"
                    ),
                ],
                "indexes": [],
            },
        ),
    ]
