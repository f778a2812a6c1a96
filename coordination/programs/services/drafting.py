"""Creating a program and changing its facts while it is drafted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Max, ProtectedError
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.directory.lineage import must_exist_on
from agencies.models import AdminUnit, Agency, Membership
from coordination.programs.enums import ProgramKind, ProgramState
from coordination.programs.models import LegalBasis, Program, ProgramParty, ProgramStateChange
from coordination.programs.permissions import can_create_program, can_edit_program
from coordination.programs.queries.missing import MAX_PARTIES, MIN_PARTIES
from coordination.programs.queries.standing import standing_parties
from coordination.programs.services.doors import (
    locked,
    must_be_editable,
    must_be_in_order,
    must_be_real_year,
    must_be_revision,
)
from coordination.programs.services.foundation import (
    FoundationDraft,
    foundation_told,
    must_not_circle,
    set_foundation,
)
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import named, record
from records.errors import RuleBroken

EDITABLE_FIELDS = frozenset(
    {
        "kind",
        "title",
        "short_title",
        "period_start",
        "period_end",
        "based_on",
        "continues",
        "opening",
        "effect_clause",
        "place",
        "recipients",
        "document_symbol",
    }
)
LONGEST_BASIS = 500
_OUT_OF_THE_WAY = 1000


@dataclass(frozen=True)
class PartyDraft:
    """One party as it is chosen: the agency, whether it leads, and the agency that signs for it where one does."""

    agency: Agency
    is_lead: bool = False
    signs_through: Agency | None = None


@transaction.atomic
def create_program(
    *,
    actor: Membership,
    year: int,
    kind: str,
    title: str,
    short_title: str,
    period_start: date,
    period_end: date,
    parties: Sequence[PartyDraft],
    drafting_agency: Agency | None = None,
    based_on: Program | None = None,
    continues: Program | None = None,
    opening: str = "",
    effect_clause: str = "",
    place: str = "",
    recipients: str = "",
    document_symbol: str = "",
    foundation: FoundationDraft | None = None,
) -> Program:
    """Open the draft of a program of the actor's unit, under the next code of its year.

    Rule: R-PROGRAM-1. Two to sixteen parties of one unit, one of them leading; drafted by an agency the actor acts for.
    Raises: NotAllowed; RuleBroken naming the field.
    """
    require(can_create_program(actor))
    drafting_agency = drafting_agency or actor.agency
    unit = AdminUnit.objects.select_for_update(of=("self",)).get(pk=actor.unit_id)
    program = Program(
        unit=unit,
        year=year,
        kind=kind,
        title=title,
        short_title=short_title,
        period_start=period_start,
        period_end=period_end,
        drafting_agency=drafting_agency,
        based_on=based_on,
        continues=continues,
        opening=opening,
        effect_clause=effect_clause,
        place=place,
        recipients=recipients,
        document_symbol=document_symbol,
        drafted_on=clock.today(),
    )
    if not actor.acts_for(drafting_agency.pk):
        raise RuleBroken(_("Choose an agency you act for"), "drafting_agency")
    must_exist_on([drafting_agency], clock.today(), "drafting_agency")
    _check_facts(program, actor)
    _check_parties(program, parties, actor)
    program.ordinal = (Program.objects.filter(unit=unit, year=year).aggregate(last=Max("ordinal"))["last"] or 0) + 1
    program.code = f"{unit.code}-{year}-{program.ordinal:02}"
    program.save(force_insert=True)
    _set_parties(program, parties)
    set_foundation(program, foundation)
    ProgramStateChange.objects.create(
        program=program, to_state=ProgramState.DRAFT, on=clock.today(), at=clock.now(), by=actor
    )
    told = _facts(program) | _parties_told(parties) | foundation_told(program)
    record(AuditAction.CREATED, actor=actor, about=program, after=told)
    return program


@transaction.atomic
def edit_program(program: Program, *, actor: Membership, revision: int, **fields) -> Program:
    """Change the facts of a draft; `parties`, `legal_bases` and `foundation`, where given, are written anew.

    Raises: NotAllowed; Conflict when the draft was changed or moved on meanwhile; RuleBroken naming the field.
    """
    program = locked(program, actor=actor)
    require(can_edit_program(actor, program))
    must_be_editable(program)
    must_be_revision(program, revision)
    parties, legal_bases = fields.pop("parties", None), fields.pop("legal_bases", None)
    foundation = fields.pop("foundation", None)
    if unknown := fields.keys() - EDITABLE_FIELDS:
        raise TypeError(f"not editable: {', '.join(sorted(unknown))}")
    before = _facts(program)
    for name, value in fields.items():
        setattr(program, name, value)
    _check_facts(program, actor)
    program.revision += 1
    program.save()
    after = _facts(program)
    if parties is not None:
        _check_parties(program, parties, actor)
        _check_amending_parties(program, parties)
        before |= _parties_told(program.parties.select_related("agency"))
        _set_parties(program, parties)
        after |= _parties_told(parties)
    if foundation is not None:
        before |= foundation_told(program)
        set_foundation(program, foundation)
        after |= foundation_told(program)
    if legal_bases is not None:
        before |= {"legal_bases": [basis.text for basis in program.legal_bases.all()]}
        after |= {"legal_bases": [basis.text for basis in _set_legal_bases(program, legal_bases)]}
    changed = {name: value for name, value in after.items() if before.get(name) != value}
    record(
        AuditAction.CHANGED,
        actor=actor,
        about=program,
        before={name: before.get(name) for name in changed},
        after=changed,
    )
    return program


@transaction.atomic
def set_legal_bases(
    program: Program, *, actor: Membership, texts: Sequence[str], revision: int | None = None
) -> list[LegalBasis]:
    """Write the legal bases anew, in the order given; empty lines are left out.

    Raises: NotAllowed; Conflict; RuleBroken for a line over 500 characters.
    """
    program = locked(program, actor=actor)
    require(can_edit_program(actor, program))
    must_be_editable(program)
    if revision is not None:
        must_be_revision(program, revision)
    before = [basis.text for basis in program.legal_bases.all()]
    bases = _set_legal_bases(program, texts)
    program.revision += 1
    program.save(update_fields=["revision"])
    record(
        AuditAction.CHANGED,
        actor=actor,
        about=program,
        before={"legal_bases": before},
        after={"legal_bases": [basis.text for basis in bases]},
    )
    return bases


def _check_facts(program: Program, actor: Membership) -> None:
    must_be_real_year(program.year, "year")
    must_be_real_year(program.period_start.year, "period_start")
    must_be_real_year(program.period_end.year, "period_end")
    must_be_in_order(program.period_start, program.period_end, "period_end")
    if not program.period_start.year <= program.year <= program.period_end.year:
        raise RuleBroken(_("The period must touch the year %(year)s") % {"year": program.year}, "period_start")
    if program.kind not in ProgramKind.values:
        raise RuleBroken(_("Choose one of the listed values"), "kind")
    for name in ("title", "short_title"):
        value = " ".join(getattr(program, name).split())
        if not value:
            raise RuleBroken(_("A program has a title and a short title"), name)
        if len(value) > Program._meta.get_field(name).max_length:
            raise RuleBroken(_("The title is too long"), name)
    for name in ("based_on", "continues"):
        _check_related(program, name, actor)
    must_not_circle(program, actor)


def _check_related(program: Program, name: str, actor: Membership) -> None:
    related_id = getattr(program, f"{name}_id")
    if related_id is None:
        return
    if related_id == program.pk or not Program.objects.visible_to(actor).filter(pk=related_id).exists():
        raise RuleBroken(_("Choose one of the listed values"), name)


def _check_parties(program: Program, parties: Sequence[PartyDraft], actor: Membership) -> None:
    """Parties are of one unit, or of those that took over its agencies, and exist until the program's last day."""
    agencies, units = [party.agency.pk for party in parties], {program.unit_id, *actor.unit_ids()}
    if not MIN_PARTIES <= len(parties) <= MAX_PARTIES:
        raise RuleBroken(_("Choose from 2 to 16 parties"), "parties")
    if len(set(agencies)) != len(agencies):
        raise RuleBroken(_("Each party can be chosen once only"), "parties")
    if any(party.agency.unit_id not in units for party in parties):
        raise RuleBroken(_("Choose one of the listed values"), "parties")
    if any(party.signs_through and party.signs_through.unit_id not in units for party in parties):
        raise RuleBroken(_("Choose one of the listed values"), "parties")
    must_exist_on([party.agency for party in parties], program.period_end, "parties")
    if sum(party.is_lead for party in parties) != 1:
        raise RuleBroken(_("Choose one lead party among the parties"), "lead")


