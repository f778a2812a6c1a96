"""Drafts kept while someone writes, who else is here, texts pasted and not yet confirmed; longer section numbers."""

from django.db import migrations, models
from django.db.models.deletion import CASCADE, SET_NULL

from records.fields import Line, Prose

_ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def _of(related_name):
    """The program and the member a row belongs to."""
    return [
        ("program", models.ForeignKey(on_delete=CASCADE, related_name=related_name, to="coordination.program")),
        ("member", models.ForeignKey(on_delete=CASCADE, related_name=related_name, to="agencies.membership")),
    ]


class Migration(migrations.Migration):
    dependencies = [("agencies", "0006_reorganisation"), ("coordination", "0006_versions")]
    operations = [
        migrations.AlterField("section", "numbering", Line(blank=True, max_length=20)),
        migrations.CreateModel(
            name="SectionDraft",
            fields=[
                _ID,
                *_of("section_drafts"),
                ("section", models.ForeignKey(blank=True, null=True, on_delete=SET_NULL, related_name="drafts", to="coordination.section")),
                ("place", models.PositiveBigIntegerField(default=0)),
                ("numbering", Line(blank=True, max_length=20)),
                ("heading", Line(blank=True, max_length=300)),
                ("body", Prose(blank=True)),
                ("on_revision", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-saved_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "program", "place"), name="sectiondraft_one_a_place"),
                    models.CheckConstraint(
                        condition=models.Q(section=None) | ~models.Q(place=0), name="sectiondraft_of_a_section_has_place"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SectionPresence",
            fields=[
                _ID,
                *_of("presences"),
                ("section", models.ForeignKey(blank=True, null=True, on_delete=CASCADE, related_name="presences", to="coordination.section")),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(section__isnull=False), fields=("member", "section"),
                        name="sectionpresence_once_in_section",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(section=None), fields=("member", "program"), name="sectionpresence_once_on_page"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="PastedText",
            fields=[
                _ID,
                *_of("pasted_texts"),
                ("parent", models.ForeignKey(blank=True, null=True, on_delete=SET_NULL, related_name="+", to="coordination.section")),
                ("text", Prose()),
                ("pasted_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("member", "program"), name="pastedtext_one_at_a_time")
                ]
            },
        ),
    ]
