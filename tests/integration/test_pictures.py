"""Pictures that are taken in: drawn anew, upright, without what the camera wrote; what is no picture is refused."""

from io import BytesIO

import pytest
from PIL import Image

from records.errors import RuleBroken
from records.files import pictures
from records.files.enums import FileKind, ScanState
from records.files.models import StoredFile
from tests.factories.files import make_pdf
from tests.factories.pictures import DEVICE, PLACE, make_picture
from tests.factories.stored import path_of

pytestmark = [pytest.mark.django_db, pytest.mark.on_sqlite]


def kept(content: bytes, name: str = "anh.jpg") -> pictures.Kept:
    return pictures.keep_picture(name, BytesIO(content), len(content))


def read(file: StoredFile) -> Image.Image:
    return Image.open(BytesIO(path_of(file).read_bytes()))


def test_place_device_and_note_stay_behind():
    sent = make_picture()
    assert DEVICE.encode() in sent and Image.open(BytesIO(sent)).getexif().get_ifd(0x8825)
    taken = kept(sent)
    for file in (taken.file, taken.small):
        content = path_of(file).read_bytes()
        assert not dict(read(file).getexif()) and "exif" not in read(file).info
        assert DEVICE.encode() not in content and PLACE.encode() not in content


def test_what_stands_behind_the_picture_stays_behind_too():
    taken = kept(make_picture()[:-2] + b"\xff\xfe\x00\x0enoi o rieng\x00" + b"\xff\xd9")
    assert b"noi o rieng" not in path_of(taken.file).read_bytes()


def test_a_picture_held_on_its_side_is_turned_upright():
    taken = read(kept(make_picture((80, 60), on_its_side=True)).file)
    assert taken.size == (60, 80)
    top, bottom = taken.getpixel((30, 5)), taken.getpixel((30, 75))
    assert top[0] > 200 > bottom[0] and bottom[2] > 200 > top[2]


def test_a_large_one_is_made_smaller_and_a_small_one_is_not_made_larger():
    large = kept(make_picture((5000, 1000)))
    assert read(large.file).size == (pictures.LONGEST_PX, 819)
    assert (large.small_width_px, large.small_height_px) == read(large.small).size == (pictures.SMALL_PX, 128)
    little = kept(make_picture((80, 60)))
    assert read(little.small).size == read(little.file).size == (80, 60)


def test_a_png_becomes_a_jpeg_over_white_under_its_own_name():
    written = BytesIO()
    Image.new("RGBA", (40, 40), (255, 0, 0, 0)).save(written, "PNG")
    taken = kept(written.getvalue(), "Ảnh hội nghị.png")
    assert taken.file.kind == FileKind.JPEG and taken.file.name == "Ảnh hội nghị.jpg"
    assert min(read(taken.file).convert("RGB").getpixel((20, 20))) > 250
    assert taken.file.scan == ScanState.UNNEEDED


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("anh.jpg", make_picture()[: len(make_picture()) // 2]),
        ("anh.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 500),
        ("anh.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 500),
        ("anh.pdf", make_pdf()),
        ("anh.jpg", b"<svg onload=alert(1)></svg>"),
        ("anh.heic", make_picture()),
        ("anh.jpg", b""),
    ],
    ids=["cut off", "only the first bytes", "a PNG of nothing", "a PDF", "a drawing that acts", "a HEIC", "nothing"],
)
def test_what_is_no_picture_is_refused_and_nothing_is_kept(name, content):
    with pytest.raises(RuleBroken):
        kept(content, name)
    assert not StoredFile.objects.exists()


def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 80 * 60 - 1)
    with pytest.raises(RuleBroken):
        kept(make_picture((80, 60)))
