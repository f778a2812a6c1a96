"""What is missing before the file to sign can be prepared: one list for the page, the service and the test."""

from datetime import date

from django.utils.translation import gettext as _

from agencies.certificates.queries import personal_certificates, seals_of
from agencies.models import Agency, SigningCertificate
from coordination.models import Program, SignatureSlot
from coordination.programs.permissions import signing_agency_id
from coordination.programs.queries import Missing, signing_stand
from coordination.register.queries import live_entry_of
from records import clock
from reports.signing.enums import FieldPurpose
from reports.signing.trust import trusted


def missing_before_preparing(program: Program) -> list[Missing]:
    """The number, a party that signs digitally, a certificate for each of those, and somebody to trust."""
    stand = signing_stand(program)
    slots = [slot for slot in stand.slots if slot.signs_digitally] if stand else []
    missing = []
    if program.document_number is None:
        missing.append(Missing(_("Document number: it is printed in the file and reserved with it")))
    if not slots:
        missing.append(Missing(_("A party that signs digitally: set the order and the ways of signing")))
    if not trusted():
        missing.append(Missing(_("Authorities the portal trusts: the administrator puts their certificates in place")))
    for slot in slots:
        missing += _missing_certificates(slot, clock.today())
    return missing


def wrong_day(program: Program, dated_on: date) -> str:
    """Why a day cannot be printed in the file; nothing where it can."""
    if dated_on > clock.today():
        return _("The day must not be in the future")
    if program.agreed_on and dated_on < program.agreed_on:
        return _("The day must not be before the content was agreed")
    entry = live_entry_of(program)
    if entry is not None and not entry.series.valid_from <= dated_on <= entry.series.valid_to:
        return _("The number was taken from the register of another period than this day")
    return ""


def certificates_for(slot: SignatureSlot, purpose: str, day: date) -> list[SigningCertificate]:
    """The certificates by which a field of a party may be signed on a day.

    Rule: R-CERT-1.
    """
    agency = Agency.objects.get(pk=signing_agency_id(slot))
    if purpose == FieldPurpose.SEAL:
        return seals_of(agency)
    return personal_certificates(agency, signer=slot.signer, printed_title=slot.title, day=day)


def _missing_certificates(slot: SignatureSlot, day: date) -> list[Missing]:
    words = {"agency": slot.agency_name, "title": slot.title}
    missing = []
    if not certificates_for(slot, FieldPurpose.PERSON, day):
        missing.append(Missing(_("A certificate registered for %(title)s of %(agency)s") % words))
    if slot.is_sealed and not certificates_for(slot, FieldPurpose.SEAL, day):
        missing.append(Missing(_("A certificate registered for the seal of %(agency)s") % words))
    return missing
