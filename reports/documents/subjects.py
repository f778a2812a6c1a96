"""What papers are about, found by the words of an address among what the actor sees."""

from django.db.models import QuerySet

from agencies.models import Membership
from coordination.models import Conference, ConsultationRound, Invitation, PartyReport, Program, UrgingLetter
from reports.composed.enums import ReportKind
from reports.composed.models import ComposedReport

LONGEST_KEY = 15


def programs(actor: Membership) -> QuerySet:
    """Programs the actor sees."""
    return Program.objects.visible_to(actor).select_related("drafting_agency", "unit")


def amendments(actor: Membership) -> QuerySet:
    """Those of them that amend another one."""
    return programs(actor).filter(amends__isnull=False)


def rounds(actor: Membership) -> QuerySet:
    """Rounds of comments the actor sees."""
    seen = ConsultationRound.objects.visible_to(actor)
    return seen.select_related("version", "program__drafting_agency", "program__unit")


def conferences(actor: Membership) -> QuerySet:
    """Conferences the actor sees."""
    people = ("concluded_by", "highest_guest")
    return Conference.objects.visible_to(actor).select_related("organiser", "unit", *people)


def invitations(actor: Membership) -> QuerySet:
    """Invitations the actor sees that were not withdrawn."""
    seen = Invitation.objects.visible_to(actor).standing()
    return seen.select_related("conference__organiser", "conference__unit", "conference__concluded_by", "group")


def party_reports(actor: Membership) -> QuerySet:
    """Reports of parties the actor sees."""
    return PartyReport.objects.visible_to(actor).select_related("agency", "program__unit", "program__drafting_agency")


def urging_letters(actor: Membership) -> QuerySet:
    """Urging letters the actor sees."""
    return UrgingLetter.objects.visible_to(actor).standing().select_related("unit", "issuer", "addressee")


def year_reports(actor: Membership) -> QuerySet:
    """Reports on a program's year the actor sees."""
    seen = ComposedReport.objects.visible_to(actor).filter(kind=ReportKind.PROGRAM)
    return seen.select_related("issuer", "unit", "program__drafting_agency")


def at_program(seen: QuerySet, key: str) -> QuerySet:
    """A program by its code, such as dh-2022-02."""
    return seen.filter(code=key.upper())


def at_round(seen: QuerySet, key: str) -> QuerySet:
    """A round by its program's code and its number, such as dh-2022-01_2."""
    program, _line, number = key.rpartition("_")
    return seen.filter(program__code=program.upper(), number=number) if _is_number(number, 4) else seen.none()


def at_conference(seen: QuerySet, key: str) -> QuerySet:
    """A conference by its day and half-day, such as 2022-03-30-chieu."""
    return seen.at_address(key)


def at_invitation(seen: QuerySet, key: str) -> QuerySet:
    """An invitation by its conference and its number there, such as 2022-03-30-chieu_12."""
    conference, _line, number = key.rpartition("_")
    if not _is_number(number, 4):
        return seen.none()
    return seen.filter(number=number, conference__in=Conference.objects.at_address(conference))


def at_number(seen: QuerySet, key: str) -> QuerySet:
    """What has no other name than its number in the portal."""
    return seen.filter(pk=key) if _is_number(key, LONGEST_KEY) else seen.none()


def _is_number(key: str, most: int) -> bool:
    return key.isascii() and key.isdigit() and len(key) <= most
