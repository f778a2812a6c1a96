"""Groups of agencies: "all communes", "the five organisations", with the members each had on every day."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.access.scopes import Viewer, seen_through
from agencies.dated import Dated, DatedQuerySet, period_in_order
from agencies.directory.models import Agency
from agencies.units.models import AdminUnit
from records.fields import Folded, Line


class AgencyGroupQuerySet(DatedQuerySet):
    """Groups, as their page and the forms of tasks ask for them."""

    def visible_to(self, actor: Viewer | None) -> "AgencyGroupQuerySet":
        """The groups of the units the actor's directory shows. Rule: R-SEE-10."""
        return self.filter(unit__in=AdminUnit.objects.visible_to(actor).values("pk"))


class AgencyGroup(Dated):
    """Agencies that are given work together, under one name in one unit; it counts for nothing by itself.

    Rule: R-GROUP-1.
    """

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="groups")
    name = Line(_("name of the group"), max_length=120)
    name_folded = Folded(of=("name",), max_length=400)
    name_sorted = Folded(of=("name",), by="sort_key")
    revision = models.PositiveIntegerField(default=1)
    members = models.ManyToManyField(Agency, through="GroupMembership", related_name="groups")

    objects = AgencyGroupQuerySet.as_manager()

    class Meta:
        constraints = [
            period_in_order("agencygroup"),
            models.UniqueConstraint(
                fields=["unit", "name_folded"],
                name="agencygroup_name_once_in_unit",
                violation_error_message=_("The unit has a group of this name already"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def members_on(self, day: date) -> list[Agency]:
        """The agencies that belong to the group on a day and exist then, in protocol order. One query."""
        here = GroupMembership.objects.on(day).filter(group=self).values("agency_id")
        return list(Agency.objects.on(day).filter(pk__in=here).in_protocol_order())


class GroupMembership(Dated):
    """An agency in a group, from its first day there to its last."""

    group = models.ForeignKey(AgencyGroup, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="group_memberships")

    objects = seen_through("group", "agency", base=DatedQuerySet).as_manager()

    class Meta:
        constraints = [
            period_in_order("groupmembership"),
            models.UniqueConstraint(fields=["group", "agency", "valid_from"], name="groupmembership_one_start"),
        ]

    def __str__(self) -> str:
        return f"{self.group} ∋ {self.agency}"
