"""The words for what is recorded about reports of the parties."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from coordination.partyreports.enums import PartyReportState
from coordination.partyreports.models import TEXTS, PartyReport
from records.audit import history
from records.audit.history import Word

REPORT = {
    "agency": Word(gettext_lazy("Agency"), history.text),
    "year": Word(gettext_lazy("Year"), history.whole),
    "cut_off_on": Word(gettext_lazy("Figures up to"), history.day),
    "state": Word(pgettext_lazy("audit", "State"), history.choice(PartyReportState)),
    "submitted_on": Word(gettext_lazy("Sent on"), history.day),
    "return_reason": Word(gettext_lazy("Reason"), history.text),
} | {name: Word(PartyReport._meta.get_field(name).verbose_name, history.text) for name in TEXTS}

CALL = {
    "year": Word(gettext_lazy("Year"), history.whole),
    "due_on": Word(gettext_lazy("Reports due on"), history.day),
    "cut_off_on": Word(gettext_lazy("Figures up to"), history.day),
    "note": Word(gettext_lazy("Note to the parties"), history.text),
    "asked_again": Word(gettext_lazy("Reminded"), history.text),
}

history.speak("coordination.reportcall", gettext_lazy("Request for the reports of parties"), CALL)
history.speak("coordination.partyreport", gettext_lazy("Report of a party"), REPORT)
