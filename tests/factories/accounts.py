"""Second factors, codes and signed-in clients for tests, through the real services and the real sign-in page."""

import time

from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from agencies.accounts.services import second_factor
from agencies.models import SignIn, User
from tests.factories.people import PASSWORD

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"


def code_of(account: User, *, steps_ahead: int = 0, confirmed: bool = True) -> str:
    """The code the account's phone shows now, or some half minutes later."""
    device = TOTPDevice.objects.get(user=account, confirmed=confirmed)
    shown = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    shown.time = time.time() + steps_ahead * device.step
    return f"{shown.token():06d}"


def set_up_second_factor(account: User, *, staying: SignIn | None = None) -> list[str]:
    """The account's phone is set up; its recovery codes. The code it was set up with is used up."""
    second_factor.start(account)
    return second_factor.confirm(account, code_of(account, confirmed=False), staying=staying)


def type_password(username: str, password: str = PASSWORD, *, client: Client | None = None, **extra):
    """The answer of the sign-in page to a name and a password."""
    return (client or Client()).post(reverse("sign-in"), {"username": username, "password": password}, **extra)


def is_signed_in(client: Client) -> bool:
    """Whether the client's account page opens."""
    return client.get(reverse("account")).status_code == 200


def type_code(client: Client, code: str, *, route: str = "sign-in-code"):
    """The answer of the second step to a code."""
    return client.post(reverse(route), {"code": code})
