"""What became of agencies: who goes on with the work of one that has ended, what it is called now, whether it can
still be chosen.

Why statements of SQL: a succession may be succeeded in its turn, and following it to its end takes one query here.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from agencies.directory.models import Agency
from records import clock, wording
from records.errors import RuleBroken

# Whoever acts for an agency acts for those its office serves, and for those that ended and that these took over.
_ACTING = """
    WITH RECURSIVE own (first_id, agency_id) AS (
        SELECT id, id FROM agencies_agency WHERE id IN ({ids})
        UNION
        SELECT office_id, served_id FROM agencies_officeservice
        WHERE office_id IN ({ids}) AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s)
    ), acting (first_id, agency_id) AS (
        SELECT first_id, agency_id FROM own
        UNION
        SELECT acting.first_id, passed.predecessor_id FROM agencies_agencysuccession passed
        JOIN acting ON passed.successor_id = acting.agency_id
        JOIN agencies_agency ended ON ended.id = passed.predecessor_id
        WHERE passed.is_main AND passed.effective_on <= %s AND ended.valid_to < %s
    )
    SELECT acting.first_id, agency.id, agency.unit_id
    FROM acting JOIN agencies_agency agency ON agency.id = acting.agency_id
"""
_HEIRS = """
    WITH RECURSIVE passing (first_id, heir_id, step) AS (
        SELECT predecessor_id, successor_id, 1 FROM agencies_agencysuccession
        WHERE is_main AND effective_on <= %s AND predecessor_id IN ({ids})
        UNION
        SELECT passing.first_id, further.successor_id, passing.step + 1 FROM agencies_agencysuccession further
        JOIN passing ON further.predecessor_id = passing.heir_id
        WHERE further.is_main AND further.effective_on <= %s AND passing.step < {most}
    )
    SELECT first_id, heir_id FROM passing ORDER BY step
"""
_MOST_STEPS = 60


def acting_agencies(agency_id: int, day: date) -> dict[int, int]:
    """The agencies whoever acts for one acts for on a day, each with its unit: itself, those its office serves, and
    those that have ended and whose main successor one of these is. One query.

    Rule: R-SUCC-3.
    """
    return acting_agencies_of([agency_id], day).get(agency_id, {})


def acting_agencies_of(agency_ids: Collection[int], day: date) -> dict[int, dict[int, int]]:
    """For each of several agencies what `acting_agencies` says of one. One query, none when nothing is asked."""
    ids = sorted(set(agency_ids))
    if not ids:
        return {}
    query = _ACTING.format(ids=", ".join(["%s"] * len(ids)))
    found: dict[int, dict[int, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(query, [*ids, *ids, day, day, day, day])
        for first_id, agency_id, unit_id in cursor.fetchall():
            found.setdefault(first_id, {})[agency_id] = unit_id
    return found


def heirs_of(agency_ids: Collection[int], day: date) -> dict[int, Agency]:
    """The agency that goes on with the work of each that has ended by a day; those without one are left out.

    Two queries, none when nothing is asked.
    """
    ids = sorted(set(agency_ids))
    if not ids:
        return {}
    query = _HEIRS.format(ids=", ".join(["%s"] * len(ids)), most=_MOST_STEPS)
    with connection.cursor() as cursor:
        cursor.execute(query, [day, *ids, day])
        last = dict(cursor.fetchall())
    agencies = Agency.objects.select_related("unit").in_bulk(set(last.values()))
    return {first: agencies[heir] for first, heir in last.items()}


def with_present_names(agencies: Iterable[Agency], today: date) -> list[Agency]:
    """Agencies of which each that has ended says in `now_called` what it is today; blank where it has no successor.

    No query while all of them exist, two otherwise.
    """
    agencies = [agency for agency in agencies if agency is not None]
    ended = [agency for agency in agencies if has_ended(agency, today)]
    heirs = heirs_of([agency.pk for agency in ended], today)
    for agency in ended:
        heir = heirs.get(agency.pk)
        agency.now_called = heir.current_name if heir else ""
    return agencies


def present_name_of(agency: Agency, called: str) -> str:
    """What an agency is today where it was called otherwise: its successor, or its own new name; blank if neither.

    Shape: the agency comes from `with_present_names`.
    """
    now = getattr(agency, "now_called", "") or agency.current_name
    return "" if now == called else now


def has_ended(agency: Agency, day: date) -> bool:
    """Whether an agency's last day lies before a day."""
    return agency.valid_to is not None and agency.valid_to < day


def existing_on(agencies: QuerySet[Agency], day: date) -> QuerySet[Agency]:
    """Those that exist on a day, in units that then exist: what a form may offer for it. Rule: R-SUCC-6."""
    return agencies.filter(
        Q(valid_to=None) | Q(valid_to__gte=day),
        Q(unit__valid_to=None) | Q(unit__valid_to__gte=day),
        valid_from__lte=day,
    )


def must_exist_on(agencies: Iterable[Agency], day: date, field: str) -> None:
    """What is chosen for a day exists on it, and so does its unit.

    Rule: R-SUCC-6.
    Raises: RuleBroken naming the agency, the day it ended or begins, and what it is now.
    """
    agencies = list(agencies)
    prefetch_related_objects(agencies, "unit")
    for agency in agencies:
        ends = [last for last in (agency.valid_to, agency.unit.valid_to) if last is not None]
        if ends and min(ends) < day:
            raise RuleBroken(_ended_words(agency, min(ends), day), field)
        if agency.valid_from > day:
            told = {"agency": agency.current_name, "day": wording.day(agency.valid_from)}
            raise RuleBroken(_("%(agency)s begins on %(day)s only") % told, field)


def said_ended(agency: Agency) -> str:
    """One sentence: that an agency ended, when, and what it is now. Rule: R-SUCC-6."""
    after = max(clock.today(), agency.valid_to + timedelta(days=1))
    heir = heirs_of([agency.pk], after).get(agency.pk)
    told = {"day": wording.day(agency.valid_to), "heir": heir.current_name if heir else ""}
    return (_("The agency ended on %(day)s, now %(heir)s.") if heir else _("The agency ended on %(day)s.")) % told


def _ended_words(agency: Agency, last_day: date, day: date) -> str:
    heir = heirs_of([agency.pk], day).get(agency.pk)
    told = {"agency": agency.current_name, "day": wording.day(last_day), "heir": heir.current_name if heir else ""}
    if heir is None:
        return _("%(agency)s ended on %(day)s and cannot be chosen for a later day") % told
    return _("%(agency)s ended on %(day)s, now %(heir)s") % told
