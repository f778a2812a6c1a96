"""Reminding the lead agencies of several tasks: one letter a person, whatever the number of tasks."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.access.decisions import require
from agencies.access.enums import Role
from agencies.models import Membership
from agencies.people.queries import Audience, audience_on
from coordination.lists.enums import BulkAct
from coordination.lists.models import BulkChange, BulkChangeRow
from coordination.lists.permissions import can_remind_lead
from coordination.lists.services.bulk import done
from coordination.tasks.enums import RoleKind
from coordination.tasks.models import Task
from records import clock
from records.errors import RuleBroken
from records.mail.services import write_mail
from records.wording import day

_READERS = (Role.OFFICIAL, Role.SECRETARY)


@dataclass
class _Letter:
    """What one person is reminded of."""

    member: Membership
    tasks: list[Task] = field(default_factory=list)


@transaction.atomic
def remind_leads(chosen: Sequence[Task], *, actor: Membership, note: str = "") -> BulkChange:
    """Write to the officials of the lead agencies of several tasks and of the offices that serve these; each person
    gets one letter about all of theirs.

    A task nobody can be told of is kept with 0 readers.
    Rule: R-LIST-4.
    Raises: NotAllowed; RuleBroken when a task was reminded of today already.
    """
    letters: dict[int, _Letter] = {}
    audience = audience_on(clock.today())

    def remind(task: Task) -> dict:
        require(can_remind_lead(actor, task))
        if _reminded_today(task):
            raise RuleBroken(_("the lead agency was reminded today already"))
        readers = _readers_of(task, audience)
        for member in readers:
            letters.setdefault(member.user_id, _Letter(member)).tasks.append(task)
        return {"told": len(readers)}

    change = done(BulkAct.REMIND, chosen, remind, actor=actor, reason=note)
    for letter in letters.values():
        _write(letter, actor.agency.current_short_name, note)
    return change


def _reminded_today(task: Task) -> bool:
    since = clock.at(clock.today())
    return BulkChangeRow.objects.filter(
        task=task, change__act=BulkAct.REMIND, change__at__gte=since, told__gt=0
    ).exists()


def _readers_of(task: Task, audience: Audience) -> list[Membership]:
    """Those who act for a lead agency today and have an address letters reach; each account once."""
    if not settings.MAIL_ON:
        return []
    leads = [role.agency_id for role in task.roles.all() if role.kind == RoleKind.LEAD]
    acting = {member_id for lead in leads for member_id in audience.of(lead, _READERS)}
    members = Membership.objects.filter(pk__in=acting).select_related("user").order_by("pk")
    accounts = {member.user_id: member for member in members if _is_reachable(member)}
    return list(accounts.values())


def _is_reachable(member: Membership) -> bool:
    try:
        validate_email(member.user.email)
    except ValidationError:
        return False
    return True


def _write(letter: _Letter, agency: str, note: str) -> None:
    """One letter in the language of its reader."""
    with translation.override(letter.member.user.language):
        said = {"agency": agency, "tasks": "\n".join(_line(task) for task in letter.tasks)}
        body = _("%(agency)s asks you to report on the progress of these tasks:\n\n%(tasks)s\n") % said
        if note:
            body += "\n" + _("Message: %(note)s") % {"note": note} + "\n"
        subject = ngettext(
            "%(agency)s reminds you of %(count)s task", "%(agency)s reminds you of %(count)s tasks", len(letter.tasks)
        ) % {"agency": agency, "count": len(letter.tasks)}
    user = letter.member.user
    write_mail(to=user.email, subject=subject, body=body, language=user.language)


def _line(task: Task) -> str:
    page = settings.PORTAL_ADDRESS + reverse("coordination:task-detail", args=[task.slug])
    due = _(" (due %(day)s)") % {"day": day(task.deadline)} if task.deadline else ""
    return f"- {task.code}: {task.title}{due}\n  {page}"
