"""The certificates by which an agency signs: which, for whom, until when; registering and ending them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.certificates import services
from agencies.certificates.forms import CertificateForm, EndCertificateForm
from agencies.certificates.models import SigningCertificate
from agencies.certificates.permissions import can_keep_certificates
from agencies.certificates.queries import certificates_of
from agencies.directory.models import Agency
from records import clock
from records.errors import RuleBroken
from records.forms import posted

_form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@member_required
def certificate_list(request: HttpRequest, unit: str, agency: str) -> HttpResponse:
    """The certificates registered for the offices and the seal of an agency, the live ones first."""
    found = _agency(request, unit, agency)
    page = {
        "agency": found,
        "certificates": list(certificates_of(found)),
        "may_keep": can_keep_certificates(request.actor, found),
        "is_over": found.valid_to is not None and found.valid_to < clock.today(),
        "now": clock.now(),
    }
    return render(request, "agencies/certificates/certificate_list.html", page)


@_form_methods
@member_required
def certificate_add(request: HttpRequest, unit: str, agency: str) -> HttpResponse:
    """Register a certificate."""
    found = _kept(request, unit, agency)
    form = CertificateForm(posted(request), request.FILES or None, agency=found)
    if request.method == "POST" and form.is_valid():
        try:
            certificate = services.register_certificate(found, actor=request.actor, **form.facts())
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            told = {"subject": certificate.subject}
            messages.success(request, _("Registered the certificate of %(subject)s.") % told)
            return _back(found)
    words = {"title": _("Register a certificate"), "button": _("Register the certificate")}
    return _form_page(request, found, form, words)


@_form_methods
@member_required
def certificate_end(request: HttpRequest, unit: str, agency: str, certificate: int) -> HttpResponse:
    """Say that a certificate signs no more."""
    found = _kept(request, unit, agency)
    rows = SigningCertificate.objects.visible_to(request.actor).filter(agency=found)
    kept = get_object_or_404(rows, pk=certificate)
    form = EndCertificateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.end_certificate(kept, actor=request.actor, reason=form.cleaned_data["reason"])
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The certificate of %(subject)s signs no more.") % {"subject": kept.subject})
            return _back(found)
    words = {
        "title": _("End the certificate of %(subject)s?") % {"subject": kept.subject},
        "button": _("End the certificate"),
    }
    return _form_page(request, found, form, words)


def _form_page(request: HttpRequest, agency: Agency, form, words: dict) -> HttpResponse:
    page = {"agency": agency, "form": form, **words}
    status = 422 if form.errors else 200
    return render(request, "agencies/certificates/certificate_form.html", page, status=status)


def _agency(request: HttpRequest, unit: str, agency: str) -> Agency:
    rows = Agency.objects.visible_to(request.actor).select_related("unit")
    return get_object_or_404(rows, unit__code__iexact=unit, code=agency)


def _kept(request: HttpRequest, unit: str, agency: str) -> Agency:
    """The agency, whose certificates the actor may keep."""
    found = _agency(request, unit, agency)
    require(can_keep_certificates(request.actor, found))
    return found


def _back(agency: Agency) -> HttpResponse:
    return redirect("agencies:certificate-list", agency.unit.code.lower(), agency.code)
