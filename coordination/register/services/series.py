"""Opening the series of numbers of an agency, and the locked row every act on one goes through."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.directory.enums import Family
from agencies.models import Agency, Membership
from coordination.programs.services.doors import must_be_in_order, must_be_real_year
from coordination.register.enums import DocumentType
from coordination.register.models import NumberSeries
from coordination.register.permissions import can_keep_register
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import NotAllowed, RuleBroken

LARGEST_NUMBER = 99_999


@transaction.atomic
def open_series(
    *,
    actor: Membership,
    agency: Agency,
    document_type: str,
    first_number: int = 1,
    year: int | None = None,
    term: tuple[date, date] | None = None,
) -> NumberSeries:
    """Begin to keep the numbers of one type of document of an agency, for a year or for the term of a committee.

    Rule: R-NUMBER-1. Where the office's paper register already stands at n, the series begins at n + 1.
    Raises: NotAllowed; RuleBroken naming the field.
    """
    require(can_keep_register(actor, agency))
    if document_type not in DocumentType.values:
        raise RuleBroken(_("Choose one of the listed values"), "document_type")
    if (year is None) == (term is None):
        raise RuleBroken(_("Enter either a year, or the first and the last day of a term"), "year")
    if year is not None:
        must_be_real_year(year, "year")
    first, last = (date(year, 1, 1), date(year, 12, 31)) if year is not None else term
    must_be_real_year(first.year, "valid_from")
    must_be_real_year(last.year, "valid_to")
    must_be_in_order(first, last, "valid_to")
    must_be_a_number(first_number, "first_number")
    _locked_agency(agency)
    same = NumberSeries.objects.filter(agency=agency, document_type=document_type)
    if same.filter(valid_from__lte=last, valid_to__gte=first).exists():
        field = "year" if year is not None else "valid_from"
        raise RuleBroken(_("A series of this agency and type is already open in that period"), field)
    return _open(agency, document_type, first, last, year, first_number, actor)


def series_on(agency: Agency, document_type: str, day: date, *, actor: Membership, first_number: int) -> NumberSeries:
    """The locked series that holds on a day; one of the calendar year is opened where there is none yet.

    Rule: R-NUMBER-1. The caller has asked whether the actor may number the paper.
    Raises: RuleBroken for a Party committee whose term nobody has entered yet.
    """
    _locked_agency(agency)
    found = NumberSeries.objects.select_for_update(of=("self",)).filter(agency=agency, document_type=document_type)
    found = found.filter(valid_from__lte=day, valid_to__gte=day).first()
    if found is not None:
        return found
    if agency.name_on(day).family == Family.PARTY:
        told = {"agency": agency.current_short_name}
        raise RuleBroken(
            _("The numbers of %(agency)s run through a term: enter its days in the register first.") % told, "number"
        )
    year_ends = date(day.year, 12, 31)
    return _open(agency, document_type, date(day.year, 1, 1), year_ends, day.year, first_number, actor)


def locked_series(series: NumberSeries, *, actor: Membership) -> NumberSeries:
    """The row of a series, locked until the transaction ends: one number at a time is taken from it.

    Raises: NotAllowed, without telling whether the series exists, when the actor does not see it.
    """
    rows = NumberSeries.objects.visible_to(actor).select_for_update(of=("self",)).select_related("agency")
    found = rows.filter(pk=series.pk).first()
    if found is None:
        raise NotAllowed(unseen())
    require(can_keep_register(actor, found.agency))
    return found


def must_be_a_number(number: int, field: str) -> None:
    """Raises: RuleBroken for what no register counts to."""
    if not 1 <= number <= LARGEST_NUMBER:
        raise RuleBroken(_("The number must be between 1 and 99999"), field)


def _locked_agency(agency: Agency) -> None:
    """Two clerks of one agency do not open the same series at the same moment."""
    Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)


def _open(
    agency: Agency, document_type: str, first: date, last: date, year: int | None, number: int, actor: Membership
) -> NumberSeries:
    series = NumberSeries.objects.create(
        agency=agency,
        document_type=document_type,
        year=year,
        valid_from=first,
        valid_to=last,
        first_number=number,
        next_number=number,
        opened_at=clock.now(),
        opened_by=actor,
    )
    told = {"agency": agency.code, "document_type": document_type, "period_start": first, "period_end": last}
    record(AuditAction.CREATED, actor=actor, about=series, after=told | {"first_number": number})
    return series
