"""What each party says of the text, measured against the text as it stands today."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count, Model, Prefetch, Q, QuerySet, prefetch_related_objects

from coordination.programs.enums import SETTLED_STATES, AgreementGround, AgreementStanding, Stance
from coordination.programs.models import PartyAgreement, Program, ProgramParty

_FACTS = ("kind", "title", "period_start", "period_end", "opening", "effect_clause", "place", "recipients")
_SECTION = ("pk", "parent_id", "position", "numbering", "heading", "body")
_PARTY = ("agency_id", "letterhead_order", "signing_order", "is_lead", "signs_through_id")
_TASK = (
    "pk", "title", "deliverable", "schedule_kind", "schedule_number", "start_on", "due_on", "legal_due_on",
    "area_id", "section_id", "confirming_agency_id", "note",
)  # fmt: skip
# What few tasks say stands behind what all say and counts only where it is said, so that a text agreed before these
# could be said is the same text still.
_SELDOM = ("schedule_until", "due_time", "follows_id", "within_days", "proof", "step_count")
_ROLE = ("roles__kind", "roles__position", "roles__agency_id", "roles__body", "roles__office_id", "roles__contribution")
# Waves and parts of the work are agreed; turns follow from the schedule.
AGREED_KINDS = ("wave", "item")
AGREED_STEPS = Count("steps", filter=Q(steps__kind__in=AGREED_KINDS))
_STEP = ("steps__kind", "steps__position", "steps__start_on", "steps__due_on", "steps__title", "steps__agency_id")
_TARGET = (
    "targets__position",
    "targets__name",
    "targets__operator",
    "targets__value",
    "targets__unit",
    "targets__words",
)
_PARTIES = Prefetch("parties", ProgramParty.objects.select_related("agency"))
_KEY = attrgetter("pk")
_STANDINGS = {
    Stance.AGREES: AgreementStanding.AGREED,
    Stance.RESERVES: AgreementStanding.RESERVED,
    Stance.DISAGREES: AgreementStanding.REFUSED,
}
_HELD = (AgreementStanding.AGREED, AgreementStanding.RESERVED)


@dataclass(frozen=True)
class PartyStanding:
    """One party with its last statement and where that stands against the text of today."""

    party: ProgramParty
    said: PartyAgreement | None
    status: AgreementStanding

    @property
    def agrees(self) -> bool:
        """Whether the party agrees with the text as it stands, with a reservation or without."""
        return self.status in _HELD

    @property
    def name(self) -> str:
        return self.party.agency.current_short_name

    @property
    def is_lapsed(self) -> bool:
        return self.status == AgreementStanding.LAPSED

    @property
    def is_awaited(self) -> bool:
        """Whether the party has said nothing yet of the text as it stands."""
        return self.status in (AgreementStanding.AWAITED, AgreementStanding.LAPSED)

    @property
    def stance(self) -> Stance | None:
        return Stance(self.said.stance) if self.said else None

    @property
    def is_silent(self) -> bool:
        return self.said is not None and self.said.ground == AgreementGround.SILENCE


def text_digests(programs: Sequence[Program]) -> dict[int, str]:
    """The digest of what the parties agree on, by program: facts, parties, legal bases, sections and tasks.

    Rule: R-AGREE-1. Names of agencies are no part of it: a new name is no new text. Six queries for any number, seven
    where tasks have steps, fewer where parties, legal bases or sections were fetched with the programs.
    Shape: SHA-256 in hexadecimal by the program's key.
    """
    prefetch_related_objects(programs, _PARTIES, "legal_bases", "sections")
    tasks = _tasks_of([program.pk for program in programs])
    parts = {
        "parties": {one.pk: _values(one.parties.all(), _PARTY) for one in programs},
        "legal_bases": {one.pk: _values(one.legal_bases.all(), ("text",)) for one in programs},
        "sections": {one.pk: _values(sorted(one.sections.all(), key=_KEY), _SECTION) for one in programs},
        "tasks": _by_program(tasks.annotate(step_count=AGREED_STEPS).order_by("pk"), _TASK, _SELDOM),
        "roles": _by_program(
            tasks.filter(roles__isnull=False).order_by("pk", *_ROLE[:2]), ("pk", *_ROLE), ("roles__group_id",)
        ),
        "targets": _by_program(
            tasks.filter(targets__isnull=False).order_by("pk", *_TARGET[:1]), ("pk", *_TARGET), ("targets__part_of_id",)
        ),
    }
    has_steps = any(
        isinstance(row[-1], dict) and "step_count" in row[-1] for rows in parts["tasks"].values() for row in rows
    )
    steps = _steps_of(tasks) if has_steps else {}
    digests = {}
    for program in programs:
        content = {name: rows.get(program.pk, []) for name, rows in parts.items()}
        content |= {"steps": steps[program.pk]} if program.pk in steps else {}
        content["facts"] = [getattr(program, name) for name in _FACTS]
        written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)
        digests[program.pk] = hashlib.sha256(written.encode()).hexdigest()
    return digests


def text_digest(program: Program) -> str:
    """The digest of one program's text as it stands."""
    return text_digests([program])[program.pk]


