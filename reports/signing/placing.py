"""Setting the signature fields of all parties into a paper, in one update after the paper's own bytes.

Why no certification at the start: tools that set a field of their own would break it, and so would the next party's
signature. The last signature closes the file instead: its field carries the lock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reports.pdf.drawn import Box

# The seal lies beside the signature, over its left third on paper; as fields they stand side by side.
SEAL_SHARE = 0.4
_GAP_PT = 2
LEAST_WIDTH_PT, LEAST_HEIGHT_PT = 24, 18


@dataclass(frozen=True)
class Place:
    """A signature field to be set: its name, what it is called for whoever hears it read, and its rectangle."""

    name: str
    called: str
    box: Box


def with_fields(content: bytes, places: Sequence[Place]) -> bytes:
    """The paper with an empty signature field at each place, in the order they are signed; the last one locks all."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, append_signature_field

    writer = IncrementalPdfFileWriter(BytesIO(content))
    for place in places:
        locks = {}
        if place is places[-1]:
            locks = {
                "field_mdp_spec": FieldMDPSpec(FieldMDPAction.ALL),
                "doc_mdp_update_value": MDPPerm.NO_CHANGES,
            }
        spec = SigFieldSpec(
            sig_field_name=place.name,
            on_page=place.box.page,
            box=place.box.corners,
            readable_field_name=place.called,
            **locks,
        )
        append_signature_field(writer, spec)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def rooms_in(box: Box, *, is_sealed: bool) -> tuple[Box, Box | None]:
    """The room of the person's signature in a party's box, and that of the agency's seal at its left, if it has one."""
    if not is_sealed:
        return box, None
    width = box.width * SEAL_SHARE
    seal = Box(box.page, box.left, box.bottom, box.left + width - _GAP_PT, box.top)
    return Box(box.page, box.left + width, box.bottom, box.right, box.top), seal
