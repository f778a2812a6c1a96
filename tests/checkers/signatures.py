"""What others say of the signatures in a PDF: poppler's pdfsig, and the signing library itself."""

import re
import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


@dataclass(frozen=True)
class Confirmed:
    """How many signatures poppler calls valid, and the fields the library calls intact, valid and trusted."""

    by_poppler: int
    by_library: list[str]


def confirmed(content: bytes, roots: list[x509.Certificate]) -> Confirmed:
    """Both opinions of a signed file; `roots` are whom the library trusts, at the moment of each signature."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "signed.pdf")
        path.write_bytes(content)
        said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
    anchors = [asn1_x509.Certificate.load(root.public_bytes(Encoding.DER)) for root in roots]
    fields = []
    for embedded in PdfFileReader(BytesIO(content)).embedded_signatures:
        moment = embedded.self_reported_timestamp
        context = ValidationContext(trust_roots=anchors, moment=moment, allow_fetching=False)
        status = validate_pdf_signature(embedded, context, skip_diff=True)
        if status.intact and status.valid and status.trusted:
            fields.append(embedded.field_name)
    return Confirmed(len(re.findall("Signature is Valid", said)), fields)
