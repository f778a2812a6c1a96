"""Applying an act as it was previewed, undoing it, discarding one that was not applied, preparing it once more."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.http import member_required
from agencies.models import Reorganisation
from agencies.reorganisation import services as acts
from agencies.reorganisation.enums import ReorganisationState
from coordination.reorganisation import services
from coordination.reorganisation.forms import ApplyForm, UndoForm
from coordination.reorganisation.queries import built_since
from coordination.reorganisation.services import PreviewChanged
from coordination.reorganisation.views.fetch import act_or_404
from coordination.reorganisation.views.reading import preview_page
from coordination.tasks.http import once
from records.errors import Conflict, RuleBroken
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]
_REFUSED, _CHANGED = 422, 409


@require_POST
@member_required
def reorganisation_apply(request: HttpRequest, act: int) -> HttpResponse:
    """Apply an act exactly as the page before showed it."""
    found = act_or_404(request, act)
    form = ApplyForm(request.POST)
    if not form.is_valid():
        return preview_page(request, found, refusal=RuleBroken(_("Read the preview, then apply.")), status=_REFUSED)
    typed = form.cleaned_data

    def apply() -> str:
        services.apply(found, actor=request.actor, revision=typed["revision"], digest=typed["digest"])
        return _("The reorganisation is applied.")

    try:
        messages.success(request, once(request, apply))
    except PreviewChanged as changed:
        return preview_page(request, _again(request, act), refusal=changed, status=_CHANGED)
    except Conflict as conflict:
        return _conflict_page(request, _again(request, act), conflict)
    except RuleBroken as refusal:
        return preview_page(request, _again(request, act), refusal=refusal, status=_REFUSED)
    return redirect("coordination:reorganisation-detail", found.pk)


@require_http_methods(_METHODS)
@member_required
def reorganisation_undo(request: HttpRequest, act: int) -> HttpResponse:
    """Ask once more, saying what stands in the way; then put everything back."""
    found = act_or_404(request, act)
    acts.must_be_in(found, ReorganisationState.APPLIED)
    form = UndoForm(posted(request), initial={"revision": found.revision})
    if request.method == "POST" and form.is_valid():
        try:
            services.undo(found, actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The reorganisation is undone; everything is as it was before."))
            return redirect("coordination:reorganisation-detail", found.pk)
    page = {"act": found, "form": form, "built": built_since(found)}
    return render(
        request, "coordination/reorganisation/undo_confirm.html", page, status=_REFUSED if form.errors else 200
    )


@require_http_methods(_METHODS)
@member_required
def reorganisation_discard(request: HttpRequest, act: int) -> HttpResponse:
    """Ask once more, then drop an act that was never applied."""
    found = act_or_404(request, act)
    acts.must_be_in(found, ReorganisationState.PREPARED)
    if request.method == "POST":
        typed = request.POST.get("revision", "")[:9]
        acts.discard(found, actor=request.actor, revision=int(typed) if typed.isascii() and typed.isdigit() else 0)
        messages.success(request, _("The reorganisation is discarded."))
        return redirect("coordination:reorganisation-list")
    return render(request, "coordination/reorganisation/discard_confirm.html", {"act": found})


@require_POST
@member_required
def reorganisation_again(request: HttpRequest, act: int) -> HttpResponse:
    """Prepare an act that was undone once more."""
    again = acts.prepare_again(act_or_404(request, act), actor=request.actor)
    messages.success(request, _("The reorganisation is prepared again. Mend it, then apply it."))
    return redirect("coordination:reorganisation-detail", again.pk)


def _again(request: HttpRequest, act: int) -> Reorganisation:
    """The act as it is now, read anew."""
    return act_or_404(request, act)


def _conflict_page(request: HttpRequest, act: Reorganisation, conflict: Conflict) -> HttpResponse:
    """Someone else was faster: what it is now, nothing was applied twice."""
    if act.is_prepared:
        return preview_page(request, act, refusal=conflict, status=_CHANGED)
    page = {"act": act, "reason": str(conflict)}
    return render(request, "coordination/reorganisation/conflict.html", page, status=_CHANGED)
