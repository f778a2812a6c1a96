"""The sentences a leader of a level would ask for, true whatever the figures are."""

from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from records import wording
from reports.dashboard.answer import listed
from reports.levels.queries import Level, UnitLine

MOST_NAMED = 3


def answer(level: Level) -> list[SafeString]:
    """What was done in all, who is slowest, who stands far behind, and how many have no program."""
    return [
        format_html("{}", sentence) for sentence in (_done(level), *_slowest(level), *_behind(level), *_without(level))
    ]


def _done(level: Level) -> SafeString:
    tally, unit = level.whole.tally, capitalised(level.whole.name)
    if not tally.total:
        return format_html(_("{unit} has no task with a deadline in {year}."), unit=unit, year=level.year)
    told = {
        "unit": unit,
        "done": wording.number(tally.done),
        "total": wording.number(tally.total),
        "rate": wording.percent(tally.done_rate),
    }
    if not tally.overdue:
        return format_html(_("{unit}: <b>{done}/{total} tasks</b> completed ({rate}), none overdue."), **told)
    text = _("{unit}: <b>{done}/{total} tasks</b> completed ({rate}), {overdue} overdue or not completed.")
    return format_html(text, overdue=wording.number(tally.overdue), **told)


def _slowest(level: Level) -> Iterator[SafeString]:
    """The last by rank, where it is not the first as well."""
    ranked = [line for line in level.lines if line.rank]
    last = max((line.rank for line in ranked), default=1)
    if last == 1:
        return
    slowest = [line for line in ranked if line.rank == last]
    rate = wording.percent(slowest[0].tally.on_time_rate)
    yield format_html(_("Slowest: {units}, {rate} of what was due done on time."), units=_named(slowest), rate=rate)


def _behind(level: Level) -> Iterator[SafeString]:
    behind = [line for line in level.lines if line.is_far_behind]
    if behind:
        text = ngettext(
            "{count} unit is far behind the others: {units}.",
            "{count} units are far behind the others: {units}.",
            len(behind),
        )
        yield format_html(text, count=len(behind), units=_named(behind))


def _without(level: Level) -> Iterator[SafeString]:
    if level.without_programs and level.with_programs:
        text = ngettext(
            "{count} of {all} units has no signed program with tasks this year.",
            "{count} of {all} units have no signed program with tasks this year.",
            level.without_programs,
        )
        yield format_html(text, count=level.without_programs, all=len(level.lines))


def _named(lines: list[UnitLine]) -> str:
    names = [line.name for line in sorted(lines, key=lambda line: line.sort_key)]
    if len(names) <= MOST_NAMED:
        return listed(names)
    more = len(names) - MOST_NAMED
    others = ngettext("%(count)s other unit", "%(count)s other units", more) % {"count": more}
    return listed([*names[:MOST_NAMED], others])


def capitalised(name: str) -> str:
    """A unit's name where a sentence begins: "Tỉnh Quảng Ninh"."""
    return name[:1].upper() + name[1:]
