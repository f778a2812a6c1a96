"""Every form of the portal: who opens it, where, and what makes it valid before one field is spoilt."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse

from coordination.conferences.enums import HalfDay
from coordination.models import Conference, Program, Section, SignatureSlot, Task
from coordination.programs.queries import signing_stand
from coordination.tasks.enums import TaskState
from portal.demo.story import Story
from tests.factories.conferences import make_conference
from tests.factories.programs import make_program


@dataclass(frozen=True)
class Stage:
    """The told story and what it leaves out: a draft, a program in signing, a conference planned, one in session."""

    story: Story
    draft: Program
    signing: Program
    planned: Conference
    running: Conference

    @property
    def slot(self) -> SignatureSlot:
        return signing_stand(self.signing).awaited[0]

    @property
    def section(self) -> Section:
        return self.draft.sections.order_by("position").first()

    @property
    def running_task(self) -> Task:
        """A counted task that the Front reports on."""
        return self._task(TaskState.IN_PROGRESS, "mttq")

    @property
    def awaiting_task(self) -> Task:
        return self._task(TaskState.AWAITING, None, "ubnd")

    @property
    def overdue_program(self) -> Program:
        return self.story.programs_2022["B"]

    def _task(self, state: str, lead: str | None, confirming: str | None = None) -> Task:
        tasks = Task.objects.filter(program=self.story.programs_2022["B"], state=state).order_by("ordinal")
        if lead:
            tasks = tasks.filter(roles__kind="lead", roles__agency__code=lead)
        if confirming:
            tasks = tasks.filter(confirming_agency__code=confirming)
        return tasks.first()


def set_the_stage(story: Story, today: date) -> Stage:
    """Put beside the story what its forms need."""
    cast = story.cast
    parties = [cast.agencies[code] for code in ("ubnd", "btg", "mttq")]
    drafted = {"secretary": cast.secretary, "agencies": parties, "drafting_agency": cast.agencies["vp"]}
    meeting = {"organiser": cast.agencies["ubnd"], "actor": cast.secretary}
    return Stage(
        story,
        draft=make_program("draft", **drafted),
        signing=make_program("signing", **drafted),
        planned=make_conference("planned", held_on=today + timedelta(days=20), **meeting),
        running=make_conference("running", held_on=today, half_day=HalfDay.MORNING, **meeting),
    )


@dataclass(frozen=True)
class Door:
    """One form: the account that may send it, the page it stands on, a control that tells it apart, good values."""

    account: str | None
    page: Callable[[Stage], str]
    has: tuple[str, ...]
    good: dict[str, object] = field(default_factory=dict)
    button: str = ""
    like: str = ""  # a form with the same fields, walked in full there


def _at(route: str, **parts: Callable[[Stage], object]) -> Callable[[Stage], str]:
    return lambda stage: reverse(route, kwargs={name: part(stage) for name, part in parts.items()})


def _program(which: str) -> Callable[[Stage], str]:
    return lambda stage: getattr(stage, which).slug


def _conference(route: str, which: str = "running", **more) -> Callable[[Stage], str]:
    return _at(f"coordination:conference-{route}", conference=lambda stage: getattr(stage, which).slug, **more)


def _task(route: str, which: str) -> Callable[[Stage], str]:
    return _at(f"coordination:task-{route}", task=lambda stage: getattr(stage, which).slug)


def _signing(stage: Stage) -> str:
    return reverse("coordination:program-signing", kwargs={"program": stage.signing.slug})


SECRETARY, LEADER = "thu-ky", "chu-tich-ubnd"
_TASK_TEXT = {
    "title": "Vận động hộ dân hiến đất làm đường",
    "start_on": "05/4/2022",
    "due_on": "30/6/2022",
    "target_value": "12",
    "target_unit": "hộ",
    "deliverable": "Danh sách hộ",
    "schedule_kind": "range",
    "area": 1,
    "lead": 1,
}
_FACTS = {"title": "Chương trình thử", "short_title": "Thử", "parties": (0, 1), "lead": 1, "period_start": "01/01/2022",
          "period_end": "31/12/2022", "year": "2022"}  # fmt: skip

# A number among the good values chooses that option of the control; a tuple chooses several.
DOORS = {
    "task created": Door("chuyen-vien-mttq", _at("coordination:task-create"), ("title", "lead"), _TASK_TEXT),
    "task edited": Door("chuyen-vien-mttq", _task("edit", "running_task"), ("title", "lead"), like="task created"),
    "progress": Door("chuyen-vien-mttq", _task("progress", "running_task"), ("value", "state")),
    "result confirmed": Door(LEADER, _task("confirm", "awaiting_task"), ("remark",)),
    "result returned": Door(LEADER, _task("confirm", "awaiting_task"), ("reason",), {"reason": "Thiếu"}, "return"),
    "deadline moved": Door(
        SECRETARY, _task("extend", "running_task"), ("new_due_on",), {"new_due_on": "30/11/2022", "reason": "Dịch"}
    ),
    "program created": Door(SECRETARY, _at("coordination:program-create"), ("short_title",), _FACTS),
    "program edited": Door(
        SECRETARY, _at("coordination:program-edit", program=_program("draft")), ("short_title",), like="program created"
    ),
    "section added": Door(
        SECRETARY,
        _at("coordination:program-section-add", program=_program("draft")),
        ("numbering",),
        {"numbering": "III", "heading": "Tổ chức thực hiện", "body": "Các bên phân công."},
    ),
    "section edited": Door(
        SECRETARY,
        _at("coordination:program-section-edit", program=_program("draft"), section=lambda stage: stage.section.pk),
        ("numbering", "revision"),
    ),
    "program sent for comments": Door(
        SECRETARY,
        _at("coordination:program-edit", program=_program("draft")),
        ("send_for_comments-until",),
        {"send_for_comments-until": "10/4/2022"},
    ),
    "party signs": Door(SECRETARY, _signing, ("sign-{slot}-signed_on",), {"sign-{slot}-signed_on": "30/3/2022"}),
    "version returned": Door(LEADER, _signing, ("return-{slot}-reason",), {"return-{slot}-reason": "Sai tên"}),
    "signer named": Door(
        SECRETARY,
        _at("coordination:program-signer", program=_program("signing"), slot=lambda stage: stage.slot.pk),
        ("signer_name",),
    ),
    "number given": Door(
        SECRETARY,
        _at("coordination:program-signing", program=_program("overdue_program")),
        ("number-number",),
        {"number-number": "7", "number-symbol": "CTPH-HĐND"},
    ),
    "self-evaluation": Door(
        "chuyen-vien-hnd",
        _at("coordination:evaluation-self", year=lambda stage: 2021),
        ("remark",),
        {"points_*": "20", "remark": "Tự chấm"},
    ),
    "cross-evaluation": Door(
        "chuyen-vien-hnd",
        _at("coordination:evaluation-cross", year=lambda stage: 2021),
        ("score_*",),
        {"score_*": "90"},
    ),
    "finding": Door(
        SECRETARY, _at("coordination:evaluation-finding", year=lambda stage: 2021), ("kind", "text"), {"text": "Tốt"}
    ),
    "evaluation closed": Door(
        SECRETARY, _at("coordination:evaluation-close", year=lambda stage: 2021), ("narrative",), {"narrative": "Đủ"}
    ),
    "evaluation opened": Door(
        SECRETARY,
        _at("coordination:evaluation-open"),
        ("cut_off_on",),
        {"year": "2022", "cut_off_on": "31/12/2022", "programs": (0,)},
    ),
    "conference planned": Door(
        SECRETARY,
        _at("coordination:conference-create"),
        ("held_on",),
        {
            "title": "Hội nghị",
            "held_on": "20/12/2022",
            "starts_at": "14h00",
            "review_year": "2021",
            "plan_year": "2022",
        },
    ),
    "agenda item": Door(SECRETARY, _conference("agenda", "planned"), ("title", "kind"), {"title": "Khai mạc"}),
    "minutes": Door(SECRETARY, _conference("item", position=lambda stage: 1), ("minutes",), {"minutes": "Đã nghe"}),
    "attendance": Door(
        SECRETARY, _conference("people"), ("group",), {"group": "Khách", "invited": "3", "present": "2"}
    ),
    "speech": Door(
        SECRETARY,
        _conference("speech"),
        ("speaker_name",),
        {"speaker_name": "Đại biểu", "speaker_title": "Trưởng thôn"},
    ),
    "conclusion": Door(SECRETARY, _conference("conclusions"), ("text",), {"text": "Làm tốt", "due_on": "30/6/2022"}),
    "conclusion's task": Door(
        SECRETARY,
        lambda stage: reverse(
            "coordination:conference-task", kwargs={"conference": stage.story.conference.slug, "position": 1}
        ),
        ("task",),
        {"task": 1},
    ),
    "preferences": Door("chuyen-vien-hnd", _at("account"), ("theme",)),
    "password": Door(
        "chuyen-vien-hnd",
        _at("account"),
        ("old_password",),
        {
            "old_password": "phoi-hop-dam-ha-2022",
            "new_password1": "mot-mat-khau-moi-2022",
            "new_password2": "mot-mat-khau-moi-2022",
        },
    ),
    "sign-in": Door(None, _at("sign-in"), ("username",), {"username": "thu-ky", "password": "phoi-hop-dam-ha-2022"}),
}
