"""Who leads a conference, who is invited to it by office held, what was answered and who came."""

from collections.abc import Collection
from datetime import date

from django.db import models
from django.db.models import F, Q

from agencies.access.scopes import seen_through, works_on_content
from agencies.models import Agency, Membership, Office, Person
from coordination.conferences.enums import ConferenceState, Presence, Rank, Reply
from coordination.conferences.models.conference import Conference
from records.fields import Line, Prose


class Chair(models.Model):
    """One who chairs a conference, by the office held on its day; several do so together."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="chairs")
    position = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="chaired")
    name = Line(max_length=120, blank=True)
    title = Line(max_length=250, blank=True)

    objects = seen_through("conference").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "position"], name="chair_one_place"),
            models.CheckConstraint(condition=~Q(name="") | ~Q(title=""), name="chair_is_named"),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.title) if part)


class Attendance(models.Model):
    """A group of those who attend, in protocol order: invited, present, substitutes, excused.

    Rule: R-PEOPLE-1. Unknown counts stay empty. The counts of a group that is kept by name follow from its invitations
    and are written by whoever changes one, in the same transaction.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="attendance")
    position = models.PositiveSmallIntegerField()
    group = Line(max_length=200)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances")
    is_party = models.BooleanField(default=False)
    is_by_name = models.BooleanField(default=False)
    invited = models.PositiveSmallIntegerField(null=True, blank=True)
    present = models.PositiveSmallIntegerField(null=True, blank=True)
    substitutes = models.PositiveSmallIntegerField(default=0)
    excused = models.PositiveSmallIntegerField(default=0)

    objects = seen_through("conference").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "position"], name="attendance_one_place"),
            models.CheckConstraint(
                condition=Q(invited=None) | Q(present=None) | Q(present__lte=F("invited")),
                name="attendance_present_were_invited",
            ),
        ]

    def __str__(self) -> str:
        return self.group


class InvitationQuerySet(models.QuerySet):
    """Invitations, as the pages of a conference and inboxes ask for them."""

    def visible_to(self, actor: Membership | None) -> "InvitationQuerySet":
        """The invitations to conferences the actor's agencies organise, and those sent to these agencies.

        Rule: R-SEE-15. Why not all of a conference one attends: a reason for staying away is told to the organiser.
        """
        if not works_on_content(actor):
            return self.none()
        mine = actor.agency_ids()
        return self.filter(Q(conference__organiser_id__in=mine) | Q(agency_id__in=mine, sent_at__isnull=False))

    def standing(self) -> "InvitationQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def held_by(self, agencies: Collection[int]) -> "InvitationQuerySet":
        """Seats of these agencies that were invited to and not withdrawn."""
        return self.standing().filter(agency_id__in=agencies, sent_at__isnull=False)

    def awaiting_answer(self, today: date) -> "InvitationQuerySet":
        """Those of conferences to come that nobody answered, or only before day, hour or place changed.

        Rule: R-PEOPLE-3.
        """
        before_change = Q(replied_at__lt=F("conference__changed_at"))
        return self.standing().filter(
            Q(reply=Reply.AWAITED) | before_change,
            sent_at__isnull=False,
            conference__state=ConferenceState.PLANNED,
            conference__held_on__gte=today,
        )

    def in_seat_order(self) -> "InvitationQuerySet":
        """By protocol group, then by the place within it."""
        return self.order_by("group__position", "position", "number")


