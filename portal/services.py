"""What happens to an account at the front door."""

from django.db import transaction

from agencies.models import Membership, User
from records.audit.enums import AuditAction
from records.audit.services import record


@transaction.atomic
def change_password(user: User, password: str, *, actor: Membership | None) -> User:
    """Give an account the new password its owner chose."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(AuditAction.CHANGED, actor=actor, about=user, actor_label=user.username, after={"password": "changed"})
    return user
