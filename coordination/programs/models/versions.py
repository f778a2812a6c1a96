"""Frozen versions of a program and the places to sign them."""

from datetime import date

from django.db import models
from django.db.models import Q

from agencies.access.scopes import seen_through
from agencies.directory.enums import SigningAuthority
from agencies.models import Membership, Person
from coordination.programs.enums import (
    SignatureMethod,
    SignatureState,
)
from coordination.programs.models.programs import Program, ProgramParty
from records.fields import Line, Prose
from records.models import StoredFile

# As many as there can be parties.
MOST_RANKS = 16


class ProgramVersionQuerySet(models.QuerySet):
    """Frozen versions, as the signing and history pages list them."""

    def visible_to(self, actor: Membership | None) -> "ProgramVersionQuerySet":
        """Those who make a program see its versions; others who see it see the one locked for signing and not voided.

        Rule: R-SEE-1. What was returned or only drafted stays between the parties.
        """
        made, seen = Program.objects.made_by(actor).values("pk"), Program.objects.visible_to(actor).values("pk")
        return self.filter(Q(program__in=made) | Q(program__in=seen, for_signing=True, voided_at=None))

    def readable_by(self, actor: Membership | None) -> "ProgramVersionQuerySet":
        """Versions whose whole text the actor may read: their own programs', of others the one that all have signed.

        Rule: R-SEE-5. A version sent for signing lists every task, so until it is signed it stays between the parties.
        """
        return self.visible_to(actor).filter(program__in=Program.objects.readable_by(actor).values("pk"))


class ProgramVersion(models.Model):
    """A program's frozen content with its digest: a draft sent to the parties (0.1, 0.2 …) or one locked for
    signing (1.1, 1.2 …). One for signing can be voided; what is frozen is never changed, by the database itself.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="versions")
    major = models.PositiveSmallIntegerField(default=1)
    minor = models.PositiveSmallIntegerField()
    for_signing = models.BooleanField(default=False)
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)
    locked_at = models.DateTimeField()
    locked_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = Prose(blank=True)
    # The day the file prepared for digital signatures prints; while it stands, number and signers stay as they are.
    dated_on = models.DateField(null=True, blank=True)
    sign_until = models.DateField(null=True, blank=True)

    objects = ProgramVersionQuerySet.as_manager()

    class Meta:
        ordering = ["major", "minor"]
        constraints = [
            models.UniqueConstraint(fields=["program", "major", "minor"], name="programversion_one_number"),
            models.UniqueConstraint(
                fields=["program"],
                condition=Q(for_signing=True, voided_at__isnull=True),
                name="programversion_one_signing_version",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None) | ~Q(void_reason=""), name="programversion_voided_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(for_signing=True, major__gte=1) | Q(for_signing=False, major=0, voided_at=None),
                name="programversion_drafts_are_zero",
            ),
            models.CheckConstraint(
                condition=Q(for_signing=True) | Q(dated_on=None, sign_until=None),
                name="programversion_only_signing_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} v{self.label}"

    @property
    def label(self) -> str:
        return f"{self.major}.{self.minor}"

    @property
    def is_prepared(self) -> bool:
        """Whether a file with the fields of all digital signatures stands: nothing it prints may change any more."""
        return self.dated_on is not None

    def is_expired_on(self, day: date) -> bool:
        """Whether the last day for signing has passed."""
        return self.sign_until is not None and day > self.sign_until


class SignatureSlot(models.Model):
    """One party's place to sign one version: who signs, on what ground, by what printed title, and when it was done.

    `rank` is the round in which it signs: nobody signs while someone of a lower rank is awaited. `planned` is the way
    it will sign, `is_sealed` whether the agency's own signature, its seal, follows the person's in the same file.
    """

    version = models.ForeignKey(ProgramVersion, on_delete=models.PROTECT, related_name="slots")
    party = models.ForeignKey(ProgramParty, on_delete=models.PROTECT, related_name="slots")
    position = models.PositiveSmallIntegerField()
    agency_name = Line(max_length=200)
    authority = models.CharField(max_length=3, choices=SigningAuthority.choices, blank=True)
    authority_lines = Prose(blank=True)
    title = Line(max_length=80)
    signer = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="signatures")
    signer_name = Line(max_length=120, blank=True)
    second_title = Line(max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField(default=1)
    planned = models.CharField(max_length=10, choices=SignatureMethod.choices, default=SignatureMethod.PAPER)
    is_sealed = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=SignatureState.choices, default=SignatureState.AWAITING)
    method = models.CharField(max_length=10, choices=SignatureMethod.choices, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    attested_at = models.DateTimeField(null=True, blank=True)
    attested_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = Prose(blank=True)

    objects = seen_through("version").as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "party"], name="signatureslot_party_once"),
            models.UniqueConstraint(fields=["version", "position"], name="signatureslot_one_turn"),
            models.CheckConstraint(condition=Q(state__in=SignatureState.values), name="signatureslot_state_known"),
            models.CheckConstraint(
                condition=~Q(state=SignatureState.SIGNED)
                | (Q(signed_on__isnull=False, recorded_at__isnull=False) & ~Q(method="")),
                name="signatureslot_signed_has_day_and_method",
            ),
            models.CheckConstraint(
                condition=~Q(state=SignatureState.AWAITING) | Q(signed_on=None, method=""),
                name="signatureslot_awaiting_is_unsigned",
            ),
            models.CheckConstraint(
                condition=~Q(state=SignatureState.RETURNED) | ~Q(reason=""), name="signatureslot_returned_with_reason"
            ),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=MOST_RANKS), name="signatureslot_rank_in_range"),
            models.CheckConstraint(
                condition=Q(planned__in=SignatureMethod.values), name="signatureslot_planned_way_known"
            ),
            models.CheckConstraint(
                condition=Q(is_sealed=False) | Q(planned=SignatureMethod.DIGITAL), name="signatureslot_seal_is_digital"
            ),
            models.CheckConstraint(
                condition=Q(attested_at=None)
                | Q(state=SignatureState.SIGNED, method=SignatureMethod.PAPER, scan__isnull=False),
                name="signatureslot_attested_has_scan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.agency_name}"

    @property
    def status(self) -> SignatureState:
        return SignatureState(self.state)

    @property
    def is_awaited(self) -> bool:
        return self.state == SignatureState.AWAITING

    @property
    def signs_digitally(self) -> bool:
        """Whether the party is to sign the file itself, with its own token."""
        return self.planned == SignatureMethod.DIGITAL

    @property
    def is_to_be_attested(self) -> bool:
        """Whether a paper signature's scan still has to be compared with the version."""
        is_on_paper = self.state == SignatureState.SIGNED and self.method == SignatureMethod.PAPER
        return is_on_paper and self.attested_at is None
