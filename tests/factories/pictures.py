"""Pictures as a phone sends them: upright by a note only, with the place where they were taken written beside them."""

from io import BytesIO

from PIL import ExifTags, Image

PLACE = "21 deg 21 min N"
DEVICE = "May anh cua don vi"


def make_picture(size: tuple[int, int] = (80, 60), *, kind: str = "JPEG", on_its_side: bool = False) -> bytes:
    """A picture whose left half is red and right half blue; a JPEG tells its place, its device and how it was held."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    written, exif = BytesIO(), Image.Exif()
    exif[ExifTags.Base.Model] = DEVICE
    exif[ExifTags.Base.ImageDescription] = PLACE
    exif[ExifTags.Base.Orientation] = 6 if on_its_side else 1
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (21.0, 21.0, 0.0)
    picture.save(written, kind, exif=exif)
    return written.getvalue()
