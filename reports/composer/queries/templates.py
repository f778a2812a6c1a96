"""The parts of a report an office may write its own way."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.models import Agency, Membership
from coordination.figures.tally import tally
from coordination.models import Area
from reports.composed.counts import Part
from reports.composed.enums import ReportKind
from reports.composed.models import PartTemplate
from reports.composed.values import names_for_templates
from reports.documents.report_exhibits import EXHIBITS

TEMPLATE_PARTS = {
    "mo-dau": pgettext_lazy("report", "Opening"),
    "i": _("I. Leadership and organisation"),
    "ii.chung": _("II. Results as a whole"),
    "ii.linh-vuc": _("II. Results by area"),
    "ii.thang": _("II. Progress over the year"),
    "ii.co-quan": _("II. Results by lead agency"),
    "ii.so-sanh": _("II. Against the year before"),
    "iv": _("IV. Tasks of the next year"),
    "v": _("V. Proposals"),
    "ket": pgettext_lazy("report", "Closing"),
    "noi-nhan": pgettext_lazy("report", "Recipients"),
}

# Those that are no sections: no table or chart stands in them.
UNNUMBERED_PARTS = ("mo-dau", "ket", "noi-nhan")


@dataclass(frozen=True)
class TemplateRow:
    """A part of a report an office may write its own way, with its own words where it keeps some."""

    key: str
    title: str
    kept: PartTemplate | None

    @property
    def is_own(self) -> bool:
        return self.kept is not None and bool(self.kept.text)


def template_rows(actor: Membership, agency: Agency, kind: ReportKind) -> list[TemplateRow]:
    """The parts of a kind of report with the agency's own words. One query."""
    kept = {one.key: one for one in PartTemplate.objects.visible_to(actor).filter(agency=agency, kind=kind)}
    return [TemplateRow(key, str(title), kept.get(key)) for key, title in TEMPLATE_PARTS.items()]


def known_in_templates(agency: Agency) -> dict[str, str]:
    """The tokens the templates of an agency may use, with what each means. Two queries."""
    nothing = tally((), None)
    areas = [Part(area.code, area.name, nothing) for area in Area.objects.filter(unit_id=agency.unit_id)]
    agencies = Agency.objects.filter(unit_id=agency.unit_id).order_by("protocol_order", "pk")
    parts = [Part(one.code, one.current_name, nothing) for one in agencies]
    exhibits = {name: str(exhibit.label) for name, exhibit in EXHIBITS.items()}
    return names_for_templates(areas, parts) | exhibits


def agencies_written_for(actor: Membership) -> list[Agency]:
    """The agencies the actor acts for, in order of precedence. One query."""
    return list(Agency.objects.filter(pk__in=actor.agency_ids()).order_by("protocol_order", "pk"))
