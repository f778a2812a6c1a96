"""What is frozen when a version is locked: the whole content with the names of that day, and its digest."""

import hashlib
import json
from datetime import date

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet

from agencies.models import Agency
from coordination.programs.models import Program, ProgramParty
from coordination.programs.queries import outline_of
from coordination.programs.queries.agreement import AGREED_KINDS, AGREED_STEPS
from coordination.programs.queries.foundation import foundation_lines

_TASK_FACTS = (
    "code",
    "title",
    "deliverable",
    "schedule_kind",
    "schedule_number",
    "start_on",
    "due_on",
    "legal_due_on",
    "area__code",
    "area__name",
    "section_id",
    "section__numbering",
    "section__heading",
    "note",
)

_SELDOM = {
    "schedule_until": "until",
    "due_time": "due_time",
    "follows__code": "follows",
    "within_days": "within_days",
    "proof": "proof",
}
_COLUMNS = ("pk", *_TASK_FACTS, *_SELDOM, "step_count")
_ROLE = (
    "roles__kind",
    "roles__agency__code",
    "roles__body",
    "roles__office__title",
    "roles__contribution",
    "roles__group__name",
)
_TARGET = (
    "targets__name",
    "targets__operator",
    "targets__value",
    "targets__unit",
    "targets__words",
    "targets__part_of__position",
)


def snapshot_of(program: Program, day: date) -> dict:
    """The content of a program as plain values; parties and agencies at work by the names they had on the day.

    Each section and task carries the key of its row, so that a comparison follows one that was moved or renumbered:
    a section is [depth, number, heading, text, key]. Versions of before these keys stay as they were frozen.
    Why: the number, the date and the signers are filled in during signing, so they are no part of it.
    """
    content = {
        "code": program.code,
        "kind": program.kind,
        "title": program.title,
        "short_title": program.short_title,
        "period": [program.period_start, program.period_end],
        "based_on": program.based_on.code if program.based_on else "",
        "continues": program.continues.code if program.continues else "",
        "opening": program.opening,
        "effect_clause": program.effect_clause,
        "place": program.place,
        "recipients": program.recipients,
        "parties": [_party(party, day) for party in program.parties.all()],
        "legal_bases": [*(basis.text for basis in program.legal_bases.all()), *foundation_lines(program)],
        "sections": [
            [entry.depth, entry.section.numbering, entry.section.heading, entry.section.body, entry.section.pk]
            for entry in outline_of(program)
        ],
        "tasks": tasks_of(program),
        "agencies": agencies_at_work(program, day),
    }
    if program.amends_id:
        content["amends"] = _amended(program.amends, program)
    return plain(content)


def canonical(content: dict) -> str:
    """One fixed writing: sorted keys, no spaces, letters as they are."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)


def plain(content: dict) -> dict:
    """The content as a version keeps it: days and quantities as they are written."""
    return json.loads(canonical(content))


def digest_of(content: dict) -> str:
    """SHA-256 of the canonical writing in UTF-8, in hexadecimal."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _party(party: ProgramParty, day: date) -> dict:
    name = party.agency.name_on(day)
    through = party.signs_through
    return {
        "agency": party.agency.code,
        "name": name.name,
        "short_name": name.short_name,
        "letterhead": [party.letterhead_order, name.superior_lines, name.letterhead_lines],
        "signs": [party.signing_order, through.code if through else ""],
        "is_lead": party.is_lead,
    }


def _amended(first: Program, amendment: Program) -> dict:
    """What an amendment amends, as it is known now; it stays on the paper as the parties signed it."""
    on = first.signed_on or amendment.drafted_on
    return {
        "code": first.code,
        "kind": first.kind,
        "title": first.title,
        "number": first.document_number,
        "symbol": first.document_symbol,
        "signed_on": first.signed_on,
        "parties": [party.agency.name_on(on).name for party in first.parties.all()],
        "by": amendment.amends_by,
        "ordinal": amendment.amendment_number,
    }


def tasks_of(program: Program) -> list[dict]:
    """The tasks of a program as a version freezes them, in their order; those cancelled are left out.

    Three queries, four where some have steps.
    What few tasks say, such as waves or a group, is told of those only: the digest of all others stays what it was.
    """
    tasks = {
        row["pk"]: _seldom(row) | {"roles": [], "targets": []}
        for row in _kept(program).order_by("ordinal").annotate(step_count=AGREED_STEPS).values(*_COLUMNS)
    }
    roles = _kept(program).filter(roles__isnull=False).order_by("ordinal", "roles__kind", "roles__position")
    for pk, *role, group in roles.values_list("pk", *_ROLE):
        tasks[pk]["roles"].append([*role, group] if group else role)
    targets = _kept(program).filter(targets__isnull=False).order_by("ordinal", "targets__position")
    for pk, *target, part_of in targets.values_list("pk", *_TARGET):
        tasks[pk]["targets"].append([*target, part_of] if part_of else target)
    counts = [task.pop("step_count") for task in tasks.values()]
    if any(counts):
        _add_steps(program, tasks)
    for task in tasks.values():
        task["key"] = task.pop("pk")
    return list(tasks.values())


def _kept(program: Program) -> QuerySet:
    return program.tasks.exclude(state="cancelled")


def _seldom(row: dict) -> dict:
    """A task's facts with the details of its schedule and the kind of proof, where it has any."""
    more = {short: row.pop(name) for name, short in _SELDOM.items()}
    follows, proof = more.pop("follows"), more.pop("proof")
    detail = {name: value for name, value in more.items() if value is not None}
    detail |= {"follows": follows.rpartition("-")[2]} if follows else {}
    return row | ({"schedule": detail} if detail else {}) | ({"proof": proof} if proof else {})


def _add_steps(program: Program, tasks: dict[int, dict]) -> None:
    """The waves and the parts of the work; turns follow from the schedule and are not agreed one by one."""
    steps = _kept(program).filter(steps__kind__in=AGREED_KINDS).order_by("ordinal", "steps__kind", "steps__position")
    for pk, kind, *step, agency in steps.values_list(
        "pk", "steps__kind", "steps__start_on", "steps__due_on", "steps__title", "steps__agency__code"
    ):
        if kind == "wave":
            tasks[pk].setdefault("schedule", {}).setdefault("waves", []).append(step)
        else:
            tasks[pk].setdefault("items", []).append([step[2], step[1], agency or ""])


def agencies_at_work(program: Program, day: date) -> dict[str, str]:
    """Short names, on the day, of the agencies that lead or coordinate tasks, by their codes. Two queries."""
    at_work = (
        Agency.objects.filter(task_roles__task__program=program, task_roles__task__binned_at=None)
        .distinct()
        .prefetch_related("names")
    )
    return {agency.code: agency.name_on(day).short_name for agency in at_work}
