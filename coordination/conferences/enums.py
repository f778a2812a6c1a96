from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HalfDay(models.TextChoices):
    """The half of the day a conference is held in."""

    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")


class ConferenceState(models.TextChoices):
    """The life of a conference."""

    PLANNED = "planned", _("In preparation")
    RUNNING = "running", _("In session")
    HELD = "held", _("Held")

    @property
    def tone(self) -> str:
        return {"planned": "idle", "running": "run", "held": "ok"}[self.value]

    @property
    def icon(self) -> str:
        return {"planned": "circle", "running": "circle-half", "held": "check-circle-fill"}[self.value]

    @property
    def conclusions_title(self) -> str:
        """What conclusions are called: a draft until the conference has been held."""
        return _("Conclusions of the conference") if self == ConferenceState.HELD else _("Draft conclusions")


class ProgramPurpose(models.TextChoices):
    """What a conference does with a program."""

    REVIEW = "review", pgettext_lazy("conference", "Reviewed")
    SIGN = "sign", pgettext_lazy("conference", "Signed")


class AgendaKind(models.TextChoices):
    """What happens under an agenda item."""

    OPENING = "opening", _("Opening")
    REPORT = "report", _("Report")
    DISCUSSION = "discussion", _("Discussion")
    SPEECH = "speech", _("Speech")
    CONCLUSION = "conclusion", _("Conclusion")
    SIGNING = "signing", _("Signing")
    CLOSING = "closing", _("Closing")


class AgendaState(models.TextChoices):
    """Where an agenda item stands."""

    WAITING = "waiting", _("Not yet")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")

    @property
    def tone(self) -> str:
        return {"waiting": "idle", "running": "run", "done": "ok"}[self.value]

    @property
    def icon(self) -> str:
        return {"waiting": "circle", "running": "circle-half", "done": "check-circle-fill"}[self.value]

    @property
    def is_now(self) -> bool:
        return self == AgendaState.RUNNING


class SpeechKind(models.TextChoices):
    """What kind of word was taken."""

    REPORT = "report", _("Report")
    CONTRIBUTION = "contribution", _("Contribution")
    DIRECTION = "direction", _("Speech")
    CONCLUSION = "conclusion", _("Concluding speech")
