"""Saying which person is meant: one who is recorded already, found by name, or someone new."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.people.models import Membership, Person
from agencies.people.queries import people_called, what_they_do
from records.fields import LineField
from records.forms import PortalForm

NEW = "new"
LONGEST_NAME = 120
MOST_OFFERED = 20


class ActorForm(PortalForm):
    """A form that offers each actor what that actor sees."""

    def __init__(self, *args, actor: Membership, **kwargs):
        super().__init__(*args, **kwargs)
        self.actor = actor


class WhoForm(ActorForm):
    """A name; where people of that name are recorded, one of them must be chosen or be said to be someone new.

    Rule: R-PERSON-1. Two of one name are two persons unless the form says which one is meant.
    """

    full_name = LineField(
        label=_("Full name"),
        max_length=LONGEST_NAME,
        help_text=_("Family name first. Marks may be left out to find someone who is recorded already."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    person = forms.ChoiceField(
        label=_("Which person"),
        widget=forms.RadioSelect,
        error_messages={"required": _("People of this name are recorded already. Say which one is meant.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        typed = self._typed() if self.is_bound else ""
        self.matches = {str(person.pk): person for person in people_called(self.actor, typed)[:MOST_OFFERED]}
        if not self.matches:
            del self.fields["person"]
            return
        said = what_they_do(self.actor, self.matches.values())
        self.fields["person"].choices = [
            *((pk, f"{person} – {said[person.pk]}") for pk, person in self.matches.items()),
            (NEW, _("Someone else, not recorded yet: “%(name)s”") % {"name": typed}),
        ]

    @property
    def chosen(self) -> Person | None:
        """The person who was chosen, or None for someone new."""
        return self.matches.get(self.cleaned_data.get("person", ""))

    def _typed(self) -> str:
        """The name as typed; nothing where it is no text."""
        try:
            return self.fields["full_name"].clean(self.data.get(self.add_prefix("full_name"), ""))
        except forms.ValidationError:
            return ""


class NameForm(PortalForm):
    """A person's name put right."""

    full_name = LineField(label=_("Full name"), max_length=LONGEST_NAME, help_text=_("Family name first."))
