from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy


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

    @property
    def onward(self) -> str:
        """The state one button leads to."""
        return {"waiting": "running", "running": "done", "done": "running"}[self.value]

    @property
    def onward_words(self) -> str:
        """What is on that button."""
        return {
            "waiting": pgettext("agenda", "Begin"),
            "running": pgettext("agenda", "Finish"),
            "done": pgettext("agenda", "Take up again"),
        }[self.value]


class ConclusionStanding(models.TextChoices):
    """Where a conclusion stands: derived from the tasks it became and from its settling, never stored."""

    WAITING = "waiting", pgettext_lazy("conclusion", "Not yet turned into a task")
    GIVEN = "given", pgettext_lazy("conclusion", "Turned into tasks")
    SETTLED = "settled", pgettext_lazy("conclusion", "Needs no task")

    @property
    def tone(self) -> str:
        return {"waiting": "wait", "given": "ok", "settled": "idle"}[self.value]

    @property
    def icon(self) -> str:
        return {"waiting": "hourglass-split", "given": "check-circle-fill", "settled": "slash-circle"}[self.value]

    @property
    def is_waiting(self) -> bool:
        return self == ConclusionStanding.WAITING

    @property
    def is_settled(self) -> bool:
        return self == ConclusionStanding.SETTLED


class SpeechKind(models.TextChoices):
    """What kind of word was taken."""

    REPORT = "report", _("Report")
    CONTRIBUTION = "contribution", _("Contribution")
    DIRECTION = "direction", _("Speech")
    CONCLUSION = "conclusion", _("Concluding speech")


class SpeechState(models.TextChoices):
    """Whether somebody waits to speak, speaks or has spoken."""

    REGISTERED = "registered", pgettext_lazy("speech", "Registered")
    SPEAKING = "speaking", pgettext_lazy("speech", "Has the floor")
    SPOKEN = "spoken", pgettext_lazy("speech", "Has spoken")

    @property
    def tone(self) -> str:
        return {"registered": "idle", "speaking": "run", "spoken": "ok"}[self.value]

    @property
    def icon(self) -> str:
        return {"registered": "circle", "speaking": "circle-half", "spoken": "check-circle-fill"}[self.value]


class Rank(models.TextChoices):
    """How high somebody stands in an agency, the highest first."""

    HEAD = "head", _("Head of the agency")
    DEPUTY = "deputy", _("Deputy head")
    OFFICIAL = "official", pgettext_lazy("rank", "Official")

    @property
    def place(self) -> int:
        """How far below the head."""
        return list(Rank).index(self)

    @property
    def asked(self) -> str:
        """Who may come where this rank is the lowest asked for."""
        return {
            "head": _("The head only"),
            "deputy": _("The head or a deputy"),
            "official": _("Whoever the agency sends"),
        }[self.value]


class Reply(models.TextChoices):
    """What an agency answered to an invitation."""

    AWAITED = "awaited", pgettext_lazy("invitation", "No answer yet")
    COMING = "coming", pgettext_lazy("invitation", "Comes")
    DELEGATE = "delegate", pgettext_lazy("invitation", "Sends a delegate")
    EXCUSED = "excused", pgettext_lazy("invitation", "Excused")

    @property
    def tone(self) -> str:
        return {"awaited": "wait", "coming": "ok", "delegate": "run", "excused": "late"}[self.value]

    @property
    def icon(self) -> str:
        return {
            "awaited": "hourglass-split",
            "coming": "check-circle-fill",
            "delegate": "arrow-right-circle",
            "excused": "x-circle-fill",
        }[self.value]

    @property
    def is_awaited(self) -> bool:
        return self == Reply.AWAITED

    @property
    def is_excused(self) -> bool:
        return self == Reply.EXCUSED


class Presence(models.TextChoices):
    """What was ticked at the door; nothing at all until then."""

    UNMARKED = "", pgettext_lazy("attendance", "Not marked yet")
    PRESENT = "present", pgettext_lazy("attendance", "Present")
    SUBSTITUTE = "substitute", pgettext_lazy("attendance", "Substitute")
    EXCUSED = "excused", pgettext_lazy("attendance", "Absent with leave")

    @property
    def tone(self) -> str:
        return {"": "idle", "present": "ok", "substitute": "run", "excused": "late"}[self.value]

    @property
    def icon(self) -> str:
        return {
            "": "circle",
            "present": "check-circle-fill",
            "substitute": "arrow-right-circle",
            "excused": "x-circle-fill",
        }[self.value]

    @property
    def is_there(self) -> bool:
        """Whether somebody sits in the seat."""
        return self in (Presence.PRESENT, Presence.SUBSTITUTE)

    @property
    def is_substitute(self) -> bool:
        return self == Presence.SUBSTITUTE

    @property
    def is_excused(self) -> bool:
        return self == Presence.EXCUSED

    @property
    def short(self) -> str:
        """The word on its button: three stand side by side on a phone."""
        return pgettext("attendance", "With leave") if self.is_excused else self.label

    @property
    def tick_icon(self) -> str:
        return {"": "x-lg", "present": "check-lg", "substitute": "arrow-left-right", "excused": "x-lg"}[self.value]


class Commended(models.TextChoices):
    """Who is proposed for a commendation: no person by name alone, but a collective or whoever holds an office."""

    COLLECTIVE = "collective", pgettext_lazy("commendation", "A collective")
    OFFICE = "office", pgettext_lazy("commendation", "Whoever holds an office")

    @property
    def icon(self) -> str:
        return {"collective": "people", "office": "person-circle"}[self.value]


class CommendationForm(models.TextChoices):
    """The forms of commendation an office proposes.

    Source: Law on Emulation and Commendation 15/2003/QH11, Articles 71 to 76; 06/2022/QH15 from 01/01/2024.
    """

    CERTIFICATE = "certificate", _("Certificate of commendation")
    MERIT = "merit", _("Certificate of merit")
    MEDAL = "medal", _("Commemorative medal")
    LETTER = "letter", _("Letter of praise")
    PRAISE = "praise", _("Praise at the conference")


class CommendationState(models.TextChoices):
    """What came of a proposal."""

    PROPOSED = "proposed", pgettext_lazy("commendation", "Proposed")
    GRANTED = "granted", pgettext_lazy("commendation", "Granted")
    REFUSED = "refused", pgettext_lazy("commendation", "Not granted")
    WITHDRAWN = "withdrawn", pgettext_lazy("commendation", "Withdrawn")

    @property
    def tone(self) -> str:
        return {"proposed": "wait", "granted": "ok", "refused": "bad", "withdrawn": "idle"}[self.value]

    @property
    def icon(self) -> str:
        return {
            "proposed": "hourglass-split",
            "granted": "check-circle-fill",
            "refused": "x-circle-fill",
            "withdrawn": "slash-circle",
        }[self.value]
