"""What the portal's search finds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """One group of what is found, in the order the page shows them."""

    PROGRAMS = "programs", _("Programs")
    TASKS = "tasks", _("Tasks")
    DOCUMENTS = "documents", _("Documents")
    AGENCIES = "agencies", _("Agencies")
