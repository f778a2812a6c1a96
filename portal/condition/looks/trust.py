"""Certificates the portal knows of, and until when they hold: of authorities, their lists, and those registered."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from agencies.certificates.queries import live_certificates_until
from portal.condition.finding import Finding, broken, in_order, warning
from records import clock
from reports.signing.terms import Term, terms_in_the_folder

SOON = timedelta(days=30)
MOST_NAMED = 5


def authorities() -> Iterator[Finding]:
    """What lies in the folder of trust can be read and still holds."""
    terms = terms_in_the_folder()
    yield from _unreadable([term for term in terms if term.until is None])
    label = _("Certificates of authorities")
    certificates = [term for term in terms if term.until and not term.is_list]
    if not certificates:
        yield _nobody_trusted(label)
        return
    fix = _("Put the authority's new certificate into %(folder)s beside the old one.") % _folder()
    yield _judged("trust", label, certificates, SOON, fix)


def lists() -> Iterator[Finding]:
    """The lists of revoked certificates still hold."""
    found = [term for term in terms_in_the_folder() if term.until and term.is_list]
    if not found:
        return
    fix = _("Fetch the authority's new list into %(folder)s; let a job of the office do so every day.") % _folder()
    finding = _judged("revocation-lists", _("Lists of revoked certificates"), found, timedelta(0), fix)
    is_needed = settings.SIGNING_NEEDS_REVOCATION and any(term.until < clock.now() for term in found)
    yield broken(finding.name, finding.label, finding.seen, finding.fix) if is_needed else finding


def registered() -> Iterator[Finding]:
    """The certificates by which agencies sign and seal still hold."""
    found = [Term(name, until) for name, until in live_certificates_until()]
    label = _("Certificates of signers and seals")
    if not found:
        yield in_order("signing-certificates", label, _("None is registered"))
        return
    fix = _("Register the new certificate on the page of the agency, under digital certificates, and end the old one.")
    yield _judged("signing-certificates", label, found, SOON, fix)


def _judged(name: str, label: str, terms: list[Term], soon: timedelta, fix: str) -> Finding:
    """All hold, some end soon, or some have ended. What has ended may lie there for old signatures: no failure."""
    now = clock.now()
    ended = [term for term in terms if term.until < now]
    ending = [term for term in terms if now <= term.until < now + soon]
    if ended or ending:
        parts = [_("ended: %(names)s") % {"names": _named(ended)}] if ended else []
        parts += [_("ending soon: %(names)s") % {"names": _named(ending)}] if ending else []
        return warning(name, label, "; ".join(parts), fix)
    first = min(terms, key=lambda term: term.until)
    told = {"count": len(terms), "name": first.name, "day": _day(first.until)}
    return in_order(name, label, _("%(count)s; the first to end is %(name)s, on %(day)s") % told)


def _unreadable(terms: list[Term]) -> Iterator[Finding]:
    if terms:
        seen = _("Cannot be read: %(names)s") % {"names": ", ".join(term.name for term in terms[:MOST_NAMED])}
        fix = _("Put certificates (*.pem, *.crt, *.cer) and lists (*.crl) in PEM or DER there, nothing else.")
        yield broken("trust-files", _("Files in the folder of trust"), seen, fix)


def _nobody_trusted(label: str) -> Finding:
    if not live_certificates_until():
        return in_order("trust", label, _("None, and no certificate of a signer is registered"))
    fix = _("Put the certificates of the authorities into %(folder)s.") % _folder()
    return broken("trust", label, _("None: no digital signature can be believed"), fix)


def _named(terms: list[Term]) -> str:
    ordered = sorted(terms, key=lambda term: term.until)
    more = f" (+{len(terms) - MOST_NAMED})" if len(terms) > MOST_NAMED else ""
    return ", ".join(f"{term.name} ({_day(term.until)})" for term in ordered[:MOST_NAMED]) + more


def _day(moment: datetime) -> str:
    return f"{clock.local_day(moment):%d/%m/%Y}"


def _folder() -> dict[str, object]:
    return {"folder": settings.SIGNING_TRUST}
