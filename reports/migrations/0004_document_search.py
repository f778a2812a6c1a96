"""Issued papers are found by their title and number, with or without marks. Rule: R-FIND-2."""

from django.db import migrations

from records.constraints import AppendOnly, Lift
from records.fields import Folded
from records.text import fold


def fold_what_was_issued(apps, _schema_editor):
    papers = apps.get_model("reports", "IssuedDocument")
    for paper in papers.objects.iterator():
        number = "" if paper.document_number is None else f"{paper.document_number:02}/{paper.document_symbol}"
        papers.objects.filter(pk=paper.pk).update(text_folded=fold(f"{number} {paper.title}")[:2000])


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_never_emptied")]
    operations = [
        Lift(AppendOnly("reports_issueddocument")),
        migrations.AddField(
            model_name="issueddocument",
            name="text_folded",
            field=Folded(
                blank=True, default="", editable=False, max_length=2000, of=("printed_number", "title"), by="fold"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fold_what_was_issued, migrations.RunPython.noop),
        AppendOnly("reports_issueddocument"),
    ]
