from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Outcome(models.TextChoices):
    """What became of one rule. Only one that fails stops the issue; a place left for the pen and words that a clerk
    should read once more are told.
    """

    HOLDS = "holds", pgettext_lazy("rule of layout", "Holds")
    FAILS = "fails", pgettext_lazy("rule of layout", "Does not hold")
    GAP = "gap", pgettext_lazy("rule of layout", "Left blank")
    DOUBT = "doubt", pgettext_lazy("rule of layout", "Read again")

    @property
    def tone(self) -> str:
        return _TONES[self.value]

    @property
    def icon(self) -> str:
        return _ICONS[self.value]


_TONES = {"holds": "ok", "fails": "bad", "gap": "wait", "doubt": "wait"}
_ICONS = {"holds": "check-circle-fill", "fails": "x-circle-fill", "gap": "pencil", "doubt": "question-circle"}


class Part(models.TextChoices):
    """The parts of a paper the rules are listed under, in the order of reading."""

    PAGE = "page", pgettext_lazy("part of a paper", "Pages")
    HEAD = "head", _("Head of page 1")
    TEXT = "text", pgettext_lazy("part of a paper", "Text")
    FOOT = "foot", _("Signatures and recipients")
    ANNEX = "annex", _("Annexes")
    FILE = "file", pgettext_lazy("part of a paper", "File")
