"""The working year of a request."""

from django.http import HttpRequest

from coordination.programs.queries import working_year, years_of


def year_of(request: HttpRequest) -> int:
    """The year the page shows."""
    return working_year(request.GET.get("year"), years_of(request.actor))
