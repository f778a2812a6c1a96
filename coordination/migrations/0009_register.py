"""The register of numbers, issue, amendment."""

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.deletion import PROTECT
from django.utils import timezone

from records.constraints import ForwardOnly, Frozen, PeriodsApart
from records.fields import Folded, Line, Prose
from records.text import fold

_ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
_SIGNED = ("in_force", "evaluating", "closed", "superseded")
_TYPES = [
    ("CTPH", "Programs (CTPH)"),
    ("QCPH", "Regulations (QCPH)"),
    ("KHPH", "Plans (KHPH)"),
    ("NQLT", "Joint resolutions (NQLT)"),
]
_TYPE_OF_KIND = {"program": "CTPH", "thematic": "CTPH", "regulation": "QCPH", "plan": "KHPH", "resolution": "NQLT"}
_STATES = [("reserved", "Reserved"), ("used", "Used"), ("voided", "Void")]
_WAYS = [("annex", "By an annex"), ("program", "By an amending program")]


def enter_numbers_given(apps, schema_editor):
    """Numbers given before there was a register get their entries, so that none is given twice; all can be searched.

    A gap among them stays to be explained on the page of its series.
    """
    Program, Series, Entry = (
        apps.get_model("coordination", name) for name in ("Program", "NumberSeries", "RegisterEntry")
    )
    for program in Program.objects.exclude(document_symbol="").order_by("document_number", "pk"):
        number = program.document_number
        paper = program.document_symbol if number is None else f"{number:02}/{program.document_symbol}"
        folded = fold(f"{program.code} {program.title} {program.short_title} {paper}")[:2000]
        Program.objects.filter(pk=program.pk).update(title_folded=folded)
        lead = program.parties.filter(is_lead=True).first()
        if number is None or lead is None:
            continue
        year = program.signed_on.year if program.signed_on else program.year
        series, _is_new = Series.objects.get_or_create(
            agency_id=lead.agency_id,
            document_type=_TYPE_OF_KIND[program.kind],
            year=year,
            defaults={
                "valid_from": f"{year}-01-01",
                "valid_to": f"{year}-12-31",
                "first_number": number,
                "next_number": number + 1,
                "opened_at": timezone.now(),
            },
        )
        if series.entries.filter(number=number).exists():
            continue
        # A model of a migration has no properties; the column is folded from this one.
        entry = Entry(
            series=series,
            number=number,
            state="reserved",
            program=program,
            symbol=program.document_symbol,
            reserved_at=timezone.now(),
        )
        entry.printed = paper
        entry.save(force_insert=True)
        Series.objects.filter(pk=series.pk, next_number__lte=number).update(next_number=number + 1)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0006_reorganisation"), ("coordination", "0008_consultation")]
    operations = [
        migrations.AddField("program", "amendment_number", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.AddField(
            "program",
            "amends",
            models.ForeignKey(
                blank=True, null=True, on_delete=PROTECT, related_name="amendments", to="coordination.program"
            ),
        ),
        migrations.AddField("program", "amends_by", models.CharField(blank=True, choices=_WAYS, max_length=8)),
        migrations.AddField("program", "issued_on", models.DateField(blank=True, null=True, verbose_name="issued on")),
        migrations.AddField("program", "issued_to", Prose(blank=True, verbose_name="issued to")),
        migrations.AlterField(
            "program",
            "title_folded",
            Folded(
                blank=True,
                by="fold",
                editable=False,
                max_length=2000,
                of=("code", "title", "short_title", "paper_number"),
            ),
        ),
        migrations.AddConstraint(
            "program",
            models.CheckConstraint(
                condition=Q(amends=None, amends_by="", amendment_number=None)
                | Q(amends__isnull=False, amends_by__in=["annex", "program"], amendment_number__gte=1),
                name="program_amendment_is_whole",
            ),
        ),
        migrations.AddConstraint(
            "program",
            models.CheckConstraint(condition=Q(amends=None) | ~Q(amends=F("pk")), name="program_not_amending_itself"),
        ),
        migrations.AddConstraint(
            "program",
            models.UniqueConstraint(fields=["amends", "amendment_number"], name="program_amendments_are_numbered"),
        ),
        migrations.AddConstraint(
            "program",
            models.CheckConstraint(
                condition=Q(issued_on=None, issued_to="")
                | (Q(issued_on__isnull=False, state__in=_SIGNED) & ~Q(issued_to="")),
                name="program_issued_is_signed",
            ),
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                _ID,
                ("document_type", models.CharField(choices=_TYPES, max_length=8)),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                ("first_number", models.PositiveIntegerField(default=1)),
                ("next_number", models.PositiveIntegerField(default=1)),
                ("opened_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(on_delete=PROTECT, related_name="number_series", to="agencies.agency"),
                ),
                (
                    "opened_by",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="agencies.membership"),
                ),
            ],
            options={
                "ordering": ["-valid_from", "agency_id", "document_type"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "document_type", "valid_from"), name="numberseries_one_start"
                    ),
                    models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="numberseries_in_order"),
                    models.CheckConstraint(
                        condition=Q(first_number__gte=1, next_number__gte=F("first_number")),
                        name="numberseries_goes_on",
                    ),
                    models.CheckConstraint(
                        condition=Q(document_type__in=["CTPH", "QCPH", "KHPH", "NQLT"]),
                        name="numberseries_type_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                _ID,
                ("number", models.PositiveIntegerField()),
                ("state", models.CharField(choices=_STATES, default="reserved", max_length=8)),
                ("subject", Line(blank=True, max_length=300)),
                ("symbol", Line(blank=True, max_length=60)),
                (
                    "text_folded",
                    Folded(blank=True, by="fold", editable=False, max_length=2000, of=("printed", "subject")),
                ),
                ("dated_on", models.DateField(blank=True, null=True)),
                ("used_on", models.DateField(blank=True, null=True)),
                ("reason", Prose(blank=True)),
                ("reserved_at", models.DateTimeField()),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=PROTECT,
                        related_name="register_entries",
                        to="coordination.program",
                    ),
                ),
                (
                    "reserved_by",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="agencies.membership"),
                ),
                (
                    "series",
                    models.ForeignKey(on_delete=PROTECT, related_name="entries", to="coordination.numberseries"),
                ),
            ],
            options={
                "ordering": ["series_id", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("series", "number"), name="registerentry_number_once"),
                    models.UniqueConstraint(
                        condition=Q(state__in=("reserved", "used")),
                        fields=("program",),
                        name="registerentry_one_live_number",
                    ),
                    models.CheckConstraint(condition=Q(number__gte=1), name="registerentry_counts_from_one"),
                    models.CheckConstraint(
                        condition=Q(state__in=["reserved", "used", "voided"]), name="registerentry_state_known"
                    ),
                    models.CheckConstraint(
                        condition=~Q(state="voided") | ~Q(reason=""), name="registerentry_void_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=Q(program__isnull=False) | ~Q(subject="") | ~Q(reason=""),
                        name="registerentry_says_what_for",
                    ),
                ],
            },
        ),
        PeriodsApart("coordination_numberseries", ["agency_id", "document_type"]),
        ForwardOnly("coordination_numberseries", "next_number"),
        Frozen("coordination_registerentry", ["series_id", "number", "program_id", "reserved_at"], ["used_on"]),
        migrations.RunPython(enter_numbers_given, migrations.RunPython.noop),
    ]
