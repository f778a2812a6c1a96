"""The dashboard put into the words and pictures its templates write out."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.conferences.queries import ConferenceWaiting
from coordination.evaluations.queries import AgencyResult
from coordination.figures.permissions import can_count_below
from coordination.figures.queries import LateTask
from coordination.figures.shapes import AgencyFigures, Choice
from coordination.findings.queries import RoundWaiting
from records import wording
from reports.dashboard import pictures
from reports.dashboard.answer import answer, answer_for_agency, late_note, listed, months_in_words
from reports.dashboard.queries import Dashboard


@dataclass(frozen=True)
class AgencyLine:
    """One agency's row: what it led, how its year went, how it was evaluated."""

    figures: AgencyFigures
    bar: SafeString
    months: SafeString
    result: AgencyResult | None


@dataclass(frozen=True)
class Attention:
    """One thing for the leader to look at: its sentence, where it leads and what is known of it."""

    icon: str
    tone: str
    title: str
    place: str
    slug: str
    facts: tuple[str, ...]

    @property
    def css(self) -> str:
        """The classes of its icon."""
        return f"pf-row__icon pf-row__icon--{self.tone}"


@dataclass(frozen=True)
class Filter:
    """One select of the filter form. `everything` is the choice that narrows nothing."""

    name: str
    label: str
    everything: str
    choices: tuple[Choice, ...]
    chosen: str


def heading(dashboard: Dashboard, actor: Membership) -> str:
    """Whose results of which year."""
    if dashboard.narrowing.agency:
        words = {"year": dashboard.year, "agency": dashboard.narrowing.agency.current_short_name}
        return _("Coordination results of %(agency)s in %(year)s") % words
    if actor.role == Role.OFFICIAL:
        words = {"year": dashboard.year, "agency": actor.agency.current_short_name}
        return _("Coordination results of %(agency)s in %(year)s") % words
    return _("Coordination results in %(year)s") % {"year": dashboard.year}


def lead_sentences(dashboard: Dashboard, actor: Membership) -> list[SafeString]:
    """The answer; where the page is about single agencies, what each of them led comes first."""
    figures = dashboard.figures
    single = figures.agencies if _is_about_agencies(dashboard, actor) else ()
    return [answer_for_agency(row) for row in single] + answer(figures, dashboard.late, who=_("The parties"))


def attention(dashboard: Dashboard, actor: Membership) -> list[Attention]:
    """Unsigned programs first, then late tasks, then missing cross-evaluations, an official's own ones only, then
    conclusions and limitations without a task.
    """
    missing = [
        form for form in dashboard.missing_cross if actor.role != Role.OFFICIAL or actor.acts_for(form.agency.pk)
    ]
    return [
        *(_unsigned(program) for program in dashboard.unsigned),
        *(_late(task) for task in dashboard.late_shown),
        *(_missing_cross(form, dashboard) for form in missing),
        *(_to_give_out(one) for one in dashboard.to_give_out),
        *(_to_remedy(one) for one in dashboard.to_remedy),
    ]


def agency_lines(dashboard: Dashboard) -> list[AgencyLine]:
    """The agencies in order of precedence."""
    rows = {row.agency.pk: row for row in dashboard.figures.months_by_agency}
    results = dashboard.evaluated.results if dashboard.evaluated else {}
    return [
        AgencyLine(
            figures=agency,
            bar=pictures.whole_bar(agency.led, title=agency.agency.short_name, width=140, height=8),
            months=pictures.months_of(rows[agency.agency.pk]),
            result=results.get(agency.agency.pk),
        )
        for agency in dashboard.figures.agencies
    ]


def filters(dashboard: Dashboard) -> list[Filter]:
    """The selects, each offering only what has tasks in the year; what is chosen is offered even without."""
    chosen, choices = dashboard.narrowing, dashboard.figures.choices
    labels = {
        "program": (_("Program"), _("All programs"), chosen.program and chosen.program.code),
        "agency": (_("Agency"), _("All agencies"), chosen.agency and chosen.agency.current_short_name),
        "area": (_("Area"), _("All areas"), chosen.area and chosen.area.name),
    }
    return [
        Filter(name, label, everything, _with_chosen(choices[name], getattr(chosen, name), title), _code(chosen, name))
        for name, (label, everything, title) in labels.items()
    ]


