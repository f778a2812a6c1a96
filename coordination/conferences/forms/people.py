"""Forms of those who are invited, who answer and who come."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.groups.models import AgencyGroup
from agencies.models import Agency, Membership, Office
from coordination.conferences.enums import Presence, Rank, Reply
from coordination.conferences.forms.fields import NOT_CHOSEN, CountField, offer, text_field
from coordination.conferences.models import Attendance, Conference, Invitation
from coordination.conferences.queries.seats import agencies_to_invite, groups_to_invite, posts_open
from coordination.conferences.services import Delegate, Guest
from records.fields import DayField, LineField, SeveralField
from records.forms import PortalForm


def _rank_asked(**kwargs) -> forms.ChoiceField:
    """Who may come in the place of the one invited."""
    return forms.ChoiceField(
        label=_("Who may come"),
        choices=lambda: [(rank.value, rank.asked) for rank in Rank],
        widget=forms.RadioSelect,
        initial=Rank.DEPUTY,
        **kwargs,
    )


def _delegate_fields(form: forms.Form) -> Delegate:
    """Who comes instead, as a form was filled in."""
    given = form.cleaned_data
    return Delegate(
        title=given.get("delegate_title") or "",
        rank=given.get("delegate_rank") or "",
        name=given.get("delegate_name") or "",
    )


class GroupField(LineField):
    """The protocol group a name is put into; those of the conference are suggested."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Protocol group"), max_length=200, **kwargs)


class AttendanceForm(PortalForm):
    """How many of one group came; a group already listed is corrected."""

    group = LineField(label=_("Group"), max_length=200, help_text=_("The name of a group listed above corrects it"))
    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.none(), required=False, empty_label=NOT_CHOSEN
    )
    is_party = forms.BooleanField(label=_("Party to a program"), required=False)
    invited = CountField(label=_("Invited"), help_text=_("Leave empty when unknown"))
    present = CountField(label=_("Present"), help_text=_("Leave empty when unknown"))
    substitutes = CountField(label=_("Of them substitutes"))
    excused = CountField(label=_("Absent with leave"))

    def __init__(self, *args, actor: Membership, conference: Conference, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self.fields["agency"], Agency.objects.visible_to(actor), conference.held_on)

    def clean(self):
        cleaned = super().clean()
        for name in ("substitutes", "excused"):
            cleaned[name] = cleaned.get(name) or 0
        return cleaned


