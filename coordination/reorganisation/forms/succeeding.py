"""Merging, splitting and closing in a form: what each successor is, and what becomes of each agency of a unit."""

from collections.abc import Iterator

from crispy_forms.layout import HTML, Div, Row
from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from agencies.models import AdminUnit, Agency
from agencies.reorganisation.enums import StepKind
from agencies.reorganisation.plans import WHOLE, AgencyDraft, Fate, Heir, Ref, StepPlan, UnitDraft
from agencies.reorganisation.wording import whole_name
from agencies.units.enums import KINDS_OF_LEVEL, UnitKind, UnitLevel
from coordination.reorganisation.forms.bodies import MOST_OFFERED, BodyField, label_of
from coordination.reorganisation.forms.naming import draft_fields, draft_laid_out, draft_of
from records.fields import LineField

NOBODY = "-"
_SHARED_LIST = "goi-y-co-quan"


class Succeeding:
    """Mixed into the form of a step; `start` is the plan it begins from, `ground` what that stands on."""

    def build_heirs(self) -> None:
        """A part of the form for each successor: its name where it exists, its description where it is founded."""
        heirs, is_split = self.start.heirs, self.step.kind == StepKind.SPLIT
        if is_split:
            self._build_split()
        for place, heir in enumerate(heirs):
            legend = _("Successor %(number)s") % {"number": place + 1} if len(heirs) > 1 else _("Successor")
            fields, layout = self._heir_fields(place, heir)
            if is_split:
                fields[f"share_{place}"] = _share_field(heir.share)
                layout.append(Div(f"share_{place}", css_class="pf-short"))
            self.add_part(legend, fields, layout)

    def build_fates(self) -> None:
        """A part for each agency to be founded, then what becomes of every agency of the units that end."""
        for draft in self._own_agencies:
            legend, prefix = _("New agency: %(agency)s") % {"agency": draft.naming.name}, _prefix(draft)
            self.add_part(legend, draft_fields(prefix, draft), draft_laid_out(prefix))
        kept = {fate.agency: fate for fate in self.start.fates}
        fields: dict[str, forms.Field] = {}
        for agency in self._ending_agencies():
            if self.start.heirs:
                for place, heir in enumerate(self.start.heirs):
                    fields[f"fate_{agency.pk}_{place}"] = self._fate_field(agency, heir, kept.get(agency.pk))
            else:
                fields[f"fate_{agency.pk}_0"] = self._receiver_field(agency, kept.get(agency.pk))
        note = _("An agency without a successor ends; its members' roles end with it.")
        layout = [*fields, *([] if self.start.heirs else [HTML(self._shared_list())])]
        self.add_part(_("What becomes of the agencies"), fields, layout, note=note)

    def succeeding(self) -> StepPlan:
        """The plan of a merger or a split as typed."""
        heirs, plan = self._heirs(), self.start
        if not self.step.is_of_units:
            described = {draft.key: draft for draft in plan.agencies}
            agencies = tuple(
                draft_of(self.cleaned_data, f"heir_{place}_", key=heir.body, unit=described[heir.body].unit)
                for place, heir in enumerate(heirs)
                if heir.body in described
            )
            return StepPlan(plan.bodies, heirs, self.goes_on, agencies=agencies)
        own = {draft.key for draft in plan.units}
        units = tuple(self._unit(place, heir.body) for place, heir in enumerate(heirs) if heir.body in own)
        fates = () if self.goes_on else tuple(self.fates(heirs))
        wanted = {heir.body for fate in fates for heir in fate.heirs}
        drafts = tuple(self._agency(draft) for draft in self._own_agencies if draft.key in wanted)
        return StepPlan(plan.bodies, heirs, self.goes_on, units=units, agencies=drafts, fates=fates)

    def fates(self, heirs: tuple[Heir, ...]) -> Iterator[Fate]:
        """What was chosen for each agency; where the main successor has none, the first one goes on with the work."""
        for agency in self._ending_agencies():
            chosen = list(self._chosen(agency, heirs))
            if chosen and not any(heir.is_main for heir in chosen):
                chosen[0] = Heir(chosen[0].body, chosen[0].share, True)
            yield Fate(agency.pk, tuple(chosen))

    @property
    def goes_on(self) -> bool:
        """Whether what is split keeps a rest."""
        return bool(self.cleaned_data.get("goes_on"))

    def _build_split(self) -> None:
        main = next((place for place, heir in enumerate(self.start.heirs) if heir.is_main), 0)
        fields = {
            "goes_on": forms.BooleanField(
                label=_("What is split goes on itself with the rest"), required=False, initial=self.start.goes_on
            ),
            "main": forms.ChoiceField(
                label=_("Who goes on with the work"),
                choices=[(str(place), self.name_of(heir.body)) for place, heir in enumerate(self.start.heirs)],
                widget=forms.RadioSelect,
                initial=str(main),
                help_text=_("Open work, roles of members and services of offices pass to this successor."),
            ),
        }
        self.add_part(_("How it is split"), fields)

    def _heir_fields(self, place: int, heir: Heir) -> tuple[dict[str, forms.Field], list]:
        prefix = f"heir_{place}_"
        units = {draft.key: draft for draft in self.start.units}
        agencies = {draft.key: draft for draft in self.start.agencies}
        if self.step.is_of_units and heir.body in units:
            layout = [Row(f"{prefix}kind", f"{prefix}bare_name"), Row(f"{prefix}code", f"{prefix}parent")]
            return self._unit_fields(prefix, units[heir.body]), layout
        if not self.step.is_of_units and heir.body in agencies:
            return draft_fields(prefix, agencies[heir.body]), draft_laid_out(prefix)
        return {}, [HTML(format_html("<p><b>{}</b></p>", self.name_of(heir.body)))]

    def _unit_fields(self, prefix: str, draft: UnitDraft) -> dict[str, forms.Field]:
        above = [*self.ground.in_scope, *([draft.parent] if draft.parent else [])]
        units = AdminUnit.objects.filter(valid_to=None, pk__in=above).exclude(level=UnitLevel.COMMUNE)
        return {
            f"{prefix}kind": forms.ChoiceField(
                label=_("Kind of unit"), choices=kinds_of(draft.level), initial=draft.kind
            ),
            f"{prefix}bare_name": LineField(
                label=_("Name"),
                max_length=100,
                initial=draft.bare_name,
                help_text=_("Without the word for the kind of unit"),
            ),
            f"{prefix}code": LineField(
                label=_("Code of the unit"),
                max_length=10,
                initial=draft.code,
                help_text=_("Capital letters, digits and hyphens; the codes of its programs begin with it."),
            ),
            f"{prefix}parent": BodyField(
                bodies=units.order_by("level", "name_sorted", "code"),
                label=_("Unit above"),
                required=False,
                initial=draft.parent,
            ),
        }

    def _unit(self, place: int, key: str) -> UnitDraft:
        typed, prefix = self.cleaned_data, f"heir_{place}_"
        kind = UnitKind(typed.get(f"{prefix}kind") or UnitKind.COMMUNE)
        bare_name, code = typed.get(f"{prefix}bare_name") or "", (typed.get(f"{prefix}code") or "").upper()
        parent = typed.get(f"{prefix}parent")
        name = whole_name(kind, bare_name) if bare_name else ""
        return UnitDraft(key, code, kind, name, bare_name, parent.pk if parent else None)

    def _heirs(self) -> tuple[Heir, ...]:
        if self.step.kind != StepKind.SPLIT:
            return tuple(Heir(heir.body) for heir in self.start.heirs)
        main = self.cleaned_data.get("main")
        return tuple(
            Heir(heir.body, self.cleaned_data.get(f"share_{place}") or 0, str(place) == main and not self.goes_on)
            for place, heir in enumerate(self.start.heirs)
        )

    def _fate_field(self, agency: Agency, heir: Heir, kept: Fate | None) -> forms.ChoiceField:
        options = [(str(ref), self._name_of_agency(ref)) for ref in self._successors_in(heir.body)]
        chosen = {str(one.body) for one in kept.heirs} if kept else set()
        initial = next((value for value, _label in options if value in chosen), NOBODY)
        label, nobody = agency.current_name, _("Ends, no successor")
        if len(self.start.heirs) > 1:
            label = _("%(agency)s, in %(unit)s") % {"agency": label, "unit": self.name_of(heir.body)}
            nobody = _("Nobody there")
        return forms.ChoiceField(label=label, choices=[*options, (NOBODY, nobody)], initial=initial)

    def _receiver_field(self, agency: Agency, kept: Fate | None) -> BodyField:
        field = BodyField(
            bodies=self._receivers(),
            label=_("Takes over the open work of %(agency)s") % {"agency": agency.current_name},
            required=False,
            initial=kept.heirs[0].body if kept and kept.heirs else None,
        )
        field.widget = forms.TextInput(attrs={"autocomplete": "off", "list": _SHARED_LIST})
        return field

    def _receivers(self):
        others = Agency.objects.filter(unit__in=self.ground.in_scope, valid_to=None).exclude(unit__in=self.start.bodies)
        return others.select_related("unit").order_by("unit__name_sorted", "protocol_order", "name_sorted", "pk")

    def _shared_list(self) -> str:
        options = format_html_join(
            "", '<option value="{}"></option>', ((label_of(one),) for one in self._receivers()[:MOST_OFFERED])
        )
        return format_html('<datalist id="{}">{}</datalist>', _SHARED_LIST, options)

    def _successors_in(self, unit: Ref) -> list[Ref]:
        """The agencies of a successor: those described by this step or another, and those that exist."""
        described = {draft.key: draft for draft in (*self.ground.agency_drafts.values(), *self._own_agencies)}
        existing = [one.pk for one in self.ground.living_in(unit)] if isinstance(unit, int) else []
        return [*(key for key, draft in described.items() if draft.unit == unit), *existing]

    def _chosen(self, agency: Agency, heirs: tuple[Heir, ...]) -> Iterator[Heir]:
        if not heirs:
            receiver = self.cleaned_data.get(f"fate_{agency.pk}_0")
            if receiver:
                yield Heir(receiver.pk)
        for place, heir in enumerate(heirs):
            value = self.cleaned_data.get(f"fate_{agency.pk}_{place}", NOBODY)
            if value != NOBODY:
                yield Heir(int(value) if value.isdigit() else value, heir.share, heir.is_main)

    def _ending_agencies(self) -> list[Agency]:
        return [agency for unit in self.start.bodies for agency in self.ground.living_in(unit)]

    @property
    def _own_agencies(self) -> list[AgencyDraft]:
        return list(self.start.agencies) if self.step.is_of_units else []

    def _agency(self, draft: AgencyDraft) -> AgencyDraft:
        return draft_of(self.cleaned_data, _prefix(draft), key=draft.key, unit=draft.unit)

    def _name_of_agency(self, ref: Ref) -> str:
        name = self.ground.name_of_agency(ref)
        return _("%(agency)s (new)") % {"agency": name} if isinstance(ref, str) else name


def kinds_of(level: str) -> list[tuple[str, str]]:
    """The kinds of unit of a level."""
    return [(kind.value, kind.label) for kind in KINDS_OF_LEVEL[UnitLevel(level)]]


def _prefix(draft: AgencyDraft) -> str:
    return f"agency_{draft.key.rpartition('.')[2]}_"


def _share_field(share: int) -> forms.IntegerField:
    wrong = _("A share is a whole percentage from 1 to 100")
    return forms.IntegerField(
        label=_("Share (%)"),
        min_value=1,
        max_value=WHOLE,
        initial=share,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )
