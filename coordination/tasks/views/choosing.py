"""Which program a new task goes into."""

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext as _

from agencies.access.decisions import no, require
from coordination.programs.http import year_of
from coordination.programs.models import Program
from coordination.tasks.permissions import can_create_task
from coordination.tasks.queries.lookups import parties_as_entered, programs_to_choose
from records.prepared import attach


def programs_to_write(request: HttpRequest) -> list[Program]:
    """The programs the actor may add tasks to; a refusal with its reason where there is none."""
    programs = programs_to_choose(request.actor)
    if not programs:
        require(no(_("There is no program your agency may add tasks to.")))
    return programs


def chosen_program(request: HttpRequest, programs: list[Program], asked: str) -> Program:
    """The program asked for, else the first of the working year, else the newest; the actor may write in it."""
    year = year_of(request)
    ranked = sorted(programs, key=lambda program: (program.slug != asked.lower(), program.year != year))
    attach(ranked[:1], "parties", parties_as_entered(ranked[0]))
    prefetch_related_objects(ranked[:1], "sections")
    require(can_create_task(request.actor, ranked[0]))
    return ranked[0]
