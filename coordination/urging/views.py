from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.decisions import require, unseen
from agencies.access.http import member_required
from coordination.urging import services
from coordination.urging.forms import LetterForm
from coordination.urging.models import UrgingLetter
from coordination.urging.permissions import can_change_letter, can_view_letters, can_write_letters
from coordination.urging.queries import Overdue, letters_of, overdue_by_lead, tasks_of_lead
from records import clock
from records.errors import Conflict, RuleBroken
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]
PAGE_ROWS = 50
_LARGEST = 1 << 62


@require_safe
@member_required
def letter_list(request: HttpRequest) -> HttpResponse:
    """Who could be urged today, and the letters written and received."""
    require(can_view_letters(request.actor))
    writes = bool(can_write_letters(request.actor))
    letters = Paginator(letters_of(request.actor), PAGE_ROWS).get_page(request.GET.get("page"))
    overdue = overdue_by_lead(request.actor, clock.today()) if writes else []
    page = {"writes": writes, "overdue": overdue, "page_obj": letters, "today": clock.today()}
    return render(request, "coordination/urging/letter_list.html", page)


@require_http_methods(_METHODS)
@member_required
def letter_create(request: HttpRequest, addressee: int) -> HttpResponse:
    """Draw up a letter to an agency that leads overdue tasks."""
    require(can_write_letters(request.actor))
    urged = _urged(request, addressee)
    form = LetterForm(posted(request), actor=request.actor, tasks=urged.tasks)
    if request.method == "POST" and form.is_valid():
        try:
            letter = services.draw_up_letter(actor=request.actor, addressee=urged.agency, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The letter is drawn up. Read it, then issue it."))
            return redirect("coordination:letter-detail", letter.pk)
    return _form_page(request, form, addressee=urged.agency)


@require_safe
@member_required
def letter_detail(request: HttpRequest, letter: int) -> HttpResponse:
    """One letter: its tasks, what it asks, where it stands."""
    found = _letter(request, letter)
    tasks = [urged.task for urged in found.urged.select_related("task__program")]
    page = {"letter": found, "tasks": tasks, "may_change": can_change_letter(request.actor, found)}
    return render(request, "coordination/urging/letter_detail.html", page)


@require_http_methods(_METHODS)
@member_required
def letter_edit(request: HttpRequest, letter: int) -> HttpResponse:
    """Change a letter that was not sent."""
    found = _letter(request, letter)
    require(can_change_letter(request.actor, found))
    listed = [urged.task for urged in found.urged.select_related("task")]
    offered = tasks_of_lead(overdue_by_lead(request.actor, clock.today()), found.addressee)
    tasks = list(dict.fromkeys([*listed, *offered]))
    form = LetterForm(posted(request), actor=request.actor, tasks=tasks, letter=found)
    overtaken = False
    if request.method == "POST" and form.is_valid():
        try:
            services.change_letter(found, actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            form, overtaken = _overtaken(request, tasks, found, conflict), True
        else:
            messages.success(request, _("Saved the letter."))
            return redirect("coordination:letter-detail", found.pk)
    return _form_page(request, form, addressee=found.addressee, letter=found, overtaken=overtaken)


@require_http_methods(_METHODS)
@member_required
def letter_drop(request: HttpRequest, letter: int) -> HttpResponse:
    """Ask once more, then drop a letter that was not sent."""
    found = _letter(request, letter)
    require(can_change_letter(request.actor, found))
    if request.method != "POST":
        return render(request, "coordination/urging/letter_drop.html", {"letter": found})
    services.drop_letter(found, actor=request.actor)
    messages.success(request, _("The letter is dropped."))
    return redirect("coordination:letter-list")


def _letter(request: HttpRequest, number: int) -> UrgingLetter:
    seen = UrgingLetter.objects.visible_to(request.actor).select_related("unit", "issuer", "addressee")
    found = seen.filter(pk=number).first() if number < _LARGEST else None
    return found or _missing(request)


def _urged(request: HttpRequest, number: int) -> Overdue:
    """The agency an address names with its overdue tasks, among those the actor could urge."""
    overdue = overdue_by_lead(request.actor, clock.today())
    return next((one for one in overdue if one.agency.pk == number), None) or _missing(request)


def _missing(request: HttpRequest):
    """Raises: Http404; NotAllowed for what was sent, so that the log tells of it."""
    if request.method == "POST":
        require(unseen())
    raise Http404


def _overtaken(request: HttpRequest, tasks, letter: UrgingLetter, conflict: Conflict) -> LetterForm:
    """The form as typed over the newest revision: saving it again is then a choice."""
    stored = UrgingLetter.objects.visible_to(request.actor).get(pk=letter.pk)
    typed = request.POST.copy()
    typed["revision"] = str(stored.revision)
    again = LetterForm(typed, actor=request.actor, tasks=tasks, letter=stored)
    again.is_valid()
    again.add_error(None, str(conflict))
    return again


def _form_page(request: HttpRequest, form: LetterForm, *, addressee, letter=None, overtaken: bool = False):
    page = {"form": form, "addressee": addressee, "letter": letter}
    status = (409 if overtaken else 422) if form.errors else 200
    return render(request, "coordination/urging/letter_form.html", page, status=status)
