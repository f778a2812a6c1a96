"""Photos of a conference: shown small, taken whole, added, changed, moved, removed."""

from collections.abc import Callable
from typing import BinaryIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.conferences import services
from coordination.conferences.forms import PhotoForm, stored_photo
from coordination.conferences.models import Conference, Photo
from coordination.conferences.permissions import can_keep_record
from coordination.conferences.views.doors import accepted, find, missing_part, show
from coordination.conferences.views.overtaken import overtaken, typed_again
from records.errors import Conflict
from records.files.enums import FileKind
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]
_LARGEST = 1 << 62


@require_http_methods(_METHODS)
@member_required
def conference_photo_add(request: HttpRequest, conference: str) -> HttpResponse:
    """Add a photo: caption and picture, or the caption alone for now."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    form = PhotoForm(posted(request), request.FILES or None)
    if accepted(request, form, lambda: services.add_photo(found, actor=request.actor, **form.photo())):
        messages.success(request, _("The photo has been added."))
        return _to_photos(found)
    return show(request, "conference_photo.html", found, form=form, tab="records")


@require_http_methods(_METHODS)
@member_required
def conference_photo_edit(request: HttpRequest, conference: str, pk: int) -> HttpResponse:
    """Change the caption, put a picture in or exchange it."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    photo = _photo_at(request, found, pk)
    form = PhotoForm(posted(request), request.FILES or None, initial=stored_photo(photo))
    page = {"photo": photo, "tab": "records"}
    try:
        if accepted(request, form, lambda: _change(photo, form, request)):
            messages.success(request, _("The photo has been saved."))
            return _to_photos(found)
    except Conflict as conflict:
        photo = _photo_at(request, found, pk)
        again = PhotoForm(typed_again(request, photo.revision))
        again.fields.pop("picture")  # a browser sends no file twice: it is chosen again on the form itself
        return overtaken(
            request,
            found,
            conflict=conflict,
            mine=form,
            stored=stored_photo(photo),
            again=again,
            url=request.path,
            back=_records(found),
            tab="records",
        )
    return show(request, "conference_photo.html", found, form=form, **page)


@require_POST
@member_required
def conference_photo_move(request: HttpRequest, conference: str, pk: int) -> HttpResponse:
    """Show a photo earlier or later."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    services.move_photo(_photo_at(request, found, pk), actor=request.actor, up=request.POST.get("to") == "up")
    return _to_photos(found)


@require_http_methods(_METHODS)
@member_required
def conference_photo_remove(request: HttpRequest, conference: str, pk: int) -> HttpResponse:
    """Show a photo no longer, after it was asked."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    photo = _photo_at(request, found, pk)
    if request.method == "POST":
        services.remove_photo(photo, actor=request.actor)
        messages.success(request, _("The photo has been removed."))
        return _to_photos(found)
    return show(request, "conference_photo_remove.html", found, photo=photo, tab="records")


@require_safe
@cache_control(private=True, no_cache=True)
@member_required
def conference_photo_small(request: HttpRequest, conference: str, pk: int) -> HttpResponse:
    """The small picture of a page; bytes the portal drew itself, so a browser may show them in place.

    A browser that has them asks each time whether it still may, and is not sent them again.
    """
    photo = _photo_at(request, find(request, conference), pk)
    known = get_conditional_response(request, etag=f'"{photo.small.sha256}"') if photo.is_shown else None
    return known or _picture(lambda: services.show_photo(photo, actor=request.actor), photo, is_taken=False)


@require_safe
@member_required
def conference_photo_file(request: HttpRequest, conference: str, pk: int) -> HttpResponse:
    """The whole picture, always as a download under its own name."""
    photo = _photo_at(request, find(request, conference), pk)
    return _picture(lambda: services.hand_over_photo(photo, actor=request.actor), photo, is_taken=True)


def _picture(opened: Callable[[], BinaryIO], photo: Photo, *, is_taken: bool) -> HttpResponse:
    try:
        content = opened()
    except FileNotFoundError as lost:
        raise Http404 from lost
    kept = photo.file if is_taken else photo.small
    response = FileResponse(
        content, as_attachment=is_taken, filename=kept.name, content_type=FileKind(kept.kind).media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{kept.sha256}"'
    return response


def _photo_at(request: HttpRequest, conference: Conference, pk: int) -> Photo:
    rows = Photo.objects.visible_to(request.actor).filter(conference=conference).select_related("file", "small")
    found = rows.filter(pk=pk).first() if pk < _LARGEST else None
    if found is None:
        missing_part(request)
    found.conference = conference
    return found


def _change(photo: Photo, form: PhotoForm, request: HttpRequest) -> Photo:
    return services.change_photo(photo, actor=request.actor, revision=form.cleaned_data["revision"], **form.photo())


def _records(conference: Conference) -> str:
    return redirect("coordination:conference-records", conference.slug)["Location"]


def _to_photos(conference: Conference) -> HttpResponse:
    return redirect(f"{_records(conference)}#anh")
