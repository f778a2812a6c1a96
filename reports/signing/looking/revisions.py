"""What a later revision of a PDF changed, object by object: a signature may fill its own field and nothing else.

Why not the comparison of the signing library: on tagged papers it takes minutes (tech 0.7).
"""

import hashlib
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree

import pikepdf

Objgen = tuple[int, int]
# What a signature fills in of its own field; where it stands and how it locks was laid down with the prepared file.
_FILLED_IN = {"/V", "/AP", "/F", "/AS", "/M", "/MK", "/DA"}
_OF_CATALOG = {"/AcroForm", "/DSS", "/Extensions", "/Version"}
_OF_FORM = {"/Fields", "/SigFlags", "/DR", "/DA"}
_OF_INFO = {"/ModDate", "/Producer"}
_TOUCHED_BY_TOOLS = re.compile(r"}(ModifyDate|MetadataDate|Producer|CreatorTool|InstanceID|about)$")
_ACTING = {"/JS", "/JavaScript", "/AA", "/OpenAction", "/Launch", "/EmbeddedFile", "/EF", "/RichMedia", "/XFA"}
_NEW_WIDGET = {
    "/Type", "/Subtype", "/FT", "/T", "/TU", "/Rect", "/P", "/F", "/Ff", "/V", "/AP", "/AS", "/M", "/MK", "/DA",
    "/StructParent",
}  # fmt: skip


@dataclass(frozen=True)
class Revision:
    """One state of a file: every object by its number, its bytes written out, and what hangs together how."""

    pdf: pikepdf.Pdf
    objects: dict[Objgen, pikepdf.Object]
    written: dict[Objgen, bytes]

    @property
    def pages(self) -> list[Objgen]:
        return [page.obj.objgen for page in self.pdf.pages]


def read_revision(content: bytes) -> Revision:
    """A state of a file, read without repairing anything.

    Raises: pikepdf.PdfError, ValueError for a file that needs repair or is locked by a password.
    """
    pdf = pikepdf.open(BytesIO(content), attempt_recovery=False, suppress_warnings=True)
    objects = {found.objgen: found for found in pdf.objects if isinstance(found, pikepdf.Object) and found.is_indirect}
    written = {objgen: _written(found) for objgen, found in objects.items()}
    if warnings := pdf.get_warnings():
        raise ValueError(str(warnings[0])[:200])
    return Revision(pdf, objects, written)


def signature_fields(revision: Revision) -> dict[str, pikepdf.Object]:
    """Every signature field by its whole name."""
    return dict(_fields(revision.pdf.Root.get("/AcroForm", pikepdf.Dictionary()).get("/Fields", [])))


def changes(before: Revision, after: Revision, *, field: str, page: int | None = None) -> Iterator[str]:
    """Whatever a revision changed beyond filling in one signature field.

    `field` is the field that was filled in, new where `page` says on which page it may have been set.
    """
    if before.pages != after.pages:
        yield "pages"
    if before.pdf.Root.objgen != after.pdf.Root.objgen or "/Encrypt" in after.pdf.trailer:
        yield "catalog"
    if _pointed(before.pdf.trailer.get("/Info")) != _pointed(after.pdf.trailer.get("/Info")):
        yield "properties"
    places = _Places(before, after, field, page)
    for objgen, written in before.written.items():
        if objgen not in after.written:
            yield f"object {objgen[0]} gone"
        elif after.written[objgen] != written:
            yield from places.changed(objgen)
    yield from places.new_fields()
    for objgen in after.written.keys() - before.written.keys():
        yield from _acting(objgen, after.objects[objgen])


def only_validation_data(before: Revision, after: Revision) -> bool:
    """Whether a revision after a signature brought nothing but data to prove it later (DSS)."""
    names = signature_fields(after)
    if names.keys() != signature_fields(before).keys():
        return False
    info = before.pdf.trailer.get("/Info")
    allowed = {before.pdf.Root.objgen: {"/DSS", "/Extensions"}}
    if info is not None and info.is_indirect:
        allowed[info.objgen] = _OF_INFO
    for objgen, written in before.written.items():
        if objgen not in after.written:
            return False
        old, new = before.objects[objgen], after.objects[objgen]
        if after.written[objgen] == written or _is_validation_data(old) or _is_same_metadata(old, new):
            continue
        if _keys_changed(old, new) - allowed.get(objgen, set()):
            return False
    new = after.written.keys() - before.written.keys()
    return before.pages == after.pages and not any(_acting(objgen, after.objects[objgen]) for objgen in new)


