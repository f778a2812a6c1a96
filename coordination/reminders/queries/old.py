"""Notices nobody needs any more."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from coordination.consultation.models import ConsultationRound
from coordination.programs.enums import ProgramState
from coordination.register.awaited import reports_awaiting
from coordination.reminders.enums import ABOUT_REPORTS, KEPT_DAYS, Occasion
from coordination.reminders.models import Notice
from coordination.tasks.enums import TaskState
from coordination.tasks.models import ExtensionRequest
from records import clock


def old_notices(day: date) -> QuerySet[Notice]:
    """Notices that were read and are older than a year, less those of something that still waits for an answer.

    Rule: R-REMIND-5. Why less those: they are what keeps the portal from telling it a second time.
    """
    asked = Exists(ExtensionRequest.objects.filter(task=OuterRef("task_id")).open())
    rounds = Exists(ConsultationRound.objects.filter(program=OuterRef("program_id")).open())
    waits = (
        Q(occasion=Occasion.TO_CONFIRM, task__state=TaskState.AWAITING)
        | Q(occasion=Occasion.TO_SIGN, program__state=ProgramState.SIGNING)
        | (Q(occasion=Occasion.TO_DECIDE) & Q(asked))
        | (Q(occasion=Occasion.TO_COMMENT) & Q(rounds))
        | Q(occasion__in=ABOUT_REPORTS, report__in=[one.number for one in reports_awaiting()])
    )
    old = Notice.objects.filter(read_at__isnull=False, made_at__lt=clock.at(day - timedelta(days=KEPT_DAYS)))
    return old.exclude(waits)
