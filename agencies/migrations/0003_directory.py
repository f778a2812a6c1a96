"""What a directory of the whole country needs: who reaches whom, words to search by, the present names, contacts."""

from collections import defaultdict

import django.db.models.deletion
from django.db import migrations, models

import records.fields
from records import clock, text
from records.constraints import Lift, PeriodsApart

_LEVELS = [("province", "Province level"), ("district", "District level (until 30/6/2025)"), ("commune", "Commune level")]
_KINDS = [
    ("province", "Province"),
    ("city", "Centrally run city"),
    ("district", "Rural district"),
    ("town", "District-level town"),
    ("urban_district", "Urban district"),
    ("provincial_city", "City within a province"),
    ("commune", "Commune"),
    ("ward", "Ward"),
    ("township", "Township"),
    ("special_zone", "Special zone"),
]
_FAMILIES = [
    ("state", "State"),
    ("party", "Party"),
    ("front", "Fatherland Front"),
    ("organisation", "Socio-political organisation"),
    ("other", "Other"),
]
_BLOCKS = [
    (0, "People's Council"),
    (1, "People's Committee and its agencies"),
    (2, "Party"),
    (3, "Fatherland Front and socio-political organisations"),
    (4, "Other agencies"),
]
_BLOCK_OF_FAMILY = {"state": 1, "party": 2, "front": 3, "organisation": 3}
_LONGEST_WORD = 40


def _naming_of(names, today):
    """The naming that holds on a day, the first one when none has begun."""
    in_order = sorted(names, key=lambda name: name.valid_from)
    return ([name for name in in_order if name.valid_from <= today] or in_order[:1] or [None])[-1]


def _cut(*texts):
    return sorted({word[:_LONGEST_WORD] for word in text.words(" ".join(texts))})


def keep_names_of_units(apps, schema_editor):
    today, word_of = clock.today(), apps.get_model("agencies", "UnitWord")
    for unit in apps.get_model("agencies", "AdminUnit").objects.prefetch_related("names"):
        names = list(unit.names.all())
        if naming := _naming_of(names, today):
            unit.current_name, unit.current_bare_name = naming.name, naming.bare_name
            unit.save()
        words = _cut(unit.code, *(name.name for name in names))
        word_of.objects.bulk_create(word_of(unit=unit, word=word) for word in words)


def keep_names_of_agencies(apps, schema_editor):
    today, word_of = clock.today(), apps.get_model("agencies", "AgencyWord")
    for agency in apps.get_model("agencies", "Agency").objects.prefetch_related("names", "unit__names"):
        names = list(agency.names.all())
        if naming := _naming_of(names, today):
            agency.current_family = naming.family
            council = agency.kind == "council_standing"
            agency.block = 0 if council else _BLOCK_OF_FAMILY.get(naming.family, 4)
            agency.save()
        called = [" ".join((name.name, name.short_name, name.abbreviation)) for name in names]
        units = [agency.unit.code, *(name.name for name in agency.unit.names.all())]
        words = _cut(agency.code, agency.kind_label, *called, *units)
        word_of.objects.bulk_create(word_of(agency=agency, word=word) for word in words)


def keep_reach(apps, schema_editor):
    """Each unit reaches itself, what ever lay below it, and what it succeeded to."""
    joins, reach = defaultdict(set), apps.get_model("agencies", "UnitReach")
    for above, below in apps.get_model("agencies", "UnitParent").objects.values_list("parent_id", "unit_id"):
        joins[above].add(below)
    passed = apps.get_model("agencies", "UnitSuccession").objects.values_list("successor_id", "predecessor_id")
    for above, below in passed:
        joins[above].add(below)
    for unit in apps.get_model("agencies", "AdminUnit").objects.values_list("pk", flat=True):
        reached, waiting = {unit}, [unit]
        while waiting:
            found = joins.get(waiting.pop(), set()) - reached
            reached |= found
            waiting.extend(found)
        reach.objects.bulk_create(reach(above_id=unit, below_id=below) for below in reached)


def _owner(model, related_name, **options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name=related_name, to=f"agencies.{model}", **options
    )


