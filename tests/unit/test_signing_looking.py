"""Whether a certificate could sign, told from lists of revoked ones and from what proves the moment; what a signature
shows. No database: the room that looks into files knows none.
"""

from datetime import datetime, timedelta
from functools import cache
from io import BytesIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.stamp import BaseStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from portal.demo.signer.authority import Issued
from portal.demo.signer.signing import sign
from portal.demo.signer.tokens import as_asn1, key_as_asn1, signer_of
from records import clock
from reports.pdf.drawn import Box
from reports.signing.looking.engine import Limits, Terms, look_into
from reports.signing.looking.faults import Fault, Refused
from reports.signing.looking.revisions import read_revision
from reports.signing.looking.signatures import Asked, Found, judged, new_signature
from reports.signing.placing import Place, with_fields
from reports.signing.trust import Trust
from tests.factories.files import make_pdf
from tests.factories.signing import authority

BOX = Box(0, 60, 100, 190, 170)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@cache
def prepared() -> bytes:
    return with_fields(make_pdf(), [Place("ky-1", "Chữ ký", BOX), Place("ky-2", "Chữ ký", Box(0, 300, 100, 400, 170))])


@cache
def leader() -> Issued:
    return authority().issue("CHỦ TỊCH", "Cơ quan mẫu")


def looked(content: bytes, now: datetime, *lists: x509.CertificateRevocationList, only_root: bool = False) -> Found:
    """What is found of a file that came back now; `only_root` leaves the issuing certificate to the file itself."""
    trusted = [authority().root] if only_root else [authority().root, authority().issuing]
    roots = [one.certificate for one in trusted]
    box = {"ky-1": (BOX.page, *BOX.corners)}
    asked = Asked("ky-1", False, box, roots, lists, prepared=now - DAY, received=now)
    before, after = read_revision(prepared()), read_revision(content)
    name, _page, end = new_signature(before, after, content, asked=asked)
    return judged(content, name, end, asked=asked)


def fault_of(*args, **kwargs) -> Fault:
    with pytest.raises(Refused) as refusal:
        looked(*args, **kwargs)
    return refusal.value.fault


def signed(moment: datetime, by: Issued | None = None, **how) -> bytes:
    return sign(prepared(), signer_of(by or leader(), authority()), moment=moment, field="ky-1", **how)


def list_of(
    issuer: Issued, now: datetime, *revoked: Issued, when: datetime, since: datetime | None = None
) -> x509.CertificateRevocationList:
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
    builder = builder.last_update(since or now - DAY).next_update((since or now) + DAY)
    for one in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(one.certificate.serial_number).revocation_date(when)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(issuer.key, SHA256())


def test_a_certificate_revoked_before_the_file_came_signs_no_more_whatever_the_signer_claims():
    now = clock.now()
    since = list_of(authority().issuing, now, leader(), when=now - MINUTE)
    assert fault_of(signed(now - 2 * MINUTE), now, since) == Fault.REVOKED
    later = list_of(authority().issuing, now, leader(), when=now + MINUTE)
    assert looked(signed(now), now, later).revocation_known


def test_a_trusted_time_stamp_proves_that_it_signed_before_it_was_revoked():
    now = clock.now().replace(microsecond=0)
    revoked = list_of(authority().issuing, now, leader(), when=now - 10 * MINUTE)
    early, late = now - 20 * MINUTE, now - 5 * MINUTE
    found = looked(stamped(early, stamped_at=early), now, revoked)
    assert (found.has_timestamp, found.signed_at, found.revocation_known) == (True, early, True)
    assert fault_of(stamped(early, stamped_at=late), now, revoked) == Fault.REVOKED


def test_a_certificate_that_has_expired_signs_no_more_whatever_the_signer_claims():
    now = clock.now()
    expired = authority().issue("Hết hạn", begins=now - 3 * DAY, ends=now - MINUTE)
    assert fault_of(signed(now - 2 * MINUTE, expired), now) == Fault.EXPIRED


def test_the_list_of_an_issuer_that_only_the_file_names_counts():
    now = clock.now()
    revoked = list_of(authority().issuing, now, leader(), when=now - DAY)
    assert fault_of(signed(now), now, revoked, only_root=True) == Fault.REVOKED


@pytest.mark.parametrize("only_root", [True, False])
def test_an_issuer_that_was_revoked_vouches_for_nobody(only_root: bool):
    now = clock.now()
    revoked = list_of(authority().root, now, authority().issuing, when=now - DAY)
    assert fault_of(signed(now), now, revoked, only_root=only_root) == Fault.REVOKED


def test_a_list_that_holds_no_longer_not_yet_or_not_for_all_leaves_it_unknown():
    now = clock.now()
    content, issuing = signed(now), authority().issuing
    old, coming = (list_of(issuing, now, when=now, since=since) for since in (now - 9 * DAY, now + DAY))
    forged = list_of(Issued(issuing.certificate, leader().key), now, leader(), when=now - DAY)
    for found in (old, coming, forged):
        assert not looked(content, now, found).revocation_known
    mine = list_of(issuing, now, when=now)
    assert looked(content, now, mine).revocation_known
    assert not looked(content, now, mine, only_root=True).revocation_known, "nobody says it of the issuer"
    above = list_of(authority().root, now, when=now)
    assert looked(content, now, mine, above, only_root=True).revocation_known


def test_a_key_too_short_is_told_as_such():
    now = clock.now()
    short = authority().issue("Khóa ngắn", key=rsa.generate_private_key(public_exponent=65537, key_size=1024))
    assert fault_of(signed(now, short), now) == Fault.WEAK_KEY


def test_a_signature_that_shows_nothing_is_refused():
    meta = PdfSignatureMetadata(field_name="ky-1", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    out = BytesIO()
    PdfSigner(meta, signer_of(leader(), authority()), stamp_style=_Nothing()).sign_pdf(
        IncrementalPdfFileWriter(BytesIO(prepared())), output=out, existing_fields_only=True
    )
    assert fault_of(out.getvalue(), clock.now()) == Fault.UNSEEN


def test_of_a_file_the_portal_had_no_time_for_nothing_is_said():
    now = clock.now()
    terms = Terms("ky-1", False, {"ky-1": BOX}, Trust((), (), ()), prepared=now, received=now)
    with pytest.raises(Refused) as refusal:
        look_into(prepared(), signed(now), terms, limits=Limits(wall_seconds=0))
    assert refusal.value.fault == Fault.NOT_DONE


class _Nothing(BaseStampStyle):
    """The picture of a signing tool told to show none."""

    def create_stamp(self, writer, box, text_params) -> None:
        return None


def stamped(moment: datetime, *, stamped_at: datetime) -> bytes:
    """Signed with a time stamp of the same authority."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    issued = _stamping(key)
    chain = [as_asn1(one.certificate) for one in (authority().issuing, authority().root)]
    store = SimpleCertificateStore()
    store.register_multiple(chain)
    stamper = DummyTimeStamper(as_asn1(issued), key_as_asn1(key), certs_to_embed=store, fixed_dt=stamped_at)
    return signed(moment, stamper=stamper)


def _stamping(key: rsa.RSAPrivateKey) -> x509.Certificate:
    issuer = authority().issuing
    builder = x509.CertificateBuilder().subject_name(x509.Name([])).issuer_name(issuer.certificate.subject)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(issuer.certificate.not_valid_before_utc)
    builder = builder.not_valid_after(issuer.certificate.not_valid_after_utc)
    usage = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING])
    return builder.add_extension(usage, critical=True).sign(issuer.key, SHA256())
