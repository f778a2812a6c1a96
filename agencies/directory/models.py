"""Agencies: who programs are made between, by the name, place and letterhead they had on each day."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.access.enums import Role
from agencies.access.scopes import Viewer, seen_through
from agencies.dated import Dated, DatedQuerySet, period_in_order
from agencies.directory.enums import AgencyKind, Block, Family, PaperRules, SigningAuthority
from agencies.units.models import AdminUnit, Succession, UnitReach
from records.fields import Folded, Line, Prose, Word


class AgencyQuerySet(DatedQuerySet):
    """Agencies, as directories and pickers ask for them."""

    def visible_to(self, actor: Viewer | None) -> "AgencyQuerySet":
        """The agencies of the units the actor's unit reaches; all of them for a system administrator.

        Rule: R-SEE-10.
        """
        if actor is None:
            return self.none()
        if actor.role == Role.SYSTEM_ADMIN:
            return self.all()
        return self.filter(unit_id__in=UnitReach.objects.filter(above_id=actor.unit_id).values("below_id"))

    def in_protocol_order(self) -> "AgencyQuerySet":
        """Precedence first; agencies of one rank as a Vietnamese dictionary sorts their names."""
        return self.order_by("protocol_order", "name_sorted", "pk")


class Agency(Dated):
    """A body that can be party, lead, coordinator or signer. What it is called on a day stands in its names."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="agencies")
    code = models.SlugField(_("code"), max_length=30)
    kind = models.CharField(_("kind"), max_length=30, choices=AgencyKind.choices)
    kind_label = Line(_("name of the kind"), max_length=100, blank=True)
    # The present name, family and rank, repeated here so that lists sort and filter in one query.
    current_name = Line(max_length=200)
    current_short_name = Line(max_length=80)
    current_family = models.CharField(max_length=15, choices=Family.choices, default=Family.OTHER)
    protocol_order = models.PositiveSmallIntegerField(default=500)
    block = models.PositiveSmallIntegerField(choices=Block.choices, default=Block.OTHER)
    name_folded = Folded(of=("current_name", "current_short_name", "code"), db_index=True)
    name_sorted = Folded(of=("current_name",), by="sort_key")
    phone = Line(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), max_length=120, blank=True)
    address = Line(_("address"), max_length=200, blank=True)
    ended_by = Line(_("decision that ends it"), max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=0)
    serves = models.ManyToManyField("self", through="OfficeService", symmetrical=False, related_name="served_by")

    objects = AgencyQuerySet.as_manager()

    class Meta:
        constraints = [
            period_in_order("agency"),
            models.UniqueConstraint(fields=["unit", "code"], name="agency_code_once_in_unit"),
            models.CheckConstraint(
                condition=~Q(kind=AgencyKind.OTHER) | ~Q(kind_label=""),
                name="agency_other_kind_is_named",
                violation_error_message=_("Name the kind of agency"),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "protocol_order"], name="agency_protocol"),
            models.Index(fields=["protocol_order", "name_sorted", "id"], name="agency_in_order"),
        ]

    def __str__(self) -> str:
        return self.current_name

    def name_on(self, day: date) -> "AgencyName":
        """The names, rank and letterhead that hold on a day; the nearest ones when the agency had none then.

        Why: papers of every year are printed with what was true on their own date.
        """
        names = sorted(self.names.all(), key=lambda name: name.valid_from)
        holding = [name for name in names if name.valid_from <= day] or names[:1]
        return holding[-1]


class AgencyName(Dated):
    """How an agency is called, ranked and printed during a period."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="names")
    name = Line(_("official name"), max_length=200)
    short_name = Line(_("short name"), max_length=80)
    abbreviation = Line(_("abbreviation"), max_length=20)
    document_symbol = Line(_("symbol in document numbers"), max_length=40)
    family = models.CharField(_("family"), max_length=15, choices=Family.choices)
    protocol_order = models.PositiveSmallIntegerField(_("protocol order"), default=500)
    parent = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="branches")
    superior_lines = Prose(_("letterhead: superior body"), blank=True)
    letterhead_lines = Prose(_("letterhead: this body"))
    authority = models.CharField(_("signing authority"), max_length=3, choices=SigningAuthority.choices, blank=True)
    authority_lines = Prose(_("body signed for"), blank=True)
    head_title = Line(_("title of the head"), max_length=60)
    legal_basis = Line(_("legal basis"), max_length=300, blank=True)
    paper_rules = models.CharField(_("rules of its papers"), max_length=8, choices=PaperRules.choices, blank=True)

    objects = seen_through("agency", base=DatedQuerySet).as_manager()

    class Meta:
        constraints = [
            period_in_order("agencyname"),
            models.UniqueConstraint(fields=["agency", "valid_from"], name="agencyname_one_start"),
            models.CheckConstraint(
                condition=Q(paper_rules__in=["", *PaperRules.values]), name="agencyname_paper_rules_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfficeService(Dated):
    """An office working for a signing agency during a period: its people act for that agency too."""

    office = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="services")
    served = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="service_of")

    objects = seen_through("office", "served", base=DatedQuerySet).as_manager()

    class Meta:
        constraints = [
            period_in_order("officeservice"),
            models.CheckConstraint(condition=~Q(office=F("served")), name="officeservice_not_itself"),
            models.UniqueConstraint(fields=["office", "served", "valid_from"], name="officeservice_one_start"),
        ]

    def __str__(self) -> str:
        return f"{self.office} → {self.served}"


class AgencySuccession(Succession):
    """One agency passing to another; old papers keep the old name."""

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="origins")

    objects = seen_through("predecessor", "successor").as_manager()


class AgencyWord(models.Model):
    """A word by which an agency is found: of its code, its kind, every name it had or will have, and its unit's.

    Why two indexes: a rare word leads to its agencies; for a frequent one agencies are walked in order and asked.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="words", db_index=False)
    word = Word()

    objects = seen_through("agency").as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "word"], name="agencyword_once")]
        indexes = [models.Index(fields=["word", "agency"], name="agencyword_by_word")]

    def __str__(self) -> str:
        return self.word