def _id():
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_periods_apart")]
    operations = [
        migrations.AddField("adminunit", "current_name", records.fields.Line(blank=True, max_length=120, default=""), preserve_default=False),
        migrations.AddField("adminunit", "current_bare_name", records.fields.Line(blank=True, max_length=100, default=""), preserve_default=False),
        migrations.AddField("adminunit", "name_sorted", records.fields.Folded(of=("current_bare_name", "current_name"), by="sort_key", default=""), preserve_default=False),
        migrations.AddField("adminunit", "ended_by", records.fields.Line(blank=True, max_length=200, verbose_name="decision that ends it", default=""), preserve_default=False),
        migrations.AddField("adminunit", "revision", models.PositiveIntegerField(default=0)),
        migrations.AlterField("adminunit", "code", records.fields.Line(max_length=10, unique=True, verbose_name="unit code")),
        migrations.AlterField("adminunit", "level", models.CharField(choices=_LEVELS, max_length=10, verbose_name="level")),
        migrations.AlterField("unitname", "kind", models.CharField(choices=_KINDS, max_length=20, verbose_name="kind of unit")),
        migrations.AlterField("unitname", "bare_name", records.fields.Line(max_length=100, verbose_name="name without the kind")),
        migrations.AlterField("unitname", "legal_basis", records.fields.Line(blank=True, max_length=300, verbose_name="legal basis")),
        Lift(PeriodsApart("agencies_unitparent", ["unit_id"])),
        migrations.AddField("unitparent", "legal_basis", records.fields.Line(blank=True, max_length=300, verbose_name="legal basis", default=""), preserve_default=False),
        PeriodsApart("agencies_unitparent", ["unit_id"]),
        migrations.AddField("agency", "current_family", models.CharField(choices=_FAMILIES, default="other", max_length=15)),
        migrations.AddField("agency", "block", models.PositiveSmallIntegerField(choices=_BLOCKS, default=4)),
        migrations.AddField("agency", "phone", records.fields.Line(blank=True, max_length=60, verbose_name="telephone", default=""), preserve_default=False),
        migrations.AddField("agency", "email", models.EmailField(blank=True, max_length=120, verbose_name="e-mail", default=""), preserve_default=False),
        migrations.AddField("agency", "address", records.fields.Line(blank=True, max_length=200, verbose_name="address", default=""), preserve_default=False),
        migrations.AddField("agency", "ended_by", records.fields.Line(blank=True, max_length=200, verbose_name="decision that ends it", default=""), preserve_default=False),
        migrations.AddField("agency", "revision", models.PositiveIntegerField(default=0)),
        migrations.AddIndex("agency", models.Index(fields=["protocol_order", "name_sorted", "id"], name="agency_in_order")),
        migrations.CreateModel("UnitReach", [
            ("id", _id()),
            ("above", _owner("adminunit", "reaching", db_index=False)),
            ("below", _owner("adminunit", "reached_by")),
        ]),
        migrations.AddConstraint("unitreach", models.UniqueConstraint(fields=("above", "below"), name="unitreach_once")),
        migrations.CreateModel("UnitWord", [
            ("id", _id()),
            ("word", records.fields.Word()),
            ("unit", _owner("adminunit", "words")),
        ]),
        migrations.AddConstraint("unitword", models.UniqueConstraint(fields=("word", "unit"), name="unitword_once")),
        migrations.CreateModel("AgencyWord", [
            ("id", _id()),
            ("word", records.fields.Word()),
            ("agency", _owner("agency", "words", db_index=False)),
        ]),
        migrations.AddConstraint("agencyword", models.UniqueConstraint(fields=("agency", "word"), name="agencyword_once")),
        migrations.AddIndex("agencyword", models.Index(fields=["word", "agency"], name="agencyword_by_word")),
        migrations.RunPython(keep_names_of_units, migrations.RunPython.noop),
        migrations.RunPython(keep_names_of_agencies, migrations.RunPython.noop),
        migrations.RunPython(keep_reach, migrations.RunPython.noop),
    ]
