from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does in an agency. Administrators keep accounts and units and have no right on content."""

    OFFICIAL = "official", _("Official")
    LEADER = "leader", _("Leader")
    SECRETARY = "secretary", _("Secretary")
    ORGANISER = "organiser", _("Conference organiser")
    UNIT_ADMIN = "unit_admin", _("Unit administrator")
    SYSTEM_ADMIN = "system_admin", _("System administrator")


CONTENT_ROLES = (Role.OFFICIAL, Role.LEADER, Role.SECRETARY, Role.ORGANISER)
