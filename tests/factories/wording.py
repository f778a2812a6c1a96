"""What the portal says to Vietnamese readers, so that tests name a sentence once, as the code does."""

from django.utils import translation
from django.utils.translation import gettext


def said(msgid: str, **words) -> str:
    """A sentence of the catalogue in Vietnamese, with the words it takes."""
    with translation.override("vi"):
        return gettext(msgid) % words if words else gettext(msgid)
