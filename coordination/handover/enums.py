from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HandoverPart(models.TextChoices):
    """Which part in a task or program passed from one agency to another."""

    LEAD = "lead", _("Lead agency")
    COORDINATOR = "coordinator", _("Coordinating agency")
    MEMBER = "member", _("Member of a group")
    CONFIRMING = "confirming", _("Confirming agency")
    DRAFTING = "drafting", _("Drafting agency")
    PARTY = "party", pgettext_lazy("of a program", "Party")
    SIGNS_THROUGH = "signs_through", _("Signs for the party")