class _Places:
    """What may change where between two revisions."""

    def __init__(self, before: Revision, after: Revision, field: str, page: int | None):
        self.before, self.after, self.page = before, after, page
        self.field = signature_fields(after).get(field)
        self.is_new = field not in signature_fields(before)
        form, info = before.pdf.Root.get("/AcroForm"), before.pdf.trailer.get("/Info")
        self.allowed: dict[Objgen, Set[str]] = {before.pdf.Root.objgen: _OF_CATALOG}
        if form is not None and form.is_indirect:
            self.allowed[form.objgen] = _OF_FORM
        if info is not None and info.is_indirect:
            self.allowed[info.objgen] = _OF_INFO
        if self.is_new and page is not None:
            self.allowed[before.pages[page]] = {"/Annots"}
        elif self.field is not None:
            self.allowed[self.field.objgen] = _FILLED_IN

    def changed(self, objgen: Objgen) -> Iterator[str]:
        old, new = self.before.objects[objgen], self.after.objects[objgen]
        if objgen == (0, 0) or _is_bookkeeping(old):
            return
        if isinstance(old, pikepdf.Stream):
            if not _is_same_metadata(old, new):
                yield f"stream {objgen[0]}"
        elif isinstance(old, pikepdf.Array):
            if not self._grew(old, new):
                yield f"list {objgen[0]}"
        elif odd := _keys_changed(old, new) - self.allowed.get(objgen, set()):
            yield f"object {objgen[0]}: {', '.join(sorted(odd))}"

    def _grew(self, old: pikepdf.Object, new: pikepdf.Object) -> bool:
        """A list of fields or of a page's annotations grew by the new field and by nothing else."""
        if not isinstance(new, pikepdf.Array) or self.field is None:
            return False
        listed = [one.objgen for one in old if isinstance(one, pikepdf.Object)]
        now = [one.objgen for one in new if isinstance(one, pikepdf.Object)]
        return now == listed or (self.is_new and now == [*listed, self.field.objgen])

    def new_fields(self) -> Iterator[str]:
        """Fields and annotations that were not there, beyond the one that was filled in."""
        old, new = self.before.pdf.Root.get("/AcroForm"), self.after.pdf.Root.get("/AcroForm")
        if old is None or new is None or _keys_changed(old, new) - _OF_FORM:
            yield "form"
            return
        mine = {self.field.objgen} if self.field is not None and self.is_new else set()
        if _listed(new.get("/Fields", [])) - _listed(old.get("/Fields", [])) - mine:
            yield "fields"
        if _listed(old.get("/Fields", [])) - _listed(new.get("/Fields", [])):
            yield "fields"
        for was, now in zip(self.before.pdf.pages, self.after.pdf.pages, strict=False):
            if (_listed(now.obj.get("/Annots", [])) ^ _listed(was.obj.get("/Annots", []))) - mine:
                yield "annotations"
        if self.is_new and self.field is not None and (odd := set(self.field.keys()) - _NEW_WIDGET):
            yield f"new field: {', '.join(sorted(odd))}"


def _fields(found: object, kind: object = None, name: str = "") -> Iterator[tuple[str, pikepdf.Object]]:
    for one in list(found)[:500]:
        this = one.get("/FT", kind)
        part = str(one["/T"]) if "/T" in one else ""
        whole = f"{name}.{part}" if name and part else name or part
        if this == "/Sig" and ("/Rect" in one or "/V" in one):
            yield whole, one
        if "/Kids" in one:
            yield from _fields(one["/Kids"], this, whole)


def _listed(found: object) -> set[Objgen]:
    return {one.objgen for one in found if isinstance(one, pikepdf.Object)}


def _written(found: pikepdf.Object) -> bytes:
    if isinstance(found, pikepdf.Stream):
        return found.stream_dict.unparse(resolved=True) + hashlib.sha256(found.read_raw_bytes()).digest()
    return found.unparse(resolved=True)


def _keys_changed(old: pikepdf.Object, new: pikepdf.Object) -> set[str]:
    if not isinstance(old, pikepdf.Dictionary) or not isinstance(new, pikepdf.Dictionary):
        return {"kind"}
    keys = set(old.keys()) | set(new.keys())
    return {key for key in keys if _pointed(old.get(key)) != _pointed(new.get(key))}


def _pointed(value: object) -> object:
    if not isinstance(value, pikepdf.Object):
        return value
    return value.objgen if value.is_indirect else value.unparse()


def _is_bookkeeping(found: pikepdf.Object) -> bool:
    return isinstance(found, pikepdf.Stream) and found.get("/Type") in ("/XRef", "/ObjStm")


def _is_validation_data(found: pikepdf.Object) -> bool:
    return _is_bookkeeping(found) or (
        isinstance(found, pikepdf.Dictionary) and (found.get("/Type") in ("/DSS", "/VRI") or "/VRI" in found)
    )


def _is_same_metadata(old: pikepdf.Object, new: pikepdf.Object) -> bool:
    """Whether two streams are metadata that say the same, but for what any tool that saves a file touches."""
    both = isinstance(old, pikepdf.Stream) and isinstance(new, pikepdf.Stream)
    return both and old.get("/Type") == "/Metadata" and _metadata(old) == _metadata(new)


def _metadata(found: pikepdf.Object) -> set[tuple[str, str]]:
    """What the metadata say, but for what any tool that saves a file touches."""
    plain = re.sub(rb"<\?xpacket.*?\?>", b"", found.read_bytes(), flags=re.DOTALL)
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise ValueError("metadata with declarations")
    root = ElementTree.fromstring(plain)
    told = ((key, value) for one in root.iter() for key, value in [(one.tag, (one.text or "").strip()), *one.items()])
    return {(key, value) for key, value in told if value and not _TOUCHED_BY_TOOLS.search(key)}


def _acting(objgen: Objgen, found: pikepdf.Object) -> list[str]:
    """What acts by itself or carries files, in an object that was not there before."""
    plain = found.stream_dict if isinstance(found, pikepdf.Stream) else found
    keys = set(plain.keys()) if isinstance(plain, pikepdf.Dictionary) else set()
    return [f"object {objgen[0]}: {key}" for key in sorted(keys & _ACTING)]
