"""The first page of a step: which bodies it acts on, and what succeeds them."""

from collections.abc import Iterator

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext as _

from agencies.models import Reorganisation
from agencies.reorganisation.enums import StepKind, Subject
from agencies.reorganisation.queries import steps_of
from agencies.units.enums import KINDS_OF_LEVEL, UnitKind
from coordination.reorganisation.forms.bodies import BodyField
from coordination.reorganisation.forms.starting import HeirChoice
from coordination.reorganisation.queries.lists import bodies_of_scope, in_order
from records.fields import LineField
from records.forms import PortalForm

MOST_HEIRS = 6
MOST_BODIES = 60


class PickForm(PortalForm):
    """Bodies by ticking them in the list on the page; successors by name, or as new ones."""

    def __init__(self, *args, act: Reorganisation, subject: Subject, kind: StepKind, **kwargs):
        super().__init__(*args, **kwargs)
        self.act, self.subject, self.kind = act, subject, kind
        self.possible = bodies_of_scope(act, subject)
        self.rows = {StepKind.MERGE: 1, StepKind.SPLIT: MOST_HEIRS}.get(kind, 0)
        self.asks_name = kind == StepKind.RENAME and subject == Subject.UNIT
        for place in range(self.rows):
            self._add_heir(place)
        if self.asks_name:
            self._add_new_unit(0, required=True)
        parts = [self._heir_laid_out(place) for place in range(self.rows)]
        self.helper.layout = Layout(*parts, *([Row("kind_0", "name_0")] if self.asks_name else []))

    @property
    def one_body(self) -> bool:
        """Whether exactly one body is chosen."""
        return self.kind != StepKind.MERGE

    @property
    def chosen(self) -> list[int]:
        """The numbers ticked, as far as they are numbers."""
        typed = self.data.getlist("body") if hasattr(self.data, "getlist") else []
        numbers = [int(one) for one in typed[:MOST_BODIES] if one.isascii() and one.isdigit() and len(one) < 19]
        return list(dict.fromkeys(numbers))

    def clean(self):
        """What was ticked is on the list; a merger or a split has a successor."""
        cleaned = super().clean()
        known = set(self.possible.filter(pk__in=self.chosen).values_list("pk", flat=True))
        self.bodies = [pk for pk in self.chosen if pk in known]
        if not self.bodies or len(known) != len(self.chosen):
            self.add_error(None, _("Choose from the list what the decision acts on"))
        elif self.one_body and len(self.bodies) > 1:
            self.add_error(None, _("Choose exactly one"))
        if not self.errors and self.rows and not self.heirs:
            self.add_error("heir_0", _("Choose the successor, or describe the new one"))
        return cleaned

    @property
    def heirs(self) -> list[HeirChoice]:
        """The successors chosen, rows left empty left out; for a renaming the new name."""
        return list(self._heirs())

    def _heirs(self) -> Iterator[HeirChoice]:
        typed = self.cleaned_data
        for place in range(max(self.rows, int(self.asks_name))):
            if existing := typed.get(f"heir_{place}"):
                yield HeirChoice(existing=existing.pk)
            elif key := typed.get(f"founded_{place}"):
                yield HeirChoice(key=key)
            elif name := typed.get(f"name_{place}"):
                yield HeirChoice(kind=UnitKind(typed[f"kind_{place}"] or UnitKind.COMMUNE), bare_name=name)
            elif typed.get(f"new_{place}"):
                yield HeirChoice()

    def _add_heir(self, place: int) -> None:
        self.fields[f"heir_{place}"] = BodyField(
            bodies=in_order(self.possible.filter(valid_to=None), self.subject),
            label=_("One that exists"),
            required=False,
            help_text=_("Type its name or code; leave it empty when a new one is founded."),
        )
        if founded := self._founded_elsewhere():
            self.fields[f"founded_{place}"] = forms.ChoiceField(
                label=_("One that another step founds"), choices=[("", _("None")), *founded], required=False
            )
        if self.subject == Subject.UNIT:
            self._add_new_unit(place, required=False)
        else:
            self.fields[f"new_{place}"] = forms.BooleanField(
                label=_("A new agency, described on the next page"), required=False
            )

    def _add_new_unit(self, place: int, *, required: bool) -> None:
        self.fields[f"kind_{place}"] = forms.ChoiceField(
            label=_("Kind of the new unit") if self.rows else _("Kind of unit"),
            choices=[(kind.value, kind.label) for kinds in KINDS_OF_LEVEL.values() for kind in kinds],
            initial=UnitKind.COMMUNE,
            required=required,
        )
        self.fields[f"name_{place}"] = LineField(
            label=_("Name of the new unit") if self.rows else _("New name"),
            max_length=100,
            required=required,
            help_text=_("Without the word for the kind of unit"),
        )

    def _founded_elsewhere(self) -> list[tuple[str, str]]:
        plans = [step.plan for step in steps_of(self.act)]
        if self.subject == Subject.UNIT:
            return [(draft.key, draft.name) for plan in plans for draft in plan.units]
        return [(draft.key, draft.naming.name) for plan in plans for draft in plan.agencies]

    def _heir_laid_out(self, place: int) -> Fieldset:
        title = _("Successor %(number)s") % {"number": place + 1} if self.rows > 1 else _("Successor")
        founded = [f"founded_{place}"] if f"founded_{place}" in self.fields else []
        new = [Row(f"kind_{place}", f"name_{place}")] if self.subject == Subject.UNIT else [f"new_{place}"]
        return Fieldset(title, f"heir_{place}", *founded, *new)
