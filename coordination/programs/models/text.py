"""The text of a program: legal bases, areas, sections and sub-items."""

from django.db import models
from django.db.models import F, Q

from agencies.access.scopes import seen_through, works_on_content
from agencies.models import AdminUnit, Membership
from coordination.programs.models.programs import Program
from records.fields import Line, Prose

NUMBERING_LENGTH = 20
LONGEST_NAME = 120


class LegalBasis(models.Model):
    """One legal basis a program rests on, in the order it is printed."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="legal_bases")
    position = models.PositiveSmallIntegerField()
    text = Line(max_length=500)

    objects = seen_through("program").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["program", "position"], name="legalbasis_one_place")]

    def __str__(self) -> str:
        return self.text


class AreaQuerySet(models.QuerySet):
    """Areas, as forms and filters offer them."""

    def visible_to(self, actor: Membership | None) -> "AreaQuerySet":
        """The areas of the actor's own unit, and those the tasks of the programs they see lie in."""
        if not works_on_content(actor):
            return self.none()
        tasks = Program._meta.get_field("tasks").related_model.objects.visible_to(actor)
        return self.filter(Q(unit_id__in=actor.unit_ids()) | Q(pk__in=tasks.values("area_id")))


class Area(models.Model):
    """An area of coordination in which a unit groups its tasks."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="areas")
    code = models.SlugField(max_length=20)
    name = Line(max_length=120)
    position = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="area_code_once_in_unit"),
            models.UniqueConstraint(fields=["unit", "position"], name="area_one_place"),
        ]

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """A section or sub-item of a program's text; its number is printed as given, its order is separate from it."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="sections")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="children")
    position = models.PositiveSmallIntegerField()
    numbering = Line(max_length=NUMBERING_LENGTH, blank=True)
    heading = Line(max_length=300, blank=True)
    body = Prose(blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = seen_through("program").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["program", "position"], name="section_one_place"),
            models.CheckConstraint(condition=~Q(heading="") | ~Q(body=""), name="section_says_something"),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("pk")), name="section_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.heading}".strip()

    @property
    def name(self) -> str:
        """Its number and heading; where there is no heading, the beginning of its text."""
        return str(self) if self.heading else f"{self.label} {' '.join(self.body.split())[:LONGEST_NAME]}".strip()

    @property
    def label(self) -> str:
        """The number as papers print it: "I.", "1.", "Điều 1.", "a)", "-"."""
        if not self.numbering or not self.numbering[-1].isalnum():
            return self.numbering
        return f"{self.numbering})" if self.numbering.isalpha() and self.numbering.islower() else f"{self.numbering}."
