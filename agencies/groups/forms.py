"""The shape of what comes in about groups."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.directory.models import Agency
from agencies.groups.models import AgencyGroup
from agencies.groups.queries import agencies_offered, members_kept
from agencies.people.models import Membership
from records import clock
from records.fields import DayField, LineField
from records.forms import PortalForm


class GroupForm(PortalForm):
    """A group's name, its members, and the day from which they are."""

    name = LineField(
        label=_("Name of the group"),
        help_text=_("As papers call it: People's Committees of communes and towns."),
        max_length=120,
        error_messages={"required": _("Enter the name of the group")},
    )
    agencies = forms.MultipleChoiceField(
        label=_("Agencies of the group"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("A group has at least two agencies")},
    )
    since = DayField(
        label=_("From which day"), help_text=_("Day/month/year. Before this day the group stays as it was.")
    )
    revision = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, actor: Membership, group: AgencyGroup | None = None, **kwargs):
        members = members_kept(group) if group else []
        first = {"since": clock.today()}
        if group is not None:
            first |= {"name": group.name, "agencies": [str(one.pk) for one in members], "revision": group.revision}
        super().__init__(*args, initial=first | kwargs.pop("initial", {}), **kwargs)
        self.offered = {str(one.pk): one for one in agencies_offered(actor, clock.today(), members)}
        self.fields["agencies"].choices = [(pk, _told_apart(one, actor.unit_id)) for pk, one in self.offered.items()]

    def chosen(self) -> list[Agency]:
        """The agencies ticked, in protocol order."""
        ticked = set(self.cleaned_data["agencies"])
        return [agency for pk, agency in self.offered.items() if pk in ticked]

    def kept_revision(self) -> int:
        """The revision the form was opened with; what is no number is none."""
        typed = self.cleaned_data["revision"][:9]
        return int(typed) if typed.isascii() and typed.isdigit() else 0


def _told_apart(agency: Agency, own_unit: int) -> str:
    """An agency by its name, with its unit where that is another one and the name does not say it."""
    says_unit = agency.unit_id == own_unit or agency.unit.current_bare_name in agency.current_name
    return agency.current_name if says_unit else f"{agency.current_name} ({agency.unit.current_name})"
