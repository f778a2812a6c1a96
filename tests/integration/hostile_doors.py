"""Every form of the portal: who opens it, where, and what makes it valid before one field is spoilt."""

from collections.abc import Callable

from django.urls import reverse

from agencies.accounts.queries import open_sign_ins
from agencies.accounts.services import links, second_factor
from coordination.tasks import services as tasks
from portal.demo.accounts import DEMO_PASSWORD
from tests.factories.accounts import code_of, set_up_second_factor
from tests.integration.hostile_administration import ADMINISTRATION
from tests.integration.hostile_beginnings import BEGINNINGS
from tests.integration.hostile_composer import COMPOSER
from tests.integration.hostile_consultation import CONSULTATION
from tests.integration.hostile_drafting import DRAFTING
from tests.integration.hostile_gathering import GATHERING
from tests.integration.hostile_grading import GRADING
from tests.integration.hostile_layout import LAYOUT
from tests.integration.hostile_life import LIFE
from tests.integration.hostile_lists import LISTS
from tests.integration.hostile_outcomes import OUTCOMES
from tests.integration.hostile_papers import PAPERS
from tests.integration.hostile_progress import PROGRESS
from tests.integration.hostile_records import RECORDS
from tests.integration.hostile_register import REGISTER
from tests.integration.hostile_reminders import REMINDERS
from tests.integration.hostile_reorganisation import REORGANISATION
from tests.integration.hostile_session import SESSION
from tests.integration.hostile_shared_work import SHARED_WORK
from tests.integration.hostile_signing import SIGNING
from tests.integration.hostile_stage import Door, Stage, at
from tests.integration.hostile_verification import VERIFICATION
from tests.integration.hostile_workbooks import WORKBOOKS


def _program(which: str) -> Callable[[Stage], str]:
    return lambda stage: getattr(stage, which).slug


def _conference(route: str, which: str = "running", **more) -> Callable[[Stage], str]:
    return at(f"coordination:conference-{route}", conference=lambda stage: getattr(stage, which).slug, **more)


def _task(route: str, which: str) -> Callable[[Stage], str]:
    return at(f"coordination:task-{route}", task=lambda stage: getattr(stage, which).slug)


def _unsaved(stage: Stage) -> str:
    """The form of a new task, with one typed before and not saved."""
    tasks.keep_unsaved_task(
        stage.running_task.program,
        actor=stage.story.cast.members["chuyen-vien-mttq"],
        mark="to-khai",
        typed={"title": ["Chưa lưu"]},
    )
    return reverse("coordination:task-create")


def _signing(stage: Stage) -> str:
    return reverse("coordination:program-signing", kwargs={"program": stage.signing.slug})


def _setting_up(stage: Stage) -> str:
    """Where a phone is being set up."""
    second_factor.start(stage.story.cast.members[OF_FARMERS].user)
    return reverse("second-factor")


def _set_up(stage: Stage) -> str:
    """Where a phone has been set up, on the device that is signed in."""
    account = stage.story.cast.members[OF_FARMERS].user
    set_up_second_factor(account, staying=open_sign_ins(account)[0])
    return reverse("second-factor")


def _code_shown(stage: Stage) -> str:
    return code_of(stage.story.cast.members[OF_FARMERS].user, confirmed=False)


def _link(stage: Stage) -> str:
    cast = stage.story.cast
    token = links.issue_reset_link(cast.members[OF_FARMERS].user, actor=cast.members["quan-tri"])
    return reverse("one-time-link", kwargs={"token": token})


SECRETARY, LEADER, OF_FARMERS = "thu-ky", "chu-tich-ubnd", "chuyen-vien-hnd"
NEW_PASSWORD = "trau-cay-ruong-sau-mua"
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

