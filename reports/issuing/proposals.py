"""What an agency's own paper is proposed to be numbered and signed with, and where its issue stands."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from agencies.people.queries import head_on
from coordination.conferences.models import Conference
from coordination.register.models import NumberSeries
from reports.documents.enums import PaperKind
from reports.documents.kinds import Kind
from reports.documents.meeting import chair
from reports.documents.models import SUBJECTS, Registration
from reports.issuing.models import IssuedDocument


@dataclass(frozen=True)
class Proposal:
    """What a form begins with, and the series its number comes from where it is open already."""

    facts: dict[str, object]
    series: NumberSeries | None


@dataclass(frozen=True)
class Issue:
    """Where the issue of a paper stands: the number it was given, the paper as it was issued."""

    given: Registration | None
    issued: IssuedDocument | None

    @property
    def is_changeable(self) -> bool:
        """Whether number, day and signer can still be given or changed."""
        return self.issued is None


def issue_of(kind: Kind, subject: Model) -> Issue:
    """The live number of a paper and the issued paper that was not taken back. Two queries."""
    about = {SUBJECTS[kind.code]: subject}
    given = Registration.objects.live().filter(kind=kind.code, **about).select_related("entry__series__agency").first()
    issued = IssuedDocument.objects.filter(kind=kind.code, withdrawal=None, **about)
    numbered = issued.filter(document_number__isnull=False).select_related("file").first()
    return Issue(given if numbered or (given and given.entry.is_reserved) else None, numbered)


def proposal_for(kind: Kind, subject: Model, given: Registration | None, *, today: date) -> Proposal:
    """What was given already; otherwise the next number of the series, today, and the head who signs by their title."""
    if given is not None:
        facts = {name: getattr(given, name) for name in ("dated_on", "authority", "title", "signer", "minute_taker")}
        return Proposal(facts | {"number": given.entry.number, "symbol": given.entry.symbol}, given.entry.series)
    agency, day = kind.issuer(subject), _usual_day(kind, subject, today)
    name = agency.name_on(day)
    held = NumberSeries.objects.filter(agency=agency, document_type=kind.series, valid_from__lte=day, valid_to__gte=day)
    series = held.select_related("agency").first()
    facts = {"number": series.next_number if series else 1, "symbol": kind.symbol(name), "dated_on": day}
    if kind.code == PaperKind.MINUTES:
        return Proposal(facts | {"signer": chair(subject)[0]}, series)
    head = head_on(agency, day)
    signing = {"authority": name.authority, "title": name.head_title, "signer": head.person.full_name} if head else {}
    if head and head.holding.is_acting:
        signing["authority"] = head.authority
    return Proposal(facts | signing, series)


def _usual_day(kind: Kind, subject: Model, today: date) -> date:
    """Today; for an invitation never after the conference."""
    if kind.code == PaperKind.INVITATION and isinstance(subject, Conference):
        return min(today, subject.held_on)
    return today
