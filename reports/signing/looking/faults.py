"""What can be wrong with a file that comes back signed, in words a process without the portal's settings knows."""

from enum import StrEnum


class Fault(StrEnum):
    """Why a file is not taken; what a person reads of it stands in `reports.signing.enums`."""

    TOO_LARGE = "too_large"
    UNTOUCHED = "untouched"
    OLDER = "older"
    OTHER_PAPER = "other_paper"
    NOT_BEGUN = "not_begun"
    NOT_READ = "not_read"
    NOT_DONE = "not_done"
    NOT_SIGNED = "not_signed"
    SIGNED_TWICE = "signed_twice"
    OTHER_FIELD = "other_field"
    OUTSIDE_PLACE = "outside_place"
    CHANGED = "changed"
    NOT_COVERED = "not_covered"
    LOCKS = "locks"
    UNSEEN = "unseen"
    NOT_PADES = "not_pades"
    DIGEST = "digest"
    BROKEN = "broken"
    WEAK = "weak"
    WEAK_KEY = "weak_key"
    USAGE = "usage"
    UNTRUSTED = "untrusted"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    REVOCATION_UNKNOWN = "revocation_unknown"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    UNBOUND = "unbound"


class Refused(Exception):
    """The file is not taken: the fault and what exactly was found, for the log."""

    def __init__(self, fault: Fault, detail: str = ""):
        self.fault, self.detail = fault, detail
        super().__init__(f"{fault}: {detail}")
