"""Saying step by step what a decision does: which kind, which bodies, what becomes of them."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.http import member_required
from agencies.models import Reorganisation
from agencies.reorganisation import services
from agencies.reorganisation.enums import ReorganisationState, StepKind
from agencies.reorganisation.queries import Ground, Planned, ground_of, steps_of
from coordination.reorganisation.forms import HeirChoice, PickForm, StepForm, starting_step
from coordination.reorganisation.forms.picking import MOST_BODIES, MOST_HEIRS
from coordination.reorganisation.kinds import BY_SLUG, OFFERED, OfferedKind
from coordination.reorganisation.queries import possible_bodies
from coordination.reorganisation.queries.steps import title_of
from coordination.reorganisation.views.fetch import act_or_404
from coordination.tasks.http import new_token, once
from records.errors import Conflict, RuleBroken
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@member_required
def step_kinds(request: HttpRequest, act: int) -> HttpResponse:
    """What the next step does, to units or to agencies."""
    found = _prepared(request, act)
    page = {"act": found, "units": OFFERED[:5], "agencies": OFFERED[5:]}
    return render(request, "coordination/reorganisation/step_kinds.html", page)


@require_safe
@member_required
def step_bodies(request: HttpRequest, act: int, kind: str) -> HttpResponse:
    """Choose the bodies from a list that is searched without marks, and their successors."""
    found, offered = _prepared(request, act), _kind_or_404(kind)
    is_sent = "next" in request.GET
    form = PickForm(request.GET if is_sent else None, act=found, subject=offered.subject, kind=offered.kind)
    if is_sent and form.is_valid():
        chosen = [("body", pk) for pk in form.bodies] + [("heir", heir.written()) for heir in form.heirs]
        address = reverse("coordination:reorganisation-step-add", args=[found.pk, kind])
        return redirect(f"{address}?{urlencode(chosen)}")
    words = request.GET.get("q", "").strip()[:200]
    ticked = _numbers(request.GET.getlist("body"))
    page = {
        "act": found,
        "offered": offered,
        "form": form,
        "possible": possible_bodies(found, offered.subject, words, ticked),
        "words": words,
        "ticked": ticked,
        "is_of_units": offered.slug.startswith("don-vi"),
    }
    status = 422 if form.errors else 200
    return render(request, "coordination/reorganisation/step_bodies.html", page, status=status)


@require_http_methods(_METHODS)
@member_required
def step_add(request: HttpRequest, act: int, kind: str) -> HttpResponse:
    """Describe what becomes of the bodies chosen; what is usual is filled in."""
    found, offered = _prepared(request, act), _kind_or_404(kind)
    step, ground = _starting(request, found, offered)
    form = _form(request, found, step, ground)

    def add() -> str:
        services.add_step(
            found,
            actor=request.actor,
            revision=form.cleaned_data["revision"],
            subject=offered.subject,
            kind=offered.kind,
            plan=form.plan(),
        )
        return _("The step is saved. Read below what it does.")

    if request.method == "POST" and form.is_valid() and _saved(request, form, add):
        return redirect("coordination:reorganisation-detail", found.pk)
    return _step_page(request, found, form, step, ground, offered=offered)


@require_http_methods(_METHODS)
@member_required
def step_edit(request: HttpRequest, act: int, position: int) -> HttpResponse:
    """Change what a step says of its bodies; to act on others, remove it and add another."""
    found = _prepared(request, act)
    row = get_object_or_404(found.steps, position=position)
    steps = steps_of(found)
    step = next(one for one in steps if one.position == position)
    ground = ground_of(found, steps)
    form = _form(request, found, step, ground)

    def change() -> str:
        services.change_step(row, actor=request.actor, revision=form.cleaned_data["revision"], plan=form.plan())
        return _("The step is saved. Read below what it does.")

    if request.method == "POST" and form.is_valid() and _saved(request, form, change):
        return redirect("coordination:reorganisation-detail", found.pk)
    return _step_page(request, found, form, step, ground)


@require_POST
@member_required
def step_remove(request: HttpRequest, act: int, position: int) -> HttpResponse:
    """Take a step out."""
    found = _prepared(request, act)
    row = get_object_or_404(found.steps, position=position)
    typed = request.POST.get("revision", "")[:9]
    try:
        services.remove_step(row, actor=request.actor, revision=int(typed) if typed.isdigit() else 0)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The step is removed."))
    return redirect("coordination:reorganisation-detail", found.pk)


def _prepared(request: HttpRequest, act: int) -> Reorganisation:
    """An act that can still be changed.

    Raises: Conflict when it was applied or undone meanwhile.
    """
    found = act_or_404(request, act)
    services.must_be_in(found, ReorganisationState.PREPARED)
    return found


def _kind_or_404(slug: str) -> OfferedKind:
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def _starting(request: HttpRequest, act: Reorganisation, offered: OfferedKind) -> tuple[Planned, Ground]:
    """The step the address describes. Raises: Http404 for an address no page before made."""
    asked = _numbers(request.GET.getlist("body"))
    bodies = [body.pk for body in possible_bodies(act, offered.subject, "", asked).rows if body.pk in asked]
    heirs = [HeirChoice.read(one) for one in request.GET.getlist("heir")[:MOST_HEIRS]]
    needs_heir = offered.kind in (StepKind.MERGE, StepKind.SPLIT)
    if not bodies or len(bodies) != len(asked) or None in heirs or (needs_heir and not heirs):
        raise Http404
    position = services.next_position(act)
    return starting_step(act, offered.subject, offered.kind, bodies, heirs, position)


def _form(request: HttpRequest, act: Reorganisation, step: Planned, ground: Ground) -> StepForm:
    first = {"revision": act.revision, "form_token": new_token()}
    return StepForm(posted(request), act=act, step=step, ground=ground, initial=first)


def _saved(request: HttpRequest, form: StepForm, save) -> bool:
    """Whether the step was saved; when someone else was faster what was typed stays, to be saved over it or not."""
    try:
        messages.success(request, once(request, save))
    except RuleBroken as refusal:
        form.add_refusal(refusal)
        return False
    except Conflict as conflict:
        now = act_or_404(request, form.act.pk)
        services.must_be_in(now, ReorganisationState.PREPARED)
        form.data = form.data.copy()
        form.data["revision"] = str(now.revision)
        form.add_error(None, str(conflict))
        form.is_overtaken = True
        return False
    return True


def _step_page(
    request: HttpRequest,
    act: Reorganisation,
    form: StepForm,
    step: Planned,
    ground: Ground,
    *,
    offered: OfferedKind | None = None,
) -> HttpResponse:
    page = {"act": act, "form": form, "title": title_of(ground, step), "offered": offered}
    status = (409 if form.is_overtaken else 422) if form.errors else 200
    return render(request, "coordination/reorganisation/step_form.html", page, status=status)


def _numbers(typed: list[str]) -> list[int]:
    numbers = [int(one) for one in typed[:MOST_BODIES] if one.isascii() and one.isdigit() and len(one) < 19]
    return list(dict.fromkeys(numbers))
