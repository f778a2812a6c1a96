"""The words for what is recorded about reports being written."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from records.audit import history
from records.audit.history import Word
from reports.composed.enums import ReportKind, ReportState

REPORT = {
    "kind": Word(gettext_lazy("Kind of report"), history.choice(ReportKind)),
    "year": Word(gettext_lazy("Year"), history.whole),
    "agency": Word(gettext_lazy("Agency"), history.text),
    "cut_off_on": Word(gettext_lazy("Figures up to"), history.day),
    "state": Word(pgettext_lazy("audit", "State"), history.choice(ReportState)),
    "heading": Word(gettext_lazy("Heading"), history.text),
    "text": Word(gettext_lazy("Text"), history.text),
}
BLOCK = {
    "heading": Word(gettext_lazy("Heading"), history.text),
    "text": Word(gettext_lazy("Text"), history.text),
    "is_own": Word(gettext_lazy("Edited by hand"), history.yes_or_no),
    "is_included": Word(gettext_lazy("Printed in the report"), history.yes_or_no),
    "place": Word(pgettext_lazy("block", "Place"), history.text),
}
TEMPLATE = {
    "part": Word(gettext_lazy("Part of the report"), history.text),
    "text": Word(gettext_lazy("Text"), history.text),
}

history.speak("reports.composedreport", gettext_lazy("Report being written"), REPORT)
history.speak("reports.reportblock", gettext_lazy("Part of a report"), BLOCK)
history.speak("reports.parttemplate", gettext_lazy("Template of a report's part"), TEMPLATE)
