"""What the log tells of series and numbers."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from coordination.register.enums import DocumentType, GapReason, NumberState
from records.audit import history
from records.audit.history import Word

WORDS = {
    "agency": Word(gettext_lazy("Agency"), history.text),
    "document_type": Word(gettext_lazy("Type of document"), history.choice(DocumentType)),
    "period_start": Word(gettext_lazy("From"), history.day),
    "period_end": Word(gettext_lazy("To"), history.day),
    "first_number": Word(gettext_lazy("First number"), history.whole),
    "first": Word(gettext_lazy("From number"), history.whole),
    "last": Word(gettext_lazy("To number"), history.whole),
    "why": Word(gettext_lazy("What became of them"), history.choice(GapReason)),
    "words": Word(gettext_lazy("Explanation"), history.text),
    "number": Word(pgettext_lazy("audit", "Number of the paper"), history.whole),
    "document_symbol": Word(gettext_lazy("Symbol"), history.text),
    "state": Word(pgettext_lazy("audit", "State"), history.choice(NumberState)),
    "program": Word(gettext_lazy("Program"), history.text),
    "subject": Word(gettext_lazy("What it is for"), history.text),
    "used_on": Word(gettext_lazy("Used on"), history.day),
}

history.speak("coordination.numberseries", gettext_lazy("Series of numbers"), WORDS)
history.speak("coordination.registerentry", gettext_lazy("Number in the register"), WORDS)
