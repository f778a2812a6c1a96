"""What the organiser issued about conferences: the invitation before, the notice of conclusions afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from agencies.models import Membership
from coordination.conferences.enums import ConferenceState
from coordination.conferences.models import Attendance, Conference, ConferenceProgram, Invitation
from coordination.register.enums import DocumentType
from coordination.register.issued import IssuedAs, issued_as
from records import clock

NEWS_DAYS = 14


@dataclass(frozen=True)
class Announced:
    """A conference with the paper about it."""

    conference: Conference
    issued: IssuedAs


def invitations_to(actor: Membership, today: date, *, most: int) -> list[Announced]:
    """Conferences to come, of other agencies, to which an invitation was issued; the next one first. Two queries.

    Rule: R-PAPER-3. Invited is whoever sees the conference: who stands on its list or brings a program to it. Where an
    agency of the actor holds a seat of its own the answer to that is what is asked for, and nothing twice.
    """
    seats = Invitation.objects.held_by(actor.agency_ids()).values("conference_id")
    theirs = Conference.objects.visible_to(actor).exclude(organiser_id__in=actor.agency_ids()).exclude(pk__in=seats)
    return _addressed(_news(DocumentType.INVITATION, theirs, today)[:most], actor)


def conclusions_told_to(actor: Membership, today: date, *, most: int) -> list[Announced]:
    """Conferences of other agencies whose notice of conclusions was issued in the last two weeks. Two queries.

    Rule: R-PAPER-3.
    """
    theirs = Conference.objects.visible_to(actor).exclude(organiser_id__in=actor.agency_ids())
    return _addressed(_news(DocumentType.NOTICE, theirs, today)[:most], actor)


def told_by_paper(paper_type: DocumentType, today: date) -> list[tuple[Announced, list[int]]]:
    """Conferences of which a paper is news, with the agencies that attend or bring a program. Five queries.

    Rule: R-PAPER-3. Of an invitation those are left out that hold a seat: each of them is asked by its own.
    """
    found = {one.conference.pk: one for one in _news(paper_type, Conference.objects.all(), today)}
    attending = Attendance.objects.filter(agency__isnull=False)
    parties = ConferenceProgram.objects.filter(program__parties__isnull=False)
    concerned = _agencies(attending, "agency_id", found) | _agencies(parties, "program__parties__agency_id", found)
    seats = Invitation.objects.standing().filter(agency__isnull=False, sent_at__isnull=False)
    seated = _agencies(seats, "agency_id", found)
    told = concerned - seated if paper_type == DocumentType.INVITATION else concerned | seated
    return [(one, sorted(agency for pk, agency in told if pk == number)) for number, one in found.items()]


def papers_told(paper_type: DocumentType, conferences: Iterable[Conference], today: date) -> dict[int, IssuedAs]:
    """The papers of a type about some conferences that are still news, by conference. Two queries at most."""
    keys = [conference.pk for conference in conferences]
    rows = Conference.objects.filter(pk__in=keys) if keys else Conference.objects.none()
    return {one.conference.pk: one.issued for one in _news(paper_type, rows, today)}


def _agencies(rows: QuerySet, column: str, conferences: Iterable[int]) -> set[tuple[int, int]]:
    found = rows.filter(conference__in=list(conferences)).order_by().values_list("conference_id", column)
    return set(found.distinct())


def _news(kind: DocumentType, conferences: QuerySet[Conference], today: date) -> list[Announced]:
    """Invitations to what is to come; conclusions for two weeks after they were issued. Two queries."""
    if kind == DocumentType.INVITATION:
        rows = conferences.filter(held_on__gte=today).exclude(state=ConferenceState.HELD).order_by("held_on", "pk")
    else:
        rows = conferences.filter(state=ConferenceState.HELD).order_by("-held_on", "-pk")
    found = list(rows.select_related("organiser", "unit"))
    issued = issued_as(kind, [conference.pk for conference in found])
    since = clock.at(today - timedelta(days=NEWS_DAYS))
    announced = [Announced(one, issued[one.pk]) for one in found if one.pk in issued]
    return [one for one in announced if kind == DocumentType.INVITATION or one.issued.issued_at >= since]


def _addressed(announced: list[Announced], actor: Membership) -> list[Announced]:
    for one in announced:
        one.conference.addressed_for(actor)
    return announced
