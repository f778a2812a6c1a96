"""Kinds of clauses, their parts, and what can become of a clause from one version to another."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ClauseKind(models.TextChoices):
    """What a clause of a program is; the order is the one comparisons follow."""

    FACT = "fact", _("Title and facts")
    BASIS = "basis", _("Legal bases")
    PARTY = "party", _("Parties")
    SECTION = "section", pgettext_lazy("program", "Text")
    TASK = "task", _("Tasks")


class PartName(models.TextChoices):
    """What a part of a clause says."""

    KIND = "kind", _("Kind")
    TITLE = "title", _("Program title")
    SHORT_TITLE = "short_title", _("Short title")
    PERIOD = "period", pgettext_lazy("program", "Period")
    BASED_ON = "based_on", _("Based on")
    CONTINUES = "continues", _("Continues")
    OPENING = "opening", _("Opening sentence")
    EFFECT = "effect_clause", _("Effect")
    PLACE = "place", _("Place of issue")
    RECIPIENTS = "recipients", _("Recipients")
    TURN = "turn", _("Order of signing")
    BASIS = "basis", _("Legal basis")
    NAME = "name", _("Official name")
    LEAD_PARTY = "lead_party", _("Lead party")
    SIGNS_THROUGH = "signs_through", _("Signs for the party")
    NUMBER = "number", pgettext_lazy("section", "Number")
    HEADING = "heading", _("Heading")
    BODY = "body", _("Text")
    TASK_TITLE = "task_title", _("Task name")
    SECTION = "section", _("Section")
    AREA = "area", _("Area")
    LEADS = "leads", _("Lead agency")
    COORDINATORS = "coordinators", _("Coordinating agencies")
    SCHEDULE = "schedule", _("Schedule")
    LEGAL_LIMIT = "legal_limit", _("Limit set by law")
    DELIVERABLE = "deliverable", _("Deliverable")
    TARGETS = "targets", _("Target")
    ITEMS = "items", _("Parts of the work")
    NOTE = "note", _("Note")


class Fate(models.TextChoices):
    """What became of a clause from one version to another."""

    SAME = "same", pgettext_lazy("clause", "Unchanged")
    CHANGED = "changed", pgettext_lazy("clause", "Changed")
    MOVED = "moved", pgettext_lazy("clause", "Moved")
    ADDED = "added", pgettext_lazy("clause", "Added")
    DROPPED = "dropped", pgettext_lazy("clause", "Dropped")

    @property
    def tone(self) -> str:
        return {"changed": "wait", "moved": "run", "added": "ok", "dropped": "bad"}.get(self.value, "idle")

    @property
    def icon(self) -> str:
        return {
            "changed": "pencil",
            "moved": "arrow-left-right",
            "added": "plus-lg",
            "dropped": "x-lg",
        }.get(self.value, "check-lg")


class DriftKind(models.TextChoices):
    """What has become different from the version that was signed."""

    MOVED_DATE = "moved_date", _("Deadline moved")
    ADDED = "added", _("Task added")
    DROPPED = "dropped", _("Task dropped")
    CHANGED = "changed", _("Task changed")
    HANDED_OVER = "handed_over", _("Handed over")

    @property
    def tone(self) -> str:
        return {"moved_date": "wait", "added": "ok", "dropped": "bad", "changed": "wait"}.get(self.value, "idle")

    @property
    def icon(self) -> str:
        return {
            "moved_date": "calendar-event",
            "added": "plus-lg",
            "dropped": "x-lg",
            "changed": "pencil",
            "handed_over": "arrow-left-right",
        }[self.value]
