"""Fields of signature, ways a file comes back, and what is said of a file that is not taken."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.signing.looking.faults import Fault


class FieldPurpose(models.TextChoices):
    """Whose signature a field waits for."""

    PERSON = "person", _("Signature of the person")
    SEAL = "seal", _("Seal of the agency")


class Way(models.TextChoices):
    """How a signed file came back."""

    BY_HAND = "by_hand", _("Uploaded on the page")
    BY_TOOL = "by_tool", _("Sent by the signing tool")


class Outcome(models.TextChoices):
    """The three outcomes of ETSI EN 319 102-1."""

    PASSED = "passed", _("Valid (TOTAL-PASSED)")
    INDETERMINATE = "indeterminate", _("Not decided (INDETERMINATE)")
    FAILED = "failed", _("Not valid (TOTAL-FAILED)")

    @property
    def tone(self) -> str:
        return {"passed": "ok", "indeterminate": "wait", "failed": "bad"}[self.value]

    @property
    def icon(self) -> str:
        return {
            "passed": "check-circle-fill",
            "indeterminate": "exclamation-triangle-fill",
            "failed": "x-circle-fill",
        }[self.value]


@dataclass(frozen=True)
class Verdict:
    """What a fault means: a sentence that says what to do, and the outcome with its reason as ETSI names it."""

    words: str | Promise
    outcome: Outcome
    reason: str

    @property
    def code(self) -> str:
        return f"{self.outcome.upper()}/{self.reason}"

    @property
    def told(self) -> str:
        """The sentence, then the outcome and its reason as others name them."""
        return f"{self.words} {self.outcome.label}: {self.reason}."


_FAILED, _OPEN = Outcome.FAILED, Outcome.INDETERMINATE
VERDICTS = {
    Fault.TOO_LARGE: Verdict(
        _("The file is larger than a signed paper of this program can be."), _FAILED, "FORMAT_FAILURE"
    ),
    Fault.UNTOUCHED: Verdict(
        _("This is the file as it was handed out: it carries no new signature. Sign it, then bring it back."),
        _FAILED,
        "FORMAT_FAILURE",
    ),
    Fault.OLDER: Verdict(
        _("Another party has signed since this file was taken. Take the file again, sign it, then bring it back."),
        _FAILED,
        "FORMAT_FAILURE",
    ),
    Fault.OTHER_PAPER: Verdict(
        _("This is the file of another program or of another version."), _FAILED, "FORMAT_FAILURE"
    ),
    Fault.NOT_BEGUN: Verdict(
        _(
            "The file does not begin with the very bytes that were handed out: a program has saved it anew. "
            "Take the file again and only sign it."
        ),
        _FAILED,
        "FORMAT_FAILURE",
    ),
    Fault.NOT_READ: Verdict(_("The file is damaged or cannot be read as a signed PDF."), _FAILED, "FORMAT_FAILURE"),
    Fault.NOT_DONE: Verdict(
        _("The portal is too busy to look into the file now. Nothing was changed; bring it back again in a while."),
        _OPEN,
        "GENERIC",
    ),
    Fault.NOT_SIGNED: Verdict(_("The file carries no new signature."), _FAILED, "FORMAT_FAILURE"),
    Fault.SIGNED_TWICE: Verdict(
        _("The file carries more than one new signature; each comes back in a file of its own."),
        _FAILED,
        "FORMAT_FAILURE",
    ),
    Fault.OTHER_FIELD: Verdict(
        _("The signature stands in the field of another party."), _OPEN, "SIG_CONSTRAINTS_FAILURE"
    ),
    Fault.OUTSIDE_PLACE: Verdict(
        _("The signature stands outside the room of this party."), _OPEN, "SIG_CONSTRAINTS_FAILURE"
    ),
    Fault.CHANGED: Verdict(
        _("More than the signature was changed in the file. What the parties agreed must stay as it was handed out."),
        _FAILED,
        "FORMAT_FAILURE",
    ),
    Fault.NOT_COVERED: Verdict(_("The signature does not cover the whole file."), _FAILED, "FORMAT_FAILURE"),
    Fault.LOCKS: Verdict(
        _("The signature closes the file, so that the parties after it could not sign. Sign without certifying."),
        _OPEN,
        "SIG_CONSTRAINTS_FAILURE",
    ),
    Fault.UNSEEN: Verdict(
        _("The signature shows nothing on the page. Choose a visible signature in the signing tool."),
        _OPEN,
        "SIG_CONSTRAINTS_FAILURE",
    ),
    Fault.NOT_PADES: Verdict(_("The signature is not of the PAdES kind."), _OPEN, "FORMAT_FAILURE"),
    Fault.DIGEST: Verdict(_("The file was changed after it was signed."), _FAILED, "HASH_FAILURE"),
    Fault.BROKEN: Verdict(_("The signature does not belong to its certificate."), _FAILED, "SIG_CRYPTO_FAILURE"),
    Fault.WEAK: Verdict(
        _("The signature uses a digest that is no longer safe. Choose SHA-256 in the signing tool."),
        _OPEN,
        "CRYPTO_CONSTRAINTS_FAILURE",
    ),
    Fault.WEAK_KEY: Verdict(
        _("The key or the digest of the certificate is no longer safe. Ask for a certificate with a longer key."),
        _OPEN,
        "CRYPTO_CONSTRAINTS_FAILURE",
    ),
    Fault.USAGE: Verdict(_("The certificate is not for signing."), _OPEN, "CHAIN_CONSTRAINTS_FAILURE"),
    Fault.UNTRUSTED: Verdict(
        _("The certificate does not lead to an authority the office trusts."), _OPEN, "NO_CERTIFICATE_CHAIN_FOUND"
    ),
    Fault.EXPIRED: Verdict(
        _("The certificate has expired, and nothing proves that it signed before. Ask the administrator to renew it."),
        _OPEN,
        "OUT_OF_BOUNDS_NO_POE",
    ),
    Fault.NOT_YET_VALID: Verdict(_("The certificate was not valid yet when it signed."), _FAILED, "NOT_YET_VALID"),
    Fault.REVOKED: Verdict(
        _("The certificate was revoked, or one above it, and nothing proves that it signed before."),
        _OPEN,
        "REVOKED_NO_POE",
    ),
    Fault.REVOCATION_UNKNOWN: Verdict(
        _("Whether the certificate was revoked cannot be told now. Try again later."), _OPEN, "TRY_LATER"
    ),
    Fault.TOO_EARLY: Verdict(
        _("The signature says it was made before the file existed. Check the clock of the computer that signs."),
        _OPEN,
        "TIMESTAMP_ORDER_FAILURE",
    ),
    Fault.TOO_LATE: Verdict(
        _("The signature says it was made in the future. Check the clock of the computer that signs."),
        _OPEN,
        "TIMESTAMP_ORDER_FAILURE",
    ),
    Fault.UNBOUND: Verdict(
        _(
            "The certificate is not registered for who is to sign here. "
            "The agency registers it on the page of its certificates."
        ),
        _OPEN,
        "SIG_CONSTRAINTS_FAILURE",
    ),
}
