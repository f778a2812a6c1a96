"""The two doors for signing tools: whoever has a secret address needs no sign-in, once and for half an hour.

Why no token against forgery: a tool has no session that could be abused; the address itself is the secret. The answer
to an upload has the shape known tools expect: Status 0 and a Message, or another Status with the reason.
"""

import contextlib

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from records.errors import Conflict, NotAllowed, Refusal
from reports.signing import services

TAKEN, REFUSED = 0, 1


@require_GET
@never_cache
def tool_file(request: HttpRequest, token: str) -> HttpResponse:
    """The file to sign, once.

    Why a reading request writes: the address is used up by it, and the log tells who took the file.
    """
    handed = None
    with contextlib.suppress(NotAllowed, Conflict, FileNotFoundError):
        handed = services.hand_over_by_address(token)
    if handed is None:
        raise Http404
    content, name = handed
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Robots-Tag"] = "noindex"
    return response


@csrf_exempt
@require_POST
@never_cache
def tool_upload(request: HttpRequest, token: str) -> HttpResponse:
    """The signed file, brought by a signing tool: as the first file of a form, or as the whole body."""
    try:
        state = services.take_by_address(token, _content(request))
    except NotAllowed:
        raise Http404 from None
    except Refusal as refusal:
        status = 409 if isinstance(refusal, Conflict) else 422
        return JsonResponse({"Status": REFUSED, "Message": str(refusal)}, status=status)
    if state is None:
        raise Http404
    told = {"Status": TAKEN, "Message": _("The signed file is taken."), "FileName": state.file.name}
    return JsonResponse(told | {"FileServer": state.file.sha256})


def _content(request: HttpRequest) -> bytes:
    """The bytes a tool sends: a file of a form under whatever name, or the whole body."""
    if request.content_type == "multipart/form-data":
        return next((upload.read() for upload in request.FILES.values()), b"")
    return request.read()  # the door has measured it; `body` is for forms and ends at what a form may hold