def _check_amending_parties(program: Program, parties: Sequence[PartyDraft]) -> None:
    """An amendment is signed by the parties of the program it amends, or by who took them over. Rule: R-AMEND-1."""
    if program.amends_id is None:
        return
    lead, *others = (agency.pk for agency in standing_parties(program.amends, clock.today(), lead_first=True))
    chosen = {party.agency.pk: party.is_lead for party in parties}
    if chosen.keys() != {lead, *others} or not chosen[lead]:
        words = _("An amendment is signed by the same parties as %(code)s, under the same lead")
        raise RuleBroken(words % {"code": program.amends.code}, "parties")


def _set_parties(program: Program, parties: Sequence[PartyDraft]) -> None:
    """Rows of agencies that stay are kept, so that slots of returned versions keep their party.

    The letterhead follows the order given. Those who stay keep their turns to sign, new ones sign after them; where
    another party leads than before, it signs first.
    """
    kept = {party.agency_id: party for party in program.parties.all()}
    turns = _turns(kept, parties)
    wanted = {party.agency.pk for party in parties}
    try:
        program.parties.exclude(agency_id__in=wanted).delete()
    except ProtectedError as protected:
        raise RuleBroken(_why_kept(protected), "parties") from protected
    program.parties.update(
        letterhead_order=F("letterhead_order") + _OUT_OF_THE_WAY,
        signing_order=F("signing_order") + _OUT_OF_THE_WAY,
        is_lead=False,
    )
    for place, draft in enumerate(parties):
        party = kept.get(draft.agency.pk) or ProgramParty(program=program, agency=draft.agency)
        party.letterhead_order, party.signing_order = place + 1, turns.index(place) + 1
        party.is_lead, party.signs_through = draft.is_lead, draft.signs_through
        party.save()


