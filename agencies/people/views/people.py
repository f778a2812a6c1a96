"""Who holds what in the agencies one may look up, and all that one person held."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.people import services
from agencies.people.forms import NameForm
from agencies.people.models import Person
from agencies.people.permissions import can_correct_name
from agencies.people.queries import grouped, holders_today, offices_of_person
from records import clock
from records.errors import RuleBroken
from records.forms import posted

PAGE_SIZE, LONGEST_SEARCH = 50, 200


@require_safe
@member_required
def person_list(request: HttpRequest) -> HttpResponse:
    """Office holders of today in protocol order: agencies, heads, posts, then given names."""
    asked = " ".join(request.GET.get("q", "").split())[:LONGEST_SEARCH]
    today = clock.today()
    page = Paginator(holders_today(request.actor, today, asked), PAGE_SIZE).get_page(request.GET.get("page", 1))
    shown = {"page": page, "groups": grouped(page.object_list, today), "asked": asked}
    return render(request, "agencies/people/person_list.html", shown)


@require_safe
@member_required
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: what they hold today and what they held."""
    person = _person(request, pk)
    now, others = offices_of_person(request.actor, person, clock.today())
    page = {"person": person, "now": now, "others": others, "may_rename": can_correct_name(request.actor, person)}
    return render(request, "agencies/people/person_detail.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def person_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a name that was recorded wrongly."""
    person = _person(request, pk)
    require(can_correct_name(request.actor, person))
    form = NameForm(posted(request), initial={"full_name": person.full_name})
    if request.method == "POST" and form.is_valid():
        try:
            services.rename_person(person, form.cleaned_data["full_name"], actor=request.actor)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Saved the name."))
            return redirect("agencies:person-detail", person.pk)
    status = 422 if form.errors else 200
    return render(request, "agencies/people/person_rename.html", {"person": person, "form": form}, status=status)


def _person(request: HttpRequest, pk: int) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.actor), pk=pk)
