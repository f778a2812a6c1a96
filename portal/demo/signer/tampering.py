"""What a dishonest tool may do to a file: each takes the file as it was handed out and gives back what it would send.

The tests bring every one of them to the portal; from the command line `--tamper NAME` does one.
"""

from collections.abc import Callable
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

Sign = Callable[[bytes], bytes]


def page_replaced(content: bytes, sign: Sign) -> bytes:
    """Another text is put on the first page, then it is signed: what every reader of signatures calls valid."""
    return sign(_with_new_page(content))


def page_replaced_after(content: bytes, sign: Sign) -> bytes:
    """It is signed, then the page gets another text."""
    return _with_new_page(sign(content))


def note_added(content: bytes, sign: Sign) -> bytes:
    """A remark is laid over the page, then it is signed."""
    return sign(_with_note(content))


def note_added_after(content: bytes, sign: Sign) -> bytes:
    """It is signed, then a remark is laid over the page."""
    return _with_note(sign(content))


def shadow_hidden(content: bytes, sign: Sign) -> bytes:
    """A white sheet hides the page before it is signed, and is taken off afterwards: another text comes out."""
    return _with_page_emptied(sign(_with_note(content)))


def shadow_replaced(content: bytes, sign: Sign) -> bytes:
    """The font of the page is exchanged after it was signed, so that the same codes read otherwise."""
    return _with_font_exchanged(sign(content))


def shadow_both(content: bytes, sign: Sign) -> bytes:
    """Another text is prepared out of sight before it is signed, and shown afterwards."""
    return _with_font_exchanged(sign(_with_hidden_object(content)))


def byte_of_page(content: bytes, sign: Sign) -> bytes:
    """One byte of the paper is another."""
    return _with_byte(sign(content), len(content) // 3)


def byte_of_revision(content: bytes, sign: Sign) -> bytes:
    """One byte of what the signature added is another, outside the signature's own value."""
    signed = sign(content)
    return _with_byte(signed, signed.index(b"/ByteRange", len(content)) + 14)


def byte_of_signature(content: bytes, sign: Sign) -> bytes:
    """One byte of the signature's own value is another: of the digest it signs."""
    signed = bytearray(sign(content))
    start = signed.index(b"/Contents <", len(content)) + len(b"/Contents <")
    # The message digest attribute: OID 1.2.840.113549.1.9.4, SET, OCTET STRING of 32 bytes.
    place = signed.lower().index(b"06092a864886f70d01090431220420", start) + 30
    signed[place] = ord("0") if signed[place] != ord("0") else ord("1")
    return bytes(signed)


def bytes_after(content: bytes, sign: Sign) -> bytes:
    """Something stands after the end of the signed file."""
    return sign(content) + b"\n1 0 obj << /Type /Nothing >> endobj\n%%EOF\n"


def saved_anew(content: bytes, sign: Sign) -> bytes:
    """An editor opens it, saves it anew, and that is signed."""
    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.save(out)
    return sign(out.getvalue())


def unsigned(content: bytes, sign: Sign) -> bytes:
    """It comes back as it was handed out."""
    return content


def signed_twice(content: bytes, sign: Sign) -> bytes:
    """It is signed, then the next party's place is signed by the same hand."""
    return sign(sign(content))


def script_added(content: bytes, sign: Sign) -> bytes:
    """A script that starts by itself is added, then it is signed."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    action = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.pdf_string("app.alert(1)")}
    )
    writer.root[pdf_name("/OpenAction")] = writer.add_object(action)
    writer.update_root()
    return sign(_written(writer))


TRICKS = {
    trick.__name__: trick
    for trick in (
        page_replaced, page_replaced_after, note_added, note_added_after, shadow_hidden, shadow_replaced, shadow_both,
        byte_of_page, byte_of_revision, byte_of_signature, bytes_after, saved_anew, unsigned, signed_twice, script_added,
    )
}  # fmt: skip


def _with_new_page(content: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0]
    stream = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 720 Td (X) Tj ET")
    page[pdf_name("/Contents")] = writer.add_object(stream)
    writer.update_container(page)
    return _written(writer)


def _with_page_emptied(content: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Annots")] = generic.ArrayObject([one for one in page["/Annots"] if "/FT" in one.get_object()])
    writer.update_container(page)
    return _written(writer)


def _with_note(content: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (80, 400, 500, 700)]),
            pdf_name("/DA"): generic.pdf_string("/Helv 12 Tf"),
            pdf_name("/Contents"): generic.pdf_string("Sửa đổi"),
            pdf_name("/F"): generic.NumberObject(4),
        }
    )
    annotations = page.get("/Annots", generic.ArrayObject())
    page[pdf_name("/Annots")] = generic.ArrayObject([*annotations, writer.add_object(note)])
    writer.update_container(page)
    return _written(writer)


def _with_hidden_object(content: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0]
    hidden = writer.add_object(generic.StreamObject(stream_data=b"BT (another text) Tj ET"))
    page["/Resources"][pdf_name("/Properties")] = generic.DictionaryObject({pdf_name("/Later"): hidden})
    writer.update_container(page["/Resources"])
    writer.update_container(page)
    return _written(writer)


def _with_font_exchanged(content: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0]
    fonts = page["/Resources"]["/Font"]
    for name in list(fonts.keys()):
        font = fonts[name]
        font[pdf_name("/BaseFont")] = pdf_name("/Helvetica")
        font[pdf_name("/Encoding")] = pdf_name("/WinAnsiEncoding")
        writer.update_container(font)
    return _written(writer)


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _with_byte(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
