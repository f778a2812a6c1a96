"""What an address asks of the dashboard, and in words what of it makes no sense."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.models import Membership
from records import text, wording
from records.fields import DayField
from reports.dashboard.narrowing import Narrowing, narrowing_found

_LONGEST_QUOTED = 40


@dataclass(frozen=True)
class Asked:
    """What is shown: the narrowing and the day it is judged on; `remarks` say what of the address was left out.

    `day` is the day asked for, None for today.
    """

    narrowing: Narrowing
    as_of: date
    day: date | None
    remarks: tuple[str, ...]


def asked_from(query: Mapping[str, str], actor: Membership, *, year: int, today: date) -> Asked:
    """What an address asks for, as far as it makes sense; whatever does not is left out and said.

    Rule: R-DASH-2. A code that names nothing and one that names what the actor may not see are told in the same words.
    """
    narrowing, unknown = narrowing_found(query, actor)
    day, fault = day_in(query.get("day", ""), today)
    remarks = [remark_on_year(query.get("year", ""), year), *(_of_code(key, query[key]) for key in unknown), fault]
    return Asked(narrowing, day or today, day, tuple(remark for remark in remarks if remark))


def day_in(typed: str, today: date) -> tuple[date | None, str]:
    """The day typed, None for today; and in words why it is not the one shown."""
    try:
        day = DayField(required=False).clean(typed)
    except ValidationError:
        return None, _("“%(typed)s” is no day the portal can read; the figures are those of today.") % _quoted(typed)
    if day is not None and day > today:
        words = {"day": wording.day(day)}
        return None, _("%(day)s has not come yet; the figures are those of today.") % words
    return (None, "") if day == today else (day, "")


def remark_on_year(typed: str, year: int) -> str:
    """In words that what was typed is not the year shown; nothing where it is."""
    if not typed.strip() or typed.strip() == str(year):
        return ""
    return _("“%(typed)s” is not a year the portal counts; this is %(year)s.") % (_quoted(typed) | {"year": year})


def _of_code(key: str, typed: str) -> str:
    words = {
        "program": _("There is no program “%(typed)s” that you see; all programs are shown."),
        "agency": _("There is no agency “%(typed)s” whose figures you see; all agencies are shown."),
        "area": _("There is no area “%(typed)s”; all areas are shown."),
    }
    return words[key] % _quoted(typed)


def _quoted(typed: str) -> dict[str, str]:
    """What was typed, short enough to be read in a sentence."""
    words = text.without_forbidden(typed).strip()
    return {"typed": words if len(words) <= _LONGEST_QUOTED else f"{words[:_LONGEST_QUOTED]}…"}
