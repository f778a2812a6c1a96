"""Pages about versions: one as it was, two compared, and what drifted from the signed one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.programs.models import Program, ProgramVersion
from coordination.programs.permissions import can_view_drafting, can_view_paper
from coordination.programs.views.fetch import program_or_404
from coordination.versions.clauses import Named, clauses_of
from coordination.versions.enums import ClauseKind, Fate
from coordination.versions.queries import (
    changes_between,
    chosen,
    contents_of,
    drift_of,
    editions_of,
    name_of,
    signed_version,
)
from records import clock


@require_safe
@member_required
def program_comparison(request: HttpRequest, program: str) -> HttpResponse:
    """Two versions clause by clause; without a choice, the last two."""
    found = program_or_404(request, program)
    require(can_view_drafting(request.actor, found))
    editions = editions_of(found, actor=request.actor)
    pair = chosen(editions, request.GET.get("from"), request.GET.get("to"))
    if pair is None and len(editions) > 1:
        raise Http404
    page = {"program": found, "editions": editions}
    if pair is not None:
        compared = changes_between(*contents_of(found, pair, today=clock.today()))
        counts = [(fate, count) for fate, count in compared.counts.items() if count and fate != Fate.SAME]
        page |= {"moved": Fate.MOVED, "older": pair[0], "newer": pair[1], "compared": compared, "counts": counts}
    return render(request, "coordination/versions/program_comparison.html", page)


@require_safe
@member_required
def program_version(request: HttpRequest, program: str, label: str) -> HttpResponse:
    """A version as it was frozen: its facts, text, parties and tasks, by the names of its day."""
    found = program_or_404(request, program)
    version = _version(request, found, label)
    clauses = clauses_of(version.snapshot, Named.in_version(version.snapshot))
    page = {
        "program": found,
        "version": version,
        "name": name_of(version),
        "may_compare": can_view_drafting(request.actor, found),
        "is_signed": version == signed_version(found),
    }
    page |= {kind.name.lower(): [clause for clause in clauses if clause.kind == kind] for kind in ClauseKind}
    return render(request, "coordination/versions/program_version.html", page)


@require_safe
@member_required
def program_drift(request: HttpRequest, program: str) -> HttpResponse:
    """What is no longer as it was signed, with each change's day, ground and author."""
    found = program_or_404(request, program)
    require(can_view_paper(request.actor, found))
    page = {
        "program": found,
        "drift": drift_of(found, actor=request.actor, today=clock.today()),
        "may_compare": can_view_drafting(request.actor, found),
    }
    return render(request, "coordination/versions/program_drift.html", page)


def _version(request: HttpRequest, program: Program, label: str) -> ProgramVersion:
    """The version of an address. Outside the parties there is the signed one, and of others nothing is told."""
    versions = program.versions.readable_by(request.actor).select_related("locked_by__agency")
    major, _dot, minor = label.partition(".")
    known = major.isascii() and minor.isascii() and major.isdigit() and minor.isdigit() and len(label) < 10
    version = versions.filter(major=major, minor=minor).first() if known else None
    if version is None:
        require(can_view_drafting(request.actor, program))
    return version or get_object_or_404(versions.none())
