"""What the reader narrowed the dashboard to, by the codes in the address."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from agencies.access.enums import Role
from agencies.models import Agency, Membership
from coordination.figures.queries import Scope, scope_for
from coordination.programs.models import Area, Program


@dataclass(frozen=True)
class Narrowing:
    """One program, one agency, one area, or none of them."""

    program: Program | None = None
    agency: Agency | None = None
    area: Area | None = None

    def __bool__(self) -> bool:
        return any((self.program, self.agency, self.area))

    def scope(self, actor: Membership) -> Scope:
        """The actor's tasks within this narrowing."""
        return scope_for(
            actor,
            program_ids=(self.program.pk,) if self.program else None,
            agency_id=self.agency.pk if self.agency else None,
            area_id=self.area.pk if self.area else None,
        )


def narrowing_from(query: Mapping[str, str], actor: Membership) -> Narrowing:
    """The things the codes name, as far as the actor may know of them.

    Raises: Http404 for a code that names nothing the actor sees, whether or not it exists.
    """
    program, agency, area = (query.get(key, "").strip() for key in ("program", "agency", "area"))
    return Narrowing(
        program=get_object_or_404(Program.objects.visible_to(actor), code=program.upper()) if program else None,
        agency=_agency(agency, actor) if agency else None,
        area=_area(area, actor) if area else None,
    )


def _area(code: str, actor: Membership) -> Area:
    """The area of the actor's own unit first, then of a unit whose agency theirs took over."""
    named = list(Area.objects.filter(unit_id__in=actor.unit_ids(), code=code))
    if not named:
        raise Http404
    return min(named, key=lambda area: area.unit_id != actor.unit_id)


def _agency(code: str, actor: Membership) -> Agency:
    """The actor's own unit first, as units below may use the same code; an official has only the own agencies."""
    named = list(Agency.objects.visible_to(actor).filter(code=code))
    if actor.role == Role.OFFICIAL:
        named = [agency for agency in named if actor.acts_for(agency.pk)]
    own = [agency for agency in named if agency.unit_id == actor.unit_id] or named
    if not own:
        raise Http404
    return own[0]
