"""What a password may not be: too long, one everybody uses, or made of the portal's and the office's own names.

Rule: R-ACCESS-7. At least 10 characters, at most 128; no kind of character is demanded and none runs out.
"""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from records import clock, text

LONGEST = 128
_LIST = Path(__file__).with_name("common_passwords.txt")
# Letters left over after known words and all digits are taken away that still make a password of one's own.
_OWN_LETTERS = 5
_PORTAL = ("congphoihopcongtac", "phoihopcongtac", "congphoihop", "phoihop", "congtac")


class NotTooLong:
    """Hashing a text of any length would let whoever sends it keep the server busy."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        return _("At most %(longest)s characters") % {"longest": LONGEST}


class NotCommonHere:
    """None of the passwords Vietnamese offices use, whatever its capitals, marks, digits and punctuation."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        plain = _plain(password)
        if plain in _common() or (letters := _letters(plain)) in _common_words() or _is_made_of(letters, user):
            raise ValidationError(self.get_help_text(), code="password_common_here")

    def get_help_text(self) -> str:
        return _("Not a password many people use, and not made of the names of your office")


def _is_made_of(letters: str, user: AbstractBaseUser | None) -> bool:
    """Whether hardly a letter of a password lies outside the words of the portal and the office."""
    own = _outside(letters, {*_PORTAL, *_common_words(), *_words_of_office(user)})
    return own < min(len(letters), _OWN_LETTERS)


def _outside(letters: str, words: set[str]) -> int:
    """The fewest letters that stay uncovered when known words are laid over the others, end to end."""
    fewest = [0]
    for end in range(1, len(letters) + 1):
        starts = (end - len(word) for word in words if word and letters.endswith(word, 0, end))
        fewest.append(min([fewest[end - 1] + 1, *(fewest[start] for start in starts)]))
    return fewest[-1]


def _words_of_office(user: AbstractBaseUser | None) -> set[str]:
    """The names of the portal's owner and of the units and agencies the account works in, each also word by word."""
    names = [settings.PORTAL_OWNER]
    if user is not None and user.pk:
        names += [user.username, str(user.person or "")]
        columns = ("agency__current_name", "agency__current_short_name", "agency__unit__current_name")
        for row in user.memberships.on(clock.today()).values_list(*columns):
            names += row
    folded = [text.fold(name) for name in names if name]
    return {_letters(name) for name in folded} | {
        _letters(" ".join(pair)) for name in folded for pair in _neighbours(name.split())
    }


def _neighbours(words: list[str]) -> list[tuple[str, ...]]:
    """Two words that stand together, as the names of places do: ("dam", "ha"); and single words long enough to tell."""
    return [*pairwise(words), *((word,) for word in words if len(word) > _OWN_LETTERS)]


@cache
def _common() -> frozenset[str]:
    return frozenset(_plain(line) for line in _LIST.read_text(encoding="utf-8").splitlines() if line[:1] != "#") - {""}


@cache
def _common_words() -> frozenset[str]:
    """The words of the list, without the digits people put behind them."""
    return frozenset(word for word in map(_letters, _common()) if len(word) >= _OWN_LETTERS)


def _plain(password: str) -> str:
    return "".join(sign for sign in text.fold(password) if sign.isalnum())


def _letters(plain: str) -> str:
    return re.sub(r"[\W\d_]", "", plain)
