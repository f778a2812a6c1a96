"""The words for what is recorded about urging letters."""

from django.utils.translation import gettext_lazy

from records.audit import history
from records.audit.history import Word

LETTER = {
    "issuer": Word(gettext_lazy("Issued by"), history.text),
    "addressee": Word(gettext_lazy("Written to"), history.text),
    "tasks": Word(gettext_lazy("Tasks"), history.text),
    "answer_by": Word(gettext_lazy("Answer by"), history.day),
    "words": Word(gettext_lazy("What else is asked"), history.text),
    "sent_on": Word(gettext_lazy("Sent on"), history.day),
    "dropped_on": Word(gettext_lazy("Dropped on"), history.day),
}

history.speak("coordination.urgingletter", gettext_lazy("Urging letter"), LETTER)
