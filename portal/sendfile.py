"""Stored files leave through the proxy where the service says so: views allow and are audited, nginx sends the bytes.

Rule: R-DEPLOY-4. The address named to nginx is one it serves to nobody who asks for it.
"""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

STORED = "/stored/"
_OF_THE_BYTES = ("Content-Length",)


def through_the_proxy(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable:
    """Name the file to the proxy instead of reading it, for every answer that is a file under MEDIA_ROOT."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        place = _place_of(response) if settings.SENDFILE else None
        return response if place is None else _named(response, place)

    return middleware


def _place_of(response: HttpResponseBase) -> Path | None:
    """Where the file of an answer lies among the stored ones, if it does."""
    if not isinstance(response, FileResponse):
        return None
    name = getattr(response.file_to_stream, "name", None)
    path = Path(name) if isinstance(name, str) else None
    stored = Path(settings.MEDIA_ROOT)
    return path.relative_to(stored) if path and path.is_relative_to(stored) else None


def _named(response: FileResponse, place: Path) -> HttpResponse:
    """The same answer with the place of its bytes in their stead."""
    headers = {name: value for name, value in response.items() if name not in _OF_THE_BYTES}
    named = HttpResponse(status=response.status_code, headers=headers)
    named.cookies = response.cookies
    named["X-Accel-Redirect"] = STORED + quote(place.as_posix())
    response.file_to_stream.close()  # not the answer, whose end is the end of the request
    return named
