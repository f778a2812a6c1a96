from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.access.enums import Role
from coordination.programs.enums import ProgramKind


class DocumentType(models.TextChoices):
    """The types of papers, joint ones and an agency's own, each with a series of numbers of its own."""

    PROGRAM = "CTPH", _("Programs (CTPH)")
    REGULATION = "QCPH", _("Regulations (QCPH)")
    PLAN = "KHPH", _("Plans (KHPH)")
    RESOLUTION = "NQLT", _("Joint resolutions (NQLT)")
    REPORT = "BC", _("Reports (BC)")
    NOTICE = "TB", _("Notices (TB)")
    INVITATION = "GM", _("Invitations (GM)")
    MINUTES = "BB", _("Minutes (BB)")
    LETTER = "CV", _("Official letters (CV)")

    @classmethod
    def of(cls, kind: str) -> "DocumentType":
        """The type a kind of program is numbered under; thematic programs count among the programs."""
        return cls(ProgramKind(kind).abbreviation)


class NumberState(models.TextChoices):
    """What became of a number of the register."""

    RESERVED = "reserved", pgettext_lazy("number", "Reserved")
    USED = "used", pgettext_lazy("number", "Used")
    VOIDED = "voided", pgettext_lazy("number", "Void")

    @property
    def tone(self) -> str:
        return {"reserved": "wait", "used": "ok", "voided": "idle"}[self.value]

    @property
    def icon(self) -> str:
        return {"reserved": "hourglass-split", "used": "check-circle-fill", "voided": "x-circle-fill"}[self.value]


LIVE_STATES = (NumberState.RESERVED, NumberState.USED)


class GapReason(models.TextChoices):
    """What became of numbers that were skipped."""

    OUTSIDE = "outside", _("Used on papers kept outside the portal")
    NOT_USED = "not_used", _("Not used; they are void")


class ReportTurn(models.TextChoices):
    """Whose turn it is with a report that is written in the portal, from its submission to its number."""

    APPROVE = "approve", pgettext_lazy("report", "Approve the report or return it")
    REWRITE = "rewrite", pgettext_lazy("report", "Change the report that was returned")
    ISSUE = "issue", pgettext_lazy("report", "Number and issue the report")

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who in the agency takes the turn."""
        turns = {"approve": (Role.LEADER,), "rewrite": (Role.OFFICIAL, Role.SECRETARY), "issue": (Role.SECRETARY,)}
        return turns[self.value]

    @property
    def since(self) -> str:
        """What happened on the day the turn began."""
        return {
            "approve": pgettext_lazy("report", "Submitted on %(day)s"),
            "rewrite": pgettext_lazy("report", "Returned on %(day)s"),
            "issue": pgettext_lazy("report", "Approved on %(day)s"),
        }[self.value]

    @property
    def tone(self) -> str:
        return {"approve": "wait", "rewrite": "bad", "issue": "run"}[self.value]

    @property
    def icon(self) -> str:
        return {"approve": "clipboard-check", "rewrite": "arrow-left", "issue": "file-earmark-text"}[self.value]
