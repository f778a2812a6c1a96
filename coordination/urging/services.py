"""What happens to an urging letter: drawn up, changed, dropped, sent."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.directory.lineage import must_exist_on
from agencies.models import Agency, Membership
from coordination.programs.services.doors import must_be_revision
from coordination.tasks.models import Task
from coordination.urging.models import UrgedTask, UrgingLetter
from coordination.urging.permissions import can_change_letter, can_urge, can_view_letter
from coordination.urging.queries import MOST_TASKS, overdue_by_lead, tasks_of_lead
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import named, record
from records.errors import Conflict, NotAllowed, RuleBroken

LONGEST_WORDS = 4_000


@transaction.atomic
def draw_up_letter(
    *,
    actor: Membership,
    issuer: Agency,
    addressee: Agency,
    tasks: Sequence[Task],
    answer_by: date,
    words: str = "",
) -> UrgingLetter:
    """Draw up a letter to a lead agency about overdue tasks of its in the programs one keeps.

    Rule: R-URGE-1.
    Raises: NotAllowed; RuleBroken naming the field.
    """
    require(can_urge(actor, issuer))
    today = clock.today()
    if addressee == issuer or actor.acts_for(addressee.pk):
        raise RuleBroken(_("An agency does not urge itself."), "addressee")
    must_exist_on([issuer], today, "issuer")
    must_exist_on([addressee], today, "addressee")
    _check(actor, addressee, tasks, answer_by, words, today)
    _must_be_its_programs(issuer, tasks)
    letter = UrgingLetter.objects.create(
        unit_id=issuer.unit_id,
        issuer=issuer,
        addressee=addressee,
        drawn_up_on=today,
        drawn_up_by=actor,
        answer_by=answer_by,
        words=words.strip(),
    )
    _list(letter, tasks)
    told = {"issuer": named(issuer), "addressee": named(addressee), "tasks": _codes(tasks)}
    facts = {"answer_by": answer_by, "words": letter.words}
    record(AuditAction.CREATED, actor=actor, about=letter, after=told | facts)
    return letter


@transaction.atomic
def change_letter(
    letter: UrgingLetter,
    *,
    actor: Membership,
    revision: int,
    tasks: Sequence[Task],
    answer_by: date,
    words: str = "",
) -> UrgingLetter:
    """Change what a letter that was not sent is about and asks.

    Raises: NotAllowed; Conflict when someone else changed it; RuleBroken naming the field.
    """
    letter = _locked(letter, actor)
    must_be_revision(letter, revision)
    listed = [urged.task for urged in letter.urged.select_related("task")]
    _check(actor, letter.addressee, tasks, answer_by, words, letter.drawn_up_on, known=listed)
    _must_be_its_programs(letter.issuer, tasks)
    before = {"tasks": _codes(listed), "answer_by": letter.answer_by, "words": letter.words}
    after = {"tasks": _codes(tasks), "answer_by": answer_by, "words": words.strip()}
    if before == after:
        return letter
    letter.answer_by, letter.words, letter.revision = answer_by, words.strip(), letter.revision + 1
    letter.save(update_fields=["answer_by", "words", "revision"])
    letter.urged.all().delete()
    _list(letter, tasks)
    record(AuditAction.CHANGED, actor=actor, about=letter, before=before, after=after)
    return letter


@transaction.atomic
def drop_letter(letter: UrgingLetter, *, actor: Membership) -> UrgingLetter:
    """Drop a letter that was not sent; it stays in the list as dropped."""
    letter = _locked(letter, actor)
    letter.dropped_on, letter.revision = clock.today(), letter.revision + 1
    letter.save(update_fields=["dropped_on", "revision"])
    record(AuditAction.ENDED, actor=actor, about=letter, after={"dropped_on": letter.dropped_on})
    return letter


@transaction.atomic
def mark_sent(letter: UrgingLetter, *, actor: Membership, sent_on: date) -> UrgingLetter:
    """Note that the letter was issued; from now on the agency it is written to reads it.

    Raises: NotAllowed; Conflict when it was sent or dropped.
    """
    letter = _locked(letter, actor)
    letter.sent_on, letter.revision = sent_on, letter.revision + 1
    letter.save(update_fields=["sent_on", "revision"])
    record(AuditAction.MOVED, actor=actor, about=letter, after={"sent_on": sent_on})
    return letter


def _locked(letter: UrgingLetter, actor: Membership) -> UrgingLetter:
    """The letter's row while it can be changed.

    Raises: NotAllowed; Conflict when it was sent or dropped meanwhile.
    """
    rows = UrgingLetter.objects.select_for_update(of=("self",)).select_related("issuer", "addressee")
    found = rows.filter(pk=letter.pk).first()
    if found is None:
        raise NotAllowed(unseen())
    require(can_view_letter(actor, found))
    require(can_urge(actor, found.issuer))
    if not found.is_open:
        raise Conflict(can_change_letter(actor, found).reason)
    return found


def _check(
    actor: Membership,
    addressee: Agency,
    tasks: Sequence[Task],
    answer_by: date,
    words: str,
    since: date,
    known: Sequence[Task] = (),
) -> None:
    """What a letter is about must be overdue today, or have been when the letter was drawn up."""
    if not tasks:
        raise RuleBroken(_("Choose at least one overdue task"), "tasks")
    if len(tasks) > MOST_TASKS:
        raise RuleBroken(_("A letter is about at most 200 tasks"), "tasks")
    offered = {*tasks_of_lead(overdue_by_lead(actor, clock.today()), addressee), *known}
    if any(task not in offered for task in tasks):
        raise RuleBroken(_("Choose among the overdue tasks this agency leads in the programs you keep."), "tasks")
    if answer_by < since:
        raise RuleBroken(_("The day must not be before the letter"), "answer_by")
    if len(words) > LONGEST_WORDS:
        raise RuleBroken(_("At most 4000 characters"), "words")


def _must_be_its_programs(issuer: Agency, tasks: Sequence[Task]) -> None:
    """Why: whoever works for the agency reads its letters, and so learns of the tasks.

    Raises: RuleBroken for a task of a program the agency neither keeps nor is party to.
    """
    foreign = [
        task.program.code
        for task in tasks
        if task.program.drafting_agency_id != issuer.pk
        and not any(party.agency_id == issuer.pk for party in task.program.parties.all())
    ]
    if foreign:
        told = {"agency": issuer.current_short_name, "programs": ", ".join(dict.fromkeys(foreign))}
        raise RuleBroken(
            _("%(agency)s takes no part in %(programs)s: choose who keeps it, or is party to it.") % told, "issuer"
        )


def _list(letter: UrgingLetter, tasks: Sequence[Task]) -> None:
    rows = [UrgedTask(letter=letter, task=task, position=place) for place, task in enumerate(tasks, start=1)]
    UrgedTask.objects.bulk_create(rows)


def _codes(tasks: Sequence[Task]) -> list[str]:
    return [task.code for task in tasks]
