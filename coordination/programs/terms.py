"""The usual periods of programs and the two days each stands for; no database."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Term(models.TextChoices):
    """How long a program runs; any other two days are entered as such."""

    YEAR = "year", _("The whole year")
    FIRST_HALF = "first_half", _("First half of the year")
    SECOND_HALF = "second_half", _("Second half of the year")
    THREE_YEARS = "three_years", _("Three years")
    FIVE_YEARS = "five_years", _("A term, five years")
    OTHER = "other", _("Other two days")


_YEARS = {Term.YEAR: 1, Term.THREE_YEARS: 3, Term.FIVE_YEARS: 5}


def period_of(term: Term | str, year: int) -> tuple[date, date] | None:
    """The first and last day of a usual period that begins in a year; None where the days are entered."""
    term = Term(term)
    if term is Term.FIRST_HALF:
        return date(year, 1, 1), date(year, 6, 30)
    if term is Term.SECOND_HALF:
        return date(year, 7, 1), date(year, 12, 31)
    if term in _YEARS:
        return date(year, 1, 1), date(year + _YEARS[term] - 1, 12, 31)
    return None
