"""Accounts and roles: who is invited, what they may do where, until when, and why they are shut out."""

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from agencies.access.enums import Role
from agencies.people.enums import AccountState
from agencies.people.forms.where import WhereForm
from agencies.people.forms.who import WhoForm
from agencies.people.models import Membership
from agencies.people.queries import AccountFilters
from records import clock
from records.fields import DayField, LineField, ProseField
from records.forms import PortalForm

LONGEST_WORDS, LONGEST_REASON = 100, 2000


class RoleFields(forms.Form):
    """What someone may do in an agency, what that is called there, from when and until when."""

    role = forms.ChoiceField(label=_("Role"), choices=())
    title = LineField(label=_("Title"), max_length=120, help_text=_("Shown beside everything the person does"))
    since = DayField(label=_("From"), help_text=_("Day/month/year"))
    until = DayField(label=_("Until"), required=False, help_text=_("Leave empty while no last day is known"))


class _RoleForm(WhereForm, RoleFields):
    """Shared by giving a role and moving someone."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_given_by(self.actor)
        self.fields["since"].initial = clock.today()

    def role_given(self) -> dict:
        """The cleaned values under the names the services take, without the agency."""
        kept = ("role", "title", "since", "until")
        return {name: self.cleaned_data[name] for name in kept if name in self.cleaned_data}


class RoleForm(_RoleForm):
    """One more role of an account."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(*self.where, Row("role", "title"), Row("since", "until"))


class MoveForm(_RoleForm):
    """Where someone goes: the present role ends the day before."""

    def __init__(self, *args, membership: Membership, **kwargs):
        super().__init__(*args, initial={"role": membership.role, "title": membership.title}, **kwargs)
        del self.fields["until"]
        self.helper.layout = Layout(*self.where, Row("role", "title"), "since")


class InviteForm(WhoForm, _RoleForm):
    """Someone who is to get an account: who, by what user name, and the first role."""

    username = LineField(
        label=_("User name"),
        max_length=60,
        help_text=_("Small letters without marks, digits and hyphens, for example thu-ky-ubnd"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("Where there is one, the link is sent there as well."),
        error_messages={"invalid": _("Enter an e-mail address, for example thuky@example.vn")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        who = [name for name in ("full_name", "person") if name in self.fields]
        self.helper.layout = Layout(
            Fieldset(_("Who is invited"), *who, Row("username", "email")),
            Fieldset(_("First role"), *self.where, Row("role", "title"), Row("since", "until")),
        )

    def account(self) -> dict:
        """The cleaned values under the names the service takes."""
        named = {"username": self.cleaned_data["username"], "email": self.cleaned_data["email"]}
        return named | {"agency": self.chosen_agency} | self.role_given()


class EndRoleForm(PortalForm):
    """Until when a role holds; or that it is taken back at once."""

    last_day = DayField(
        label=_("Last day"),
        help_text=_("Day/month/year. The role still holds on this day."),
        error_messages={"required": _("Enter the last day, or take the role back at once")},
    )
    at_once = forms.BooleanField(
        label=_("Take the role back at once, whatever the last day"),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"last_day": clock.today()}, **kwargs)
        self.fields["last_day"].required = not (self.is_bound and self.data.get(self.add_prefix("at_once")))

    @property
    def ends_on(self):
        """The last day; None where the role is taken back at once."""
        return None if self.cleaned_data["at_once"] else self.cleaned_data["last_day"]


class ReasonForm(PortalForm):
    """Why an account is shut out, or let in again."""

    reason = ProseField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the log; administrators of the unit see it."),
    )


class AccountFilterForm(PortalForm):
    """What the list of accounts is narrowed by."""

    q = LineField(label=_("Name or user name"), required=False, max_length=LONGEST_WORDS)
    place = LineField(label=_("Agency or unit"), required=False, max_length=LONGEST_WORDS)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All roles")), *Role.choices])
    state = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All statuses")), *AccountState.choices]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        for name in ("q", "place"):
            self.fields[name].widget = forms.TextInput(attrs={"type": "search", "maxlength": LONGEST_WORDS})


def account_filters(query: QueryDict) -> tuple[AccountFilters, AccountFilterForm]:
    """The filters an address asks for; what makes no sense is left out."""
    form = AccountFilterForm(query)
    form.full_clean()
    asked = form.cleaned_data
    return (
        AccountFilters(
            words=asked.get("q", ""),
            place=asked.get("place", ""),
            role=asked.get("role", ""),
            state=asked.get("state", ""),
        ),
        form,
    )


def roles_given_by(actor: Membership) -> list[tuple[str, str]]:
    """The roles an administrator may give; the system's only a system administrator."""
    hidden = () if actor.role == Role.SYSTEM_ADMIN else (Role.SYSTEM_ADMIN,)
    return [(role.value, role.label) for role in Role if role not in hidden]
