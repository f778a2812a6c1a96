"""Conclusions: what is asked of whom, by when, in which order; typed once, changed as long as they carry the day."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.directory.lineage import must_exist_on
from agencies.models import Agency, Membership, Person
from coordination.conferences.models import Conclusion, Conference
from coordination.conferences.permissions import can_keep_record
from coordination.conferences.services.locking import locked, next_position
from records.audit.enums import AuditAction
from records.audit.services import named, record
from records.errors import Conflict, RuleBroken


@transaction.atomic
def conclude(
    conference: Conference,
    *,
    actor: Membership,
    text: str,
    agencies: Sequence[Agency] = (),
    due_on: date | None = None,
) -> Conclusion:
    """Add a conclusion and whom it is given to, after those there are.

    Rule: R-CONCLUDE-1.
    Raises: NotAllowed; RuleBroken when it is empty or due before the conference.
    """
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    _check(conference, text, agencies, due_on)
    conclusion = Conclusion.objects.create(
        conference=conference, position=next_position(conference.conclusions), text=text, due_on=due_on
    )
    conclusion.agencies.set(agencies)
    record(AuditAction.CREATED, actor=actor, about=conclusion, after=_told(conclusion, agencies))
    return conclusion


@transaction.atomic
def edit_conclusion(
    conclusion: Conclusion,
    *,
    actor: Membership,
    revision: int,
    text: str,
    agencies: Sequence[Agency] = (),
    due_on: date | None = None,
) -> Conclusion:
    """Change the words, the agencies or the day of a conclusion; the tasks it became stay as they are.

    Raises: NotAllowed; Conflict when someone else changed it; RuleBroken at the field.
    """
    conference = locked(conclusion.conference)
    require(can_keep_record(actor, conference))
    conclusion = Conclusion.objects.select_for_update(of=("self",)).get(pk=conclusion.pk)
    if conclusion.revision != revision:
        raise Conflict(_("Someone else has just changed this conclusion."))
    had = list(conclusion.agencies.all())
    _check(conference, text, [one for one in agencies if one not in had], due_on)
    before = _told(conclusion, had)
    conclusion.text, conclusion.due_on = text, due_on
    after = _told(conclusion, agencies)
    if before == after:
        return conclusion
    conclusion.revision += 1
    conclusion.save(update_fields=["text", "due_on", "revision"])
    conclusion.agencies.set(agencies)
    record(AuditAction.CHANGED, actor=actor, about=conclusion, before=before, after=after)
    return conclusion


@transaction.atomic
def move_conclusion(conclusion: Conclusion, *, actor: Membership, up: bool) -> Conclusion:
    """Change places with the conclusion before or after it; the first stays first and the last last.

    Raises: NotAllowed.
    """
    conference = locked(conclusion.conference)
    require(can_keep_record(actor, conference))
    rows = list(conference.conclusions.select_for_update(of=("self",)).order_by("position"))
    place = next(index for index, one in enumerate(rows) if one.pk == conclusion.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return rows[place]
    moved, passed = rows[place], rows[other]
    before, after = moved.position, passed.position
    # The place after the last is free, so no two stand on one place in between.
    for row, position in ((moved, rows[-1].position + 1), (passed, before), (moved, after)):
        row.position = position
        row.save(update_fields=["position"])
    record(AuditAction.CHANGED, actor=actor, about=moved, before={"place": before}, after={"place": after})
    return moved


@transaction.atomic
def remove_conclusion(conclusion: Conclusion, *, actor: Membership) -> None:
    """Take a conclusion off that no task carries out; its words stay in the log.

    Raises: NotAllowed; RuleBroken where a task hangs on it.
    """
    conference = locked(conclusion.conference)
    require(can_keep_record(actor, conference))
    conclusion = Conclusion.objects.select_for_update(of=("self",)).get(pk=conclusion.pk)
    if conclusion.task_links.exists():
        raise RuleBroken(_("Tasks carry this conclusion out, so it stays. Change its words instead."))
    told = _told(conclusion, list(conclusion.agencies.all()))
    record(AuditAction.ENDED, actor=actor, about=conclusion, before=told)
    conclusion.delete()


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
    told = {"concluded_by": str(person), "concluded_by_title": title}
    record(AuditAction.CHANGED, actor=actor, about=conference, before=before, after=told)
    return conference


def _check(conference: Conference, text: str, agencies: Sequence[Agency], due_on: date | None) -> None:
    if not text.strip():
        raise RuleBroken(_("Enter the conclusion"), "text")
    if due_on is not None and due_on < conference.held_on:
        raise RuleBroken(_("The due date must not be before the day of the conference."), "due_on")
    must_exist_on(agencies, conference.held_on, "agencies")


def _told(conclusion: Conclusion, agencies: Sequence[Agency]) -> dict:
    return {
        "text": conclusion.text,
        "agencies": [named(agency) for agency in agencies],
        "due_on": conclusion.due_on and conclusion.due_on.isoformat(),
    }
