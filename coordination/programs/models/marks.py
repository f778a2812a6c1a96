"""Marks the database leaves on an agency when it sees other programs than before."""

from django.db import models

from agencies.access.scopes import works_on_content
from agencies.models import Agency, Membership


class SightMarkQuerySet(models.QuerySet):
    """Marks of agencies, as what is kept of their programs asks for them."""

    def visible_to(self, actor: Membership | None) -> "SightMarkQuerySet":
        """Marks of the agencies the actor acts for. Rule: R-SEE-18."""
        return self.filter(agency_id__in=actor.agency_ids()) if works_on_content(actor) else self.none()


class SightMark(models.Model):
    """One of the marks of an agency; their sum changes with every change of which programs it sees.

    Rule: R-SEE-18. Triggers put a new mark in the place of the last, as with those of programs.
    """

    # No constraint: marks are left by the database, whatever else becomes of the agency.
    agency = models.ForeignKey(Agency, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    mark = models.BigIntegerField()

    objects = SightMarkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.mark}"