def context(dashboard: Dashboard, actor: Membership) -> dict:
    """What the dashboard's template is given."""
    figures = dashboard.figures
    return {
        "dashboard": dashboard,
        "figures": figures,
        "year": figures.year,
        "heading": heading(dashboard, actor),
        "filters": filters(dashboard),
        "narrowed_to": [part for part in vars(dashboard.narrowing).values() if part],
        "may_compare": bool(can_count_below(actor)),
        "clear_url": f"?year={dashboard.year}",
        "other_url": f"?year={dashboard.other_year}",
        **({} if dashboard.is_empty else _counted(dashboard, actor)),
    }


def _counted(dashboard: Dashboard, actor: Membership) -> dict:
    figures = dashboard.figures
    return {
        "sentences": lead_sentences(dashboard, actor),
        "bar": pictures.whole_bar(figures.year, title=_("All tasks")),
        "attention": attention(dashboard, actor),
        "late_more": len(dashboard.late) - len(dashboard.late_shown),
        "month_names": [pictures.month_label(cell.month) for cell in figures.months.months],
        "months_in_words": months_in_words(figures.months),
        "area_chart": pictures.areas(figures),
        "cumulative_chart": pictures.running_totals(figures),
        "agency_lines": agency_lines(dashboard),
        "rows_make_total": not _is_about_agencies(dashboard, actor),
        "has_results": bool(dashboard.evaluated and dashboard.evaluated.results),
        "longest_late": max((task.days_late for task in dashboard.late), default=0),
        "other": dashboard.years.get(dashboard.other_year),
    }


def _is_about_agencies(dashboard: Dashboard, actor: Membership) -> bool:
    """Whether the page shows single agencies, whose tasks others lead too, and not all of them."""
    return bool(dashboard.narrowing.agency) or actor.role == Role.OFFICIAL


def _unsigned(program) -> Attention:
    count = len(program.awaited)
    words = {"code": program.code, "count": count}
    return Attention(
        icon="pen",
        tone="wait",
        title=_("Program %(code)s awaits %(count)s signatures") % words,
        place="coordination:program-signing",
        slug=program.slug,
        facts=(program.title, _("Awaited: %(parties)s") % {"parties": listed(program.awaited)}),
    )


def _late(task: LateTask) -> Attention:
    facts = [task.lead, late_note(task), _since(task.deadline, task.days_late)]
    if task.carried_into:
        facts.append(_("Carried over to %(year)s") % {"year": task.carried_into})
    return Attention(
        icon="exclamation-triangle-fill",
        tone="bad",
        title=task.title,
        place="coordination:task-detail",
        slug=task.slug,
        facts=tuple(fact for fact in facts if fact),
    )


def _missing_cross(form, dashboard: Dashboard) -> Attention:
    return Attention(
        icon="hourglass-split",
        tone="wait",
        title=_("%(agency)s has not sent its cross-evaluation") % {"agency": form.agency.current_short_name},
        place="coordination:evaluation-detail",
        slug=dashboard.evaluated.round.key,
        facts=(),
    )


def _to_give_out(waiting: ConferenceWaiting) -> Attention:
    words = ngettext(
        "%(n)s conclusion is not yet turned into a task",
        "%(n)s conclusions are not yet turned into tasks",
        waiting.waiting,
    )
    return Attention(
        icon="hourglass-split",
        tone="wait",
        title=words % {"n": waiting.waiting},
        place="coordination:conference-conclusions",
        slug=waiting.conference.slug,
        facts=(waiting.conference.title, wording.day(waiting.conference.held_on)),
    )


def _to_remedy(waiting: RoundWaiting) -> Attention:
    words = ngettext(
        "%(n)s limitation has no task that mends it",
        "%(n)s limitations have no task that mends them",
        waiting.waiting,
    )
    repeated = ngettext("%(n)s found in earlier years too", "%(n)s found in earlier years too", waiting.repeated)
    facts = (waiting.round.title, repeated % {"n": waiting.repeated} if waiting.repeated else "")
    return Attention(
        icon="exclamation-triangle-fill",
        tone="wait",
        title=words % {"n": waiting.waiting},
        place="coordination:evaluation-findings",
        slug=waiting.round.key,
        facts=tuple(fact for fact in facts if fact),
    )


def _since(deadline: date, days_late: int) -> str:
    words = {"day": wording.day(deadline), "days": days_late}
    return _("Due %(day)s, %(days)s days ago") % words if days_late > 0 else _("Due %(day)s") % words


def _with_chosen(choices: tuple[Choice, ...], chosen, title: str | None) -> tuple[Choice, ...]:
    if chosen is None or any(choice.pk == chosen.pk for choice in choices):
        return choices
    return (*choices, Choice(chosen.pk, chosen.code, title or chosen.code))


def _code(narrowing, name: str) -> str:
    chosen = getattr(narrowing, name)
    return chosen.code if chosen else ""
