from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from records import clock
from records.errors import RuleBroken
from records.forms import posted
from reports.documents.strip import in_groups, read_code
from reports.issuing.models import IssuedDocument
from reports.verification import services
from reports.verification.forms import CodeForm, FileForm, WithdrawalForm
from reports.verification.permissions import can_withdraw
from reports.verification.queries import Answer, answer_for_code, answer_for_file
from reports.verification.throttling import seconds_to_wait


def counted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer so many questions of one address and no more; the one refused says when to ask again."""

    @wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if wait := seconds_to_wait(request.META.get("REMOTE_ADDR", "")):
            page = {"minutes": -(-wait // 60)}
            return _private(render(request, "reports/verification/too_often.html", page, status=429), wait)
        return _private(view(request, *args, **kwargs))

    return answered


@never_cache
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Where a code is typed; one typed already leads to its answer."""
    if "code" not in request.GET:
        return _private(_page(request))
    form = CodeForm({"code": request.GET["code"]})
    if not form.is_valid():
        return _private(_page(request, code_form=form, status=422))
    return redirect("reports:verify-code", in_groups(form.cleaned_data["code"]))


@never_cache
@require_safe
@counted
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What is said of the paper with a code; where the QR code on its pages leads."""
    read = read_code(code)
    if read is None:
        return _page(request, code_form=CodeForm({"code": code}), status=422)
    if code != in_groups(read):
        return redirect("reports:verify-code", in_groups(read))
    return _page(request, answer=answer_for_code(read))


@never_cache
@require_POST
@counted
def verify_file(request: HttpRequest) -> HttpResponse:
    """What is said of a file that was dropped; it is compared and not kept."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, file_form=form, status=422)
    asked_for = form.cleaned_data["code"]
    answer = answer_for_file(form.digest)
    page = {"compared": form.digest, "is_other": bool(asked_for) and answer.code != asked_for}
    return _page(request, answer=answer, **page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an issued paper back, on a page that says what follows."""
    papers = IssuedDocument.objects.visible_to(request.actor).select_related("program", "conference", "withdrawal")
    document = get_object_or_404(papers, pk=pk)
    require(can_withdraw(request.actor, document))
    form = WithdrawalForm(posted(request), initial={"withdrawn_on": clock.today()})
    if form.is_bound and form.is_valid():
        try:
            services.withdraw(document, actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Withdrawn: %(title)s") % {"title": document.title})
            return redirect("reports:report-list")
    page = {"form": form, "document": document}
    return render(request, "reports/verification/withdraw.html", page, status=422 if form.errors else 200)


def _page(
    request: HttpRequest,
    *,
    answer: Answer | None = None,
    code_form: CodeForm | None = None,
    file_form: FileForm | None = None,
    status: int = 200,
    **more,
) -> HttpResponse:
    code = answer.code if answer else ""
    page = {
        "answer": answer,
        "code_form": code_form or CodeForm(),
        "file_form": file_form or FileForm(initial={"code": code}),
        "form_failed": status == 422,
        **more,
    }
    return render(request, "reports/verification/verify.html", page, status=status)


def _private(response: HttpResponse, wait: int = 0) -> HttpResponse:
    """No search engine lists answers about papers."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    if wait:
        response["Retry-After"] = str(wait)
    return response
