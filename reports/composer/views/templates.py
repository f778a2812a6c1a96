from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.decisions import require, unseen
from agencies.access.http import member_required
from records.errors import Conflict, RuleBroken
from records.forms import posted
from reports.composed.enums import ReportKind
from reports.composed.models import PartTemplate
from reports.composed.tokens import token
from reports.composer import services
from reports.composer.forms import TemplateForm
from reports.composer.permissions import can_write_template
from reports.composer.queries import (
    TEMPLATE_PARTS,
    agencies_written_for,
    known_in_templates,
    template_rows,
)
from reports.issuing.permissions import can_view_reports

_INVALID, _OVERTAKEN = 422, 409


@require_safe
@member_required
def report_templates(request: HttpRequest) -> HttpResponse:
    """The parts of reports an office writes its own way, for each of its agencies and each kind of report."""
    require(can_view_reports(request.actor))
    agencies = agencies_written_for(request.actor)
    kinds = [
        (agency, kind, f"{agency.code}-{kind.value}", template_rows(request.actor, agency, kind))
        for agency in agencies
        for kind in ReportKind
    ]
    may_write = any(can_write_template(request.actor, agency) for agency in agencies)
    return render(request, "reports/composer/report_templates.html", {"kinds": kinds, "may_write": may_write})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def report_template(request: HttpRequest, agency: str, kind: str, key: str) -> HttpResponse:
    """The words of one part; unknown names are told with their line and what may have been meant."""
    require(can_view_reports(request.actor))
    found = next((one for one in agencies_written_for(request.actor) if one.code == agency), None)
    if found is None or kind not in ReportKind.values or key not in TEMPLATE_PARTS:
        if request.method == "POST":
            require(unseen())
        raise Http404
    require(can_write_template(request.actor, found))
    kept = PartTemplate.objects.visible_to(request.actor).filter(agency=found, kind=kind, key=key).first()
    first = {"text": kept.text if kept else "", "revision": kept.revision if kept else 0}
    form, stored, status = TemplateForm(posted(request), request.FILES or None, initial=first), None, _INVALID
    if request.method == "POST" and form.is_valid():
        typed = {"text": form.cleaned_data["text"], "revision": form.cleaned_data["revision"]}
        try:
            services.write_template(found, actor=request.actor, kind=ReportKind(kind), key=key, **typed)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            form, stored, status = _overtaken(request, form, kept, conflict), kept, _OVERTAKEN
        else:
            messages.success(request, _("Saved the template. Reports begun or refreshed from now on begin with it."))
            return redirect("reports:report-templates")
    page = {
        "agency": found,
        "kind": ReportKind(kind),
        "title": TEMPLATE_PARTS[key],
        "form": form,
        "form_failed": bool(form.errors),
        "stored": stored,
        "names": [(token(name), means) for name, means in known_in_templates(found).items()],
    }
    return render(request, "reports/composer/report_template.html", page, status=status if form.errors else 200)


def _overtaken(request: HttpRequest, form: TemplateForm, kept: PartTemplate, conflict: Conflict) -> TemplateForm:
    """The words as typed, over the newest revision: saving them again is then a choice."""
    typed = request.POST.copy()
    typed["text"], typed["revision"] = form.cleaned_data["text"], str(kept.revision if kept else 0)
    again = TemplateForm(typed)
    again.is_valid()
    again.add_error(None, str(conflict))
    return again
