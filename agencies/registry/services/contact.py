"""Where an agency is reached: office data for the public, without history."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from agencies.directory.models import Agency
from records.errors import RuleBroken

_PHONE = re.compile(r"[0-9+][0-9 .()/;,+-]{3,58}[0-9]")


@dataclass(frozen=True)
class Contact:
    """An agency's telephone, e-mail and address; any of them may be unknown."""

    phone: str = ""
    email: str = ""
    address: str = ""


def checked(contact: Contact) -> Contact:
    """The contact as it is kept.

    Raises: RuleBroken for what is no telephone number, no e-mail address, or too long.
    """
    phone, email, address = (" ".join(one.split()) for one in (contact.phone, contact.email, contact.address))
    must_be_a_phone(phone)
    must_be_an_email(email)
    for field, value in (("email", email), ("address", address)):
        if len(value) > Agency._meta.get_field(field).max_length:
            raise RuleBroken(_("The text is too long"), field)
    return Contact(phone, email, address)


def must_be_a_phone(phone: str) -> None:
    """One or several telephone numbers as offices write them, or none.

    Raises: RuleBroken.
    """
    if phone and not _PHONE.fullmatch(phone):
        raise RuleBroken(_("Enter a telephone number, for example 0203 3880 001"), "phone")


def must_be_an_email(email: str) -> None:
    """An e-mail address, or none.

    Raises: RuleBroken.
    """
    try:
        if email:
            validate_email(email)
    except ValidationError as refused:
        raise RuleBroken(_("Enter an e-mail address, for example vanthu@damha.example"), "email") from refused
