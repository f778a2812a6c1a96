"""Tasks in every state of their work, walked there by the real services."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from agencies.access.enums import Role
from agencies.models import Agency, Membership
from coordination.programs.models import Program
from coordination.tasks import services as tasks
from coordination.tasks.enums import ScheduleKind
from coordination.tasks.models import Task
from tests.factories.people import make_member
from tests.factories.programs import make_area

STATES = ("not_started", "in_progress", "awaiting", "completed")
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TITLE = "Vận động các hộ bàn giao mặt bằng tuyến đường liên xã"


def make_upload(name: str = "bien-ban.pdf", content: bytes = PDF) -> tasks.Upload:
    """A file as a form hands it over."""
    return tasks.Upload(name=name, content=BytesIO(content), size_bytes=len(content))


def make_draft(program: Program, **facts) -> tasks.TaskDraft:
    """A plan led by the program's first party: 45 households by 15/4 of its year."""
    parties = [party.agency for party in program.parties.select_related("agency").order_by("letterhead_order")]
    plan = {
        "title": TITLE,
        "area": make_area(program.unit),
        "leads": (tasks.LeadDraft(facts.pop("lead", parties[0])),),
        "coordinators": (),
        "deliverable": "Biên bản bàn giao mặt bằng",
        "start_on": date(program.year, 1, 1),
        "due_on": date(program.year, 4, 15),
        "target_value": Decimal(45),
        "target_unit": "hộ",
    }
    return tasks.TaskDraft(**{**plan, **facts})


def make_task(program: Program, state: str = "not_started", *, actor: Membership | None = None, **facts) -> Task:
    """A task of a program in a state of its work; `facts` change the plan."""
    assert state in STATES, state
    draft = make_draft(program, **facts)
    lead = draft.leads[0].agency
    official = actor or official_of(lead)
    task = tasks.create_task(program, actor=official, draft=draft)
    goal = STATES.index(state)
    if goal >= STATES.index("in_progress"):
        tasks.report_progress(task, actor=official, **_quantity(draft, Decimal(31)))
    if goal >= STATES.index("awaiting"):
        claim = {**_quantity(draft, draft.target_value), "claims_completion": True, "files": [make_upload()]}
        tasks.report_progress(task, actor=official, **claim)
    if goal >= STATES.index("completed"):
        tasks.confirm_completion(task, actor=make_member(task.confirming_agency, Role.LEADER))
    return Task.objects.get(pk=task.pk)


def make_following(task: Task, *, actor: Membership, **facts) -> Task:
    """A task that is due within ten days after another is completed."""
    plan = {"schedule_kind": ScheduleKind.AFTER_TASK, "start_on": None, "due_on": None, "within_days": 10}
    draft = make_draft(task.program, title="Nghiệm thu", follows=task, **{**plan, **facts})
    return tasks.create_task(task.program, actor=actor, draft=draft)


def official_of(agency: Agency) -> Membership:
    """An official acting in an agency; the same one when there is one already."""
    return agency.memberships.filter(role=Role.OFFICIAL).first() or make_member(agency, Role.OFFICIAL)


def _quantity(draft: tasks.TaskDraft, value: Decimal | None) -> dict:
    counted = draft.target_value is not None
    return {"value": min(value, draft.target_value) if counted else None, "percent": None if counted else 50}
