"""What becomes of a part of the earlier program in the next one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """What a program is carried over in parts of."""

    PARTIES = "parties", _("Parties")
    BASES = "bases", _("Legal bases")
    SECTIONS = "sections", _("Sections with their text")
    UNFINISHED = "unfinished", _("Unfinished tasks")
    FINISHED = "finished", _("Finished tasks that recur")
    CONCLUSIONS = "conclusions", _("Conclusions not yet turned into tasks")
    LIMITATIONS = "limitations", _("Limitations not yet remedied")


class Fate(models.TextChoices):
    """Whether a part goes over as it is, with other days or hands, or not at all."""

    KEPT = "kept", _("Kept")
    SHIFTED = "shifted", _("Shifted")
    DROPPED = "dropped", _("Dropped")

    @property
    def tone(self) -> str:
        return {"kept": "ok", "shifted": "carry", "dropped": "idle"}[self.value]

    @property
    def icon(self) -> str:
        return {"kept": "check-circle", "shifted": "arrow-right-circle", "dropped": "slash-circle"}[self.value]
