"""Setting up the posts of an agency, calling them otherwise, closing them."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.directory.enums import SigningAuthority
from agencies.directory.lineage import said_ended
from agencies.directory.models import Agency
from agencies.people.models import MOST_SEATS, Membership, Office, OfficeTitle
from agencies.people.permissions import can_keep_offices
from records import clock, wording
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken

HEAD_ORDER, USUAL_ORDER = 1, 100


@transaction.atomic
def set_up_office(
    agency: Agency,
    *,
    title: str,
    printed_title: str,
    authority: SigningAuthority | str = SigningAuthority.COLLECTIVE,
    is_head: bool = False,
    seats: int = 1,
    protocol_order: int = USUAL_ORDER,
    actor: Membership | None = None,
) -> Office:
    """Record a post in an agency with its title in texts and in signature blocks.

    Rule: R-OFFICE-1. One post of head in an agency, with one holder; a title stands once.
    Raises: NotAllowed; RuleBroken naming the field.
    """
    if actor is not None:
        require(can_keep_offices(actor, agency))
    return found_office(
        agency,
        title=title,
        printed_title=printed_title,
        authority=authority,
        is_head=is_head,
        seats=seats,
        protocol_order=protocol_order,
        actor=actor,
    )


@transaction.atomic
def found_office(
    agency: Agency,
    *,
    title: str,
    printed_title: str,
    authority: SigningAuthority | str,
    is_head: bool = False,
    seats: int = 1,
    protocol_order: int = USUAL_ORDER,
    actor: Membership | None = None,
) -> Office:
    """The building block of `set_up_office`: it asks nobody, for acts that have asked and set up a post by the way.

    Raises: RuleBroken naming the field.
    """
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    _must_exist(agency)
    office = Office(agency=agency, is_head=is_head, title="", printed_title="")
    _call(office, title, printed_title, authority)
    _place(office, seats, protocol_order)
    if is_head and agency.offices.filter(is_head=True).exists():
        raise RuleBroken(_("The agency has a post of head already. Rename that one instead."), "is_head")
    office.save()
    OfficeTitle.objects.create(office=office, valid_from=agency.valid_from, **_titles(office))
    record(AuditAction.CREATED, actor=actor, about=office, after=_told(office) | {"agency": agency.code})
    return office


@transaction.atomic
def change_office(
    office: Office,
    *,
    title: str,
    printed_title: str,
    authority: SigningAuthority | str,
    seats: int,
    protocol_order: int,
    since: date | None = None,
    actor: Membership | None = None,
) -> Office:
    """Call a post otherwise from a day on, give it another place in the order or more holders.

    Why by day: who held the post before is listed, and papers of that time are printed, with the title of that time.
    Raises: NotAllowed; Conflict when the post is closed; RuleBroken naming the field.
    """
    office = _locked(office, actor)
    before, called = _told(office), _titles(office)
    _call(office, title, printed_title, authority)
    _place(office, seats, protocol_order)
    if _titles(office) != called:
        _open_title(office, since)
    office.save()
    record(AuditAction.CHANGED, actor=actor, about=office, before=before, after=_told(office) | {"since": since})
    return office


@transaction.atomic
def close_office(office: Office, *, last_day: date, actor: Membership | None = None) -> Office:
    """A post exists until a day; nobody holds it afterwards. The post of head stays as long as the agency.

    Raises: NotAllowed; Conflict when it is closed already; RuleBroken naming the field.
    """
    office = _locked(office, actor)
    if office.is_head:
        raise RuleBroken(_("The post of head stays as long as the agency exists. Rename it instead."))
    agency = office.agency
    if last_day < agency.valid_from or (agency.valid_to and last_day > agency.valid_to):
        raise RuleBroken(_("The last day must lie within the life of the agency"), "last_day")
    later = office.holdings.filter(Q(valid_to=None) | Q(valid_to__gt=last_day)).select_related("person").first()
    if later is not None:
        raise RuleBroken(
            _("%(person)s holds the post after that day. End that first.") % {"person": later.person}, "last_day"
        )
    office.ended_on = last_day
    office.save(update_fields=["ended_on"])
    record(AuditAction.ENDED, actor=actor, about=office, after={"last_day": last_day})
    return office


def _locked(office: Office, actor: Membership | None) -> Office:
    """The post, with its agency held first, so that two posts never get one title at once."""
    Agency.objects.select_for_update().get(pk=office.agency_id)
    office = Office.objects.select_for_update(of=("self",)).select_related("agency").get(pk=office.pk)
    if actor is not None:
        require(can_keep_offices(actor, office.agency))
    if office.ended_on is not None:
        raise Conflict(_("The post is closed. Look at the list of posts first."))
    return office


def _must_exist(agency: Agency) -> None:
    if agency.valid_to is not None and agency.valid_to < clock.today():
        raise RuleBroken(said_ended(agency))


def _call(office: Office, title: str, printed_title: str, authority: str) -> None:
    title, printed_title = " ".join(title.split()), " ".join(printed_title.split())
    if not title:
        raise RuleBroken(_("Enter the title"), "title")
    if not printed_title:
        raise RuleBroken(_("Enter the title as it is printed"), "printed_title")
    if authority not in SigningAuthority.values:
        raise RuleBroken(_("Choose one of the listed values"), "authority")
    if office.agency.offices.exclude(pk=office.pk).filter(title=title).exists():
        raise RuleBroken(_("The agency has a post of this title already"), "title")
    office.title, office.printed_title, office.authority = title, printed_title, authority


def _place(office: Office, seats: int, protocol_order: int) -> None:
    if not 1 <= seats <= MOST_SEATS:
        raise RuleBroken(_("A post has 1 to %(most)s holders") % {"most": MOST_SEATS}, "seats")
    if office.is_head and seats != 1:
        raise RuleBroken(_("An agency has one head"), "seats")
    if office.pk and office.holdings.filter(seat__gt=seats).exists():
        raise RuleBroken(_("More people than that hold or held the post at the same time"), "seats")
    office.seats, office.protocol_order = seats, HEAD_ORDER if office.is_head else protocol_order


def _open_title(office: Office, since: date | None) -> None:
    """The title in force ends the day before the new one begins."""
    if since is None:
        raise RuleBroken(_("Enter the day from which the post is called so"), "since")
    last = office.titles.order_by("-valid_from").first()
    if last is not None and since < last.valid_from:
        told = {"day": wording.day(last.valid_from), "title": last.title}
        raise RuleBroken(_("The post has been called “%(title)s” since %(day)s. Choose a later day.") % told, "since")
    if last is not None and since == last.valid_from:
        for name, value in _titles(office).items():
            setattr(last, name, value)
        last.save()
        return
    if last is not None:
        last.valid_to = since - timedelta(days=1)
        last.save(update_fields=["valid_to"])
    OfficeTitle.objects.create(office=office, valid_from=since, **_titles(office))


def _titles(office: Office) -> dict[str, str]:
    return {name: getattr(office, name) for name in ("title", "printed_title", "authority")}


def _told(office: Office) -> dict:
    return _titles(office) | {"seats": office.seats, "protocol_order": office.protocol_order}
