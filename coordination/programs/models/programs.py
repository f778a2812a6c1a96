"""Programs and their parties: one joint document of two or more equals, and how it passed from state to state."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from agencies.access.scopes import seen_through, works_on_content
from agencies.directory.enums import PaperRules
from agencies.models import AdminUnit, Agency, Membership
from coordination.programs.enums import (
    SETTLED_STATES,
    SIGNED_STATES,
    AmendmentWay,
    ProgramKind,
    ProgramState,
)
from records.fields import Folded, Line, Prose


class ProgramQuerySet(models.QuerySet):
    """Programs, as views, exports and searches fetch them."""

    def visible_to(self, actor: Membership | None, *, singly: bool = False) -> "ProgramQuerySet":
        """Programs the actor's agencies are party to or draft; coordinators outside see settled programs they work in.

        Rule: R-SEE-1. No draft to a non-party; another unit sees nothing unless one of its agencies works in a task.
        `singly` where few rows are asked for: the database then looks for the right at each of them, and does not
        gather all the actor has first.
        """
        if not works_on_content(actor):
            return self.none()
        works_in = Q(_works_in_it(actor)) if singly else Q(pk__in=_works_in(actor))
        return self.filter(_made_by(actor, singly=singly) | works_in & Q(state__in=SETTLED_STATES))

    def made_by(self, actor: Membership | None, *, singly: bool = False) -> "ProgramQuerySet":
        """Programs the actor's agencies are party to or draft: they see the draft and all that became of it."""
        return self.filter(_made_by(actor, singly=singly)) if works_on_content(actor) else self.none()

    def mark_made_by(self, actor: Membership) -> "ProgramQuerySet":
        """Each program with `is_made`: 1 where the actor's agencies are party to it or draft it, otherwise 0."""
        made = models.When(_made_by(actor), then=models.Value(1))
        return self.annotate(is_made=models.Case(made, default=models.Value(0)))

    def readable_by(self, actor: Membership | None) -> "ProgramQuerySet":
        """Programs whose paper the actor may read: those they make, others they see once all have signed.

        Rule: R-SEE-5. The paper lists every task, so before it is signed it stays between the parties.
        """
        if not works_on_content(actor):
            return self.none()
        return self.filter(_made_by(actor) | Q(pk__in=_works_in(actor), state__in=SIGNED_STATES))

    def with_parties(self) -> "ProgramQuerySet":
        """Programs with their parties and the parties' agencies, in one query for all of them."""
        return self.prefetch_related(models.Prefetch("parties", ProgramParty.objects.select_related("agency")))

    def covering(self, year: int) -> "ProgramQuerySet":
        """Programs whose period touches a calendar year; one of several years is found in each."""
        return self.filter(period_start__year__lte=year, period_end__year__gte=year)


def _made_by(actor: Membership, *, singly: bool = False) -> Q:
    mine = actor.agency_ids()
    parts = ProgramParty.objects.filter(agency_id__in=mine)
    party_to = Q(Exists(parts.filter(program_id=OuterRef("pk")))) if singly else Q(pk__in=parts.values("program_id"))
    return party_to | Q(drafting_agency_id__in=mine)


def _works_in_it(actor: Membership) -> Exists:
    """Whether an actor's agency has a part in a task of the program at hand, but for those in the bin."""
    tasks = Program._meta.get_field("tasks").related_model.objects
    return Exists(tasks.filter(program_id=OuterRef("pk"), roles__agency_id__in=actor.agency_ids()))


def _works_in(actor: Membership) -> models.QuerySet:
    """Programs in whose tasks, but for those in the bin, one of the actor's agencies has a part."""
    mine = actor.agency_ids()
    return Program.objects.filter(tasks__roles__agency_id__in=mine, tasks__binned_at=None).values("pk")


