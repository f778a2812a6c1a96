from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.decisions import require
from agencies.access.http import member_required
from records.errors import Conflict, RuleBroken
from records.forms import posted
from reports.composer import services
from reports.composer.forms import PartForm, RevisionForm
from reports.composer.permissions import can_write_report
from reports.composer.queries import contents_of
from reports.composer.views.blocks import INVALID, OVERTAKEN, block_page
from reports.composer.views.frame import block_or_404, frame, report_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def report_parts(request: HttpRequest, composed: int) -> HttpResponse:
    """Which parts the report has and in which order; a part of the office's own is added here."""
    found = report_or_404(request, composed)
    contents = contents_of(found)
    form = PartForm(posted(request), rows=contents.rows)
    if request.method == "POST":
        require(can_write_report(request.actor, found))
        if form.is_valid():
            try:
                block = services.add_block(found, actor=request.actor, **form.cleaned_data)
            except RuleBroken as refusal:
                form.add_refusal(refusal)
            else:
                messages.success(request, _("Added “%(part)s”. Write its text.") % {"part": block})
                return redirect("reports:report-block", found.pk, block.pk)
    page = frame(request, found, contents) | {"form": form, "form_failed": bool(form.errors)}
    return render(request, "reports/composer/report_parts.html", page, status=INVALID if form.errors else 200)


@require_POST
@member_required
def report_part_remove(request: HttpRequest, composed: int, block: int) -> HttpResponse:
    """Remove a part somebody added by hand."""
    found = report_or_404(request, composed)
    part = block_or_404(request, found, block)
    require(can_write_report(request.actor, found))
    form = RevisionForm(posted(request))
    if not form.is_valid():
        return block_page(request, found, part, failed=form)
    try:
        services.remove_block(found, part, actor=request.actor, revision=form.cleaned_data["revision"])
    except (RuleBroken, Conflict) as refusal:
        form.add_error(None, str(refusal))
        status = OVERTAKEN if isinstance(refusal, Conflict) else INVALID
        return block_page(request, found, part, failed=form, status=status)
    messages.success(request, _("Removed “%(part)s”.") % {"part": part})
    return redirect("reports:report-parts", found.pk)
