"""What the address of a history says."""

from django.http import HttpRequest


def place_in_log(request: HttpRequest) -> dict[str, str]:
    """Which stretch of the log a page shows: the entries before one, or after one."""
    return {"before": request.GET.get("before", ""), "after": request.GET.get("after", "")}
