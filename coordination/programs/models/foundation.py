"""A paper outside the portal that a program rests on: what is known of it, the rest left free."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.access.scopes import seen_through
from coordination.programs.models.programs import Program
from records.fields import Line


class FoundationPaper(models.Model):
    """The paper outside the portal a program carries out or rests on; any of its particulars may be unknown."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="foundation")
    kind = Line(_("kind"), max_length=60, blank=True)
    title = Line(_("title"), max_length=300, blank=True)
    number = Line(_("number and symbol"), max_length=60, blank=True)
    dated_on = models.DateField(_("date"), null=True, blank=True)
    parties = Line(_("parties"), max_length=300, blank=True)

    objects = seen_through("program").as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="", title="", number="", parties="", dated_on=None),
                name="foundationpaper_says_something",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.kind, self.number, self.title) if part) or self.parties or "…"
