"""The dashboard put into the words and pictures its templates write out."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.figures.definitions import COUNTED, CUT_OFF, DEFINITIONS
from coordination.figures.permissions import can_count_below
from coordination.figures.shapes import Choice
from records import wording
from reports.dashboard import panels, pictures
from reports.dashboard.answer import answer, answer_for_agency, months_in_words
from reports.dashboard.asked import Asked
from reports.dashboard.attention import Attention, attention
from reports.dashboard.cut import CHOICES_OFFERED, Cut
from reports.dashboard.heat import heat_rows
from reports.dashboard.lines import agency_lines, area_lines, rounded
from reports.dashboard.numbers import Numbers
from reports.dashboard.queries import Dashboard
from reports.dashboard.years import year_on_year

# From here on the cells of all tasks need more width than the panels beside the heat table leave.
MANY_DUE = 1000


@dataclass(frozen=True)
class Filter:
    """One select of the filter form. `everything` is the choice that narrows nothing."""

    name: str
    label: str
    everything: str
    choices: tuple[Choice, ...]
    chosen: str

    @property
    def is_typed(self) -> bool:
        """Whether there is too much to choose from for a list of all: its code is typed. Rule: R-DASH-9."""
        return len(self.choices) > CHOICES_OFFERED

    @property
    def offered(self) -> tuple[Choice, ...]:
        return self.choices[:CHOICES_OFFERED]


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


def definitions_told() -> dict[str, object]:
    """How each figure is counted, as the pages of figures tell it. Rule: R-FIG-20."""
    return {"definitions": list(DEFINITIONS.values()), "cut_off": CUT_OFF, "counted": COUNTED}


def context(dashboard: Dashboard, actor: Membership, asked: Asked, cut: Cut) -> dict:
    """What the dashboard's template is given."""
    return {
        "dashboard": dashboard,
        "figures": dashboard.figures,
        "year": dashboard.figures.year,
        "heading": heading(dashboard, actor),
        "filters": filters(dashboard),
        "narrowed_to": [part for part in vars(dashboard.narrowing).values() if part],
        "day_asked": wording.day(asked.day) if asked.day else "",
        "remarks": asked.remarks,
        "may_compare": bool(can_count_below(actor)),
        **definitions_told(),
        "clear_url": f"?year={dashboard.year}",
        "other_url": f"?year={dashboard.other_year}",
        **({} if dashboard.is_empty else _counted(dashboard, actor, cut)),
    }


def _counted(dashboard: Dashboard, actor: Membership, cut: Cut) -> dict:
    figures, numbers = dashboard.figures, Numbers()
    shown, awaited = cut.figures(figures), panels.awaited_rows(dashboard, actor)
    things: list[Attention] = attention(dashboard, actor)
    heat = heat_rows((*shown.months_by_agency, figures.months), numbers)
    return {
        "sentences": lead_sentences(dashboard, actor),
        "bar": pictures.whole_bar(figures.year, title=_("All tasks")),
        "key": _key_figures(dashboard, numbers),
        "attention": things,
        "all_late": numbers.address_of(figures.year.overdue),
        "month_names": [pictures.month_label(cell.month) for cell in figures.months.months],
        "heat_rows": heat[:-1],
        "heat_total": heat[-1],
        "heat_is_wide": figures.months.year.due >= MANY_DUE,
        "months_in_words": months_in_words(figures.months),
        "area_chart": pictures.areas(shown),
        "area_lines": area_lines(shown.areas, numbers),
        "cumulative_chart": pictures.running_totals(figures),
        "agency_lines": agency_lines(dashboard, shown, numbers),
        "on_time_rate": rounded(figures.year),
        "rows_make_total": not _is_about_agencies(dashboard, actor),
        "has_results": bool(dashboard.evaluated and dashboard.evaluated.results),
        "longest_late": max((task.days_late for task in dashboard.late), default=0),
        "other": dashboard.years.get(dashboard.other_year),
        "awaited": cut.first("awaited", awaited),
        "rest": {
            "agencies": cut.rest("agencies", figures.agencies),
            "areas": cut.rest("areas", figures.areas),
            "programs": cut.rest("programs", dashboard.slipped),
            "awaited": cut.rest("awaited", awaited),
        },
        "silence": panels.silence(dashboard, numbers),
        "slippage": panels.slippage(dashboard, cut.first("programs", dashboard.slipped)),
        "targets": panels.targets(dashboard, numbers),
        "year_on_year": year_on_year(dashboard, numbers),
    }


def _key_figures(dashboard: Dashboard, numbers: Numbers) -> dict[str, SafeString]:
    """The key figures, each with what is said of it to those who only hear it."""
    year = dashboard.figures.year
    spoken = {
        "on_time": _("completed on time"),
        "late": _("completed late"),
        "in_time": _("within the deadline"),
        "overdue": _("overdue or not completed"),
    }
    names = ("done", "total", "due", "on_time", "late", "in_time", "overdue", "awaiting", "ongoing")
    return {name: numbers.of(getattr(year, name), spoken=spoken.get(name, "")) for name in names}


def _is_about_agencies(dashboard: Dashboard, actor: Membership) -> bool:
    """Whether the page shows single agencies, whose tasks others lead too, and not all of them."""
    return bool(dashboard.narrowing.agency) or actor.role == Role.OFFICIAL


def _with_chosen(choices: tuple[Choice, ...], chosen, title: str | None) -> tuple[Choice, ...]:
    if chosen is None or any(choice.pk == chosen.pk for choice in choices):
        return choices
    return (*choices, Choice(chosen.pk, chosen.code, title or chosen.code))


def _code(narrowing, name: str) -> str:
    chosen = getattr(narrowing, name)
    return chosen.code if chosen else ""
