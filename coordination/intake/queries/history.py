"""The words for what is recorded about task tables and their layouts."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from records.audit import history
from records.audit.history import Word

WORDS = {
    "file": Word(gettext_lazy("File"), history.text),
    "program": Word(pgettext_lazy("audit", "Program"), history.text),
    "tasks": Word(gettext_lazy("Tasks"), history.text),
    "changed": Word(gettext_lazy("Changed tasks"), history.text),
    "reported": Word(gettext_lazy("Tasks reported on"), history.text),
    "kept": Word(gettext_lazy("Reports that stay"), history.text),
}
LAYOUT_WORDS = {"columns": Word(gettext_lazy("Columns"), history.text)}

history.speak("coordination.tasktable", gettext_lazy("Task table"), WORDS)
history.speak("coordination.tablelayout", gettext_lazy("Layout of a table"), LAYOUT_WORDS)
