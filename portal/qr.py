"""A secret as a person can type it, beside the QR code that carries it."""

from base64 import b32encode

_GROUP = 4


def in_groups(secret: bytes) -> str:
    """A secret in the letters authenticator apps take, in groups of four."""
    letters = b32encode(secret).decode().rstrip("=")
    return " ".join(letters[place : place + _GROUP] for place in range(0, len(letters), _GROUP))
