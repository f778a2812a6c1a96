"""Signing a file as an official's tool does: one incremental update, PAdES, into the field that waits."""

from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator import ValidationContext

from portal.demo.signer.stamp import stamp_of

SEAL_FIELDS = "dau-"


class _AtMoment(PdfSigner):
    """A signer that says when it signs, so that the sample year is signed in the sample year."""

    moment: datetime

    def init_signing_session(self, *args, **kwargs):
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.moment
        return session


def empty_fields(content: bytes) -> list[str]:
    """The signature fields that wait for a signature, in the order they stand in the file."""
    reader = PdfFileReader(BytesIO(content))
    return [name for name, value, _field in enumerate_sig_fields(reader) if value is None]


def sign(
    content: bytes,
    signer: Signer,
    *,
    moment: datetime,
    field: str | None = None,
    own_field: SigFieldSpec | None = None,
    certify: bool = False,
    proof: ValidationContext | None = None,
    stamper: TimeStamper | None = None,
) -> bytes:
    """The file with one signature more: in the named field, in the next one that waits, or in a field of its own.

    With `proof` the data that prove the certificate follow in a revision of their own (PAdES B-LT); a `stamper` says in
    the signer's place when it was signed (B-T).
    """
    name = own_field.sig_field_name if own_field else field or empty_fields(content)[0]
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    meta = PdfSignatureMetadata(
        field_name=name,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=proof is not None,
        validation_context=proof,
        certify=certify,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    width, height = _size(content, name, own_field)
    shown = stamp_of(
        signer.subject_name or "", moment, width=width, height=height, is_seal=name.startswith(SEAL_FIELDS)
    )
    with shown as style:
        pdf_signer = _AtMoment(meta, signer, stamp_style=style, new_field_spec=own_field, timestamper=stamper)
        pdf_signer.moment = moment
        out = BytesIO()
        pdf_signer.sign_pdf(writer, output=out, existing_fields_only=own_field is None)
    return out.getvalue()


def _size(content: bytes, name: str, own_field: SigFieldSpec | None) -> tuple[float, float]:
    if own_field is not None:
        left, bottom, right, top = own_field.box
    else:
        reader = PdfFileReader(BytesIO(content))
        found = next(field for one, _value, field in enumerate_sig_fields(reader) if one == name)
        left, bottom, right, top = (float(number) for number in found.get_object()["/Rect"])
    return right - left, top - bottom
