"""What many windows leave behind that enter one task, keep one unsaved text and save behind each other."""

from collections.abc import Callable

from agencies.models import Membership
from coordination.programs.models import Program


def entered_at_once(program: Program, official: Membership, task: dict, rush: Callable, windows: list) -> dict:
    """Twenty clicks on one form; texts kept beside them; twenty windows that keep one text; one edit sent ten times."""
    from coordination.models import Task, UnsavedTask

    out, before = {}, program.tasks.count()
    clicks = [(one, "/nhiem-vu/tao/", {**task, "form_token": "twenty"}) for one in windows]
    beside = [(one, "/nhiem-vu/tao/ban-nhap/", {**task, "form_token": "twenty"}) for one in windows[:4]]
    out["one form sent twenty times"] = sorted(set(rush(clicks + beside)))
    out["its rows"] = program.tasks.count() - before
    for one in windows[:1]:
        one.post("/nhiem-vu/tao/ban-nhap/", {**task, "form_token": "twenty"})
    out["unsaved texts of a saved form"] = UnsavedTask.objects.filter(member=official, mark="twenty").count()
    kept = [
        (one, "/nhiem-vu/tao/ban-nhap/", {**task, "title": f"Nháp {n}", "form_token": "one-text"})
        for n, one in enumerate(windows)
    ]
    out["twenty windows keep one text"] = sorted(set(rush(kept)))
    out["their text"] = UnsavedTask.objects.filter(member=official, mark="one-text").count()
    edited = Task.objects.filter(program=program).order_by("ordinal").last()
    edit = {**task, "title": "Sửa một lần", "revision": edited.revision, "form_token": "one-edit"}
    out["one edit sent ten times"] = rush([(one, f"/nhiem-vu/{edited.slug}/sua/", edit) for one in windows[:10]])
    edited.refresh_from_db()
    out["its revision"] = edited.revision
    return out
