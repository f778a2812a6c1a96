"""Who can be given work in the new program: its parties may lead, all that exist until its end may coordinate."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from agencies.directory.lineage import existing_on, has_ended, heirs_of
from agencies.models import Agency, Membership
from coordination.programs.models import Area
from records import clock


@dataclass
class Workers:
    """The parties and the others by number; `gone` names whoever ended without an heir and was met on the way."""

    parties: dict[int, Agency]
    known: dict[int, Agency]
    areas: dict[str, Area]
    unit_id: int
    heirs: dict[int, Agency] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)

    def standing(self, agency: Agency) -> Agency | None:
        """Who does an agency's work in the new program: itself, its heir, or nobody."""
        now = self.known.get(agency.pk)
        if now is None:
            if agency.pk not in self.heirs and has_ended(agency, clock.today()):
                self.heirs |= heirs_of([agency.pk], clock.today())
            heir = self.heirs.get(agency.pk)
            now = self.known.get(heir.pk) if heir else None
        if now is None and agency.current_name not in self.gone:
            self.gone.append(agency.current_name)
        return now

    def several(self, agencies: Iterable[Agency], but: set[int]) -> tuple[Agency, ...]:
        """Those of some agencies that can coordinate, each once, without those that lead."""
        found = {one.pk: one for agency in agencies if (one := self.standing(agency)) is not None}
        return tuple(one for pk, one in found.items() if pk not in but)

    def area(self, area: Area) -> Area | None:
        """The area itself, or the one of the same code in the unit the new program is made in."""
        return area if area.unit_id == self.unit_id else self.areas.get(area.code)


def workers_for(actor: Membership, parties: Iterable[Agency], last: date) -> Workers:
    """Whoever exists until the last day of the new program and is seen by the actor. Two queries."""
    seen = existing_on(Agency.objects.visible_to(actor).select_related("unit"), max(last, clock.today()))
    parties = {agency.pk: agency for agency in parties}
    areas = Area.objects.filter(unit_id=actor.unit_id, is_active=True)
    known = {agency.pk: agency for agency in seen} | parties
    return Workers(parties, known, {area.code: area for area in areas}, actor.unit_id)
