from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditAction(models.TextChoices):
    """What an entry tells happened."""

    CREATED = "created", _("Created")
    CHANGED = "changed", _("Changed")
    MOVED = "moved", _("Moved to another state")
    REPORTED = "reported", _("Reported progress")
    EXPORTED = "exported", _("Exported")
    ISSUED = "issued", _("Issued")
    SIGNED_IN = "signed_in", _("Signed in")
    SIGNED_OUT = "signed_out", _("Signed out")
    SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
    REFUSED = "refused", _("Refused")
    LOCKED_OUT = "locked_out", _("Locked out after wrong tries")
    DOWNLOADED = "downloaded", _("Downloaded")
    INVITED = "invited", _("Invited")
    ENDED = "ended", _("Ended")
    HANDED_OVER = "handed_over", _("Handed over")
    UNDONE = "undone", _("Undone")
