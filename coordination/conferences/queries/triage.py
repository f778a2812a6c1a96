"""What the triage of conclusions begins with: who would own the task, in which program, by when."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agencies.directory.lineage import has_ended, heirs_of
from agencies.models import Agency, Membership
from coordination.conferences.enums import ProgramPurpose
from coordination.conferences.models import Conference
from coordination.conferences.queries.conclusions import ConclusionRow, conclusion_rows
from coordination.programs.models import Program
from coordination.tasks.permissions import writes_tasks
from coordination.tasks.queries import programs_open_to
from records import clock, wording


@dataclass(frozen=True)
class Proposed:
    """What is proposed for one conclusion that waits: its agencies as they are today, and what is to be known of them.

    `notes` says of each agency that has ended when it did and what it is now.
    """

    row: ConclusionRow
    agencies: list[Agency]
    due_on: date | None
    notes: tuple[str, ...]


def programs_to_give_in(actor: Membership, conference: Conference) -> list[Program]:
    """The programs of the year planned that the actor may add tasks to, those the conference signs first.

    None for an organiser, who keeps the record but writes no tasks. Where units were merged since, those of the unit
    that took the organiser over are among them. Rule: R-SUCC-3.
    """
    if not writes_tasks(actor):
        return []
    signed = conference.program_links.filter(purpose=ProgramPurpose.SIGN).values_list("program_id", flat=True)
    order = {pk: place for place, pk in enumerate(signed)}
    open_to = programs_open_to(actor).covering(conference.plan_year).filter(unit_id__in=actor.unit_ids())
    return sorted(open_to.with_parties(), key=lambda one: (order.get(one.pk, len(order)), one.code))


def to_triage(actor: Membership, conference: Conference) -> list[Proposed]:
    """The conclusions that wait for a task, each with its agencies by who stands for them today. Rule: R-CONCLUDE-2."""
    waiting = [row for row in conclusion_rows(actor, conference) if row.standing.is_waiting]
    today = clock.today()
    ended = [agency for row in waiting for agency in row.agencies if has_ended(agency, today)]
    heirs = heirs_of([agency.pk for agency in ended], today)
    return [_proposed(row, heirs, today) for row in waiting]


def _proposed(row: ConclusionRow, heirs: dict[int, Agency], today: date) -> Proposed:
    standing = [heirs.get(agency.pk) if has_ended(agency, today) else agency for agency in row.agencies]
    notes = tuple(_ended(agency, heirs.get(agency.pk)) for agency in row.agencies if has_ended(agency, today))
    there = {one.pk: one for one in standing if one is not None}
    return Proposed(row, list(there.values()), row.conclusion.due_on, notes)


def _ended(agency: Agency, heir: Agency | None) -> str:
    told = {"agency": agency.current_name, "day": wording.day(agency.valid_to), "heir": heir and heir.current_name}
    if heir is None:
        return _("%(agency)s ended on %(day)s and nobody took it over. Choose another agency.") % told
    return _("%(agency)s ended on %(day)s; %(heir)s took it over and is proposed here.") % told
