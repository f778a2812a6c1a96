"""Who does what in a task: leads, coordinators and the members of groups."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.access.scopes import seen_through
from agencies.models import Agency, AgencyGroup, Office
from coordination.tasks.enums import RoleKind
from records.fields import Line


class TaskRole(models.Model):
    """An agency's part in a task: lead, coordinator or member of a group that was given it.

    An agency works as a whole, through a body inside it or through an office-holder. Rule: R-GROUP-2, each agency has
    one part in a task: a member of a group that leads or coordinates already is not counted again.
    """

    task = models.ForeignKey("Task", on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=12, choices=RoleKind.choices)
    position = models.PositiveSmallIntegerField(default=1)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="task_roles")
    body = Line(max_length=150, blank=True)
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="task_roles")
    contribution = Line(max_length=300, blank=True)
    group = models.ForeignKey(AgencyGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="task_roles")

    objects = seen_through("task").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RoleKind.values), name="taskrole_kind_known"),
            models.UniqueConstraint(fields=["task", "kind", "position"], name="taskrole_one_place"),
            models.UniqueConstraint(
                fields=["task", "agency", "body"],
                condition=Q(office=None),
                name="taskrole_agency_once",
                violation_error_message=_("The lead agency cannot also coordinate"),
            ),
            models.UniqueConstraint(
                fields=["task", "office"], condition=Q(office__isnull=False), name="taskrole_office_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind=RoleKind.LEAD) | Q(position__in=(1, 2)), name="taskrole_at_most_two_leads"
            ),
            models.CheckConstraint(
                condition=Q(kind=RoleKind.MEMBER, group__isnull=False) | (~Q(kind=RoleKind.MEMBER) & Q(group=None)),
                name="taskrole_member_of_a_group",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "kind", "task"], name="taskrole_agency_kind"),
            # All that figures count parts by, so that PostgreSQL counts them from the index alone.
            models.Index(
                fields=["task"], include=["id", "agency", "kind", "position", "body", "office"], name="taskrole_counted"
            ),
            models.Index(fields=["task", "position", "agency"], condition=Q(kind=RoleKind.LEAD), name="taskrole_leads"),
        ]

    def __str__(self) -> str:
        return f"{self.task} · {self.kind} · {self.agency}"

    @property
    def is_lead(self) -> bool:
        return self.kind == RoleKind.LEAD

    @property
    def shown_name(self) -> str:
        """Who works: the office-holder, the body with its agency, or the agency."""
        if self.office_id:
            return f"{self.office.title} {self.agency.current_short_name}"
        return f"{self.body} ({self.agency.current_short_name})" if self.body else self.agency.current_short_name
