"""What a program rests on: a paper outside the portal named as far as it is known, and no program on itself."""

from dataclasses import asdict, dataclass
from datetime import date

from django.utils.translation import gettext as _

from agencies.models import AdminUnit, Membership
from coordination.programs.models import FoundationPaper, Program
from coordination.programs.queries.foundation import foundation_of
from coordination.programs.services.doors import must_be_real_year
from records.errors import RuleBroken

LIMITS = {"kind": 60, "title": 300, "number": 60, "parties": 300}
_HIDDEN, _EARLIEST = "…", 1945


@dataclass(frozen=True)
class FoundationDraft:
    """A paper outside the portal as it is entered; any of its particulars may be left empty."""

    kind: str = ""
    title: str = ""
    number: str = ""
    dated_on: date | None = None
    parties: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(asdict(self).values())


def set_foundation(program: Program, draft: FoundationDraft | None) -> None:
    """Write the paper outside anew, or take it away where nothing of it is named.

    Raises: RuleBroken naming the field.
    """
    if draft is None or draft.is_empty:
        FoundationPaper.objects.filter(program=program).delete()
        return
    for name, limit in LIMITS.items():
        if len(getattr(draft, name)) > limit:
            raise RuleBroken(_("At most %(limit)s characters") % {"limit": limit}, f"foundation_{name}")
    if draft.dated_on is not None and not _EARLIEST <= draft.dated_on.year <= 2100:
        must_be_real_year(draft.dated_on.year, "foundation_dated_on")
    FoundationPaper.objects.update_or_create(program=program, defaults=asdict(draft))


def foundation_told(program: Program) -> dict:
    """The paper outside as an audit entry tells it."""
    paper = foundation_of(program)
    if paper is None:
        return {"foundation": ""}
    parts = [paper.kind, paper.number, str(paper.dated_on or ""), paper.parties, paper.title]
    return {"foundation": "; ".join(part for part in parts if part)}


def must_not_circle(program: Program, actor: Membership) -> None:
    """No program rests on, or continues, one that in the end rests on or continues it, over however many links.

    Why the unit's row: two drafts that are given each other at the same moment wait for one another here.
    Raises: RuleBroken naming the chain, programs the actor does not see left out of it.
    """
    if program.pk is None or not (program.based_on_id or program.continues_id):
        return
    AdminUnit.objects.select_for_update(of=("self",)).get(pk=program.unit_id)
    for name in ("based_on", "continues"):
        first = getattr(program, f"{name}_id")
        if first and (chain := _chain_back(first, program.pk)):
            words = _("This would lead round in a circle: %(chain)s")
            raise RuleBroken(words % {"chain": _said([program.pk, *chain], actor)}, name)


def _chain_back(first: int, goal: int) -> list[int]:
    """The programs from one to another along what each rests on and continues; empty where no way leads there."""
    came_from: dict[int, int | None] = {first: None}
    frontier = {first}
    while frontier and goal not in came_from:
        links = Program.objects.filter(pk__in=frontier).values_list("pk", "based_on_id", "continues_id")
        following = {}
        for pk, *targets in links:
            following |= {target: pk for target in targets if target and target not in came_from}
        came_from |= following
        frontier = set(following)
    return _walk(came_from, goal) if goal in came_from else []


def _walk(came_from: dict[int, int | None], goal: int) -> list[int]:
    way, at = [], goal
    while at is not None:
        way.append(at)
        at = came_from[at]
    return way[::-1]


def _said(chain: list[int], actor: Membership) -> str:
    codes = dict(Program.objects.visible_to(actor).filter(pk__in=chain).values_list("pk", "code"))
    return " → ".join(codes.get(pk, _HIDDEN) for pk in chain)
