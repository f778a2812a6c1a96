from django.db import models
from django.utils.translation import gettext_lazy as _


class CertificatePurpose(models.TextChoices):
    """Whose signature a certificate makes: that of whoever holds an office, or the agency's own, its seal."""

    PERSON = "person", _("Signature of an office-holder")
    SEAL = "seal", _("Seal of the agency")
