"""Which roles move or end with agencies, which posts end, which offices serve whom afterwards."""

from collections.abc import Iterable

from django.db.models import Q

from agencies.directory.models import OfficeService
from agencies.people.models import Membership, OfficeHolding
from agencies.reorganisation.enums import StepKind, Subject
from agencies.reorganisation.plans import Ref
from agencies.reorganisation.queries.ground import Ground
from agencies.reorganisation.queries.shapes import Ended, MemberMoved, PeopleEffects, PostEnded, ServicePassed
from agencies.reorganisation.wording import in_unit


def people_moved(ground: Ground, ended: Iterable[Ended]) -> PeopleEffects:
    """What the ending of agencies does to the people in them. Four queries.

    Rule: R-SUCC-5. A role goes on in the successor; after closing nobody goes along, roles end. Posts end, since
    another body's posts are filled by appointment.
    """
    ending = {one.body: one for one in ended if one.subject == Subject.AGENCY}
    return PeopleEffects(
        members=tuple(_members(ground, ending)),
        posts=tuple(_posts(ground, ending)),
        services=tuple(_services(ground, ending)),
    )


def _members(ground: Ground, ending: dict[int, Ended]) -> list[MemberMoved]:
    lasting = Q(valid_to=None) | Q(valid_to__gte=ground.day)
    heirs = {one.heir for one in ending.values() if isinstance(one.heir, int)}
    rows = Membership.objects.filter(lasting, revoked_at=None, agency_id__in=[*ending, *heirs])
    rows = list(rows.select_related("user").order_by("pk"))
    held: set[tuple[int, str, Ref]] = {(row.user_id, row.role, row.agency_id) for row in rows}
    return [_member(ground, row, ending[row.agency_id], held) for row in rows if row.agency_id in ending]


def _member(ground: Ground, row: Membership, end: Ended, held: set[tuple[int, str, Ref]]) -> MemberMoved:
    heir = end.heir if _kind_of(ground, end) != StepKind.CLOSE else None
    goes_on = heir is not None and (row.user_id, row.role, heir) not in held
    if heir is not None:
        held.add((row.user_id, row.role, heir))
    return MemberMoved(
        step=end.step,
        membership=row.pk,
        account=row.user.username,
        role=row.role,
        before=end.name,
        heir=heir if goes_on else None,
        after=end.heir_name if heir is not None else "",
        title=_title(ground, row, end) if goes_on else "",
        since=max(row.valid_from, ground.day) if goes_on else None,
        ends=row.valid_from <= ground.last_day,
    )


def _title(ground: Ground, row: Membership, end: Ended) -> str:
    """The title of the role with the names of agency and unit as they are afterwards."""
    agency = ground.agencies[end.body]
    old = agency.name_on(ground.last_day)
    names = [(old.name, end.heir_name), (old.short_name, _short_name(ground, end.heir))]
    title = row.title
    for before, after in names:
        title = title.replace(before, after)
    before, after = _kind_and_name(ground, agency.unit_id), _kind_and_name(ground, ground.unit_of(end.heir))
    title = in_unit(title, before, after) if before and after else title
    return title if len(title) <= Membership._meta.get_field("title").max_length else row.title


def _short_name(ground: Ground, ref: Ref) -> str:
    if isinstance(ref, str):
        return ground.agency_drafts[ref].naming.short_name
    return ground.agencies[ref].name_on(ground.day).short_name


def _kind_and_name(ground: Ground, unit: Ref | None) -> tuple[str, str] | None:
    if isinstance(unit, str):
        draft = ground.unit_drafts.get(unit)
        return (draft.kind, draft.bare_name) if draft else None
    naming = ground.units[unit].naming_on(ground.last_day) if unit in ground.units else None
    return (naming.kind, naming.bare_name) if naming else None


def _posts(ground: Ground, ending: dict[int, Ended]) -> list[PostEnded]:
    lasting = Q(valid_to=None) | Q(valid_to__gte=ground.day)
    rows = OfficeHolding.objects.filter(lasting, office__agency__in=list(ending), valid_from__lte=ground.last_day)
    return [
        PostEnded(ending[row.office.agency_id].step, row.pk, row.office.title, ending[row.office.agency_id].name)
        for row in rows.select_related("office").order_by("pk")
    ]


def _services(ground: Ground, ending: dict[int, Ended]) -> list[ServicePassed]:
    """What served or was served by an agency that ends; the successors go on unless they serve each other already."""
    touching = Q(office__in=list(ending)) | Q(served__in=list(ending))
    lasting = Q(valid_to=None) | Q(valid_to__gte=ground.day)
    rows = list(
        OfficeService.objects.filter(lasting, touching, valid_from__lte=ground.last_day)
        .select_related("office", "served")
        .order_by("pk")
    )
    heirs = {one.heir for one in ending.values() if isinstance(one.heir, int)}
    known = OfficeService.objects.filter(lasting, office__in=heirs | {row.office_id for row in rows})
    pairs: set[tuple[Ref, Ref]] = set(known.values_list("office_id", "served_id"))
    return [_service(ground, row, ending, pairs) for row in rows]


def _service(
    ground: Ground, row: OfficeService, ending: dict[int, Ended], pairs: set[tuple[Ref, Ref]]
) -> ServicePassed:
    office = ending[row.office_id].heir if row.office_id in ending else row.office_id
    served = ending[row.served_id].heir if row.served_id in ending else row.served_id
    begins = None not in (office, served) and office != served and (office, served) not in pairs
    if begins:
        pairs.add((office, served))
    step = next(ending[pk].step for pk in (row.office_id, row.served_id) if pk in ending)
    return ServicePassed(
        step=step,
        service=row.pk,
        office_name=row.office.current_name,
        served_name=row.served.current_name,
        office=office if begins else None,
        served=served if begins else None,
        office_after=_named(ground, row.office, office) if begins else "",
        served_after=_named(ground, row.served, served) if begins else "",
    )


def _named(ground: Ground, old, ref: Ref) -> str:
    return old.current_name if ref == old.pk else ground.name_of_agency(ref)


def _kind_of(ground: Ground, end: Ended) -> StepKind:
    return next(step.kind for step in ground.steps if step.position == end.step)
