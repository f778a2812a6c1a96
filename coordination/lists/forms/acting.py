"""What an act on many tasks asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.lists.enums import BulkAct
from coordination.programs.models import Area
from records.fields import DayField, LineField, ProseField
from records.forms import PortalForm


class BulkForm(PortalForm):
    """What all acts share: the mark of one showing. `values` are what the service takes."""

    form_token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, area_choices=None, **kwargs):
        super().__init__(*args, **kwargs)

    def values(self) -> dict:
        """The typed values under the names the service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_token"}


class RemindForm(BulkForm):
    """A word to go with the reminder."""

    note = ProseField(
        label=_("Message"),
        help_text=_("The letter names the tasks, their deadlines and their pages by itself."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ExtendManyForm(BulkForm):
    """One new deadline for all of them."""

    new_due_on = DayField(label=_("New deadline"), help_text=_("Day/month/year"))
    reason = ProseField(
        label=_("Reason for moving the deadline"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give the reason for moving the deadline")},
    )
    decision = LineField(
        label=_("Decision"),
        help_text=_("Number and date of the paper that allows it, if there is one."),
        max_length=200,
        required=False,
    )


class AreaForm(BulkForm):
    """Another area for all of them."""

    area = forms.ModelChoiceField(label=_("Area"), queryset=Area.objects.none())

    def __init__(self, *args, area_choices=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = area_choices


class ConfirmManyForm(BulkForm):
    """Confirming results, with a remark if there is one."""

    remark = ProseField(label=_("Remark"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class BinForm(BulkForm):
    """Why the tasks are deleted."""

    reason = ProseField(label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


FORMS: dict[BulkAct, type[BulkForm]] = {
    BulkAct.REMIND: RemindForm,
    BulkAct.EXTEND: ExtendManyForm,
    BulkAct.CHANGE_AREA: AreaForm,
    BulkAct.CONFIRM: ConfirmManyForm,
    BulkAct.BIN: BinForm,
}
