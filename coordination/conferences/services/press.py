"""What was published about a conference, and its photos."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.conferences.models import Conference, Photo, PressAccount
from coordination.conferences.permissions import can_keep_record
from coordination.conferences.services.locking import locked, next_position
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken


@transaction.atomic
def record_press(
    conference: Conference,
    *,
    actor: Membership,
    title: str,
    author: str = "",
    source: str = "",
    damaged_passage: str = "",
    doubt: str = "",
) -> PressAccount:
    """Record a published account; a damaged passage is kept as it stands, with what is doubtful in it.

    Raises: NotAllowed; RuleBroken when it has no title.
    """
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    if not title.strip():
        raise RuleBroken(_("Enter the title of the account"), "title")
    account = PressAccount.objects.create(
        conference=conference,
        title=title,
        author=author,
        source=source,
        damaged_passage=damaged_passage,
        doubt=doubt,
    )
    told = {"title": title, "author": author, "source": source, "damaged_passage": damaged_passage, "doubt": doubt}
    record(AuditAction.CREATED, actor=actor, about=account, after=told)
    return account


@transaction.atomic
def add_photo(conference: Conference, *, actor: Membership, caption: str) -> Photo:
    """Record a photo by its caption; the picture may come later.

    Raises: NotAllowed; RuleBroken when it has no caption.
    """
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    if not caption.strip():
        raise RuleBroken(_("Enter the caption"), "caption")
    photo = Photo.objects.create(conference=conference, position=next_position(conference.photos), caption=caption)
    record(AuditAction.CREATED, actor=actor, about=photo, after={"caption": caption})
    return photo