class Invitation(models.Model):
    """A seat somebody is invited to by the office held on the day, what was answered and who sat in it.

    Shape: `number` counts the invitations of a conference and stays; `position` is the place within the group. Title
    and name are printed as they were on the day; a seat whose holder is not known has no name.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="invitations")
    number = models.PositiveSmallIntegerField()
    group = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="invitations")
    position = models.PositiveSmallIntegerField()
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations")
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = Line(max_length=200)
    agency_name = Line(max_length=200, blank=True)
    person_name = Line(max_length=120, blank=True)
    rank_asked = models.CharField(max_length=10, choices=Rank.choices, default=Rank.DEPUTY)
    is_walk_in = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = Line(max_length=300, blank=True)
    reply = models.CharField(max_length=10, choices=Reply.choices, default=Reply.AWAITED)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = Prose(blank=True)
    delegate_name = Line(max_length=120, blank=True)
    delegate_title = Line(max_length=200, blank=True)
    delegate_rank = models.CharField(max_length=10, choices=Rank.choices, blank=True)
    presence = models.CharField(max_length=10, choices=Presence.choices, blank=True, default=Presence.UNMARKED)
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="invitation_one_number"),
            models.UniqueConstraint(
                fields=["conference", "office"],
                condition=Q(withdrawn_at=None, office__isnull=False, person=None),
                name="invitation_free_post_once",
            ),
            models.UniqueConstraint(
                fields=["conference", "office", "person"],
                condition=Q(withdrawn_at=None, office__isnull=False, person__isnull=False),
                name="invitation_post_once",
            ),
            models.CheckConstraint(condition=Q(rank_asked__in=Rank.values), name="invitation_rank_known"),
            models.CheckConstraint(condition=Q(reply__in=Reply.values), name="invitation_reply_known"),
            models.CheckConstraint(condition=Q(presence__in=Presence.values), name="invitation_presence_known"),
            models.CheckConstraint(
                condition=Q(delegate_rank="") | Q(delegate_rank__in=Rank.values), name="invitation_delegate_rank_known"
            ),
            models.CheckConstraint(
                condition=~Q(reply=Reply.EXCUSED) | ~Q(reason=""), name="invitation_excused_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(reply=Reply.DELEGATE) | (~Q(delegate_title="") & ~Q(delegate_rank="")),
                name="invitation_delegate_has_office",
            ),
            models.CheckConstraint(
                condition=Q(reply=Reply.AWAITED) | Q(replied_at__isnull=False), name="invitation_reply_has_moment"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawal_reason=""), name="invitation_withdrawn_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(presence=Presence.UNMARKED) | Q(marked_at__isnull=False, withdrawn_at=None),
                name="invitation_marked_has_moment",
            ),
        ]
        indexes = [models.Index(fields=["agency", "reply"], name="invitation_to_answer")]

    def __str__(self) -> str:
        return self.title

    @property
    def answer(self) -> Reply:
        return Reply(self.reply)

    @property
    def there(self) -> Presence:
        return Presence(self.presence)

    @property
    def asked(self) -> str:
        """Who may come."""
        return Rank(self.rank_asked).asked

    @property
    def is_by_another(self) -> bool:
        """Whether somebody else sits, or is announced to sit, in the seat."""
        if self.presence:
            return self.presence == Presence.SUBSTITUTE
        return self.reply == Reply.DELEGATE

    @property
    def is_wrong_rank(self) -> bool:
        """Whether whoever comes stands lower than was asked. Rule: R-PEOPLE-4."""
        return (
            self.is_by_another
            and bool(self.delegate_rank)
            and Rank(self.delegate_rank).place > Rank(self.rank_asked).place
        )

    @property
    def seat_name(self) -> str:
        """Who sits there, as far as it is known."""
        return self.delegate_name if self.is_by_another else self.person_name

    @property
    def seat_title(self) -> str:
        """The office of whoever sits there; that of the one invited where the substitute's is not known."""
        return (self.is_by_another and self.delegate_title) or self.title

    @property
    def full_title(self) -> str:
        """The title with the agency, where the title does not name it."""
        return with_agency(self.title, self.agency_name)

    @property
    def seat_full_title(self) -> str:
        return with_agency(self.seat_title, self.agency_name)

    @property
    def answered_before_change(self) -> bool:
        """Whether the answer was given before day, hour or place were last changed."""
        changed = self.conference.changed_at
        return changed is not None and self.replied_at is not None and self.replied_at < changed

    @property
    def paper_key(self) -> str:
        """What names the invitation among papers, such as 2022-03-30-chieu_12."""
        return f"{self.conference.slug}_{self.number}"


def with_agency(title: str, agency_name: str) -> str:
    """ "Chánh Văn phòng" of "UBND huyện" is "Chánh Văn phòng, UBND huyện"; "Chủ tịch UBND huyện" says it already."""
    bare = agency_name.removeprefix("Thường trực ")
    if not bare or bare.casefold() in title.casefold():
        return title
    return f"{title}, {agency_name}"
