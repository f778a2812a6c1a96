"""The task list behind each number: the filters that select exactly the tasks counted, or none where there are none.

Rule: R-FIG-12. Agencies and areas are named by codes that two units may share; such a filter would show both.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from agencies.models import Agency
from coordination.figures.queries.counts import AreaLabel, Counted, ProgramLabel
from coordination.figures.scope import Scope, past_keys
from coordination.figures.shapes import AgencyLabel
from coordination.figures.tally import Keys
from coordination.tasks.models import Task, TaskRole


def keys_of(
    scope: Scope,
    year: int,
    as_of: date,
    groups: Counted,
    agencies: dict[int, AgencyLabel],
) -> Keys | None:
    """The task-list filters that select the scope's tasks of the year, on the day where that is over."""
    keys: Keys | None = (("year", str(year)), *past_keys(as_of))
    known = groups.programs.keys() & set(scope.program_ids or ())
    if _is_narrowed_to_nothing(scope, known, groups):
        return None
    if scope.program_ids is not None:
        keys += tuple(("program", code) for code in sorted(groups.program_labels[pk].slug for pk in known))
    if scope.agency_id is not None or scope.own_only:
        shown = [label for pk, label in agencies.items() if is_shown(scope, pk)]
        keys += tuple(("involves", label.code) for label in shown)
        shared = shared_codes(agencies)
        # Where the agency has no task in the year there is no name to narrow by, and a list would show others' tasks.
        keys = None if not shown or any(label.code in shared for label in shown) or _shares_code(scope) else keys
    if scope.area_id is not None:
        areas = groups.area_labels
        keys = with_label(keys, "area", areas[scope.area_id], shared_codes(areas))
    return keys


def _is_narrowed_to_nothing(scope: Scope, known: Collection[int], groups: Counted) -> bool:
    """Whether no program or area narrowed to has a task in the year: there is no name to narrow a list by then."""
    no_program = scope.program_ids is not None and not known
    return no_program or (scope.area_id is not None and scope.area_id not in groups.areas)


def _shares_code(scope: Scope) -> bool:
    """Whether an agency of another unit, in tasks an official sees beside the own, has the code of an own agency."""
    if not scope.own_only:
        return False
    mine = scope.actor.agency_ids()
    codes = Agency.objects.filter(pk__in=mine).values("code")
    others = TaskRole.objects.filter(agency__code__in=codes).exclude(agency_id__in=mine)
    return Task.objects.visible_to(scope.actor).filter(pk__in=others.values("task_id")).exists()


def is_shown(scope: Scope, agency_id: int) -> bool:
    """Whether an agency has rows of its own: one narrowed to, an official's own agencies, otherwise every agency."""
    if scope.own_only and agency_id not in scope.actor.agency_ids():
        return False
    return scope.agency_id in (None, agency_id)


def with_label(keys: Keys | None, name: str, label: AgencyLabel | AreaLabel, shared: Collection[str]) -> Keys | None:
    """The filters with one of them set, whatever it was before; None where two units use the same code."""
    if keys is None or label.code in shared:
        return None
    return (*(key for key in keys if key[0] != name), (name, label.code))


def shared_codes(labels: Mapping[int, AgencyLabel | AreaLabel]) -> set[str]:
    """The codes that stand for several agencies or areas at once."""
    times = Counter(label.code for label in labels.values())
    return {code for code, n in times.items() if n > 1}


def names_of_areas(labels: Mapping[int, AreaLabel]) -> dict[int, str]:
    """The areas by name, those several units call alike with the unit each belongs to. Rule: R-FIG-22."""
    homes: dict[str, set[int]] = defaultdict(set)
    for label in labels.values():
        homes[label.name].add(label.unit_id)
    return {
        pk: f"{label.name} ({label.unit})" if len(homes[label.name]) > 1 and label.unit else label.name
        for pk, label in labels.items()
    }


def with_program(keys: Keys | None, program: ProgramLabel) -> Keys | None:
    """The filters with the program set, whatever it was before."""
    return keys and (*(key for key in keys if key[0] != "program"), ("program", program.slug))
