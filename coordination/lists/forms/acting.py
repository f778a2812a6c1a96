"""What an act on many tasks asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.lists.enums import BulkAct
from coordination.programs.models import Area
from coordination.tasks.forms import ExtendForm
from records.fields import ProseField
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


class ExtendManyForm(BulkForm, ExtendForm):
    """One new deadline for all of them, asked for as for a single task."""


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
