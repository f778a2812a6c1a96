"""The page after somebody else of the secretariat was faster: both texts, and one's own to save over the other."""

from django.http import HttpRequest, HttpResponse

from coordination.conferences.models import Conference
from coordination.conferences.views.doors import show
from coordination.programs.views.conflicts import differences
from records.errors import Conflict
from records.forms import PortalForm


def overtaken(
    request: HttpRequest,
    conference: Conference,
    *,
    conflict: Conflict,
    mine: PortalForm,
    stored: dict,
    again: PortalForm,
    url: str,
    back: str,
    tab: str,
) -> HttpResponse:
    """Every field that differs, side by side, and the form as it was typed, on the state it meets. Nothing is lost."""
    page = {"reason": str(conflict), "differences": differences(mine, stored), "url": url, "back": back}
    answer = show(request, "conference_overtaken.html", conference, tab=tab, **page, form=None, again=again)
    answer.status_code = 409
    return answer


def typed_again(request: HttpRequest, revision: int):
    """What was sent, as if it had been opened on the state that is stored now."""
    again = request.POST.copy()
    again["revision"] = str(revision)
    return again
