"""The sentence a leader would ask for, put together from the figures and true whatever they are."""

from collections.abc import Iterator, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.figures.queries import LateTask, YearFigures
from coordination.figures.shapes import AgencyFigures, Figures, MonthRow
from coordination.tasks.enums import Bucket, Standing
from records import wording

_BEHIND = (Bucket.DONE_LATE, Bucket.OVERDUE)


def answer(figures: Figures, late: Sequence[LateTask], *, who: str) -> list[SafeString]:
    """Sentences from the most important on: what was done, what is late and where, what is still ahead."""
    year = figures.year
    if not year.total:
        return [_only_ongoing(year)]
    sentences = [_done(year, who), *_unfinished(figures, late), *_ahead(year), *_slowest(figures)]
    return [format_html("{}", sentence) for sentence in sentences]


def answer_for_agency(agency: AgencyFigures) -> SafeString:
    """What one agency led and took part in."""
    name, led = agency.agency.short_name, agency.led
    if not led.total:
        return format_html(
            _("{agency} leads no task and takes part in <b>{count}</b>."),
            agency=name,
            count=wording.number(agency.involved.total),
        )
    return format_html(
        _("{agency} completed <b>{done}/{total} tasks</b> it leads and takes part in {others} more."),
        agency=name,
        done=wording.number(led.done),
        total=wording.number(led.total),
        others=wording.number(agency.coordinated),
    )


def months_in_words(row: MonthRow) -> list[SafeString]:
    """The months with the lowest share done on time, and those where everything was."""
    due = [cell for cell in row.months if cell.tally.due]
    whole = [cell for cell in due if cell.tally.on_time == cell.tally.due]
    sentences = []
    if len(whole) < len(due):
        lowest = min(cell.tally.on_time_rate for cell in due)
        worst = [
            _("month %(month)s (%(on_time)s/%(due)s)")
            % {
                "month": cell.month,
                "on_time": wording.number(cell.tally.on_time),
                "due": wording.number(cell.tally.due),
            }
            for cell in due
            if cell.tally.on_time_rate == lowest
        ]
        sentences.append(_("Least on time: %(months)s.") % {"months": listed(worst)})
    if due and len(whole) == len(due):
        sentences.append(_("Everything due was done on time in every month."))
    elif whole:
        months = listed([str(cell.month) for cell in whole])
        sentences.append(_("Everything done on time: month %(months)s.") % {"months": months})
    return [format_html("{}", sentence) for sentence in sentences]


def listed(parts: Sequence[str]) -> str:
    """Parts as a sentence lists them: "7, 8 and 10"."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(most)s and %(last)s") % {"most": ", ".join(parts[:-1]), "last": parts[-1]}


def _only_ongoing(year: YearFigures) -> SafeString:
    text = ngettext(
        "All there is this year is {count} ongoing task without a deadline.",
        "All there is this year are {count} ongoing tasks without a deadline.",
        year.ongoing,
    )
    return format_html(text, count=wording.number(year.ongoing))


def _done(year: YearFigures, who: str) -> SafeString:
    if not year.due:
        return format_html(_("None of the <b>{total} tasks</b> is due yet."), total=wording.number(year.total))
    if not year.done:
        return format_html(_("None of the <b>{total} tasks</b> is completed yet."), total=wording.number(year.total))
    text = _("{who} completed <b>{done}/{total} tasks</b>, {how}.")
    if year.done == year.total and year.total > 1:
        text = _("{who} completed <b>all {total} tasks</b>, {how}.")
    return format_html(text, who=who, done=wording.number(year.done), total=wording.number(year.total), how=_how(year))


def _how(year: YearFigures) -> str:
    if year.done == 1:
        return _("on time") if year.on_time else _("late")
    if year.on_time == year.done:
        return _("all of them on time")
    if not year.on_time:
        return _("all of them late")
    return _("%(count)s of them on time") % {"count": wording.number(year.on_time)}


def _unfinished(figures: Figures, late: Sequence[LateTask]) -> Iterator[SafeString]:
    """Tasks a closed year left undone, then tasks overdue now; and the program they lie in, when it is one.

    Where `late` holds only the first of them, what all of them are is said in one sentence.
    """
    if figures.year.overdue > len(late):
        yield format_html("{}{}.", _all_unfinished(figures.year, late), _where(figures, figures.year.overdue))
        return
    closed = [task for task in late if task.standing == Standing.NOT_COMPLETED]
    running = len(late) - len(closed)
    where = _where(figures, len(late))
    if closed:
        yield format_html("{}{}.", _left_undone(closed), "" if running else where)
    if running:
        longest = max(task.days_late for task in late if task.standing != Standing.NOT_COMPLETED)
        text = ngettext(
            "{count} task is overdue by {days} days", "{count} tasks are overdue, the longest by {days} days", running
        )
        yield format_html("{}{}.", format_html(text, count=running, days=longest), where)


def _all_unfinished(year: YearFigures, late: Sequence[LateTask]) -> SafeString:
    text = _("{count} tasks are past their deadline and not done, the longest by {days} days")
    return format_html(text, count=wording.number(year.overdue), days=max((task.days_late for task in late), default=0))


def _left_undone(closed: Sequence[LateTask]) -> SafeString:
    years = {task.carried_into for task in closed}
    if None in years or len(years) > 1:
        text = ngettext("{count} task was not completed", "{count} tasks were not completed", len(closed))
        return format_html(text, count=len(closed))
    text = ngettext(
        "{count} task not completed was carried over to {year}",
        "{count} tasks not completed were carried over to {year}",
        len(closed),
    )
    return format_html(text, count=len(closed), year=years.pop())


def _where(figures: Figures, unfinished: int) -> str:
    """Said only where it tells something: several late tasks, several programs, all late ones in one of them."""
    holding = [program for program in figures.programs if program.tally.overdue]
    if unfinished < 2 or len(figures.programs) < 2 or len(holding) != 1:
        return ""
    return _(", all in the program “%(title)s”") % {"title": holding[0].title}


def _ahead(year: YearFigures) -> Iterator[SafeString]:
    if year.in_time and year.due:
        text = ngettext(
            "{count} task is within its deadline.", "{count} tasks are within their deadline.", year.in_time
        )
        yield format_html(text, count=wording.number(year.in_time))
    if year.awaiting:
        text = ngettext("{count} task awaits confirmation.", "{count} tasks await confirmation.", year.awaiting)
        yield format_html(text, count=wording.number(year.awaiting))


def _slowest(figures: Figures) -> Iterator[str]:
    """The area with the most late and unfinished tasks, when it is one area alone and more than one task."""
    behind = sorted((area.tally.count(*_BEHIND), area.name) for area in figures.areas)
    if len(behind) > 1 and behind[-1][0] > max(1, behind[-2][0]):
        yield _("%(area)s is the area furthest behind.") % {"area": behind[-1][1]}


def late_note(task: LateTask) -> str:
    """How far a late task got: "38/45 hộ"."""
    if task.target is None or task.value is None:
        return ""
    return f"{wording.number(task.value)}/{wording.number(task.target)} {task.unit}".strip()
