"""Photos of a conference: each under a caption, the picture drawn anew, in the order they are shown."""

from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.models import Membership
from coordination.conferences.models import Conference, Photo
from coordination.conferences.permissions import can_keep_record, can_view_conference
from coordination.conferences.services.groups import swap
from coordination.conferences.services.locking import locked, next_position
from coordination.programs.services.doors import must_be_revision
from coordination.tasks.services import Upload
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken
from records.files.services import hand_over

MOST_PHOTOS = 200
_OF_FILE = ["file", "small", "small_width_px", "small_height_px"]


@transaction.atomic
def add_photo(
    conference: Conference, *, actor: Membership, caption: str, credit: str = "", upload: Upload | None = None
) -> Photo:
    """Record a photo by its caption; the picture may come later.

    Rule: R-PHOTO-1, R-FILE-6.
    Raises: NotAllowed; RuleBroken when it has no caption, for a file that is no picture, or when there are too many.
    """
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    _must_say(caption)
    if conference.photos.count() >= MOST_PHOTOS:
        raise RuleBroken(_("At most %(most)s photos are kept of one conference.") % {"most": MOST_PHOTOS})
    photo = Photo(
        conference=conference, position=next_position(conference.photos), caption=caption.strip(), credit=credit.strip()
    )
    told = {"caption": photo.caption, "credit": photo.credit} | _hung(photo, upload)
    photo.save()
    record(AuditAction.CREATED, actor=actor, about=photo, after=told)
    return photo


@transaction.atomic
def change_photo(
    photo: Photo, *, actor: Membership, caption: str, credit: str = "", upload: Upload | None = None, revision: int
) -> Photo:
    """Change caption and credit, and put a picture in or exchange it; the one before stays in the store.

    Raises: NotAllowed; Conflict when someone else changed it meanwhile; RuleBroken as `add_photo`.
    """
    photo = _held(photo, actor)
    must_be_revision(photo, revision)
    _must_say(caption)
    before = {"caption": photo.caption, "credit": photo.credit}
    before |= {"sha256": photo.file.sha256 if photo.file else ""} if upload else {}
    photo.caption, photo.credit = caption.strip(), credit.strip()
    after = {"caption": photo.caption, "credit": photo.credit} | _hung(photo, upload)
    changed = [name for name in after if after[name] != before.get(name, "")]
    if not changed:
        return photo
    photo.revision += 1
    photo.save(update_fields=["caption", "credit", "revision", *_OF_FILE])
    told = {name: before[name] for name in changed if name in before}
    record(AuditAction.CHANGED, actor=actor, about=photo, before=told, after={name: after[name] for name in changed})
    return photo


@transaction.atomic
def move_photo(photo: Photo, *, actor: Membership, up: bool) -> bool:
    """Show a photo one place earlier or later; whether it moved.

    Raises: NotAllowed.
    """
    photo = _held(photo, actor)
    if not swap(list(photo.conference.photos.order_by("position")), photo, up=up):
        return False
    places = list(photo.conference.photos.order_by("position").values_list("pk", flat=True))
    record(AuditAction.CHANGED, actor=actor, about=photo, after={"place": places.index(photo.pk) + 1})
    return True


@transaction.atomic
def remove_photo(photo: Photo, *, actor: Membership) -> None:
    """Show a photo no longer. The log keeps its caption and which picture it was; twice is once.

    Raises: NotAllowed.
    """
    conference = locked(photo.conference)
    require(can_keep_record(actor, conference))
    photo = Photo.objects.filter(pk=photo.pk).select_related("file").first()
    if photo is None:
        return
    told = {"caption": photo.caption} | ({"sha256": photo.file.sha256} if photo.file else {})
    record(AuditAction.ENDED, actor=actor, about=photo, before=told)
    photo.delete()


def hand_over_photo(photo: Photo, *, actor: Membership) -> BinaryIO:
    """Open the whole picture for someone who sees the conference; the audit tells who got it.

    Rule: R-PHOTO-2, R-AUDIT-1, R-FILE-3.
    Raises: NotAllowed; FileNotFoundError when there is none or its bytes are gone.
    """
    require(can_view_conference(actor, photo.conference))
    if photo.file is None:
        raise FileNotFoundError
    return hand_over(photo.file, about=photo, actor=actor, caption=photo.caption)


def show_photo(photo: Photo, *, actor: Membership) -> BinaryIO:
    """Open the small picture for a page of someone who sees the conference; looking leaves no entry.

    Rule: R-PHOTO-2, R-FILE-3.
    Raises: NotAllowed; FileNotFoundError when there is none, it waits for the scanner, or its bytes are gone.
    """
    require(can_view_conference(actor, photo.conference))
    if not photo.is_shown:
        raise FileNotFoundError
    return photo.small.open()


def _held(photo: Photo, actor: Membership) -> Photo:
    """The photo as it is now, its conference held for this act. Raises: NotAllowed."""
    conference = locked(photo.conference)
    require(can_keep_record(actor, conference))
    found = Photo.objects.filter(pk=photo.pk).select_related("file").first()
    if found is None:
        require(unseen())
    found.conference = conference
    return found


def _hung(photo: Photo, upload: Upload | None) -> dict[str, str]:
    """Keep a picture with its photo. Raises: RuleBroken at the field of the file."""
    from records.files.pictures import keep_picture

    if upload is None:
        return {}
    try:
        kept = keep_picture(upload.name, upload.content, upload.size_bytes)
    except RuleBroken as refusal:
        raise RuleBroken(str(refusal), "picture") from refusal
    photo.file, photo.small = kept.file, kept.small
    photo.small_width_px, photo.small_height_px = kept.small_width_px, kept.small_height_px
    return {"sha256": kept.file.sha256}


def _must_say(caption: str) -> None:
    if not caption.strip():
        raise RuleBroken(_("Enter the caption"), "caption")
