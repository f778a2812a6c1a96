"""Papers from above that tasks were given by."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.access.scopes import works_on_content
from agencies.models import AdminUnit, Membership
from records.fields import Folded, Line
from records.wording import day


class DirectionPaperQuerySet(models.QuerySet):
    """Papers of direction, as tasks ask for them."""

    def visible_to(self, actor: Membership | None) -> "DirectionPaperQuerySet":
        """The papers of the tasks the actor sees. Rule: R-SEE-2."""
        if not works_on_content(actor):
            return self.none()
        tasks = self.model._meta.get_field("tasks").related_model
        return self.filter(pk__in=tasks.objects.visible_to(actor).values("direction_id"))


class DirectionPaper(models.Model):
    """A paper a higher authority gave tasks by: known by its number, day and issuer, entered once in a unit."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="direction_papers")
    number = Line(_("number and symbol"), max_length=60)
    number_folded = Folded(of=("number",), max_length=200)
    issued_on = models.DateField(_("day"))
    issuer = Line(_("issued by"), max_length=200)
    subject = Line(_("about"), max_length=300, blank=True)

    objects = DirectionPaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "number_folded", "issued_on"], name="directionpaper_once_in_unit")
        ]

    def __str__(self) -> str:
        return f"{self.number} ({day(self.issued_on)}), {self.issuer}"
