"""What a party does in a round: writes, changes and withdraws comments, declares that it is done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.decisions import no, require
from agencies.access.http import member_required
from coordination.consultation import services
from coordination.consultation.forms import CommentForm, ReplyForm
from coordination.consultation.forms.writing import TAKE_BACK, stored_comment
from coordination.consultation.models import Comment, ConsultationRound
from coordination.consultation.permissions import can_change_comment
from coordination.consultation.queries import parties_spoken_for, places_of
from coordination.consultation.views.fetch import comment_or_404, consulted_program, round_or_404
from coordination.consultation.views.reading import back_to, consultation_page
from coordination.programs.models import Program, ProgramParty
from coordination.programs.views.conflicts import Difference
from records.errors import Conflict, RuleBroken
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]
_DONE = {
    "no_comments": gettext_lazy("Your agency has declared that it has no comments."),
    "sent": gettext_lazy("Your agency has declared that all its comments are sent."),
    TAKE_BACK: gettext_lazy("The declaration is taken back; you can write again."),
}
_SERVICES = {
    "no_comments": services.declare_no_comments,
    "sent": services.declare_sent,
    TAKE_BACK: services.take_back_reply,
}


@require_http_methods(_METHODS)
@member_required
def comment_add(request: HttpRequest, program: str, round: int) -> HttpResponse:
    """Write a comment on a place of the draft as it was sent."""
    found, rounds = consulted_program(request, program)
    asked = round_or_404(rounds, round)
    parties = _spoken_for(request, asked)
    asked.version.refresh_from_db(fields=["snapshot"])
    places, wanted = places_of(asked.version), request.GET.get("place", "")
    wanted = wanted if any(place.code == wanted for place in places) else ""
    form = CommentForm(posted(request), places=places, parties=parties, place=wanted)
    status = 422
    if request.method == "POST" and form.is_valid():
        try:
            written = services.comment(asked, actor=request.actor, party=form.party_chosen, **form.words())
        except (RuleBroken, Conflict) as refusal:
            status = _told_by(form, refusal)
        else:
            messages.success(request, _("Sent the comment on “%(place)s”.") % {"place": written.place_label})
            return _after(request, found, asked)
    return _form_page(request, found, asked, form, places=places, wanted=wanted, status=status)


@require_http_methods(_METHODS)
@member_required
def comment_edit(request: HttpRequest, program: str, comment: int) -> HttpResponse:
    """Change one's own comment; when somebody was faster both texts are shown."""
    found, _rounds = consulted_program(request, program)
    own = comment_or_404(request, found, comment)
    require(can_change_comment(request.actor, own))
    places = places_of(own.round.version)
    form = CommentForm(posted(request), places=places, parties=[own.party], comment=own)
    status, differences = 422, []
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            services.edit_comment(own, actor=request.actor, revision=revision, **form.words())
        except RuleBroken as refusal:
            status = _told_by(form, refusal)
        except Conflict as conflict:
            stored = comment_or_404(request, found, comment)
            differences = _differences(form, stored)
            form = CommentForm(
                _with_revision(request, stored.revision), places=places, parties=[own.party], comment=stored
            )
            form.is_valid()
            status = _told_by(form, conflict)
        else:
            messages.success(request, _("Saved the comment."))
            return back_to(found, own.round)
    more = {"comment": own, "differences": differences, "places": places}
    return _form_page(request, found, own.round, form, status=status, **more)


@require_POST
@member_required
def comment_withdraw(request: HttpRequest, program: str, comment: int) -> HttpResponse:
    """Take one's own comment back."""
    found, _rounds = consulted_program(request, program)
    own = comment_or_404(request, found, comment)
    require(can_change_comment(request.actor, own))
    try:
        services.withdraw_comment(own, actor=request.actor)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The comment on “%(place)s” is withdrawn.") % {"place": own.place_label})
    return back_to(found, own.round)


@require_POST
@member_required
def consultation_reply(request: HttpRequest, program: str, round: int) -> HttpResponse:
    """Declare that a party has no comments or has sent all, or take that back."""
    found, rounds = consulted_program(request, program)
    asked = round_or_404(rounds, round)
    form = ReplyForm(request.POST, parties=_spoken_for(request, asked))
    if form.is_valid():
        reply = form.cleaned_data["reply"]
        try:
            _SERVICES[reply](asked, actor=request.actor, party=form.party_chosen)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, str(_DONE[reply]))
            return back_to(found, asked)
    return consultation_page(request, found, rounds, failed=form)


def _spoken_for(request: HttpRequest, round: ConsultationRound) -> list[ProgramParty]:
    """The parties the reader may write for.

    Raises: NotAllowed saying who may, when there is none.
    """
    parties = parties_spoken_for(round, request.actor)
    if not parties:
        require(no(_("Only officials, leaders and secretaries of the parties comment on the draft.")))
    return parties


def _told_by(form: CommentForm, refusal: RuleBroken | Conflict) -> int:
    """Put the refusal above the form, which keeps what was typed; the status of the answer."""
    if isinstance(refusal, Conflict):
        form.add_error(None, str(refusal))
        return 409
    form.add_refusal(refusal)
    return 422


def _after(request: HttpRequest, program: Program, round: ConsultationRound) -> HttpResponse:
    """On to the next comment, or back to the comments."""
    if "again" in request.POST:
        return redirect(reverse("coordination:comment-add", args=[program.slug, round.number]))
    return back_to(program, round)


def _form_page(request: HttpRequest, program: Program, round: ConsultationRound, form, *, status: int, **more):
    page = {"program": program, "round": round, "form": form, **more}
    chosen = form["place"].value()
    page["chosen"] = next((place for place in more["places"] if place.code == chosen), None)
    code = status if form.errors else 200
    return render(request, "coordination/consultation/comment_form.html", page, status=code)


def _with_revision(request: HttpRequest, revision: int):
    """What was typed, over the newest revision: saving it again is then a choice, no accident."""
    typed = request.POST.copy()
    typed["revision"] = str(revision)
    return typed


def _differences(form: CommentForm, stored: Comment) -> list[Difference]:
    kept = stored_comment(stored) | {"place": stored.place_label}
    typed = form.words() | {"place": dict(_flat(form)).get(form.cleaned_data["place"], "")}
    return [
        Difference(str(form.fields[name].label), typed[name], kept[name])
        for name in ("place", "text", "proposed")
        if typed[name] != kept[name]
    ]


def _flat(form: CommentForm):
    for value, label in form.fields["place"].choices:
        yield from label if isinstance(label, list) else [(value, label)]
