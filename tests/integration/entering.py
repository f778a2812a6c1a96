"""A task form as a browser sends it, and what a page shows in it."""

from coordination.tasks.models import Task
from tests.factories.tasks import make_draft

CREATE, KEEP, FIND = "/nhiem-vu/tao/", "/nhiem-vu/tao/ban-nhap/", "/nhiem-vu/tao/co-quan/"
MARK = "to-khai-so-1"
# As the page sends by itself; without it the answer leads back to the form.
BY_SCRIPT = {"headers": {"X-Requested-With": "fetch"}}


def filled(program, **changes) -> dict:
    draft = make_draft(program)
    return {
        "program": program.slug,
        "area": str(draft.area.pk),
        "title": draft.title,
        "lead": str(draft.leads[0].agency.pk),
        "schedule_kind": "range",
        "start_on": "01/01/2022",
        "due_on": "15/4/2022",
        "target_operator": "eq",
        "target_value": "45",
        "target_unit": "hộ",
        "deliverable": "Biên bản",
        "update_cycle": "monthly",
        "form_token": MARK,
        **changes,
    }


def form_on(response):
    return response.context["form"]


def first_values(response) -> dict:
    form = form_on(response)
    return {name: form[name].value() for name in form.fields}


def edit_url(task: Task) -> str:
    return f"/nhiem-vu/{task.slug}/sua/"
