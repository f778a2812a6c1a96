"""What the directory shows of an agency's work; the floor of the agencies names the tag and knows no more."""

from dataclasses import dataclass

from django import template

from agencies.models import Agency, Membership
from coordination.programs.models import Program
from coordination.tasks.models import Task

register = template.Library()


@dataclass(frozen=True)
class YearOfTasks:
    """How many tasks an agency leads in a year, as far as the reader sees them."""

    year: int
    count: int


@register.inclusion_tag("coordination/_agency_work.html", takes_context=True)
def agency_work(context, agency: Agency) -> dict:
    """The programs an agency is party to and, per year, the tasks it leads: only what the reader may see."""
    actor = context["request"].actor
    programs = Program.objects.visible_to(actor).filter(parties__agency=agency).order_by("-year", "code")
    return {"agency": agency, "programs": list(programs), "years": tasks_led_by_year(actor, agency)}


def tasks_led_by_year(actor: Membership, agency: Agency) -> list[YearOfTasks]:
    """The tasks an agency leads under each year its programs cover, newest first, as the lists they link to count."""
    led = Task.objects.visible_to(actor).led_by([agency.pk])
    counts: dict[int, int] = {}
    for first, last in led.values_list("program__period_start__year", "program__period_end__year"):
        for year in range(first, last + 1):
            counts[year] = counts.get(year, 0) + 1
    return [YearOfTasks(year, count) for year, count in sorted(counts.items(), reverse=True)]
