"""The days a plan stands for, and the rules they keep."""

from django.utils.translation import gettext as _

from coordination.programs.models import Program
from coordination.tasks import schedule
from coordination.tasks.enums import (
    FOLLOWING_KINDS,
    NUMBERED_KINDS,
    TIMED_KINDS,
    UNDATED_KINDS,
    ScheduleKind,
    TaskState,
)
from coordination.tasks.models import Task
from coordination.tasks.services.drafts import TaskDraft
from records.errors import RuleBroken
from records.text import fold
from records.wording import day

COMPUTED_KINDS = (*NUMBERED_KINDS, ScheduleKind.WHOLE_YEAR)
FEWEST_WAVES, MOST_STEPS = 2, 60
LONGEST_CHAIN = 100


def span_of(draft: TaskDraft, program: Program, *, task: Task | None = None) -> schedule.Span:
    """The task's first and last day by its schedule.

    Why `task`: a deadline that was moved stays moved when the task is edited without touching its schedule.
    Raises: RuleBroken when days are missing, out of order or outside the program's period.
    """
    _check_number(draft)
    _check_detail(draft, program, task)
    if _keeps_schedule(draft, task):
        return schedule.Span(task.start_on, task.due_on)
    days = schedule.span(
        draft.schedule_kind,
        period=schedule.Span(program.period_start, program.period_end),
        year=_year(draft, program),
        number=draft.schedule_number,
        start_on=draft.start_on,
        due_on=draft.due_on,
        detail=draft.detail,
    )
    if days.due_on is None and draft.schedule_kind not in (*UNDATED_KINDS, *FOLLOWING_KINDS):
        raise RuleBroken(_("Enter the due date"), "due_on")
    if days.due_on is not None and draft.schedule_kind in UNDATED_KINDS:
        raise RuleBroken(_("This kind of schedule has no due date; leave it empty"), "due_on")
    check_days(days, program)
    return days


def check_days(days: schedule.Span, program: Program) -> None:
    """The due date comes after the start and both lie in the program's period.

    Raises: RuleBroken naming the date that does not fit.
    """
    if days.start_on and days.due_on and days.due_on < days.start_on:
        raise RuleBroken(
            _("The due date must be after the start date (%(start)s)") % {"start": day(days.start_on)}, "due_on"
        )
    if days.start_on and not program.period_start <= days.start_on <= program.period_end:
        raise RuleBroken(_("The start date must be within %(period)s") % {"period": period_words(program)}, "start_on")
    if days.due_on and not program.period_start <= days.due_on <= program.period_end:
        raise RuleBroken(_("The due date must be within %(period)s") % {"period": period_words(program)}, "due_on")


def period_words(program: Program) -> str:
    """The program's period: "2022" or from one day to another."""
    first, last = program.period_start, program.period_end
    whole_year = first.year == last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole_year:
        return _("year %(year)s") % {"year": first.year}
    return _("the days from %(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def _keeps_schedule(draft: TaskDraft, task: Task | None) -> bool:
    if task is None or _spoken(draft) != _spoken(task):
        return False
    if draft.schedule_kind == ScheduleKind.WAVES:
        return draft.waves == task.waves
    untouched = (draft.start_on, draft.due_on) == (task.start_on, task.due_on)
    computed = draft.schedule_kind in COMPUTED_KINDS and draft.start_on is None and draft.due_on is None
    return untouched or computed


def _spoken(plan: TaskDraft | Task) -> tuple:
    """What a schedule says besides its two days."""
    follows = plan.follows.pk if plan.follows else None
    return (plan.schedule_kind, plan.schedule_number, plan.schedule_until, follows, plan.within_days)


def _year(draft: TaskDraft, program: Program) -> int:
    given = draft.start_on or draft.due_on
    return given.year if given else max(program.year, program.period_start.year)


def _check_number(draft: TaskDraft) -> None:
    largest = schedule.largest_number(draft.schedule_kind)
    if largest == 0 and draft.schedule_number is not None:
        raise RuleBroken(_("This kind of schedule has no number; leave it empty"), "schedule_number")
    if largest and not (draft.schedule_number and 1 <= draft.schedule_number <= largest):
        raise RuleBroken(_("Enter a number from 1 to %(largest)s") % {"largest": largest}, "schedule_number")
    is_several = draft.schedule_kind == ScheduleKind.QUARTERS
    if is_several and not (draft.schedule_until and draft.schedule_number < draft.schedule_until <= largest):
        raise RuleBroken(_("Enter the last of the quarters, after the first one, at most 4"), "schedule_until")
    if not is_several and draft.schedule_until is not None:
        raise RuleBroken(_("Only “over several quarters” has a last quarter; leave it empty"), "schedule_until")


def _check_detail(draft: TaskDraft, program: Program, task: Task | None) -> None:
    """What belongs to one kind of schedule stands with that kind only, and is whole there."""
    kind = draft.schedule_kind
    if draft.due_time is not None and kind not in TIMED_KINDS:
        raise RuleBroken(_("A time of day goes with a day only: on, before or until a day"), "due_time")
    if draft.waves and kind != ScheduleKind.WAVES:
        raise RuleBroken(_("Only “in several waves” has waves; leave them empty"), "waves")
    if kind == ScheduleKind.WAVES:
        _check_waves(draft)
    if kind not in FOLLOWING_KINDS and (draft.follows is not None or draft.within_days is not None):
        raise RuleBroken(_("Only “after another task” names the task before; leave it empty"), "follows")
    if kind in FOLLOWING_KINDS:
        _check_following(draft, program, task)


def _check_waves(draft: TaskDraft) -> None:
    if not FEWEST_WAVES <= len(draft.waves) <= MOST_STEPS:
        told = {"fewest": FEWEST_WAVES, "most": MOST_STEPS}
        raise RuleBroken(_("Enter %(fewest)s to %(most)s waves, one on each line") % told, "waves")
    for wave in draft.waves:
        if wave.start_on and wave.due_on < wave.start_on:
            raise RuleBroken(_("A wave ends before it begins: %(day)s") % {"day": day(wave.due_on)}, "waves")
    names = [fold(wave.name) for wave in draft.waves if wave.name]
    if len(set(names)) != len(names):
        raise RuleBroken(_("Two waves have the same name"), "waves")


def _check_following(draft: TaskDraft, program: Program, task: Task | None) -> None:
    """The task before belongs to the program, and no task comes after itself over any number of links."""
    if draft.follows is None:
        raise RuleBroken(_("Enter the number of the task it comes after, for example 02.03"), "follows")
    if draft.follows.program_id != program.pk:
        raise RuleBroken(_("Choose a task of this program"), "follows")
    is_new = task is None or task.follows_id != draft.follows.pk
    if is_new and draft.follows.state == TaskState.CANCELLED:
        raise RuleBroken(
            _("Task %(code)s is cancelled; choose another one") % {"code": draft.follows.short_code}, "follows"
        )
    before, links = draft.follows, 0
    while task is not None and before is not None and links < LONGEST_CHAIN:
        if before.pk == task.pk:
            raise RuleBroken(_("A task cannot come after itself, nor after one that waits for it"), "follows")
        before, links = before.follows, links + 1
