"""The workbooks that go out."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from agencies.access.http import member_required
from coordination.intake.views.files import workbook_response
from coordination.programs.http import year_of
from coordination.programs.views.fetch import program_or_404
from coordination.workbooks import services


@require_safe
@member_required
def program_workbook(request: HttpRequest, program: str) -> HttpResponse:
    """All tasks of a program as a workbook that can come back."""
    file = services.take_program_workbook(program_or_404(request, program), actor=request.actor)
    return workbook_response(file.content, file.name)


@require_safe
@member_required
def agency_workbook(request: HttpRequest) -> HttpResponse:
    """The tasks the actor's agencies lead in the working year as a workbook that can come back."""
    file = services.take_agency_workbook(year_of(request), actor=request.actor)
    return workbook_response(file.content, file.name)
