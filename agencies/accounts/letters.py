"""What the portal writes to the owner of an account."""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import translation
from django.utils.translation import gettext as _

from agencies.accounts.enums import LIFE_OF_LINK, LinkPurpose


@dataclass(frozen=True)
class Letter:
    """Subject and text, in the language of the reader."""

    subject: str
    body: str


def letter_with_link(account: AbstractBaseUser, purpose: LinkPurpose, link: str) -> Letter:
    """The letter that brings an invitation or a link for a new password."""
    life = LIFE_OF_LINK[purpose]
    values = {
        "username": account.username,
        "link": link,
        "days": life.days,
        "minutes": int(life.total_seconds() // 60),
    }
    with translation.override(account.language):
        if purpose == LinkPurpose.INVITE:
            return Letter(_("Your account on the Coordination Portal"), _invitation() % values)
        return Letter(_("A new password for the Coordination Portal"), _reset() % values)


def notice(account: AbstractBaseUser, what: str) -> Letter:
    """A word to the owner that an administrator changed a way into the account; `what` is a translatable sentence."""
    with translation.override(account.language):
        values = {"username": account.username, "what": str(what)}
        return Letter(_("A change to your account on the Coordination Portal"), _notice() % values)


def _invitation() -> str:
    return _(
        "An administrator has opened an account for you on the Coordination Portal.\n\n"
        "User name: %(username)s\n\n"
        "Open this link within %(days)s days and choose your password:\n\n%(link)s\n\n"
        "The link works once. If it has run out, ask the administrator for another."
    )


def _reset() -> str:
    return _(
        "A new password was asked for on the Coordination Portal, for the account %(username)s.\n\n"
        "Open this link within %(minutes)s minutes and choose it:\n\n%(link)s\n\n"
        "The link works once. If it was not you who asked, do nothing: the password stays as it is."
    )


def _notice() -> str:
    return _(
        "About the account %(username)s on the Coordination Portal:\n\n%(what)s\n\n"
        "If you know nothing of it, tell the administrator of your office at once."
    )
