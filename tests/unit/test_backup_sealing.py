"""An archive's seal: whatever was done to its bytes is found before one of them is used."""

import hashlib
import random
from io import BytesIO
from pathlib import Path

import pytest

from portal.backup.environment import KEPT_BACK, settings_list
from portal.backup.errors import NotDone, Why
from portal.backup.sealing import Key, SealedReader, SealedWriter

KEY = Key(bytes(range(32)), is_passphrase=False)
OTHER = Key(bytes(32), is_passphrase=False)
WORDS = Key(b"mot cau that dai", is_passphrase=True)
CONTENT = b"".join(hashlib.sha256(n.to_bytes(4, "big")).digest() for n in range(90_000))


def sealed(content: bytes, key: Key | None) -> bytes:
    out = BytesIO()
    writer = SealedWriter(out, {"made_at": "2022-03-30T10:30:00+00:00"}, key)
    writer.write(content)
    writer.close()
    return out.getvalue()


def opened(archive: bytes, key: Key | None) -> bytes:
    reader = SealedReader(BytesIO(archive), key)
    content = b""
    while part := reader.read(100_000):
        content += part
    reader.must_end()
    return content


@pytest.mark.parametrize("key", [None, KEY, WORDS], ids=["plain", "key", "passphrase"])
@pytest.mark.parametrize("length", [0, 1, 1024 * 1024, len(CONTENT)])
def test_what_was_sealed_comes_back(key, length):
    archive = sealed(CONTENT[:length], key)
    assert opened(archive, key) == CONTENT[:length]
    assert (CONTENT[:32] in archive) == (key is None and length > 1)


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "key"])
def test_every_flipped_bit_is_found(key):
    """All bytes of a small archive, a hundred of one with three chunks; `tests/faults` flips a thousand."""
    for content, most in ((b"Chuong trinh", 1000), (CONTENT, 100)):
        archive = bytearray(sealed(content, key))
        for place in random.Random(9).sample(range(len(archive)), min(most, len(archive))):
            archive[place] ^= 1 << place % 8
            with pytest.raises(NotDone):
                opened(bytes(archive), key)
            archive[place] ^= 1 << place % 8
        assert opened(bytes(archive), key) == content


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "key"])
def test_an_archive_cut_off_or_hung_on_to_is_found(key):
    small = sealed(b"Chuong trinh", key)
    for length in range(len(small)):
        with pytest.raises(NotDone):
            opened(small[:length], key)
    with pytest.raises(NotDone):
        opened(small + b"\0", key)


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "key"])
def test_chunks_in_another_order_are_found(key):
    archive = sealed(CONTENT, key)
    whole = 1024 * 1024 + (16 if key else 32) + 4
    last = len(archive) - (len(CONTENT) - 2 * 1024 * 1024) - (16 if key else 32) - 4
    first, second = archive[last - 2 * whole : last - whole], archive[last - whole : last]
    exchanged = archive[: last - 2 * whole] + second + first + archive[last:]
    with pytest.raises(NotDone):
        opened(exchanged, key)
    with pytest.raises(NotDone):
        opened(archive[: last - whole] + archive[last:], key)


@pytest.mark.parametrize("key", [None, OTHER, WORDS], ids=["none", "other", "passphrase"])
def test_a_key_that_does_not_fit_is_told_from_damage(key):
    with pytest.raises(NotDone) as refused:
        opened(sealed(CONTENT[:100], KEY), key)
    assert refused.value.why is Why.KEY


def test_two_archives_of_one_key_share_no_chunk():
    assert sealed(CONTENT, KEY)[-5000:] != sealed(CONTENT, KEY)[-5000:]


@pytest.mark.parametrize("written", ["ngan", "", " mot cau   "], ids=["short", "empty", "spaces"])
def test_a_passphrase_anyone_would_guess_is_refused(tmp_path: Path, written: str):
    (tmp_path / "key").write_text(written)
    with pytest.raises(NotDone) as refused:
        Key.read(tmp_path / "key")
    assert refused.value.why is Why.KEY


def test_a_key_file_holds_a_key_or_a_passphrase(tmp_path: Path):
    file = tmp_path / "key"
    file.write_text("0f" * 32 + "\n")
    assert Key.read(file) == Key(b"\x0f" * 32, is_passphrase=False)
    file.write_text("0" * 63 + "g")
    assert Key.read(file).is_passphrase


def test_a_key_file_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(NotDone) as refused:
        Key.read(tmp_path / "none")
    assert refused.value.why is Why.KEY


def test_settings_are_listed_without_secrets():
    told = settings_list(
        {
            "DATABASE_URL": "postgres://portal:m%40t@10.0.0.1:5432/portal",
            "EMAIL_URL": "smtp+tls://thu:ru@thu.example.vn:587",
            "PORTAL_SECRET_KEY": "bi mat",
            "PORTAL_OLD_SECRET_KEYS": "cu",
            "PORTAL_HOSTS": "phoi-hop.example.vn",
            "HOME": "/root",
        }
    )
    assert told == {
        "DATABASE_URL": f"postgres://portal:{KEPT_BACK}@10.0.0.1:5432/portal",
        "EMAIL_URL": f"smtp+tls://thu:{KEPT_BACK}@thu.example.vn:587",
        "PORTAL_SECRET_KEY": KEPT_BACK,
        "PORTAL_OLD_SECRET_KEYS": KEPT_BACK,
        "PORTAL_HOSTS": "phoi-hop.example.vn",
    }
