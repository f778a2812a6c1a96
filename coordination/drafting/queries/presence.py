from dataclasses import dataclass
from datetime import timedelta

from agencies.models import Membership
from coordination.drafting.models import SectionPresence
from coordination.programs.models import Program, Section
from records import clock

GONE_AFTER = timedelta(seconds=30)


@dataclass(frozen=True)
class Here:
    """Someone who has the drafting page open: who it is, by title and agency, and the section they have open."""

    member: Membership
    section: Section | None


def others_here(actor: Membership, program: Program) -> list[Here]:
    """Everyone else who was here within 30 seconds, those inside a section first; one query."""
    rows = SectionPresence.objects.visible_to(actor).filter(program=program)
    fresh = rows.filter(seen_at__gte=clock.machine_now() - GONE_AFTER).exclude(member=actor)
    seen = list(fresh.select_related("member__agency", "member__user", "section").order_by("-seen_at", "pk"))
    inside = {row.member_id for row in seen if row.section_id}
    return [Here(row.member, row.section) for row in seen if row.section_id or row.member_id not in inside]
