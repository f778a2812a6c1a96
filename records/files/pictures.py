"""Pictures as they come from cameras and phones: drawn anew, so that nothing but the picture is kept.

Rule: R-FILE-6. Position, device, times and whatever else was written beside or behind the picture stay behind.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from records.errors import RuleBroken
from records.files.enums import FileKind
from records.files.models import StoredFile
from records.files.services import check_file, keep, keep_bytes

MOST_PIXELS = 80_000_000
LONGEST_PX, SMALL_PX = 4096, 640
_QUALITY, _SMALL_QUALITY = 90, 80
_PICTURES = (FileKind.JPEG, FileKind.PNG)
# Everything the decoders raise over a file that is no picture, or not all of one.
_UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    ArithmeticError,
    LookupError,
    TypeError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@dataclass(frozen=True)
class Kept:
    """A picture as it was kept, and the small one pages show with its size."""

    file: StoredFile
    small: StoredFile
    small_width_px: int
    small_height_px: int


def check_picture(name: str, content: BinaryIO, size_bytes: int) -> None:
    """Refuse what is no JPG or PNG picture by its name and first bytes, or has more points than are read.

    Rule: R-FILE-1, R-FILE-6. Raises: RuleBroken that says what is accepted.
    """
    if check_file(name, content, size_bytes) not in _PICTURES:
        raise RuleBroken(_("Choose a picture: JPG or PNG."))
    content.seek(0)
    with _read(content):
        pass
    content.seek(0)


def keep_picture(name: str, content: BinaryIO, size_bytes: int) -> Kept:
    """Draw a picture anew, upright and without what the camera wrote beside it, and keep it with a small one.

    Rule: R-FILE-6. Units: the longer side has at most 4.096 points, of the small one 640.
    Raises: RuleBroken as `check_picture`, where it cannot be read to its end, and for what the scanner found.
    """
    check_picture(name, content, size_bytes)
    picture = _drawn_anew(content)
    whole = _as_jpeg(picture, _QUALITY)
    stem = name.rpartition(".")[0] or name
    file = keep(f"{stem}.jpg", BytesIO(whole), len(whole))
    picture.thumbnail((SMALL_PX, SMALL_PX))
    small = keep_bytes(f"{stem}-nho.jpg", FileKind.JPEG, _as_jpeg(picture, _SMALL_QUALITY))
    return Kept(file, small, picture.width, picture.height)


def _read(content: BinaryIO) -> Image.Image:
    """The picture with its size known and not one point decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(content, formats=("JPEG", "PNG"))
    except _UNREADABLE as broken:
        raise _not_readable() from broken
    if picture.width * picture.height > MOST_PIXELS:
        raise RuleBroken(_("The picture has more points than are read. Make it smaller, then choose it."))
    return picture


def _drawn_anew(content: BinaryIO) -> Image.Image:
    """Only the points: turned as the camera was held, over white, no larger than is kept."""
    content.seek(0)
    try:
        with _read(content) as read:
            read.draft("RGB", (LONGEST_PX, LONGEST_PX))
            upright = ImageOps.exif_transpose(read)
            upright.thumbnail((LONGEST_PX, LONGEST_PX))
            drawn = _over_white(upright) if upright.has_transparency_data else upright.convert("RGB")
    except _UNREADABLE as broken:
        raise _not_readable() from broken
    drawn.info.clear()
    return drawn


def _over_white(picture: Image.Image) -> Image.Image:
    whole = picture.convert("RGBA")
    plain = Image.new("RGB", whole.size, "white")
    plain.paste(whole, mask=whole.getchannel("A"))
    return plain


def _as_jpeg(picture: Image.Image, quality: int) -> bytes:
    written = BytesIO()
    picture.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
    return written.getvalue()


def _not_readable() -> RuleBroken:
    return RuleBroken(_("The picture cannot be read. Open it, save it again as JPG, then choose it."))
