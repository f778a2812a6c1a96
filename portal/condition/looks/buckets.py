"""The bucket of stored files: answers, knows the portal, and takes what it is given."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.condition.finding import Finding, Words, broken, in_order
from records.files.errors import StoreFailed, Trouble
from records.files.stores import shared

_FIXES = {
    Trouble.AWAY: gettext_lazy(
        "See that the store runs and that this machine reaches %(address)s. Until then no file can be sent or opened; "
        "nothing is lost."
    ),
    Trouble.CERTIFICATE: gettext_lazy(
        "Name the certificates of the store's authority in PORTAL_FILES_CA, or have the store's certificate made anew "
        "if it has run out or is not for the host of %(address)s; then start the service again."
    ),
    Trouble.KEY: gettext_lazy("Correct PORTAL_FILES_KEY_ID and PORTAL_FILES_SECRET; then start the service again."),
    Trouble.NO_BUCKET: gettext_lazy("Make the bucket %(name)s in the store, or correct PORTAL_FILES_BUCKET."),
    Trouble.REFUSED: gettext_lazy(
        "Let the portal's key list the bucket %(name)s, and read, write and remove in it; see that the store has room "
        "and that its clock agrees with this machine's."
    ),
}


def why_closed() -> StoreFailed | None:
    """What the bucket says when something is written there and read again; nothing where it did, or there is none."""
    try:
        if (store := shared()) is not None:
            store.try_out()
    except StoreFailed as failed:
        return failed
    return None


def fix_of(failed: StoreFailed) -> str:
    """What to do."""
    return str(_FIXES[failed.trouble]) % settings.FILES_BUCKET


def bucket(label: Words) -> Iterator[Finding]:
    """The bucket takes and gives. Rule: R-CONDITION-1."""
    told = {key: settings.FILES_BUCKET[key] for key in ("name", "address")}
    if failed := why_closed():
        seen = _("Bucket %(name)s at %(address)s: %(why)s") % {**told, "why": failed.trouble.words}
        yield broken("files", label, seen, fix_of(failed))
    else:
        yield in_order("files", label, _("Bucket %(name)s at %(address)s, readable and writable") % told)
