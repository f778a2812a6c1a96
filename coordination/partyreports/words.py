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
} | {name: Word(PartyReport._meta.get_field(name).verbose_name, history.text) for name in TEXTS}

history.speak("coordination.partyreport", gettext_lazy("Report of a party"), REPORT)
