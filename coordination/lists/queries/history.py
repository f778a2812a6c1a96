"""What the log tells of views and of acts on many tasks."""

from django.utils.translation import gettext_lazy

from coordination.lists.enums import BulkAct
from records.audit import history
from records.audit.history import Word

VIEW_WORDS = {
    "name": Word(gettext_lazy("Name of the view"), history.text),
    "query": Word(gettext_lazy("Filters"), history.text),
    "is_shared": Word(gettext_lazy("Shared with the agency"), history.yes_or_no),
    "is_pinned": Word(gettext_lazy("Shown above the list"), history.yes_or_no),
}
CHANGE_WORDS = {
    "bulk_act": Word(gettext_lazy("What was done"), history.choice(BulkAct)),
    "tasks": Word(gettext_lazy("Tasks"), history.text),
}

history.speak("coordination.savedview", gettext_lazy("Saved view"), VIEW_WORDS)
history.speak("coordination.bulkchange", gettext_lazy("Act on several tasks"), CHANGE_WORDS)
