"""An account gets a new password."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.db import transaction

from agencies.accounts.enums import SignInEnd
from agencies.accounts.models import SignIn
from agencies.accounts.permissions import Keeper
from agencies.accounts.services.sign_ins import end_all
from records.audit.enums import AuditAction
from records.audit.services import record


def change_password(
    account: AbstractBaseUser, password: str, *, actor: Keeper | None, staying: SignIn | None
) -> AbstractBaseUser:
    """Give an account the new password its owner chose; every device but the one it was typed on is signed out.

    Rule: R-ACCESS-4. Why hashed first: hashing takes long, and the audit is not held up by it.
    """
    hashed = make_password(password)
    with transaction.atomic():
        ended = set_hashed(account, hashed, staying=staying)
        after = {"password": "changed", "devices_signed_out": ended}
        record(AuditAction.CHANGED, actor=actor, account=account, about=account, after=after)
    return account


def set_hashed(account: AbstractBaseUser, hashed: str, *, staying: SignIn | None = None) -> int:
    """Store a hashed password and sign the account's other devices out; how many there were.

    A building block: whoever calls it writes the entry of the audit, in the same transaction.
    """
    account.password = hashed
    account.save(update_fields=["password"])
    return end_all(account, because=SignInEnd.PASSWORD, but=staying)
