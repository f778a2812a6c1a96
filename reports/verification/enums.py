from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Standing(models.TextChoices):
    """What the portal says of a code or a file."""

    VALID = "valid", _("Valid")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", pgettext_lazy("paper", "Withdrawn")
    UNKNOWN = "unknown", _("Not found")

    @property
    def tone(self) -> str:
        return {"valid": "ok", "replaced": "wait", "withdrawn": "bad", "unknown": "idle"}[self.value]

    @property
    def icon(self) -> str:
        return {
            "valid": "check-circle-fill",
            "replaced": "clock-history",
            "withdrawn": "x-circle-fill",
            "unknown": "question-circle",
        }[self.value]


class Result(models.TextChoices):
    """What is known of one party's signature."""

    DIGITAL = "digital", _("Signed digitally, checked")
    UNASKED = "unasked", _("Signed digitally, checked; whether the certificate was revoked is not known")
    ATTESTED = "attested", _("Signed on paper, scan compared")
    SCANNED = "scanned", _("Signed on paper, scan not compared yet")
    PAPER = "paper", _("Signed on paper, no scan kept")
    RECORDED = "recorded", _("Recorded as digital, no file to check")
    MISSING = "missing", _("Not signed")

    @property
    def tone(self) -> str:
        return {"digital": "ok", "unasked": "ok", "attested": "ok", "missing": "bad"}.get(self.value, "wait")

    @property
    def icon(self) -> str:
        return {"ok": "check-circle-fill", "bad": "x-circle-fill"}.get(self.tone, "pen")
