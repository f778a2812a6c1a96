"""What becomes of the bodies a step acts on: one form for each kind of step, filled with what is usual."""

from crispy_forms.layout import HTML, Fieldset, Layout, Row
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _

from agencies.models import AdminUnit, Agency, Reorganisation
from agencies.reorganisation.enums import StepKind
from agencies.reorganisation.plans import Heir, Ref, Renaming, StepPlan, UnitNaming
from agencies.reorganisation.queries import Ground, Planned, ground_of, problems_of, steps_of
from agencies.reorganisation.queries.bodies import naming_of as recorded_naming
from agencies.reorganisation.wording import whole_name
from agencies.units.enums import UnitKind
from coordination.reorganisation.forms.bodies import BodyField
from coordination.reorganisation.forms.naming import fold, naming_fields, naming_laid_out, naming_of
from coordination.reorganisation.forms.succeeding import Succeeding, kinds_of
from coordination.reorganisation.queries.lists import in_order
from records.fields import LineField
from records.forms import PortalForm


class StepForm(Succeeding, PortalForm):
    """One step described: for each successor what it is, for each agency concerned what becomes of it.

    Shape: `step.plan` is the plan as it is usual, or as it was kept; the fields are filled from it.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput)
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)
    is_overtaken = False

    def __init__(self, *args, act: Reorganisation, step: Planned, ground: Ground, **kwargs):
        super().__init__(*args, **kwargs)
        self.act, self.step, self.ground, self.start = act, step, ground, step.plan
        self.parts: list = []
        self._build()
        self.helper.layout = Layout(*self.parts, "revision", "form_token")

    def clean(self):
        """All rules the step breaks are shown at once, each at its field."""
        cleaned = super().clean()
        step = Planned(self.step.position, self.step.subject, self.step.kind, self.plan())
        others = [one for one in steps_of(self.act) if one.position != step.position]
        steps = sorted([*others, step], key=lambda one: one.position)
        for problem in problems_of(ground_of(self.act, steps)):
            if problem.step == step.position and problem.blocks and problem.field not in self.errors:
                self.add_error(problem.field if problem.field in self.fields else None, problem.text)
        return cleaned

    def plan(self) -> StepPlan:
        """The plan as typed; what has a fault is left empty and told at its field."""
        if self.step.kind == StepKind.RENAME:
            return self._renaming()
        if self.step.kind == StepKind.MOVE:
            return self._moving()
        return self._closing() if self.step.kind == StepKind.CLOSE else self.succeeding()

    def add_part(
        self, legend: str, fields: dict[str, forms.Field], layout: list | None = None, *, note: str = ""
    ) -> None:
        """One part of the form under its own heading."""
        self.fields.update(fields)
        told = [HTML(format_html('<p class="pf-2">{}</p>', note))] if note else []
        self.parts.append(Fieldset(legend, *told, *(fields if layout is None else layout)))

    def name_of(self, ref: Ref) -> str:
        """What a body of the step's subject is called."""
        return self.ground.name_of_unit(ref) if self.step.is_of_units else self.ground.name_of_agency(ref)

    def _build(self) -> None:
        if self.step.kind == StepKind.RENAME:
            self._build_rename()
        elif self.step.kind == StepKind.MOVE:
            self._build_move()
        elif self.step.kind == StepKind.CLOSE and not self.step.is_of_units:
            self._build_receiver()
        elif self.step.kind != StepKind.CLOSE:
            self.build_heirs()
        if self.step.is_of_units and self.step.kind in (StepKind.MERGE, StepKind.SPLIT, StepKind.CLOSE):
            self.build_fates()

    def _build_rename(self) -> None:
        summary = _("Letterhead, symbol, signing and order")
        if not self.step.is_of_units:
            fields = naming_fields("", self.start.agency_naming)
            self.add_part(_("New names"), fields, naming_laid_out("", summary=summary))
            return
        naming, unit = self.start.unit_naming, self.ground.units[self.start.bodies[0]]
        fields = {
            "kind": forms.ChoiceField(label=_("Kind of unit"), choices=kinds_of(unit.level), initial=naming.kind),
            "bare_name": LineField(
                label=_("New name"),
                max_length=100,
                initial=naming.bare_name,
                help_text=_("Without the word for the kind of unit"),
            ),
        }
        self.add_part(_("New name of the unit"), fields, [Row("kind", "bare_name")])
        for agency in self.ground.living_in(unit.pk):
            self._build_renaming(agency, summary)

    def _build_renaming(self, agency: Agency, summary: str) -> None:
        prefix = f"agency_{agency.pk}_"
        kept = {renaming.agency: renaming.naming for renaming in self.start.renamings}
        box = forms.BooleanField(
            label=_("%(agency)s is called otherwise too") % {"agency": agency.current_name},
            required=False,
            initial=agency.pk in kept,
        )
        present = recorded_naming(agency.name_on(self.ground.last_day))
        fields = naming_fields(prefix, kept.get(agency.pk, present))
        inside = fold(_("How it is called then"), naming_laid_out(prefix, summary=summary), list(fields))
        self.add_part(agency.current_name, {f"{prefix}renamed": box, **fields}, [f"{prefix}renamed", *inside])

    def _renaming(self) -> StepPlan:
        typed, bodies = self.cleaned_data, self.start.bodies
        if not self.step.is_of_units:
            return StepPlan(bodies, agency_naming=naming_of(typed, ""))
        kind, bare_name = UnitKind(typed.get("kind") or UnitKind.COMMUNE), typed.get("bare_name") or ""
        renamings = tuple(
            Renaming(agency.pk, naming_of(typed, f"agency_{agency.pk}_"))
            for agency in self.ground.living_in(bodies[0])
            if typed.get(f"agency_{agency.pk}_renamed")
        )
        naming = UnitNaming(kind, whole_name(kind, bare_name) if bare_name else "", bare_name)
        return StepPlan(bodies, unit_naming=naming, renamings=renamings)

    def _build_move(self) -> None:
        fields: dict[str, forms.Field] = {"parent": self._body_field(_("The body above"), self.start.parent)}
        if not self.step.is_of_units:
            lines = naming_fields("", None)["superior_lines"]
            lines.initial = self.start.superior_lines
            lines.help_text = _("Leave it empty to keep the present line above the agency's own.")
            fields["superior_lines"] = lines
        self.add_part(_("Where it lies from then on"), fields)

    def _moving(self) -> StepPlan:
        parent = self.cleaned_data.get("parent")
        lines = self.cleaned_data.get("superior_lines") or ""
        return StepPlan(self.start.bodies, parent=parent.pk if parent else None, superior_lines=lines)

    def _build_receiver(self) -> None:
        heir = self.start.heirs[0].body if self.start.heirs else None
        field = self._body_field(_("Takes over the open work"), heir, required=False)
        field.help_text = _("Tasks and programs still open pass to it. Without open work it may stay empty.")
        self.add_part(_("Open work"), {"heir_0": field})

    def _closing(self) -> StepPlan:
        if self.step.is_of_units:
            return StepPlan(self.start.bodies, fates=tuple(self.fates(())))
        receiver = self.cleaned_data.get("heir_0")
        return StepPlan(self.start.bodies, (Heir(receiver.pk),) if receiver else ())

    def _body_field(self, label: str, chosen: Ref | None, *, required: bool = True) -> BodyField:
        if self.step.is_of_units:
            rows = AdminUnit.objects.filter(valid_to=None, pk__in=self.ground.in_scope)
        else:
            rows = Agency.objects.filter(valid_to=None, unit__in=self.ground.in_scope).select_related("unit")
        return BodyField(
            bodies=in_order(rows.exclude(pk__in=self.start.bodies), self.step.subject),
            label=label,
            required=required,
            initial=chosen,
            help_text=_("Type its name or code; marks may be left out."),
            error_messages={"required": _("Choose the body above")},
        )
