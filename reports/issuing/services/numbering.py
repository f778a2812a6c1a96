"""An agency's own papers get their number, day and signer, and are issued with them."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.directory.enums import SigningAuthority
from agencies.models import Membership
from coordination.models import PartyReport, RegisterEntry, UrgingLetter
from coordination.register.enums import NumberState
from coordination.register.services.numbers import mark_used, mark_void, take
from coordination.register.services.series import series_on
from coordination.urging.services import mark_sent
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken
from reports.composed.models import ComposedReport
from reports.composed.queries import awaits_approval
from reports.documents.enums import PaperKind
from reports.documents.kinds import Kind
from reports.documents.models import SUBJECTS, Registration
from reports.issuing.models import IssuedDocument
from reports.issuing.permissions import can_issue_paper
from reports.issuing.rendering import rendered
from reports.issuing.services.keeping import keep_issued

WRITTEN_BY_PEOPLE = (PaperKind.CONFERENCE_REPORT, PaperKind.YEAR_REPORT)
LONGEST_SYMBOL, LONGEST_TITLE, LONGEST_NAME = 60, 200, 120


@dataclass(frozen=True, kw_only=True)
class Signing:
    """Who signs a paper: the ground, the title and the name; without a title the head of the agency signs."""

    authority: str = ""
    title: str = ""
    signer: str = ""
    minute_taker: str = ""


@transaction.atomic
def number_paper(
    kind: Kind,
    subject: Model,
    *,
    actor: Membership,
    symbol: str,
    dated_on: date,
    number: int | None = None,
    skipped: str = "",
    signing: Signing = Signing(),
) -> Registration:
    """Give a paper a number out of its agency's register, its day and its signer; changed until it is issued.

    Rule: R-PAPER-2. The number is the next one, or a wanted one that is free; a number given before is void when
    another is taken. A paper that was issued keeps its number, unless it was taken back.
    Raises: NotAllowed; Conflict once it was issued; RuleBroken naming the field.
    """
    subject = _locked(subject)
    require(can_issue_paper(actor, kind, subject))
    _must_be_settled(kind, subject, actor)
    _check(kind, subject, symbol, dated_on, signing)
    if _issued(kind, subject):
        raise Conflict(_("This paper was issued under its number; it can no longer be changed."))
    given = _reserved(kind, subject)
    symbol = " ".join(symbol.split())
    series = series_on(kind.issuer(subject), kind.series, dated_on, actor=actor, first_number=number or 1)
    facts = {"dated_on": dated_on, **_facts(signing)}
    if given is not None and given.entry.series_id == series.pk and number in (None, given.entry.number):
        return _changed(given, symbol, facts, actor)
    if given is not None:
        mark_void(given.entry, actor=actor, reason=_("The paper was given another number."))
    title = kind.build(subject, actor=actor, day=dated_on).title[: RegisterEntry._meta.get_field("subject").max_length]
    entry = take(series, actor=actor, number=number, skipped=skipped, subject=title, symbol=symbol, dated_on=dated_on)
    registration = Registration.objects.create(
        kind=kind.code,
        entry=entry,
        registered_at=clock.now(),
        registered_by=actor,
        **{SUBJECTS[kind.code]: subject},
        **facts,
    )
    told = {"number": entry.number, "document_symbol": symbol, "title": title}
    record(AuditAction.CREATED, actor=actor, about=registration, after=told | _told(facts))
    return registration


def issue_paper(kind: Kind, subject: Model, *, actor: Membership) -> IssuedDocument:
    """Keep an agency's own paper as it stands under its number; issuing the same content again changes nothing.

    Rule: R-PAPER-2. Why: as `issue_program`. An urging letter is sent by it.
    Raises: NotAllowed; RuleBroken for a draft or without a number; Conflict when it was issued with other words, or the
    content changed while it was being made; RenderFailed.
    """
    require(can_issue_paper(actor, kind, subject))
    _must_be_settled(kind, subject, actor)
    _numbered(kind, subject)
    made = rendered(kind.build(subject, actor=actor, day=clock.today()))
    with transaction.atomic():
        subject = _locked(subject)
        require(can_issue_paper(actor, kind, subject))
        given = _numbered(kind, subject)
        before = _issued(kind, subject)
        if before is not None and before.content_digest != made.digest:
            raise Conflict(_("This paper was issued already, with other words. Take that one back first."))
        document = keep_issued(
            made,
            lambda: kind.build(subject, actor=actor, day=clock.today()),
            actor=actor,
            kind=kind.code,
            about={SUBJECTS[kind.code]: subject},
            unit_id=kind.issuer(subject).unit_id,
            document_number=given.entry.number,
            dated_on=given.dated_on,
        )
        if given.entry.state == NumberState.RESERVED:
            mark_used(given.entry, actor=actor, used_on=clock.today(), dated_on=given.dated_on)
        if isinstance(subject, UrgingLetter) and subject.is_open:
            mark_sent(subject, actor=actor, sent_on=given.dated_on)
    return document


def _locked(subject: Model) -> Model:
    """The row a paper is about, held for this transaction."""
    return type(subject).objects.select_for_update(of=("self",)).get(pk=subject.pk)


def _given(kind: Kind, subject: Model) -> Registration | None:
    about = {SUBJECTS[kind.code]: subject}
    return Registration.objects.live().filter(kind=kind.code, **about).select_related("entry__series").first()


def _reserved(kind: Kind, subject: Model) -> Registration | None:
    """The number given while it can still be changed; one that stands on an issued paper is not."""
    given = _given(kind, subject)
    return given if given is not None and given.entry.is_reserved else None


def _numbered(kind: Kind, subject: Model) -> Registration:
    given = _given(kind, subject)
    if given is None:
        raise RuleBroken(_("Give the paper its number and day first."))
    return given


def _issued(kind: Kind, subject: Model) -> IssuedDocument | None:
    """The paper as it was issued under a number, unless it was taken back."""
    about = {SUBJECTS[kind.code]: subject}
    issued = IssuedDocument.objects.filter(kind=kind.code, document_number__isnull=False, withdrawal=None, **about)
    return issued.first()


def _must_be_settled(kind: Kind, subject: Model, actor: Membership) -> None:
    """Raises: RuleBroken for a paper that has no number, one whose content is still a draft, one not approved yet."""
    if kind.series is None:
        raise RuleBroken(_("Papers of this kind have no number of their own."))
    if kind.code in WRITTEN_BY_PEOPLE and awaits_approval(subject):
        raise RuleBroken(_("The report is still being written, or waits for its leader to approve it."))
    if not kind.build(subject, actor=actor, day=clock.today()).is_draft:
        return
    if isinstance(subject, PartyReport):
        raise RuleBroken(_("The report is still being written. Send it to the other parties first."))
    raise RuleBroken(_("The conference has not been closed yet; what is told of it is still a draft."))


def _check(kind: Kind, subject: Model, symbol: str, dated_on: date, signing: Signing) -> None:
    if not symbol.split():
        raise RuleBroken(_("Enter the symbol of the paper"), "symbol")
    if len(symbol) > LONGEST_SYMBOL:
        raise RuleBroken(_("The symbol has at most 60 characters"), "symbol")
    if dated_on > clock.today():
        raise RuleBroken(_("The day must not be in the future"), "dated_on")
    first, last = _days_of(kind, subject)
    if dated_on < first:
        raise RuleBroken(_("A paper is not dated before what it tells of"), "dated_on")
    if last is not None and dated_on > last:
        raise RuleBroken(_("An invitation is not dated after the conference"), "dated_on")
    if signing.authority not in SigningAuthority.values:
        raise RuleBroken(_("Choose one of the listed values"), "authority")
    if len(signing.title) > LONGEST_TITLE:
        raise RuleBroken(_("At most 200 characters"), "title")
    for field in ("signer", "minute_taker"):
        if len(getattr(signing, field)) > LONGEST_NAME:
            raise RuleBroken(_("At most 120 characters"), field)
    if signing.signer and not signing.title:
        raise RuleBroken(_("Enter the title the signer is printed with"), "title")


def _days_of(kind: Kind, subject: Model) -> tuple[date, date | None]:
    """The first and the last day a paper can carry."""
    if isinstance(subject, UrgingLetter):
        return subject.drawn_up_on, None
    if isinstance(subject, PartyReport | ComposedReport):
        return subject.cut_off_on, None
    if kind.code == PaperKind.INVITATION:
        return date.min, subject.held_on
    return (date.min if kind.code == PaperKind.CONFERENCE_REPORT else subject.held_on), None


def _changed(given: Registration, symbol: str, facts: dict, actor: Membership) -> Registration:
    wanted = facts | {"symbol": symbol}
    now = {name: getattr(given, name) for name in facts} | {"symbol": given.entry.symbol}
    if now == wanted:
        return given
    for name, value in facts.items():
        setattr(given, name, value)
    given.save(update_fields=list(facts))
    given.entry.symbol, given.entry.dated_on = symbol, facts["dated_on"]
    given.entry.save(update_fields=["symbol", "dated_on", "text_folded"])
    record(AuditAction.CHANGED, actor=actor, about=given, before=_told(now), after=_told(wanted))
    return given


def _facts(signing: Signing) -> dict[str, str]:
    return {
        "authority": signing.authority,
        "title": " ".join(signing.title.split()),
        "signer": " ".join(signing.signer.split()),
        "minute_taker": " ".join(signing.minute_taker.split()),
    }


def _told(facts: dict) -> dict:
    """Facts as the audit keeps them, by its own names for them."""
    names = {"title": "signer_title", "symbol": "document_symbol"}
    return {names.get(name, name): value for name, value in facts.items()}
