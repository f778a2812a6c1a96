"""Counts as pages write them: each a link to the list of exactly what it counts, where there is such a list."""

from django.urls import reverse
from django.utils.safestring import SafeString

from coordination.figures.queries import Number
from records import wording
from records.markup import filled

_LINK = (
    '<a class="text-reset link-underline link-underline-opacity-25 link-underline-opacity-100-hover" href="{}{}"'
    ' data-count="{}">{}{}</a>'
)
_SPOKEN = '<span class="visually-hidden"> {}</span>'


class Numbers:
    """The counts of one page. Rule: R-FIG-12."""

    def __init__(self) -> None:
        self.list_address = reverse("coordination:task-list")

    def address_of(self, number: Number) -> str:
        """The list of exactly what was counted; blank where there is none or nothing was counted."""
        return f"{self.list_address}{number.query}" if number and number.query else ""

    def of(self, number: Number, *, spoken: str = "") -> SafeString:
        """A count, with what it counts for those who only hear it."""
        shown, said = wording.number(number), filled(_SPOKEN, spoken) if spoken else ""
        if not number or not number.query:
            return filled("{}{}", shown, said)
        return filled(_LINK, self.list_address, number.query, int(number), shown, said)