class Program(models.Model):
    """A coordination program, regulation or joint plan of two or more parties for a period."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="programs")
    code = Line(max_length=24, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=12, choices=ProgramKind.choices, default=ProgramKind.PROGRAM)
    title = Line(_("title"), max_length=300)
    short_title = Line(_("short title"), max_length=120)
    title_folded = Folded(of=("code", "title", "short_title", "paper_number"))
    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("to"))
    state = models.CharField(max_length=12, choices=ProgramState.choices, default=ProgramState.DRAFT)
    drafting_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="drafted_programs")
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_out_by")
    continues = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by")
    amends = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="amendments")
    amends_by = models.CharField(max_length=8, choices=AmendmentWay.choices, blank=True)
    amendment_number = models.PositiveSmallIntegerField(null=True, blank=True)
    opening = Prose(_("opening sentence"), blank=True)
    effect_clause = Prose(_("effect"), blank=True)
    place = Line(_("place of issue"), max_length=60, blank=True)
    recipients = Prose(_("recipients"), blank=True)
    # Blank: by the parties and the day of the paper. Rule: R-LAYOUT-1.
    paper_rules = models.CharField(_("rules of the paper"), max_length=8, choices=PaperRules.choices, blank=True)
    document_number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    document_symbol = Line(_("symbol"), max_length=60, blank=True)
    drafted_on = models.DateField(null=True, blank=True)
    consulted_on = models.DateField(null=True, blank=True)
    comments_until = models.DateField(_("comments until"), null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    issued_to = Prose(_("issued to"), blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    cleared_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    superseded_on = models.DateField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )
    revision = models.PositiveIntegerField(default=1)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="program_period_in_order",
                violation_error_message=_("The last day must not be before the first day"),
            ),
            models.CheckConstraint(condition=Q(state__in=ProgramState.values), name="program_state_known"),
            models.CheckConstraint(condition=Q(kind__in=ProgramKind.values), name="program_kind_known"),
            models.UniqueConstraint(fields=["unit", "year", "ordinal"], name="program_ordinal_once_a_year"),
            models.UniqueConstraint(
                fields=["unit", "document_symbol", "year", "document_number"],
                condition=Q(document_number__isnull=False),
                name="program_document_number_once",
                violation_error_message=_("This number is already taken in the same series"),
            ),
            models.CheckConstraint(
                condition=Q(document_number=None) | ~Q(document_symbol=""), name="program_number_has_symbol"
            ),
            models.CheckConstraint(
                condition=Q(paper_rules__in=["", *PaperRules.values]), name="program_paper_rules_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SIGNED_STATES) | Q(signed_on__isnull=False), name="program_in_force_is_signed"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SETTLED_STATES) | Q(agreed_on__isnull=False), name="program_settled_is_agreed"
            ),
            models.CheckConstraint(
                condition=~Q(state=ProgramState.CLOSED) | Q(closed_on__isnull=False), name="program_closed_has_day"
            ),
            models.CheckConstraint(
                condition=~Q(state=ProgramState.SUBMITTED) | Q(submitted_on__isnull=False),
                name="program_submitted_has_day",
            ),
            models.CheckConstraint(
                condition=Q(state=ProgramState.CANCELLED, cancelled_on__isnull=False)
                | (~Q(state=ProgramState.CANCELLED) & Q(cancelled_on=None)),
                name="program_cancelled_has_day",
            ),
            models.CheckConstraint(
                condition=Q(state=ProgramState.SUPERSEDED, superseded_on__isnull=False, superseded_by__isnull=False)
                | (~Q(state=ProgramState.SUPERSEDED) & Q(superseded_on=None, superseded_by=None)),
                name="program_superseded_by_one",
            ),
            models.CheckConstraint(
                condition=Q(superseded_by=None) | ~Q(superseded_by=F("pk")), name="program_not_superseding_itself"
            ),
            models.CheckConstraint(
                condition=Q(based_on=None) | ~Q(based_on=F("pk")), name="program_not_based_on_itself"
            ),
            models.CheckConstraint(
                condition=Q(continues=None) | ~Q(continues=F("pk")), name="program_not_continuing_itself"
            ),
            models.CheckConstraint(
                condition=Q(amends=None, amends_by="", amendment_number=None)
                | Q(amends__isnull=False, amends_by__in=AmendmentWay.values, amendment_number__gte=1),
                name="program_amendment_is_whole",
            ),
            models.CheckConstraint(condition=Q(amends=None) | ~Q(amends=F("pk")), name="program_not_amending_itself"),
            models.UniqueConstraint(fields=["amends", "amendment_number"], name="program_amendments_are_numbered"),
            models.CheckConstraint(
                condition=Q(issued_on=None, issued_to="")
                | (Q(issued_on__isnull=False, state__in=SIGNED_STATES) & ~Q(issued_to="")),
                name="program_issued_is_signed",
            ),
        ]
        indexes = [models.Index(fields=["unit", "year", "state"], name="program_unit_year")]

    def __str__(self) -> str:
        return self.code

    @property
    def slug(self) -> str:
        """The code as addresses write it."""
        return self.code.lower()

    @property
    def status(self) -> ProgramState:
        return ProgramState(self.state)

    @property
    def paper_number(self) -> str:
        """Number and symbol as printed, such as 69/QCPH-HĐND-UBND-MTTQ; the symbol alone while there is no number."""
        if self.document_number is None:
            return self.document_symbol
        return f"{self.document_number:02}/{self.document_symbol}"


class ProgramParty(models.Model):
    """One agency that is party to a program: its place in the letterhead, its turn to sign, whether it leads."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="parties")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="party_to")
    letterhead_order = models.PositiveSmallIntegerField()
    signing_order = models.PositiveSmallIntegerField()
    is_lead = models.BooleanField(default=False)
    signs_through = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="signs_for_parties"
    )

    objects = seen_through("program").as_manager()

    class Meta:
        ordering = ["letterhead_order"]
        constraints = [
            models.UniqueConstraint(fields=["program", "agency"], name="programparty_agency_once"),
            models.UniqueConstraint(fields=["program", "letterhead_order"], name="programparty_one_place"),
            models.UniqueConstraint(fields=["program", "signing_order"], name="programparty_one_turn"),
            models.UniqueConstraint(fields=["program"], condition=Q(is_lead=True), name="programparty_one_lead"),
            models.CheckConstraint(
                condition=Q(signs_through=None) | ~Q(signs_through=F("agency")), name="programparty_not_through_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} · {self.agency}"


class ProgramStateChange(models.Model):
    """A program passing from one state to the next: who, when and why."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="state_changes")
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12, choices=ProgramState.choices)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    reason = Prose(blank=True)

    objects = seen_through("program").as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(from_state=F("to_state")), name="programstatechange_moves"),
        ]

    def __str__(self) -> str:
        return f"{self.program}: {self.from_state} → {self.to_state}"
