"""What the reader narrowed the dashboard to, by the codes in the address."""

from collections.abc import Mapping
from dataclasses import dataclass

from agencies.access.enums import Role
from agencies.models import Agency, Membership
from coordination.figures.queries import Scope, scope_for
from coordination.programs.models import Area, Program
from records import text

_LONGEST_CODE = 60


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


def narrowing_found(query: Mapping[str, str], actor: Membership) -> tuple[Narrowing, tuple[str, ...]]:
    """The things the codes name, as far as the actor may know of them, and the keys whose codes name nothing.

    Rule: R-DASH-2. Whether a code names nothing at all or only nothing the actor sees is not told.
    """
    found, unknown = {}, []
    for key, look_up in (("program", _program), ("agency", _agency), ("area", _area)):
        if code := query.get(key, "").strip():
            found[key] = look_up(code, actor) if _may_be_a_code(code) else None
            unknown += [key] if found[key] is None else []
    return Narrowing(**found), tuple(unknown)


def _may_be_a_code(code: str) -> bool:
    return len(code) <= _LONGEST_CODE and not text.has_forbidden(code)


def _program(code: str, actor: Membership) -> Program | None:
    return Program.objects.visible_to(actor).filter(code=code.upper()).first()


def _area(code: str, actor: Membership) -> Area | None:
    """The area of the actor's own unit first, then of a unit whose agency theirs took over."""
    named = Area.objects.filter(unit_id__in=actor.unit_ids(), code=code)
    return min(named, key=lambda area: area.unit_id != actor.unit_id, default=None)


def _agency(code: str, actor: Membership) -> Agency | None:
    """The actor's own unit first, as units below may use the same code; an official has only the own agencies."""
    named = list(Agency.objects.visible_to(actor).filter(code=code))
    if actor.role == Role.OFFICIAL:
        named = [agency for agency in named if actor.acts_for(agency.pk)]
    own = [agency for agency in named if agency.unit_id == actor.unit_id] or named
    return own[0] if own else None
