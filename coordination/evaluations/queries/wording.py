"""A grading scheme in words, from its data."""

from django.utils.translation import gettext as _

from coordination.evaluations.enums import PartKind
from coordination.evaluations.models import GradingScheme
from records.wording import number

_WORDS = {
    PartKind.RESULTS: lambda: _("task results"),
    PartKind.SELF: lambda: _("self-evaluation"),
    PartKind.CROSS: lambda: _("cross-evaluation"),
    PartKind.VERIFIED: lambda: _("verification"),
}


def formula(scheme: GradingScheme) -> str:
    """How the total is made up: "Total = 50% task results + 20% self-evaluation + 30% cross-evaluation."."""
    if scheme.is_in_words:
        return _(
            "Grades are given in words, without points. Proposed is the grade verified, otherwise the one most of the "
            "others gave, otherwise the agency’s own."
        )
    parts = " + ".join(f"{part.weight_percent}% {_WORDS[PartKind(part.kind)]()}" for part in scheme.parts.all())
    return _("Total = %(parts)s.") % {"parts": parts}


def points_rule(scheme: GradingScheme) -> str:
    """What a task gives, by its outcome; nothing where no part counts tasks."""
    if not any(part.kind == PartKind.RESULTS for part in scheme.parts.all()):
        return ""
    return _(
        "Task results: on time %(on_time)s points, late %(late)s points, "
        "unfinished %(unfinished)s points times the share reached."
    ) % {
        "on_time": number(scheme.on_time_points),
        "late": number(scheme.late_points),
        "unfinished": number(scheme.unfinished_points),
    }


def bands(scheme: GradingScheme) -> list[str]:
    """Each grade with the totals that earn it and its cap: from 90 (at most 20%), 70 to below 90, below 70."""
    words, above = [], None
    for band in scheme.bands.all():
        text = _earned(band.label, band.from_points, above)
        if band.cap_percent is not None:
            text = _("%(grade)s (at most %(cap)s%% of the agencies)") % {"grade": text, "cap": band.cap_percent}
        words.append(text)
        above = band.from_points
    return words


def _earned(label: str, floor, above) -> str:
    if floor is None:
        return label
    words = {"floor": number(floor), "above": number(above), "grade": label}
    if above is None:
        return _("From %(floor)s: %(grade)s") % words
    if not floor:
        return _("Below %(above)s: %(grade)s") % words
    return _("%(floor)s to below %(above)s: %(grade)s") % words