# A number among the good values chooses that option of the control; a tuple chooses several; a function is asked.
DOORS = {
    "task created": Door("chuyen-vien-mttq", at("coordination:task-create"), ("title", "lead"), _TASK_TEXT),
    "unsaved task dropped": Door("chuyen-vien-mttq", _unsaved, ("drop",), button="drop"),
    "task edited": Door("chuyen-vien-mttq", _task("edit", "running_task"), ("title", "lead"), like="task created"),
    "progress": Door("chuyen-vien-mttq", _task("progress", "running_task"), ("value", "state")),
    "result confirmed": Door(LEADER, _task("confirm", "awaiting_task"), ("remark",)),
    "result returned": Door(LEADER, _task("confirm", "awaiting_task"), ("reason",), {"reason": "Thiếu"}, "return"),
    "deadline moved": Door(
        SECRETARY, _task("extend", "running_task"), ("new_due_on",), {"new_due_on": "30/11/2022", "reason": "Dịch"}
    ),
    "program created": Door(SECRETARY, at("coordination:program-create"), ("short_title",), _FACTS),
    "program edited": Door(
        SECRETARY, at("coordination:program-edit", program=_program("draft")), ("short_title",), like="program created"
    ),
    "section added": Door(
        SECRETARY,
        at("coordination:program-section-add", program=_program("draft")),
        ("numbering",),
        {"numbering": "III", "heading": "Tổ chức thực hiện", "body": "Các bên phân công."},
    ),
    "section edited": Door(
        SECRETARY,
        at("coordination:program-section-edit", program=_program("draft"), section=lambda stage: stage.section.pk),
        ("numbering", "revision"),
    ),
    **DRAFTING,
    **LAYOUT,
    **LIFE,
    **LISTS,
    **PROGRESS,
    "party signs": Door(SECRETARY, _signing, ("sign-{slot}-signed_on",), {"sign-{slot}-signed_on": "30/3/2022"}),
    "version returned": Door(LEADER, _signing, ("return-{slot}-reason",), {"return-{slot}-reason": "Sai tên"}),
    "signer named": Door(
        SECRETARY,
        at("coordination:program-signer", program=_program("signing"), slot=lambda stage: stage.slot.pk),
        ("signer_name", "second_title"),
    ),
    "number given": Door(
        SECRETARY,
        at("coordination:program-number", program=_program("overdue_program")),
        ("number",),
        {"number": "7", "symbol": "CTPH-HĐND"},
    ),
    **REGISTER,
    **SIGNING,
    **PAPERS,
    **RECORDS,
    **SHARED_WORK,
    **GRADING,
    "conference planned": Door(
        SECRETARY,
        at("coordination:conference-create"),
        ("held_on",),
        {
            "title": "Hội nghị",
            "held_on": "20/12/2022",
            "starts_at": "14h00",
            "review_year": "2021",
            "plan_year": "2022",
        },
    ),
    **GATHERING,
    **SESSION,
    **OUTCOMES,
    "agenda item": Door(SECRETARY, _conference("agenda", "planned"), ("title", "kind"), {"title": "Khai mạc"}),
    "minutes": Door(SECRETARY, _conference("item", number=lambda stage: 1), ("minutes",), {"minutes": "Đã nghe"}),
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
    "preferences": Door("chuyen-vien-hnd", at("account"), ("theme",)),
    "password": Door(
        "chuyen-vien-hnd",
        at("account"),
        ("old_password",),
        {
            "old_password": "phoi-hop-dam-ha-2022",
            "new_password1": NEW_PASSWORD,
            "new_password2": NEW_PASSWORD,
        },
    ),
    "sign-in": Door(None, at("sign-in"), ("username",), {"username": "thu-ky", "password": "phoi-hop-dam-ha-2022"}),
    "forgotten password": Door(None, at("password-forgotten"), ("asked",), {"asked": "thu-ky"}),
    "password by link": Door(
        None, _link, ("new_password1",), {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    ),
    "phone set up": Door(
        OF_FARMERS, _setting_up, ("code",), {"code": _code_shown, "password": DEMO_PASSWORD}, taken=200
    ),
    "recovery codes renewed": Door(
        OF_FARMERS, _set_up, ("codes-password",), {"codes-password": DEMO_PASSWORD}, taken=200
    ),
    "second factor removed": Door(OF_FARMERS, _set_up, ("remove-password",), {"remove-password": DEMO_PASSWORD}),
    "sign-in policy": Door(
        "quan-tri", at("sign-in-policy"), ("idle_minutes",), {"idle_minutes": "30", "longest_hours": "12"}
    ),
    **ADMINISTRATION,
    **BEGINNINGS,
    **COMPOSER,
    **CONSULTATION,
    **REMINDERS,
    **REORGANISATION,
    **VERIFICATION,
    **WORKBOOKS,
}
