"""The page of workbooks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.intake.forms import WorkbookForm
from coordination.intake.permissions import can_send_workbook
from coordination.intake.services import send_table
from coordination.programs.http import year_of
from coordination.workbooks.queries import home_page
from records.errors import RuleBroken


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def home(request: HttpRequest) -> HttpResponse:
    """Take a workbook away, send one back, look after those that were sent."""
    require(can_send_workbook(request.actor))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = WorkbookForm(*sent)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            table = send_table(None, actor=request.actor, name=upload.name, content=upload.file, size_bytes=upload.size)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("coordination:intake-check", table.pk)
    page = {"home": home_page(request.actor, year_of(request)), "form": form}
    return render(request, "coordination/workbooks/workbook_home.html", page, status=422 if form.errors else 200)
