"""The tables under the charts: who is awaited, who is silent, what slipped, which targets were reached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Membership
from coordination.evaluations.enums import EvaluationKind
from coordination.figures.queries import Number
from coordination.figures.shapes import AgencyLabel
from coordination.figures.tally import share
from coordination.tasks.enums import Bucket, TargetResult
from records import wording
from reports.dashboard.attention import own_forms, some_of
from reports.dashboard.facts import FactKind
from reports.dashboard.numbers import Numbers
from reports.dashboard.queries import Dashboard
from reports.dashboard.told import Slipped

SILENT_SHOWN, LONG_SILENCE_DAYS = 10, 30


@dataclass(frozen=True)
class AwaitedRow:
    """What is waited for, of whom and until when, with the page where it is done."""

    thing: str
    subject: str
    place: str
    slug: str
    who: str
    count: int
    until: str
    is_late: bool


@dataclass(frozen=True)
class SilentRow:
    """An agency with its unfinished tasks and how long nothing was heard of it.

    Units: `days` since the last report, None where there never was one; `share` percent of the longest silence.
    """

    agency: AgencyLabel
    unfinished: SafeString
    last: str
    days: int | None
    share: int
    is_long: bool


@dataclass(frozen=True)
class Silence:
    """The agencies silent longest, and in words what is known of those not shown; blank where there are none."""

    rows: list[SilentRow]
    others: str


@dataclass(frozen=True)
class Slippage:
    """All programs together. Units: days later than signed."""

    programs: tuple[Slipped, ...]
    moved: int
    total_days: int
    median_days: str
    added: int
    cancelled: int


@dataclass(frozen=True)
class Targets:
    """How many tasks measured by a number reached it, how many did more, how many did not."""

    measured: int
    reached: SafeString
    exceeded: SafeString
    missed: SafeString
    reached_count: int
    missed_count: int
    rate: Decimal | None


def awaited_rows(dashboard: Dashboard, actor: Membership) -> list[AwaitedRow]:
    """What programs wait for, then the forms the evaluation of the year waits for. Rule: R-DASH-3."""
    return [*_of_programs(dashboard), *_of_forms(dashboard, actor)]


def silence(dashboard: Dashboard, numbers: Numbers) -> Silence | None:
    """The agencies with unfinished tasks, longest silent first; None where nothing is unfinished. Rule: R-DASH-5."""
    known = {row.agency.pk: row for row in dashboard.figures.agencies}
    silent = [(known[one.agency_id], one) for one in dashboard.silent if one.agency_id in known]
    if not silent:
        return None
    longest = max([one.days_on(dashboard.as_of) or 0 for _figures, one in silent] + [1])
    rows = []
    for figures, one in silent[:SILENT_SHOWN]:
        days = one.days_on(dashboard.as_of)
        rows.append(
            SilentRow(
                agency=figures.agency,
                unfinished=numbers.of(figures.involved.number(Bucket.IN_TIME, Bucket.OVERDUE)),
                last=wording.day(one.last_on) if one.last_on else "",
                days=days,
                share=100 if days is None else days * 100 // longest,
                is_long=days is None or days >= LONG_SILENCE_DAYS,
            )
        )
    return Silence(rows, others_in_words([one.days_on(dashboard.as_of) for _figures, one in silent[SILENT_SHOWN:]]))


def others_in_words(days: Sequence[int | None]) -> str:
    """How many more agencies there are, how many of them never reported and within how many days the others did."""
    if not days:
        return ""
    known = [one for one in days if one is not None]
    told = {"n": len(days), "never": len(days) - len(known), "days": max(known, default=0)}
    if not known:
        words = ngettext("%(n)s more agency never reported.", "%(n)s more agencies never reported.", len(days))
    elif len(known) < len(days):
        words = _("%(n)s more agencies: %(never)s never reported, the others did within the last %(days)s days.")
    else:
        words = ngettext(
            "%(n)s more agency reported within the last %(days)s days.",
            "%(n)s more agencies reported within the last %(days)s days.",
            len(days),
        )
    return words % {key: wording.number(value) for key, value in told.items()}


def slippage(dashboard: Dashboard, shown: Sequence[Slipped]) -> Slippage | None:
    """What slipped since signing, of all programs, and those shown; None where nothing did. Rule: R-DASH-6."""
    if not dashboard.slipped:
        return None
    every = Slipped("", "", [day for one in dashboard.slipped for day in one.days])
    return Slippage(
        programs=tuple(shown),
        moved=every.moved,
        total_days=every.total_days,
        median_days=wording.number(every.median_days),
        added=sum(one.added for one in dashboard.slipped),
        cancelled=sum(one.cancelled for one in dashboard.slipped),
    )


def targets(dashboard: Dashboard, numbers: Numbers) -> Targets | None:
    """The targets of the year; None where no task is measured by a number. Rule: R-DASH-4."""
    year = dashboard.figures.year
    if not year.measured:
        return None

    def of(count: int, result: TargetResult) -> SafeString:
        keys = None if year.keys is None else (*year.keys, ("target", result.value))
        return numbers.of(Number(count, keys))

    missed = year.measured - year.reached
    return Targets(
        measured=year.measured,
        reached=of(year.reached, TargetResult.REACHED),
        exceeded=of(dashboard.figures.year.exceeded, TargetResult.EXCEEDED),
        missed=of(missed, TargetResult.MISSED),
        reached_count=year.reached,
        missed_count=missed,
        rate=share(year.reached, year.measured),
    )


def _of_programs(dashboard: Dashboard) -> Iterator[AwaitedRow]:
    named = {
        FactKind.SIGNATURE: (_("Signatures"), "coordination:program-signing"),
        FactKind.ANSWER: (_("Answers on the draft"), "coordination:consultation"),
        FactKind.STATEMENT: (_("Agreement with the text"), "coordination:program-agreement"),
        FactKind.REPORT: (_("Reports on %(year)s") % {"year": dashboard.year}, "coordination:party-reports"),
    }
    for one in dashboard.awaited:
        thing, place = named[one.kind]
        yield AwaitedRow(
            thing=thing,
            subject=f"{one.code} · {one.title}",
            place=place,
            slug=one.slug,
            who=some_of(one.who),
            count=len(one.who),
            until=wording.day(one.until) if one.until else "",
            is_late=one.is_late_on(dashboard.as_of),
        )


def _of_forms(dashboard: Dashboard, actor: Membership) -> Iterator[AwaitedRow]:
    named = {EvaluationKind.SELF: _("Self-evaluations"), EvaluationKind.CROSS: _("Cross-evaluations")}
    for kind, thing in named.items():
        names = own_forms(dashboard, actor, kind)
        if names:
            round = dashboard.evaluated.round
            due = round.forms_due_on
            yield AwaitedRow(
                thing=thing,
                subject=round.title,
                place="coordination:evaluation-detail",
                slug=round.key,
                who=some_of(names),
                count=len(names),
                until=wording.day(due) if due else "",
                is_late=due is not None and dashboard.as_of > due,
            )