def _turns(kept: dict[int, ProgramParty], parties: Sequence[PartyDraft]) -> list[int]:
    """The places of the parties, in the order in which they sign."""
    led = {agency_id for agency_id, party in kept.items() if party.is_lead}

    def turn(place: int) -> tuple[bool, int]:
        draft, before = parties[place], kept.get(parties[place].agency.pk)
        leads_anew = draft.is_lead and draft.agency.pk not in led
        return not leads_anew, before.signing_order if before else _OUT_OF_THE_WAY

    return sorted(range(len(parties)), key=turn)


def _why_kept(protected: ProtectedError) -> str:
    """What a party has done that binds it to the program."""
    if {row._meta.model_name for row in protected.protected_objects} & {"comment", "roundreply"}:
        return _("A party that has commented on the draft cannot be left out")
    if {row._meta.model_name for row in protected.protected_objects} & {"partyagreement"}:
        return _("A party that has said whether it agrees cannot be left out")
    return _("A party of an earlier signing version cannot be left out")


def _set_legal_bases(program: Program, texts: Sequence[str]) -> list[LegalBasis]:
    lines = [" ".join(line.split()) for line in texts if line.strip()]
    for place, line in enumerate(lines, start=1):
        if len(line) > LONGEST_BASIS:
            raise RuleBroken(_("Line %(line)s is longer than 500 characters") % {"line": place}, "legal_bases")
    program.legal_bases.all().delete()
    return LegalBasis.objects.bulk_create(
        LegalBasis(program=program, position=place, text=line) for place, line in enumerate(lines, start=1)
    )


def _facts(program: Program) -> dict:
    """The columns an audit entry tells about."""
    columns = {name: getattr(program, name) for name in EDITABLE_FIELDS - {"based_on", "continues"}}
    related = {"based_on": str(program.based_on or ""), "continues": str(program.continues or "")}
    return columns | related | {"drafting_agency": named(program.drafting_agency)}


def _parties_told(parties: Iterable[PartyDraft | ProgramParty]) -> dict:
    return {"parties": [named(party.agency) | {"is_lead": party.is_lead} for party in parties]}
