"""What a report is made of on a day: its draft and its figures, out of the rows as they stand. Nothing is written."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date

from agencies.models import Membership
from reports.composed.counts import ReportFacts
from reports.composed.models import ComposedReport, PartTemplate
from reports.documents.composed_report import about_of
from reports.documents.report_about import ReportAbout, facts_of
from reports.documents.report_annexes import Tables, as_json, rows_of, tables_of
from reports.documents.report_draft import DraftBlock, first_draft


@dataclass(frozen=True)
class Counted:
    """The figures of a report on a day, its draft over them, and the tables it is read with."""

    about: ReportAbout
    facts: ReportFacts
    draft: list[DraftBlock]
    tables: Tables

    @property
    def digest(self) -> str:
        """The SHA-256 of all that is frozen."""
        said = json.dumps([self.facts.as_json(), as_json(self.tables)], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


def counted(report: ComposedReport, *, actor: Membership, as_of: date | None = None) -> Counted:
    """The figures, tables and words of a report as the portal would write it now, judged on its cut-off day."""
    day = as_of or report.cut_off_on
    about = about_of(report)
    tables = tables_of(about, cut_off=day)
    facts = replace(facts_of(about, actor, day), rows=rows_of(tables))
    return Counted(about, facts, first_draft(about, facts, own_words_of(report)), tables)


def facts_now(report: ComposedReport, *, actor: Membership) -> ReportFacts:
    """The figures alone, to compare them with those that were frozen."""
    return facts_of(about_of(report), actor, report.cut_off_on)


def own_words_of(report: ComposedReport) -> dict[str, str]:
    """The office's templates for a report, by the key of the block. One query."""
    kept = PartTemplate.objects.filter(agency_id=report.issuer_id, kind=report.kind).exclude(text="")
    return dict(kept.values_list("key", "text"))
