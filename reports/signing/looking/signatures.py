"""The one new signature of a file that comes back: where it stands, what it covers, by which certificate, and whether
that certificate could sign at that moment.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import KeyUsageConstraints, validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from reports.signing.looking.faults import Fault, Refused
from reports.signing.looking.revisions import Revision, signature_fields
from reports.signing.looking.revocation import addresses_of_lists, is_known, must_not_be_revoked

_PADES = "/ETSI.CAdES.detached"
# The older profile counts where the signature itself names its certificate.
_CMS = "/adbe.pkcs7.detached"
_WEAK = ("md5", "sha1")
_CONTENTS = re.compile(rb"<[0-9A-Fa-f\s]+>")
_LEAST_PT = (20, 15)
# A clock beside the portal's may go a little wrong.
_CLOCKS_APART = timedelta(minutes=5)
# Hidden, and not to be viewed: bits 2 and 6 of an annotation's flags.
_UNSEEN_FLAGS = 0b100010


@dataclass(frozen=True)
class Asked:
    """By which a signature is judged: the field and its box, the trusted roots, revocation lists, when the file was
    prepared and when it came back.
    """

    field: str
    is_last: bool
    boxes: dict[str, tuple[int, float, float, float, float]]
    roots: Sequence[x509.Certificate]
    lists: Sequence[x509.CertificateRevocationList]
    prepared: datetime
    received: datetime


@dataclass(frozen=True)
class Found:
    """A signature that is whole: its field, who made it, when, by which certificate, and what could be proved."""

    field: str
    fingerprint: str
    subject: str
    issuer: str
    serial: str
    signed_at: datetime
    has_timestamp: bool
    revocation_known: bool
    lists_at: list[str]
    end: int


def new_signature(before: Revision, after: Revision, content: bytes, *, asked: Asked) -> tuple[str, int | None, int]:
    """The field that was signed, the page it was set on where the signing tool made a field of its own, and where the
    bytes it covers end.

    Raises: Refused where there is none or more than one, in another field, outside its place, unseen or not covering.
    """
    fields, was = signature_fields(after), signature_fields(before)
    signed = [name for name, field in fields.items() if "/V" in field and "/V" not in was.get(name, {})]
    if not signed:
        raise Refused(Fault.NOT_SIGNED)
    if len(signed) > 1:
        raise Refused(Fault.SIGNED_TWICE, ", ".join(signed))
    name = signed[0]
    field = fields[name]
    page = None
    if name != asked.field:
        if name in was or not field.is_indirect:
            raise Refused(Fault.OTHER_FIELD, name)
        page = _own_place(after, field, asked)
    if not _shows(field) or int(field.get("/F", 0)) & _UNSEEN_FLAGS:
        raise Refused(Fault.UNSEEN, name)
    _must_lock_nothing(field["/V"], name, asked)
    return name, page, _covered(field["/V"], content)


def judged(content: bytes, name: str, end: int, *, asked: Asked) -> Found:
    """The signature in a field, its certificate and its moment.

    Raises: Refused with what does not hold.
    """
    reader = PdfFileReader(BytesIO(content), strict=True)
    embedded = next(one for one in reader.embedded_signatures if one.field_name == name)
    _must_be_pades(embedded)
    if embedded.md_algorithm in _WEAK:
        raise Refused(Fault.WEAK, embedded.md_algorithm)
    signer = x509.load_der_x509_certificate(embedded.signer_cert.dump())
    claimed = embedded.self_reported_timestamp or _written_time(embedded)
    status = _status(embedded, claimed or asked.received, asked)
    moment, stamped = _moment(status, claimed)
    # Why: that it was made when its signer says, nobody proves; only a time stamp does, otherwise that it came now.
    proved = moment if stamped else asked.received
    _must_be_whole(status)
    _must_fit_in_time(moment, proved, signer, asked)
    if not status.trusted:
        _say_why_untrusted(status, signer)
    chain = _chain(status, signer, asked)
    must_not_be_revoked(chain, proved, asked.lists)
    return Found(
        field=name,
        fingerprint=hashlib.sha256(signer.public_bytes(Encoding.DER)).hexdigest(),
        subject=_common_name(signer.subject),
        issuer=_common_name(signer.issuer),
        serial=f"{signer.serial_number:x}",
        signed_at=moment,
        has_timestamp=stamped,
        revocation_known=is_known(chain, asked.roots, asked.received, asked.lists),
        lists_at=addresses_of_lists(chain, asked.roots),
        end=end,
    )


def _shows(field: pikepdf.Object) -> bool:
    """Whether a signature has a picture, and the picture anything in it."""
    picture = field.get("/AP", pikepdf.Dictionary()).get("/N")
    return isinstance(picture, pikepdf.Stream) and bool(picture.read_bytes().strip())


def _own_place(after: Revision, field: pikepdf.Object, asked: Asked) -> int:
    """The page on which a signing tool set a field of its own: in this party's room, in nobody else's.

    Raises: Refused.
    """
    page = next(
        (n for n, one in enumerate(after.pdf.pages) if field.objgen in [a.objgen for a in one.obj.get("/Annots", [])]),
        None,
    )
    left, bottom, right, top = _rectangle(field)
    here = asked.boxes[asked.field]
    if page != here[0] or right - left < _LEAST_PT[0] or top - bottom < _LEAST_PT[1]:
        raise Refused(Fault.OUTSIDE_PLACE)
    if (right - left) * (top - bottom) > 2 * (here[3] - here[1]) * (here[4] - here[2]):
        raise Refused(Fault.OUTSIDE_PLACE)
    for other, (its_page, x1, y1, x2, y2) in asked.boxes.items():
        meets = its_page == page and left < x2 and x1 < right and bottom < y2 and y1 < top
        if meets != (other == asked.field):
            raise Refused(Fault.OUTSIDE_PLACE, other)
    return page


def _rectangle(field: pikepdf.Object) -> tuple[float, float, float, float]:
    x1, y1, x2, y2 = (float(number) for number in field["/Rect"])
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _must_lock_nothing(signature: pikepdf.Object, name: str, asked: Asked) -> None:
    """Only the last signature may close the file: one that certifies or locks earlier shuts out those after it."""
    for reference in signature.get("/Reference", []):
        parameters = reference.get("/TransformParams", {})
        only_itself = parameters.get("/Action") == "/Include" and [str(f) for f in parameters.get("/Fields", [])] == [
            name
        ]
        if reference.get("/TransformMethod") == "/DocMDP" or not (asked.is_last or only_itself):
            raise Refused(Fault.LOCKS, str(reference.get("/TransformMethod")))


def _covered(signature: pikepdf.Object, content: bytes) -> int:
    """Where the bytes a signature covers end: from the first one on, one gap that is exactly its own value.

    Raises: Refused.
    """
    numbers = [int(number) for number in signature.get("/ByteRange", [])]
    if len(numbers) != 4:
        raise Refused(Fault.NOT_COVERED, "ByteRange")
    start, first, second, length = numbers
    end = second + length
    gap = content[first:second] if 0 < first < second else b""
    value = bytes(signature.get("/Contents", b""))
    whole = start == 0 and second < end <= len(content) and _CONTENTS.fullmatch(gap) is not None
    if not whole or bytes.fromhex(gap[1:-1].decode()) != value or not content[:end].rstrip().endswith(b"%%EOF"):
        raise Refused(Fault.NOT_COVERED, str(numbers))
    return end


def _must_be_pades(embedded) -> None:
    kind = embedded.sig_object.get("/SubFilter")
    attributes = {one["type"].native for one in embedded.signer_info["signed_attrs"]}
    if kind not in (_PADES, _CMS) or not attributes & {"signing_certificate", "signing_certificate_v2"}:
        raise Refused(Fault.NOT_PADES, str(kind))


def _written_time(embedded) -> datetime | None:
    """The moment the signature dictionary states, where the signature itself states none."""
    written = embedded.sig_object.get("/M")
    found = re.match(r"D:(\d{14})(?:Z|([+-])(\d\d)'?(\d\d)?)?", str(written or ""))
    if found is None:
        return None
    moment = datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    ahead = timedelta(hours=int(found[3] or 0), minutes=int(found[4] or 0))
    return moment - ahead if found[2] == "+" else moment + ahead


def _status(embedded, moment: datetime, asked: Asked) -> PdfSignatureStatus:
    roots = [asn1_x509.Certificate.load(root.public_bytes(Encoding.DER)) for root in asked.roots]

    def context() -> ValidationContext:
        return ValidationContext(trust_roots=roots, moment=moment, allow_fetching=False, revocation_mode="soft-fail")

    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    return validate_pdf_signature(embedded, context(), context(), key_usage_settings=usage, skip_diff=True)


def _moment(status: PdfSignatureStatus, claimed: datetime | None) -> tuple[datetime, bool]:
    """When it was signed: what a trusted time stamp says, otherwise what the signer says.

    Raises: Refused where nobody says.
    """
    stamp = status.timestamp_validity
    if stamp is not None and stamp.intact and stamp.valid and stamp.trusted:
        return stamp.timestamp, True
    if claimed is None:
        raise Refused(Fault.TOO_EARLY, "no time")
    return claimed, False


def _must_be_whole(status: PdfSignatureStatus) -> None:
    if not status.intact:
        raise Refused(Fault.DIGEST)
    if not status.valid:
        raise Refused(Fault.BROKEN)


def _must_fit_in_time(moment: datetime, proved: datetime, signer: x509.Certificate, asked: Asked) -> None:
    if moment < asked.prepared - _CLOCKS_APART:
        raise Refused(Fault.TOO_EARLY, moment.isoformat())
    if moment > asked.received + _CLOCKS_APART:
        raise Refused(Fault.TOO_LATE, moment.isoformat())
    if max(moment, proved) > signer.not_valid_after_utc:
        raise Refused(Fault.EXPIRED, signer.not_valid_after_utc.isoformat())
    if moment < signer.not_valid_before_utc:
        raise Refused(Fault.NOT_YET_VALID, signer.not_valid_before_utc.isoformat())


def _say_why_untrusted(status: PdfSignatureStatus, signer: x509.Certificate) -> None:
    """Raises: Refused, by what the path to the roots lacks."""
    problem = str(status.trust_problem_indic or "")
    usage = _usage_of(signer)
    if usage is not None and not (usage.digital_signature or usage.content_commitment):
        raise Refused(Fault.USAGE, problem)
    if "CRYPTO_CONSTRAINTS" in problem:
        raise Refused(Fault.WEAK_KEY, problem)
    raise Refused(Fault.UNTRUSTED, problem or _common_name(signer.issuer))


def _usage_of(certificate: x509.Certificate) -> x509.KeyUsage | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None


def _chain(status: PdfSignatureStatus, signer: x509.Certificate, asked: Asked) -> list[x509.Certificate]:
    """The certificates from the signer's up to the trusted one, and what is trusted above that."""
    path = [x509.load_der_x509_certificate(one.dump()) for one in status.validation_path.iter_certs(include_root=True)]
    chain = path[::-1] or [signer]
    while (above := _issuer_of(chain[-1], asked.roots)) is not None and above not in chain:
        chain.append(above)
    return chain


def _issuer_of(certificate: x509.Certificate, roots: Sequence[x509.Certificate]) -> x509.Certificate | None:
    return next((one for one in roots if one.subject == certificate.issuer and one != certificate), None)


def _common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()
