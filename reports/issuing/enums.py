from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperKind(models.TextChoices):
    """The kinds of paper the portal issues."""

    PROGRAM = "program", _("Program")
    CONFERENCE_REPORT = "conference_report", _("Evaluation-conference report")
