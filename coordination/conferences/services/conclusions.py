"""Conclusions: what is asked of whom, by when, and the tasks that carry it out."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.directory.lineage import must_exist_on
from agencies.models import Agency, Membership, Person
from coordination.conferences.models import Conclusion, ConclusionTask, Conference
from coordination.conferences.permissions import can_keep_record
from coordination.conferences.services.locking import locked, next_position
from coordination.tasks.models import Task
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import named, record
from records.errors import RuleBroken


@transaction.atomic
def conclude(
    conference: Conference,
    *,
    actor: Membership,
    text: str,
    agencies: Sequence[Agency] = (),
    due_on: date | None = None,
) -> Conclusion:
    """Add a conclusion and whom it is given to.

    Raises: NotAllowed; RuleBroken when it is empty or due before the conference.
    """
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    if not text.strip():
        raise RuleBroken(_("Enter the conclusion"), "text")
    if due_on is not None and due_on < conference.held_on:
        raise RuleBroken(_("The due date must not be before the day of the conference."), "due_on")
    must_exist_on(agencies, conference.held_on, "agencies")
    conclusion = Conclusion.objects.create(
        conference=conference, position=next_position(conference.conclusions), text=text, due_on=due_on
    )
    conclusion.agencies.set(agencies)
    told = {"text": text, "agencies": [named(agency) for agency in agencies], "due_on": due_on}
    record(AuditAction.CREATED, actor=actor, about=conclusion, after=told)
    return conclusion


@transaction.atomic
def name_concluder(conference: Conference, *, actor: Membership, person: Person, title: str) -> Conference:
    """Record who concluded the conference, with the titles of that day.

    Raises: NotAllowed; RuleBroken when the title is missing.
    """
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    if not title.strip():
        raise RuleBroken(_("Enter the title the person had that day"), "title")
    before = {"concluded_by": str(conference.concluded_by or ""), "concluded_by_title": conference.concluded_by_title}
    conference.concluded_by, conference.concluded_by_title = person, title
    conference.save(update_fields=["concluded_by", "concluded_by_title"])
    named = {"concluded_by": str(person), "concluded_by_title": title}
    record(AuditAction.CHANGED, actor=actor, about=conference, before=before, after=named)
    return conference


@transaction.atomic
def link_task(conclusion: Conclusion, task: Task, *, actor: Membership) -> ConclusionTask:
    """Link a conclusion to a task the actor sees and that carries it out; twice is once.

    Raises: NotAllowed, hidden when the task is not theirs to see.
    """
    conference = locked(conclusion.conference)
    require(can_keep_record(actor, conference))
    if not Task.objects.visible_to(actor).filter(pk=task.pk).exists():
        require(unseen())
    link, is_new = ConclusionTask.objects.get_or_create(
        conclusion=conclusion, task=task, defaults={"linked_at": clock.now(), "linked_by": actor}
    )
    if is_new:
        record(AuditAction.CHANGED, actor=actor, about=conclusion, after={"task": task.code})
    return link
