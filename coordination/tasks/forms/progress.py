"""Reporting progress: of a whole task by its lead agency, of one part by whoever works along."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from crispy_forms.layout import HTML, Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.tasks.forms.uploads import FILES_HINT, FilesField
from coordination.tasks.models import Target
from coordination.tasks.targets import quantity
from records.fields import DayField, ProseField, QuantityField
from records.forms import PortalForm

_RUNNING, _COMPLETE = "in_progress", "complete"
_MORE = ("obstacles", "causes", "proposal", "expected_on", "reported_on")
_PERCENT_ERROR = _("A percentage lies between 0 and 100")


def _prose(label, rows: int, **more) -> ProseField:
    area = forms.Textarea(attrs={"rows": rows})
    return ProseField(label=label, required=False, max_length=4000, widget=area, **more)


class _ReportForm(PortalForm):
    """What every report asks: result, files, and behind a fold what stands in the way and of which day it tells."""

    result = _prose(_("Result"), 3)
    files = FilesField(label=_("Evidence"), help_text=FILES_HINT, required=False)
    obstacles = _prose(_("Obstacles"), 2, help_text=_("Required when the quantity done is less than last time."))
    causes = _prose(_("Causes"), 2)
    proposal = _prose(_("Proposal"), 2)
    expected_on = DayField(
        label=_("Completion expected on"), help_text=_("Day/month/year, where the end is in sight."), required=False
    )
    reported_on = DayField(
        label=_("Figures as of"),
        help_text=_("Left empty, today. An earlier day is shown as entered late; the entry keeps today's date."),
        required=False,
    )
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def names_to_choose_again(self) -> list[str]:
        """The files a browser forgets when the page comes back; the official must choose them again."""
        return [file.name[:120] for file in self.files.getlist("files")] if self.is_bound and self.errors else []

    @property
    def opens_fold(self) -> bool:
        """Whether something stands, or must be mended, behind the fold."""
        return any(self[name].value() or self[name].errors for name in _MORE)

    def reported(self) -> dict:
        """The report as the service takes it."""
        typed = self.cleaned_data
        return {name: typed.get(name) for name in ("value", "result", "files", *_MORE)}

    def _draw(self, *first: str) -> None:
        """The fields an official fills in every time, and a fold that opens by itself where it holds something."""
        summary = gettext("Obstacles, proposals, the day of the figures")
        opened = "{% if form.opens_fold %} open{% endif %}"
        fold = HTML(f'<details class="pf-fold"{opened}><summary>{summary}</summary>')
        self.helper.layout = Layout(*first, fold, *_MORE, HTML("</details>"), "form_token")


class ProgressForm(_ReportForm):
    """What the lead agency reports: quantities, whether it is complete, result, evidence, obstacles."""

    value = QuantityField(label=_("Quantity done"), required=False)
    percent = forms.IntegerField(
        label=_("Share done (%)"),
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _PERCENT_ERROR},
    )
    state = forms.ChoiceField(
        label=_("Status"), choices=[(_RUNNING, _("In progress")), (_COMPLETE, _("Report completion"))]
    )

    def __init__(
        self,
        *args,
        targets: Sequence[Target],
        reached: Mapping[int, Decimal] | None = None,
        parts_hint: str = "",
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        for validator in self.fields["percent"].validators:
            validator.message = _PERCENT_ERROR
        first, *further = list(targets) or [None]
        totals = {target.part_of_id for target in further if target.is_counted}
        self.figures = {
            f"figure_{target.pk}": target for target in further if target.is_counted and target.pk not in totals
        }
        counted = first is not None and first.is_counted
        asked = [] if counted and first.pk in totals else ["value" if counted else "percent"]
        for name in {"value", "percent"} - set(asked):
            del self.fields[name]
        if "value" in self.fields:
            self._ask_quantity(first, parts_hint)
        for name, target in self.figures.items():
            self._ask_figure(name, target, (reached or {}).get(target.pk))
        self._draw(*asked, *self.figures, "state", "result", "files")

    def reported(self) -> dict:
        typed = self.cleaned_data
        return {
            **super().reported(),
            "percent": typed.get("percent"),
            "claims_completion": typed["state"] == _COMPLETE,
            "figures": {target.pk: typed[name] for name, target in self.figures.items() if typed.get(name) is not None},
        }

    def _ask_quantity(self, target: Target, parts_hint: str) -> None:
        field = self.fields["value"]
        if target.name:
            field.label = target.name
        field.help_text = ". ".join(part for part in (_goal(target), parts_hint) if part)

    def _ask_figure(self, name: str, target: Target, reached: Decimal | None) -> None:
        label = target.name or gettext("Quantity done, %(unit)s") % {"unit": target.unit}
        self.fields[name] = QuantityField(label=label, required=False, help_text=_goal(target))
        self.initial.setdefault(name, reached)


class PartForm(_ReportForm):
    """What an agency reports of its own part in a task."""

    value = QuantityField(label=_("Quantity done by your agency"), required=False)
    is_done = forms.BooleanField(label=_("Our part is done"), required=False)

    def __init__(self, *args, target: Target | None, **kwargs):
        super().__init__(*args, **kwargs)
        counted = target is not None and target.is_counted
        if counted:
            self.fields["value"].help_text = gettext("In %(unit)s, counted for your agency alone") % {
                "unit": target.unit
            }
        else:
            del self.fields["value"]
        self._draw(*(["value"] if counted else []), "result", "is_done", "files")

    def reported(self) -> dict:
        return {**super().reported(), "is_done": self.cleaned_data["is_done"]}


def _goal(target: Target) -> str:
    return gettext("Of %(goal)s") % {"goal": quantity(target.value, target.unit)}