class InviteForm(PortalForm):
    """Whom to invite: a group of agencies, agencies by their heads, single posts, a guest from elsewhere."""

    group = GroupField(help_text=_("As the minutes will count them, for example: Leaders of communes"))
    agency_group = forms.ModelChoiceField(
        label=_("A whole group of agencies"),
        queryset=AgencyGroup.objects.none(),
        required=False,
        empty_label=NOT_CHOSEN,
        help_text=_("The head of every member on the day of the conference"),
    )
    agencies = SeveralField(
        label=_("Agencies, by their heads"),
        queryset=Agency.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    offices = SeveralField(
        label=_("Other posts"), queryset=Office.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )
    guest_title = LineField(
        label=_("Somebody else, by title"),
        max_length=200,
        required=False,
        help_text=_("For somebody without a post in the directory"),
    )
    guest_of = forms.ModelChoiceField(
        label=_("Agency of the guest"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=NOT_CHOSEN,
        help_text=_("Where it is in the directory, the agency sees the invitation and answers"),
    )
    guest_agency = LineField(label=_("Agency that is not in the directory"), max_length=200, required=False)
    guest_name = LineField(label=_("Name of the guest"), max_length=120, required=False)
    rank_asked = _rank_asked()

    def __init__(self, *args, actor: Membership, conference: Conference, words: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.day = conference.held_on
        known = list(conference.attendance.values_list("group", flat=True))
        self.fields["group"].widget.attrs["list"] = "nhom"
        self.groups_known = known
        self.fields["agency_group"].queryset = groups_to_invite(actor, self.day)
        _offer_agencies(self.fields["agencies"], actor, conference, words)
        _offer_posts(self.fields["offices"], actor, conference, words)
        offer(self.fields["guest_of"], Agency.objects.visible_to(actor), self.day)

    def invited(self) -> dict:
        """The cleaned values under the names the service takes."""
        given = self.cleaned_data
        members = given["agency_group"].members_on(self.day) if given["agency_group"] else []
        chosen = dict.fromkeys([*members, *given["agencies"]])
        guest = Guest(given["guest_title"], given["guest_agency"], given["guest_name"], given["guest_of"])
        return {
            "group": given["group"],
            "agencies": list(chosen),
            "offices": list(given["offices"]),
            "guest": guest if guest.title else None,
            "rank_asked": Rank(given["rank_asked"]),
        }


def _offer_agencies(field: SeveralField, actor: Membership, conference: Conference, words: str) -> None:
    """Every agency of the directory can be sent; those the words name are listed."""
    field.queryset = Agency.objects.visible_to(actor)
    listed = agencies_to_invite(actor, conference.held_on, words)
    field.choices = [(agency.pk, agency.current_name) for agency in listed]


def _offer_posts(field: SeveralField, actor: Membership, conference: Conference, words: str) -> None:
    """The posts that are not heads, of the same agencies."""
    posts = posts_open(Agency.objects.visible_to(actor), conference.held_on).filter(is_head=False)
    field.queryset = posts
    named = agencies_to_invite(actor, conference.held_on, words).values("pk")
    listed = posts.filter(agency__in=named).prefetch_related("titles") if words else posts.prefetch_related("titles")
    field.choices = [(post.pk, post.title_on(conference.held_on).title) for post in listed]


class SendForm(PortalForm):
    """By when an answer is asked for."""

    reply_by = DayField(
        label=_("Answer by"), required=False, help_text=_("Day/month/year. Leave empty to ask for none in particular")
    )


class CorrectionForm(PortalForm):
    """How an invitation is printed and who may come in its place."""

    title = LineField(label=_("Title"), max_length=200, help_text=_("As it is printed on the invitation and the plate"))
    person_name = LineField(label=_("Name"), max_length=120, required=False)
    group = GroupField()
    rank_asked = _rank_asked()

    def __init__(self, *args, invitation: Invitation, **kwargs):
        names = ("title", "person_name", "rank_asked")
        initial = {name: getattr(invitation, name) for name in names} | {"group": invitation.group.group}
        super().__init__(*args, initial=initial, **kwargs)


class WithdrawalForm(PortalForm):
    """Why an invitation that was sent is withdrawn."""

    reason = LineField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Kept with the invitation; read by its agency as long as it sees the conference"),
    )


class AnswerForm(PortalForm):
    """What an agency answers to its invitation."""

    reply = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    delegate_title = LineField(
        label=_("Office of the delegate"),
        max_length=200,
        required=False,
        help_text=_("Only when a delegate is sent, for example: Deputy Chairman of the People's Committee"),
    )
    delegate_rank = forms.ChoiceField(label=_("Rank of the delegate"), required=False, widget=forms.RadioSelect)
    delegate_name = LineField(label=_("Name of the delegate"), max_length=120, required=False)
    reason = text_field(_("Reason for not coming"), rows=2, required=False)

    def __init__(self, *args, invitation: Invitation, **kwargs):
        names = ("delegate_title", "delegate_rank", "delegate_name", "reason")
        initial = {name: getattr(invitation, name) for name in names}
        given = {} if invitation.reply == Reply.AWAITED else {"reply": invitation.reply}
        super().__init__(*args, initial=initial | given, **kwargs)
        self.fields["reply"].choices = [choice for choice in Reply.choices if choice[0] != Reply.AWAITED]
        self.fields["delegate_rank"].choices = Rank.choices
        self.fields["reply"].label = gettext("Answer for: %(who)s") % {"who": invitation.full_title}

    def answer(self) -> dict:
        """The cleaned values under the names the service takes."""
        given = self.cleaned_data
        return {"reply": Reply(given["reply"]), "delegate": _delegate_fields(self), "reason": given["reason"]}


class MarkForm(PortalForm):
    """One tick at the door. The row on the page writes the fields itself."""

    presence = forms.ChoiceField(choices=Presence.choices, required=False)
    was = forms.ChoiceField(choices=Presence.choices, required=False)
    delegate_title = LineField(label=_("Office of the substitute"), max_length=200, required=False)
    delegate_rank = forms.ChoiceField(label=_("Rank of the substitute"), choices=Rank.choices, required=False)
    delegate_name = LineField(label=_("Name of the substitute"), max_length=120, required=False)
    reason = text_field(_("Reason"), rows=2, required=False)

    def mark(self) -> dict:
        """The cleaned values under the names the service takes; details only where the row sent them."""
        given = self.cleaned_data
        tells = "delegate_title" in self.data
        return {
            "presence": Presence(given["presence"]),
            "was": Presence(given["was"]) if "was" in self.data else None,
            "delegate": _delegate_fields(self) if tells else None,
            "reason": given["reason"],
        }


class WalkInForm(PortalForm):
    """Somebody who came without having been invited."""

    group = forms.ModelChoiceField(
        label=_("Protocol group"), queryset=Attendance.objects.none(), empty_label=NOT_CHOSEN
    )
    title = LineField(label=_("Title"), max_length=200)
    agency_name = LineField(label=_("Agency"), max_length=200, required=False)
    name = LineField(label=_("Name"), max_length=120, required=False)

    def __init__(self, *args, conference: Conference, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = conference.attendance.filter(is_by_name=True)

    def guest(self) -> Guest:
        given = self.cleaned_data
        return Guest(given["title"], given["agency_name"], given["name"])
