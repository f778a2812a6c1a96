"""Keeping a view of the list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.lists.models import SavedView
from records.fields import LineField
from records.forms import PortalForm


class ViewForm(PortalForm):
    """The name of a view, and for whom it is."""

    name = LineField(label=_("Name of the view"), max_length=60)
    is_shared = forms.BooleanField(
        label=_("Share it with my agency"),
        help_text=_("Colleagues see the filters; which tasks these show depends on what each may see."),
        required=False,
    )
    is_pinned = forms.BooleanField(label=_("Show it above the list"), required=False)
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, view: SavedView, data=None) -> "ViewForm":
        """The form of a view that is kept already."""
        return cls(data, initial={name: getattr(view, name) for name in ("name", "is_shared", "is_pinned")})

    def values(self) -> dict:
        """The typed values under the names the service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_token"}
