"""The fields of targets beside the first one's number and unit: its name, what it counts, further targets and parts."""

from collections.abc import Sequence

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.tasks.enums import TargetMeasure
from coordination.tasks.lines import LineFault, TargetLine, read_targets, written_targets
from coordination.tasks.services import TargetDraft, TaskDraft
from records.fields import LineField, ProseField

TARGET_FIELDS = ("target_name", "target_measure", "more_targets")


class TargetFields(forms.Form):
    """Mixed into the task form."""

    target_name = LineField(
        label=_("Name of the target"),
        help_text=_("When there are several: households that handed over land."),
        max_length=200,
        required=False,
    )
    target_measure = forms.ChoiceField(
        label=_("The number is"),
        help_text=_("Left open, the unit tells: % is a share, a number with a decimal an amount."),
        choices=[("", _("As the unit tells")), *TargetMeasure.choices],
        required=False,
    )
    more_targets = ProseField(
        label=_("Further targets, and the parts of a total"),
        help_text=_(
            "One on a line, its name before a colon: at least 4 meetings. A dash before it makes it a part of the "
            "target above. “Nearly”, “more than”, “about” are kept."
        ),
        max_length=12000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_more_targets(self):
        """The targets as they were typed, each on its line."""
        try:
            return read_targets(self.cleaned_data["more_targets"])
        except LineFault as fault:
            raise forms.ValidationError(str(fault)) from fault

    def target_values(self) -> dict:
        """What the plan says of its targets besides the first one's number, unit and words."""
        typed = self.cleaned_data
        measure = typed.get("target_measure")
        return {
            "target_name": typed.get("target_name", ""),
            "target_measure": TargetMeasure(measure) if measure else None,
            "more_targets": drafts_of(typed.get("more_targets") or []),
        }


def drafts_of(lines: list[TargetLine]) -> tuple[TargetDraft, ...]:
    """Lines as targets of a plan; a part belongs to the last line above that is none, the first target at first."""
    drafts, total = [], 1
    for place, line in enumerate(lines, start=2):
        total = total if line.is_part else place
        part_of = total if line.is_part else None
        drafts.append(TargetDraft(line.name, line.operator, line.value, line.unit, line.words, part_of=part_of))
    return tuple(drafts)


def targets_initial(draft: TaskDraft) -> dict:
    """The same fields as a saved plan fills them."""
    rows = [
        (one.name, one.operator, one.value, one.unit, one.words, one.part_of is not None)
        for one in _behind_their_totals(draft.more_targets)
    ]
    return {
        "target_name": draft.target_name,
        "target_measure": draft.target_measure or "",
        "more_targets": written_targets(rows),
    }


def _behind_their_totals(targets: Sequence[TargetDraft]) -> list[TargetDraft]:
    """Each total with its parts right behind it, as a line tells what it is a part of."""
    at = [one for one in targets if one.part_of == 1]
    for place, one in enumerate(targets, start=2):
        if one.part_of is None:
            at += [one, *(part for part in targets if part.part_of == place)]
    return at


def targets_layout() -> list:
    """The fields in their order on the page, folded away by whoever asks."""
    return [Div("target_name", "target_measure", css_class="pf-fields"), "more_targets"]
