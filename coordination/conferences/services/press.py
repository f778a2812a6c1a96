"""What was published about a conference: who wrote it, where it stands, and what in it is doubtful."""

import re
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.models import Membership
from coordination.conferences.models import Conference, PressAccount
from coordination.conferences.permissions import can_keep_record
from coordination.conferences.services.locking import locked
from coordination.programs.services.doors import must_be_revision
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken

FACTS = ("title", "author", "source", "address", "published_on", "damaged_passage", "doubt")
# A page of the web and nothing else: no other scheme, no account or password in it, no space.
_PAGE = re.compile(r"https?://[^\s/@\\?#:]+\.[^\s/@\\?#:]+(?::\d{1,5})?(?:[/?#][^\s\\]*)?", re.IGNORECASE)


@transaction.atomic
def record_press(
    conference: Conference,
    *,
    actor: Membership,
    title: str,
    author: str = "",
    source: str = "",
    address: str = "",
    published_on: date | None = None,
    damaged_passage: str = "",
    doubt: str = "",
) -> PressAccount:
    """Record a published account; a damaged passage is kept as it stands, with what is doubtful in it.

    Rule: R-PRESS-1. Raises: NotAllowed; RuleBroken at the field.
    """
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    told = {
        "title": title.strip(),
        "author": author,
        "source": source,
        "address": address.strip(),
        "published_on": published_on,
        "damaged_passage": damaged_passage,
        "doubt": doubt,
    }
    _check(told)
    account = PressAccount.objects.create(conference=conference, **told)
    record(AuditAction.CREATED, actor=actor, about=account, after=told)
    return account


@transaction.atomic
def change_press(account: PressAccount, *, actor: Membership, revision: int, **facts) -> PressAccount:
    """Correct what was recorded about an account. Shape: `facts` by the names of `FACTS`.

    Raises: NotAllowed; Conflict when someone else changed it meanwhile; RuleBroken at the field.
    """
    conference = locked(account.conference)
    require(can_keep_record(actor, conference))
    account = PressAccount.objects.filter(pk=account.pk).first()
    if account is None:
        require(unseen())
    must_be_revision(account, revision)
    _check(facts)
    before = {name: getattr(account, name) for name in FACTS if getattr(account, name) != facts[name]}
    if not before:
        return account
    after = {name: facts[name] for name in before}
    for name, value in after.items():
        setattr(account, name, value)
    account.revision += 1
    account.save(update_fields=["revision", *after])
    record(AuditAction.CHANGED, actor=actor, about=account, before=before, after=after)
    return account


@transaction.atomic
def remove_press(account: PressAccount, *, actor: Membership) -> None:
    """Keep an account no longer; the log keeps what it was. Twice is once.

    Raises: NotAllowed.
    """
    conference = locked(account.conference)
    require(can_keep_record(actor, conference))
    found = PressAccount.objects.filter(pk=account.pk).first()
    if found is not None:
        record(AuditAction.ENDED, actor=actor, about=found, before={name: getattr(found, name) for name in FACTS})
        found.delete()


def _check(facts: dict) -> None:
    if not facts["title"].strip():
        raise RuleBroken(_("Enter the title of the account"), "title")
    if facts["address"] and not _PAGE.fullmatch(facts["address"].strip()):
        raise RuleBroken(_("Enter the address of a web page, beginning with https://"), "address")
    if facts["published_on"] and facts["published_on"] > clock.today():
        raise RuleBroken(_("The day must not be in the future"), "published_on")
