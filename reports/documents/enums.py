from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PaperKind(models.TextChoices):
    """The kinds of paper the portal makes."""

    PROGRAM = "program", _("Program")
    AMENDMENT = "amendment", _("Amendment of a program")
    TASK_ANNEX = "task_annex", _("Annex of tasks")
    COMMENT_TABLE = "comment_table", _("Table of comments")
    PARTY_REPORT = "party_report", _("Report of a party")
    CONFERENCE_REPORT = "conference_report", _("Evaluation-conference report")
    YEAR_REPORT = "year_report", _("Report of a program's year")
    INVITATION = "invitation", pgettext_lazy("paper", "Invitation")
    PERSONAL_INVITATION = "own_invitation", _("Invitation of one seat")
    NAME_PLATES = "name_plates", _("Name plates")
    SIGN_IN_SHEET = "sign_in_sheet", _("Sign-in sheet")
    MINUTES = "minutes", _("Minutes")
    CONCLUSION_NOTICE = "conclusion_notice", _("Notice of conclusions")
    URGING_LETTER = "urging_letter", _("Urging letter")
    EVIDENCE_SHEET = "evidence_sheet", _("Signing evidence sheet")
