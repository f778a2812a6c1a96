"""What a task is to reach, and how much of it a quantity is."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.access.scopes import seen_through
from coordination.tasks import targets
from coordination.tasks.enums import TargetMeasure, TargetOperator
from coordination.tasks.models.tasks import Task
from records.fields import Line


class Target(models.Model):
    """What a task is to reach: a value with its operator and unit, or words alone. The first one measures progress.

    A total may have parts: the communes of a district, the quarters of a year. Their values make up the total's.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="targets")
    position = models.PositiveSmallIntegerField(default=1)
    name = Line(max_length=200, blank=True)
    operator = models.CharField(max_length=5, choices=TargetOperator.choices, default=TargetOperator.EXACTLY)
    measure = models.CharField(max_length=5, choices=TargetMeasure.choices, default=TargetMeasure.COUNT)
    value = models.DecimalField(max_digits=17, decimal_places=2, null=True, blank=True)
    unit = Line(max_length=40, blank=True)
    words = Line(max_length=300, blank=True)
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts")

    objects = seen_through("task").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["task", "position"], name="target_one_place"),
            models.CheckConstraint(
                condition=(Q(operator=TargetOperator.IN_WORDS, value=None) & ~Q(words=""))
                | (~Q(operator=TargetOperator.IN_WORDS) & Q(value__isnull=False, value__gt=0) & ~Q(unit="")),
                name="target_is_value_or_words",
                violation_error_message=_("A target needs a value and its unit, or words"),
            ),
            models.CheckConstraint(condition=Q(operator__in=TargetOperator.values), name="target_operator_known"),
            models.CheckConstraint(
                condition=Q(measure=TargetMeasure.SHARE, value__lte=100)
                | Q(measure=TargetMeasure.SHARE, value=None)
                | Q(measure__in=(TargetMeasure.COUNT, TargetMeasure.SUM)),
                name="target_share_at_most_100",
            ),
            models.CheckConstraint(
                condition=Q(part_of=None) | ~Q(part_of=F("pk")) & Q(value__isnull=False),
                name="target_part_is_counted",
            ),
        ]

        indexes = [models.Index(fields=["task"], include=["value"], condition=Q(position=1), name="target_first")]

    def __str__(self) -> str:
        return self.words or targets.quantity(self.value, self.unit)

    @property
    def is_counted(self) -> bool:
        """Whether progress can be counted against a value."""
        return self.value is not None

    @property
    def shown(self) -> str:
        """The target as a reader expects it: at least 25 hộ, or its words."""
        if self.words and not self.is_counted:
            return self.words
        lead = "" if self.operator == TargetOperator.EXACTLY else f"{TargetOperator(self.operator).label} "
        return f"{lead}{targets.quantity(self.value, self.unit)}"

    @property
    def heading(self) -> str:
        """The target with its name: Số hộ bàn giao: at least 25 hộ."""
        return f"{self.name}: {self.shown}" if self.name else self.shown

    def percent_of(self, value) -> int:
        """How much of the target a quantity is; 100 only when it is reached.

        Units: whole percent.
        """
        share = value * 100 / self.value
        return 100 if share >= 100 else min(99, round(share))
