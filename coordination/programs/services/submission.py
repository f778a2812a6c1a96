"""Laying a settled text before a Party committee, and what comes back. The step is optional."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.directory.enums import Family
from agencies.models import Agency, Membership
from coordination.programs.enums import Verdict
from coordination.programs.models import CommitteeSubmission, Program
from coordination.programs.permissions import can_record_opinion, can_submit
from coordination.programs.services.doors import locked_for, move
from coordination.programs.workflow import Step
from records import clock
from records.errors import Conflict, RuleBroken

LONGEST_OPINION, LONGEST_NUMBER = 4000, 60


@transaction.atomic
def submit(
    program: Program,
    *,
    actor: Membership,
    committee: Agency,
    letter_number: str = "",
    letter_on: date | None = None,
) -> CommitteeSubmission:
    """Lay the settled text before the standing committee of an agency of the Party; number and day may follow later.

    Rule: R-SUBMIT-1.
    Raises: NotAllowed; Conflict; RuleBroken naming the field.
    """
    program = locked_for(Step.SUBMIT, program, actor, can_submit)
    seen = Agency.objects.visible_to(actor).filter(pk=committee.pk, current_family=Family.PARTY).first()
    if seen is None:
        raise RuleBroken(_("Choose one of the listed values"), "committee")
    _check_paper(letter_number, letter_on, "letter_number", "letter_on")
    submission = CommitteeSubmission.objects.create(
        program=program,
        committee=seen,
        committee_name=seen.name_on(clock.today()).name,
        letter_number=letter_number.strip(),
        letter_on=letter_on,
        submitted_on=clock.today(),
        submitted_by=actor,
    )
    told = {"committee": submission.committee_name, "letter": submission.letter_number, "letter_on": letter_on}
    move(program, Step.SUBMIT, actor=actor, told=told, submitted_on=clock.today(), cleared_on=None)
    return submission


@transaction.atomic
def clear(
    program: Program, *, actor: Membership, on: date, opinion: str = "", opinion_number: str = ""
) -> CommitteeSubmission:
    """Record that the committee agrees with the text, on the day of its opinion; the text can now be signed.

    Raises: NotAllowed; Conflict; RuleBroken naming the field.
    """
    program = locked_for(Step.CLEAR, program, actor, can_record_opinion)
    submission = _answered(program, actor, Verdict.CLEARED, on, opinion, opinion_number)
    told = {"committee": submission.committee_name, "opinion": opinion.strip(), "opinion_number": opinion_number}
    move(program, Step.CLEAR, actor=actor, told=told, cleared_on=on)
    return submission


@transaction.atomic
def send_back(
    program: Program, *, actor: Membership, on: date, reason: str, opinion_number: str = ""
) -> CommitteeSubmission:
    """Record that the committee sends the text back, with what it asks for; the text opens again.

    Raises: NotAllowed; Conflict; RuleBroken naming the field.
    """
    program = locked_for(Step.SEND_BACK, program, actor, can_record_opinion)
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    submission = _answered(program, actor, Verdict.SENT_BACK, on, reason, opinion_number)
    told = {"committee": submission.committee_name, "opinion_number": opinion_number}
    move(program, Step.SEND_BACK, actor=actor, reason=reason.strip(), told=told, agreed_on=None, submitted_on=None)
    return submission


def drop_submission(program: Program, *, actor: Membership) -> None:
    """A program that is cancelled awaits no opinion any more; the entry is that of the cancelling."""
    program.submissions.filter(verdict=Verdict.PENDING).update(
        verdict=Verdict.DROPPED, recorded_at=clock.now(), recorded_by=actor
    )


def _answered(
    program: Program, actor: Membership, verdict: Verdict, on: date, opinion: str, number: str
) -> CommitteeSubmission:
    submission = program.submissions.select_for_update(of=("self",)).filter(verdict=Verdict.PENDING).first()
    if submission is None:
        raise Conflict(_("Nothing awaits the opinion of a Party committee."))
    _check_paper(number, on, "opinion_number", "on")
    if on < submission.submitted_on:
        raise RuleBroken(_("The opinion cannot be older than the submission"), "on")
    if len(opinion) > LONGEST_OPINION:
        raise RuleBroken(_("At most 4,000 characters"), "reason" if verdict == Verdict.SENT_BACK else "opinion")
    submission.verdict, submission.opinion, submission.opinion_number = verdict, opinion.strip(), number.strip()
    submission.opinion_on, submission.recorded_at, submission.recorded_by = on, clock.now(), actor
    submission.save()
    return submission


def _check_paper(number: str, on: date | None, number_field: str, day_field: str) -> None:
    if len(number) > LONGEST_NUMBER:
        raise RuleBroken(_("The number and symbol are too long"), number_field)
    if on is not None and on > clock.today():
        raise RuleBroken(_("The day cannot be in the future"), day_field)
