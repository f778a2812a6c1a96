"""What was typed into a form whose session had ended: the browser carries it through the sign-in; nothing is stored.

It is signed, so that nobody else can put words into a form, and bound to the account whose session ended.
"""

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

FIELD = "kept"
_SALT = "portal.kept"
_FOR_SECONDS = 12 * 60 * 60
_NEVER_KEPT = ("password", "csrfmiddlewaretoken", "code")


@dataclass(frozen=True)
class Kept:
    """A form that could not be taken: where it goes, its fields in their order, whether files were among them."""

    path: str
    fields: tuple[tuple[str, str], ...]
    lost_files: bool


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page in answer to a form, with what was typed carried along."""
    from portal.views.access import sign_in_page

    kept = _packed(request)
    if kept:
        words = _("The session has ended. Sign in again: what you typed is kept.")
    else:
        words = _("The session has ended. Sign in again.")
    return sign_in_page(request, notice=words, kept=kept, status=403)


def carried(request: HttpRequest) -> str:
    """What a sign-in form carries along, as it came."""
    return request.POST.get(FIELD, "") if request.method == "POST" else ""


def opened(packed: str, account_id: int) -> Kept | None:
    """The form that was carried along, where it is the portal's own, not too old and this account's."""
    try:
        held = signing.loads(packed, salt=_SALT, max_age=_FOR_SECONDS) if packed else None
    except signing.BadSignature:
        return None
    if held is None or held["account"] not in (None, str(account_id)):
        return None
    return Kept(held["path"], tuple((name, value) for name, value in held["fields"]), held["files"])


def send_again(request: HttpRequest, form: Kept) -> HttpResponse:
    """After the sign-in: what was typed, to be looked at and sent with one button; codes of choices are not shown."""
    shown = [value for _name, value in form.fields if len(value.split()) > 1 or not value.isascii()]
    return render(request, "portal/send_again.html", {"form_kept": form, "shown": shown})


def _packed(request: HttpRequest) -> str:
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(part in name.lower() for part in _NEVER_KEPT)
    ]
    account = request.account_before
    held = {"path": request.get_full_path(), "account": account, "fields": typed, "files": bool(request.FILES)}
    return signing.dumps(held, salt=_SALT, compress=True) if typed else ""
