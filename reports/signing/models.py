"""Signing one file by several parties: the round with its fields, every state of the file, the one-time addresses."""

from django.db import models
from django.db.models import Q

from agencies.access.scopes import seen_through, works_on_content
from agencies.models import Membership, SigningCertificate
from coordination.models import ProgramVersion, SignatureSlot
from records.fields import Line, Prose
from records.models import StoredFile
from reports.pdf.drawn import Box
from reports.signing.enums import FieldPurpose, Outcome, Way


class SigningRoundQuerySet(models.QuerySet):
    """Rounds, as their page and the places where papers are read fetch them."""

    def visible_to(self, actor: Membership | None) -> "SigningRoundQuerySet":
        """Those of the versions whose whole text the actor may read.

        Rule: R-SEE-5. Until all have signed, the file stays between the parties.
        """
        return self.filter(version__in=ProgramVersion.objects.readable_by(actor).values("pk"))


class SigningRound(models.Model):
    """The file of one version that its digital signatures go into: number and day it prints, and what it says.

    One that nobody has signed yet can be withdrawn, and another be prepared.
    """

    version = models.ForeignKey(ProgramVersion, on_delete=models.PROTECT, related_name="signing_rounds")
    document_number = models.PositiveIntegerField()
    document_symbol = Line(max_length=60)
    dated_on = models.DateField()
    content_digest = models.CharField(max_length=64)
    title = Line(max_length=400)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdraw_reason = Prose(blank=True)

    objects = SigningRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=Q(withdrawn_at=None), name="signinground_one_file_of_a_version"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdraw_reason=""), name="signinground_withdrawn_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}"


class SigningField(models.Model):
    """One signature field of a round's file: whose it is, its turn, where it stands.

    Units: PDF points from the lower left corner of the page; pages count from 0.
    """

    round = models.ForeignKey(SigningRound, on_delete=models.PROTECT, related_name="fields")
    slot = models.ForeignKey(SignatureSlot, on_delete=models.PROTECT, related_name="signing_fields")
    purpose = models.CharField(max_length=6, choices=FieldPurpose.choices)
    name = models.CharField(max_length=20)
    turn = models.PositiveSmallIntegerField()
    page = models.PositiveSmallIntegerField()
    left = models.FloatField()
    bottom = models.FloatField()
    right = models.FloatField()
    top = models.FloatField()

    objects = seen_through("round").as_manager()

    class Meta:
        ordering = ["turn"]
        constraints = [
            models.UniqueConstraint(fields=["round", "turn"], name="signingfield_one_turn"),
            models.UniqueConstraint(fields=["round", "name"], name="signingfield_one_name"),
            models.UniqueConstraint(fields=["slot", "purpose", "round"], name="signingfield_once_for_a_party"),
            models.CheckConstraint(condition=Q(purpose__in=FieldPurpose.values), name="signingfield_purpose_known"),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.name}"

    @property
    def box(self) -> Box:
        return Box(self.page, self.left, self.bottom, self.right, self.top)

    @property
    def is_seal(self) -> bool:
        return self.purpose == FieldPurpose.SEAL


class SignedState(models.Model):
    """The file after one more signature; the first one as it was prepared. Neither row nor bytes ever change.

    What was found of the signature is kept as it was judged on that day.
    """

    round = models.ForeignKey(SigningRound, on_delete=models.PROTECT, related_name="states")
    ordinal = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="signed_as")
    field = models.OneToOneField(
        SigningField, null=True, blank=True, on_delete=models.PROTECT, related_name="signature"
    )
    certificate = models.ForeignKey(
        SigningCertificate, null=True, blank=True, on_delete=models.PROTECT, related_name="signatures"
    )
    field_in_file = models.CharField(max_length=120, blank=True)
    subject = Line(max_length=300, blank=True)
    issuer = Line(max_length=300, blank=True)
    serial = models.CharField(max_length=64, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    has_timestamp = models.BooleanField(default=False)
    revocation_known = models.BooleanField(default=False)
    outcome = models.CharField(max_length=13, choices=Outcome.choices, blank=True)
    way = models.CharField(max_length=7, choices=Way.choices, blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = seen_through("round").as_manager()

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["round", "ordinal"], name="signedstate_one_of_an_ordinal"),
            models.CheckConstraint(
                condition=Q(ordinal=0, field=None, certificate=None, signed_at=None)
                | Q(ordinal__gte=1, field__isnull=False, certificate__isnull=False, signed_at__isnull=False),
                name="signedstate_first_is_unsigned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.ordinal}"

    @property
    def judged(self) -> Outcome:
        return Outcome(self.outcome)


class SigningAddressQuerySet(models.QuerySet):
    """One-time addresses."""

    def visible_to(self, actor: Membership | None) -> "SigningAddressQuerySet":
        """Those the actor's own account opened, while it works on content; nobody else's."""
        return self.filter(member__user_id=actor.user_id) if works_on_content(actor) else self.none()


class SigningAddress(models.Model):
    """Two secret addresses for one signing tool: one to take the file, one to bring it back, each once, for a while.

    Only digests are kept. They stand for the member who opened them, for this field, and for this state of the file.
    """

    field = models.ForeignKey(SigningField, on_delete=models.PROTECT, related_name="addresses")
    state = models.ForeignKey(SignedState, on_delete=models.PROTECT, related_name="addresses")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="signing_addresses")
    download_digest = models.CharField(max_length=64, unique=True)
    upload_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    downloaded_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = SigningAddressQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.field} · {self.member}"
