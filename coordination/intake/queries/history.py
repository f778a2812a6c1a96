"""The words for what is recorded about task tables."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from records.audit import history
from records.audit.history import Word

WORDS = {
    "file": Word(gettext_lazy("File"), history.text),
    "program": Word(pgettext_lazy("audit", "Program"), history.text),
    "tasks": Word(gettext_lazy("Tasks"), history.text),
}

history.speak("coordination.tasktable", gettext_lazy("Task table"), WORDS)
