"""A grading scheme in words, from its data."""

from django.utils.translation import gettext as _

from coordination.evaluations.enums import PartKind
from coordination.evaluations.models import GradingScheme
from records.wording import number

_WORDS = {
    PartKind.RESULTS: lambda: _("task results"),
    PartKind.SELF: lambda: _("self-evaluation"),
    PartKind.CROSS: lambda: _("cross-evaluation"),
}


def formula(scheme: GradingScheme) -> str:
    """How the total is made up: "Total = 50% task results + 20% self-evaluation + 30% cross-evaluation."."""
    parts = " + ".join(f"{part.weight_percent}% {_WORDS[PartKind(part.kind)]()}" for part in scheme.parts.all())
    return _("Total = %(parts)s.") % {"parts": parts}


def points_rule(scheme: GradingScheme) -> str:
    """What a task gives, by its outcome."""
    return _(
        "Task results: on time %(on_time)s points, late %(late)s points, "
        "unfinished %(unfinished)s points times the share reached."
    ) % {
        "on_time": number(scheme.on_time_points),
        "late": number(scheme.late_points),
        "unfinished": number(scheme.unfinished_points),
    }


def bands(scheme: GradingScheme) -> list[str]:
    """Each grade with the totals that earn it: from 90, 70 to below 90, below 70."""
    words, above = [], None
    for band in scheme.bands.all():
        floor = number(band.from_points)
        if above is None:
            words.append(_("From %(floor)s: %(grade)s") % {"floor": floor, "grade": band.label})
        elif not band.from_points:
            words.append(_("Below %(above)s: %(grade)s") % {"above": above, "grade": band.label})
        else:
            words.append(
                _("%(floor)s to below %(above)s: %(grade)s") % {"floor": floor, "above": above, "grade": band.label}
            )
        above = floor
    return words