def last_said(program: Program, party: ProgramParty) -> PartyAgreement | None:
    """What a party said last, of whatever text."""
    return program.agreements.filter(party=party).order_by("pk").last()


def agreement_of(program: Program, digest: str | None = None) -> list[PartyStanding]:
    """Every party in the order of the letterhead with its last statement; one on an earlier text has lapsed.

    Rule: R-AGREE-1. `digest` is that of the text today, where the caller has it already.
    """
    return agreements_of([program], {program.pk: digest} if digest else None)[program.pk]


def agreements_of(programs: Sequence[Program], digests: dict[int, str] | None = None) -> dict[int, list[PartyStanding]]:
    """The standing of every party of many programs, by program. Seven queries for any number, two where none spoke.

    In a settled program what was agreed stands: its tasks move from then on by decisions of their own.
    """
    if not programs:
        return {}
    said = PartyAgreement.objects.filter(program__in=programs).select_related("by__agency").order_by("pk")
    last = {one.party_id: one for one in said}
    spoken_of = {one.program_id for one in last.values()}
    prefetch_related_objects(programs, _PARTIES)
    digests = digests or text_digests(
        [one for one in programs if one.pk in spoken_of and one.state not in SETTLED_STATES]
    )
    return {
        program.pk: [_standing(party, last.get(party.pk), digests.get(program.pk)) for party in program.parties.all()]
        for program in programs
    }


def standing_of(said: PartyAgreement | None, digest: str) -> AgreementStanding:
    """Where a statement stands against a text."""
    if said is None:
        return AgreementStanding.AWAITED
    return _STANDINGS[Stance(said.stance)] if said.digest == digest else AgreementStanding.LAPSED


def _standing(party: ProgramParty, said: PartyAgreement | None, digest: str | None) -> PartyStanding:
    return PartyStanding(party, said, standing_of(said, digest or (said.digest if said else "")))


def _values(rows: Iterable[Model], columns: tuple[str, ...]) -> list[list]:
    return [[getattr(row, column) for column in columns] for row in rows]


def _tasks_of(keys: list[int]) -> QuerySet:
    """Tasks are reached over the programs, because the room above this one keeps them; cancelled ones are no text."""
    return Program._meta.get_field("tasks").related_model.objects.filter(program_id__in=keys).exclude(state="cancelled")


def _steps_of(tasks: QuerySet) -> dict[int, list[list]]:
    rows = tasks.filter(steps__kind__in=AGREED_KINDS).order_by("pk", *_STEP[:2])
    return _by_program(rows, ("pk", *_STEP))


def _by_program(rows: QuerySet, columns: tuple[str, ...], seldom: tuple[str, ...] = ()) -> dict[int, list[list]]:
    """Rows by program; of the columns behind the others only what is said, by its name."""
    grouped: dict[int, list[list]] = {}
    for program, *values in rows.values_list("program_id", *columns, *seldom):
        usual, more = values[: len(columns)], zip(seldom, values[len(columns) :], strict=True)
        said = {name: value for name, value in more if value}
        grouped.setdefault(program, []).append([*usual, said] if said else usual)
    return grouped
