"""What lies beside a text while it is written: texts not yet saved, who is writing where, a paste being looked at."""

from typing import Self

from django.db import models
from django.db.models import Q

from agencies.access.scopes import seen_through, works_on_content
from agencies.models import Membership
from coordination.programs.models import NUMBERING_LENGTH, Program, Section
from records.fields import Line, Prose


class _OwnQuerySet(models.QuerySet):
    """Rows that are their writer's alone."""

    def visible_to(self, actor: Membership | None) -> Self:
        """What the actor wrote in this role and has not saved, in programs the actor still sees; nobody else's."""
        if not works_on_content(actor):
            return self.none()
        return self.filter(member=actor, program__in=Program.objects.visible_to(actor).values("pk"))


class SectionDraft(models.Model):
    """What someone has typed into a section, or into a new one, and not saved yet.

    `place` tells which section it belongs to, 0 for a new one. Why beside the relation: the text of a section that
    somebody deletes meanwhile must still be found by its writer. Moments are the machine's, as of all that runs out.
    """

    NEW = 0

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="section_drafts")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="section_drafts")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="drafts")
    place = models.PositiveBigIntegerField(default=NEW)
    numbering = Line(max_length=NUMBERING_LENGTH, blank=True)
    heading = Line(max_length=300, blank=True)
    body = Prose(blank=True)
    on_revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    objects = _OwnQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "program", "place"], name="sectiondraft_one_a_place"),
            models.CheckConstraint(condition=Q(section=None) | ~Q(place=0), name="sectiondraft_of_a_section_has_place"),
        ]

    def __str__(self) -> str:
        return f"{self.program} · {self.place}"


class SectionPresence(models.Model):
    """Someone having the drafting page of a program open, or one of its sections; gone when not seen for 30 seconds."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="presences")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="presences")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.CASCADE, related_name="presences")
    seen_at = models.DateTimeField()

    objects = seen_through("program").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "section"], condition=Q(section__isnull=False), name="sectionpresence_once_in_section"
            ),
            models.UniqueConstraint(
                fields=["member", "program"], condition=Q(section=None), name="sectionpresence_once_on_page"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} · {self.member}"


class PastedText(models.Model):
    """A text pasted from elsewhere, kept for its writer until it is confirmed; no part of the program yet."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="pasted_texts")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="pasted_texts")
    parent = models.ForeignKey(Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = Prose()
    pasted_at = models.DateTimeField()

    objects = _OwnQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "program"], name="pastedtext_one_at_a_time")]

    def __str__(self) -> str:
        return f"{self.program} · {self.member}"
