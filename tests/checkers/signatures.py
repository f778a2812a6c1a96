"""What others say of the signatures in a PDF: poppler, the signing library itself, and the file's own bytes."""

import re
import subprocess
from dataclasses import dataclass
from io import BytesIO
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
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


def uncovered(content: bytes, prepared: bytes) -> list[str]:
    """What no signature of a file vouches for: other first bytes than those prepared, gaps, bytes at the end."""
    wrong = [] if content.startswith(prepared) and len(content) > len(prepared) else ["not the prepared file"]
    ends = [0]
    with pikepdf.open(BytesIO(content)) as pdf:
        for field in _signed_fields(pdf):
            start, before, after, length = (int(number) for number in field.V.ByteRange)
            ends.append(after + length)
            is_all = re.fullmatch(rb"<[0-9A-Fa-f]+>", content[before:after]) and not start
            if not is_all or not content[: ends[-1]].rstrip().endswith(b"%%EOF"):
                wrong.append(f"{field.T} leaves out more than itself")
    return wrong if max(ends) == len(content) else [*wrong, "bytes after the last signature"]


def unseen(content: bytes) -> list[str]:
    """Signatures nobody sees on paper: without a picture, too small, outside their page, over one another."""
    wrong, places = [], []
    with pikepdf.open(BytesIO(content)) as pdf:
        for field in _signed_fields(pdf):
            left, bottom, right, top = (float(number) for number in field.Rect)
            width, height = (float(number) for number in field.P.MediaBox[2:])
            if "/AP" not in field or right - left < 20 or top - bottom < 15:
                wrong.append(f"{field.T} shows nothing")
            if min(left, bottom) < 0 or right > width or top > height:
                wrong.append(f"{field.T} leaves its page")
            places.append((str(field.T), field.P.objgen, (left, bottom, right, top)))
    for (one, page, box), (other, again, beside) in combinations(places, 2):
        if page == again and box[0] < beside[2] and beside[0] < box[2] and box[1] < beside[3] and beside[1] < box[3]:
            wrong.append(f"{one} lies over {other}")
    return wrong


def _signed_fields(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [field for field in pdf.Root.AcroForm.Fields if field.get("/FT") == "/Sig" and "/V" in field]
