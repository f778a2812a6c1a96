"""Kinds and states of programs, with the words, tone and icon every page shows them in."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProgramKind(models.TextChoices):
    """What kind of joint paper a program is."""

    PROGRAM = "program", _("Coordination program")
    REGULATION = "regulation", _("Coordination regulation")
    PLAN = "plan", _("Joint plan")
    RESOLUTION = "resolution", _("Joint resolution")
    THEMATIC = "thematic", _("Thematic program")

    @property
    def printed(self) -> str:
        """The type's name as papers print it."""
        return {
            "program": "CHƯƠNG TRÌNH",
            "regulation": "QUY CHẾ",
            "plan": "KẾ HOẠCH",
            "resolution": "NGHỊ QUYẾT LIÊN TỊCH",
            "thematic": "CHƯƠNG TRÌNH",
        }[self.value]

    @property
    def abbreviation(self) -> str:
        """The type's abbreviation in document symbols."""
        return {"program": "CTPH", "regulation": "QCPH", "plan": "KHPH", "resolution": "NQLT", "thematic": "CTPH"}[
            self.value
        ]


class AmendmentWay(models.TextChoices):
    """How a program in force is amended."""

    ANNEX = "annex", _("By an annex")
    PROGRAM = "program", _("By an amending program")


class ProgramState(models.TextChoices):
    """The life of a program."""

    DRAFT = "draft", _("Draft")
    CONSULTING = "consulting", _("In consultation")
    REVISING = "revising", _("Being revised")
    AGREED = "agreed", _("Agreed")
    SUBMITTED = "submitted", _("Before the Party committee")
    SIGNING = "signing", _("Being signed")
    IN_FORCE = "in_force", _("In force")
    EVALUATING = "evaluating", _("Under evaluation")
    CLOSED = "closed", _("Closed")
    SUPERSEDED = "superseded", _("Superseded")
    CANCELLED = "cancelled", pgettext_lazy("program", "Cancelled")

    @property
    def tone(self) -> str:
        return _TONES[self.value]

    @property
    def icon(self) -> str:
        return _ICONS[self.value]


_TONES = {
    "draft": "idle",
    "consulting": "run",
    "revising": "run",
    "agreed": "run",
    "submitted": "wait",
    "signing": "wait",
    "in_force": "ok",
    "evaluating": "wait",
    "closed": "idle",
    "superseded": "idle",
    "cancelled": "idle",
}
_ICONS = {
    "draft": "file-earmark-text",
    "consulting": "chat-left-text",
    "revising": "pencil",
    "agreed": "check-circle",
    "submitted": "hourglass-split",
    "signing": "pen",
    "in_force": "check-circle-fill",
    "evaluating": "clipboard-check",
    "closed": "archive",
    "superseded": "archive",
    "cancelled": "x-circle-fill",
}

# From here on the parties have settled the text: tasks run and non-signing coordinators may see them.
SETTLED_STATES = (
    ProgramState.AGREED,
    ProgramState.SUBMITTED,
    ProgramState.SIGNING,
    ProgramState.IN_FORCE,
    ProgramState.EVALUATING,
    ProgramState.CLOSED,
    ProgramState.SUPERSEDED,
)
SIGNED_STATES = (
    ProgramState.IN_FORCE,
    ProgramState.EVALUATING,
    ProgramState.CLOSED,
    ProgramState.SUPERSEDED,
)
# What has ended: nothing in it moves any more.
ENDED_STATES = (ProgramState.CLOSED, ProgramState.SUPERSEDED, ProgramState.CANCELLED)


class SignatureState(models.TextChoices):
    """Where one party's signature stands."""

    AWAITING = "awaiting", _("Awaiting signature")
    SIGNED = "signed", _("Signed")
    RETURNED = "returned", _("Returned")

    @property
    def tone(self) -> str:
        return {"awaiting": "wait", "signed": "ok", "returned": "bad"}[self.value]

    @property
    def icon(self) -> str:
        return {"awaiting": "hourglass-split", "signed": "check-circle-fill", "returned": "x-circle-fill"}[self.value]


class SignatureMethod(models.TextChoices):
    """How a party signed."""

    PAPER = "paper", _("Signed on paper")
    DIGITAL = "digital", _("Signed digitally")


class Stance(models.TextChoices):
    """What a party says of the text as it stands."""

    AGREES = "agrees", _("Agrees")
    RESERVES = "reserves", _("Agrees with a reservation")
    DISAGREES = "disagrees", _("Does not agree")

    @property
    def tone(self) -> str:
        return {"agrees": "ok", "reserves": "ok", "disagrees": "bad"}[self.value]

    @property
    def icon(self) -> str:
        return {"agrees": "check-circle-fill", "reserves": "chat-left-text", "disagrees": "x-circle-fill"}[self.value]


class AgreementGround(models.TextChoices):
    """What a recorded agreement rests on."""

    STATED = "stated", _("Stated here")
    LETTER = "letter", _("By letter")
    SILENCE = "silence", _("No answer by the last day")


class AgreementStanding(models.TextChoices):
    """Where a party's agreement stands against the text of today."""

    AWAITED = "awaited", pgettext_lazy("agreement", "Awaited")
    AGREED = "agreed", pgettext_lazy("agreement", "Agreed")
    RESERVED = "reserved", pgettext_lazy("agreement", "Agreed with a reservation")
    REFUSED = "refused", pgettext_lazy("agreement", "Does not agree")
    LAPSED = "lapsed", _("Spoke of an earlier text")

    @property
    def tone(self) -> str:
        return {"awaited": "wait", "agreed": "ok", "reserved": "ok", "refused": "bad", "lapsed": "late"}[self.value]

    @property
    def icon(self) -> str:
        return {
            "awaited": "hourglass-split",
            "agreed": "check-circle-fill",
            "reserved": "chat-left-text",
            "refused": "x-circle-fill",
            "lapsed": "clock-history",
        }[self.value]


class Verdict(models.TextChoices):
    """What became of a text submitted to a Party committee."""

    PENDING = "pending", _("Awaiting its opinion")
    CLEARED = "cleared", _("Cleared")
    SENT_BACK = "sent_back", _("Sent back")
    DROPPED = "dropped", _("No longer needed")

    @property
    def tone(self) -> str:
        return {"pending": "wait", "cleared": "ok", "sent_back": "bad", "dropped": "idle"}[self.value]

    @property
    def icon(self) -> str:
        return {
            "pending": "hourglass-split",
            "cleared": "check-circle-fill",
            "sent_back": "x-circle-fill",
            "dropped": "archive",
        }[self.value]
