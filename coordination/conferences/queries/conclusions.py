"""Conclusions with whom they are given to and the tasks they became, and the conferences some of them wait in."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from agencies.access.enums import Role
from agencies.directory.lineage import with_present_names
from agencies.models import Agency, Membership
from coordination.conferences.enums import ConclusionStanding, ConferenceState
from coordination.conferences.models import Conclusion, Conference
from coordination.tasks.enums import TaskState
from coordination.tasks.models import Task
from records import clock


@dataclass(frozen=True)
class ConclusionRow:
    """A conclusion, its agencies in protocol order, the linked tasks the reader sees, and where it stands.

    Of an agency that has ended `now_called` says what it is today.
    """

    conclusion: Conclusion
    agencies: list[Agency]
    tasks: list[Task]
    standing: ConclusionStanding

    @property
    def became_tasks(self) -> bool:
        return self.standing == ConclusionStanding.GIVEN

    @property
    def has_link(self) -> bool:
        """Whether any task hangs on it, also one that was cancelled: such a conclusion is not removed."""
        return bool(self.conclusion.tasks.all())


@dataclass(frozen=True)
class ConferenceWaiting:
    """A conference that has begun and how many of its conclusions no task carries out yet."""

    conference: Conference
    waiting: int


def conclusion_rows(actor: Membership, conference: Conference) -> list[ConclusionRow]:
    """The conclusions of a conference in order. Four queries whatever their number, two more where an agency ended."""
    visible = set(
        Task.objects.visible_to(actor).filter(conclusions__conference=conference).values_list("pk", flat=True)
    )
    conclusions = list(
        conference.conclusions.select_related("settled_by__agency").prefetch_related(
            Prefetch("agencies", queryset=Agency.objects.in_protocol_order()),
            Prefetch("tasks", queryset=Task.objects.order_by("code")),
        )
    )
    with_present_names([agency for one in conclusions for agency in one.agencies.all()], clock.today())
    return [_row(conclusion, visible) for conclusion in conclusions]


def conferences_waiting(actor: Membership, *, most: int, year: int | None = None) -> list[ConferenceWaiting]:
    """Conferences in session or held whose conclusions wait for a task, the latest first. One query.

    Rule: R-CONCLUDE-4. Told to the secretaries, organisers and leaders of the organising agency, and to the leaders of
    the agencies a conclusion was given to. Units: `year` is the year planned.
    """
    rows = (
        with_conclusions_outstanding(actor, year).select_related("organiser", "unit").order_by("-held_on", "pk")[:most]
    )
    return [ConferenceWaiting(one.addressed_for(actor), one.waiting) for one in rows]


def with_conclusions_outstanding(actor: Membership, year: int | None = None) -> QuerySet[Conference]:
    """The same conferences in no order, each with how many of its conclusions wait."""
    mine = actor.agency_ids()
    concerned = Q(conference__organiser_id__in=mine)
    if actor.role == Role.LEADER:
        concerned |= Q(pk__in=Conclusion.objects.filter(agencies__in=mine).values("pk"))
    waiting = Conclusion.objects.untasked().filter(concerned).values("pk")
    begun = Conference.objects.visible_to(actor).exclude(state=ConferenceState.PLANNED)
    begun = begun.filter(plan_year=year) if year else begun
    found = begun.annotate(waiting=Count("conclusions", filter=Q(conclusions__in=waiting), distinct=True))
    is_told = actor.role in (Role.SECRETARY, Role.ORGANISER, Role.LEADER)
    return found.filter(waiting__gt=0) if is_told else found.none()


def _row(conclusion: Conclusion, visible: set[int]) -> ConclusionRow:
    tasks = list(conclusion.tasks.all())
    return ConclusionRow(
        conclusion,
        list(conclusion.agencies.all()),
        [task for task in tasks if task.pk in visible],
        _standing(conclusion, tasks),
    )


def _standing(conclusion: Conclusion, tasks: list[Task]) -> ConclusionStanding:
    """Rule: R-CONCLUDE-3. A task that was cancelled carries nothing out."""
    if any(task.state != TaskState.CANCELLED for task in tasks):
        return ConclusionStanding.GIVEN
    return ConclusionStanding.SETTLED if conclusion.settled_at else ConclusionStanding.WAITING
