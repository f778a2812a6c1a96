"""Changing what is recorded of an agency: from a day on, as a correction, and where it is reached."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.directory.models import Agency, AgencyName
from agencies.directory.permissions import can_change_agency, can_correct_agency, can_set_contact
from agencies.directory.services import call_agency, index_agencies, repeat_present_naming, told_of
from agencies.directory.services.checks import must_be_a_parent
from agencies.people.models import Membership, Office
from agencies.people.services import change_office
from agencies.registry.services.contact import Contact, checked
from agencies.registry.services.facts import Facts, completed, must_be_told_apart, naming_of, place_behind
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, NotAllowed, RuleBroken

LONGEST_TITLE = Office._meta.get_field("title").max_length


@transaction.atomic
def change_agency(agency: Agency, facts: Facts, *, actor: Membership, revision: int, since: date) -> AgencyName:
    """From a day on, past or present, an agency is called, ranked and printed otherwise; before it all stays as it was.

    Rule: R-AGENCY-3. The kind is not dated and changes at once.
    Raises: NotAllowed; Conflict when the agency was changed meanwhile; RuleBroken naming the field.
    """
    agency = _locked(agency, actor, revision)
    require(can_change_agency(actor, agency))
    if since > clock.today():
        raise RuleBroken(
            _("The day must not be in the future; record what is decided ahead as a reorganisation"), "since"
        )
    latest = agency.names.order_by("-valid_from").first()
    facts = completed(facts)
    _check_neighbours(agency, facts, actor, since, agency.valid_to)
    order = latest.protocol_order if facts.after is None else place_behind(agency.unit, facts.after, moving=agency)
    _change_kind(agency, facts, actor)
    named = call_agency(agency, naming_of(facts, order), since=since, parent=facts.parent, actor=actor)
    _let_the_head_follow(agency, latest, named)
    _count_change(agency)
    return named


@transaction.atomic
def correct_agency(agency: Agency, facts: Facts, *, actor: Membership, revision: int, reason: str) -> AgencyName:
    """Mend a mistake of typing in the present naming, for the whole period it holds.

    Rule: R-AGENCY-3. What has really changed gets a naming of its own; papers already signed keep what they print.
    Raises: NotAllowed; Conflict when the agency was changed meanwhile; RuleBroken naming the field.
    """
    agency = _locked(agency, actor, revision)
    require(can_correct_agency(actor, agency))
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    name = agency.names.order_by("-valid_from").first()
    facts = completed(facts)
    _check_neighbours(agency, facts, actor, name.valid_from, name.valid_to)
    order = name.protocol_order if facts.after is None else place_behind(agency.unit, facts.after, moving=agency)
    _change_kind(agency, facts, actor)
    before = told_of(name)
    for column, value in vars(naming_of(facts, order)).items():
        setattr(name, column, value)
    name.parent = facts.parent
    name.save()
    after = told_of(name)
    changed = [column for column, value in after.items() if before[column] != value]
    record(
        AuditAction.CHANGED,
        actor=actor,
        about=agency,
        before={column: before[column] for column in changed},
        after={column: after[column] for column in changed} | {"reason": reason, "correction": True},
    )
    index_agencies([agency])
    repeat_present_naming(agency, clock.today())
    _count_change(agency)
    return name


@transaction.atomic
def set_contact(agency: Agency, contact: Contact, *, actor: Membership, revision: int) -> Agency:
    """Keep how an agency is reached.

    Raises: NotAllowed; Conflict when the agency was changed meanwhile; RuleBroken naming the field.
    """
    agency = _locked(agency, actor, revision)
    require(can_set_contact(actor, agency))
    wanted, before = vars(checked(contact)), {column: getattr(agency, column) for column in vars(contact)}
    for column, value in wanted.items():
        setattr(agency, column, value)
    agency.save(update_fields=[*wanted])
    record(AuditAction.CHANGED, actor=actor, about=agency, before=before, after=wanted)
    _count_change(agency)
    return agency


def _locked(agency: Agency, actor: Membership, revision: int) -> Agency:
    """The agency's row, locked, as the actor last saw it."""
    rows = Agency.objects.visible_to(actor).select_for_update(of=("self",)).select_related("unit")
    found = rows.filter(pk=agency.pk).first()
    if found is None:
        raise NotAllowed(unseen())
    if can_change_agency(actor, found) and found.revision != revision:
        raise Conflict(_("Someone else has just changed this. Compare both texts, then save again."))
    return found


def _check_neighbours(agency: Agency, facts: Facts, actor: Membership, since: date, until: date | None) -> None:
    must_be_told_apart(agency.unit, facts, since, until, but=agency)
    if facts.parent is not None:
        if not Agency.objects.visible_to(actor).filter(pk=facts.parent.pk).exists():
            raise RuleBroken(_("Choose one of the listed values"), "parent")
        must_be_a_parent(facts.parent, agency, since, until)


def _change_kind(agency: Agency, facts: Facts, actor: Membership) -> None:
    before = {"kind": agency.kind, "kind_label": agency.kind_label}
    after = {"kind": str(facts.kind), "kind_label": facts.kind_label}
    if before != after:
        agency.kind, agency.kind_label = facts.kind, facts.kind_label
        agency.save(update_fields=["kind", "kind_label"])
        record(AuditAction.CHANGED, actor=actor, about=agency, before=before, after=after)


def _let_the_head_follow(agency: Agency, before: AgencyName, named: AgencyName) -> None:
    """The post of head is called after the agency from the same day on, where it was called after it before."""
    head = agency.offices.filter(is_head=True).first()
    if head is None:
        return
    printed = named.head_title if head.printed_title == before.head_title else head.printed_title
    authority = named.authority if head.authority == before.authority else head.authority
    title = head.title.replace(before.name, named.name)[:LONGEST_TITLE]
    if (title, printed, authority) != (head.title, head.printed_title, head.authority):
        change_office(
            head,
            title=title,
            printed_title=printed,
            authority=authority,
            seats=head.seats,
            protocol_order=head.protocol_order,
            since=named.valid_from,
        )


def _count_change(agency: Agency) -> None:
    agency.revision += 1
    agency.save(update_fields=["revision"])
