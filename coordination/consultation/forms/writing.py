"""What a party says: a comment on a place of the draft, or that it is done."""

from collections.abc import Sequence

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.consultation.enums import PlaceKind
from coordination.consultation.models import Comment
from coordination.consultation.queries.places import Place
from coordination.consultation.services.comments import LONGEST_COMMENT, LONGEST_WORDING
from coordination.programs.models import ProgramParty
from records.fields import ProseField
from records.forms import PortalForm

_LONGEST_CHOICE = 110
TAKE_BACK = "take_back"


class CommentForm(PortalForm):
    """One comment: for which party, on which place, the words, and other wording where there is one."""

    party = forms.ChoiceField(label=_("On behalf of"))
    place = forms.ChoiceField(label=_("Place in the draft"), help_text=_("As the draft was sent."))
    text = ProseField(
        label=_("Comment"), required=False, max_length=LONGEST_COMMENT, widget=forms.Textarea(attrs={"rows": 5})
    )
    proposed = ProseField(
        label=_("Proposed wording"),
        required=False,
        max_length=LONGEST_WORDING,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("The whole text of this place as it should read. The drafter can take it over as it is."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args,
        places: Sequence[Place],
        parties: Sequence[ProgramParty],
        comment: Comment | None = None,
        place: str = "",
        **kwargs,
    ):
        kwargs.setdefault("initial", stored_comment(comment) if comment else {"place": place or places[0].code})
        super().__init__(*args, **kwargs)
        self.parties = {str(party.pk): party for party in parties}
        self.fields["place"].choices = _grouped(places)
        if comment is None:
            del self.fields["revision"]
        if comment is not None or len(parties) < 2:
            del self.fields["party"]
        else:
            self.fields["party"].choices = [(pk, party.agency.current_name) for pk, party in self.parties.items()]
        self.helper.layout = Layout(*[name for name in self.base_fields if name in self.fields])

    @property
    def party_chosen(self) -> ProgramParty:
        """The party it is written for: the one chosen, or the only one there is."""
        return self.parties.get(self.cleaned_data.get("party") or "") or next(iter(self.parties.values()))

    def words(self) -> dict:
        """The cleaned values under the names the services take."""
        return {name: self.cleaned_data[name] for name in ("place", "text", "proposed")}


class ReplyForm(PortalForm):
    """What a party declares, or that it takes its declaration back."""

    party = forms.ChoiceField()
    reply = forms.ChoiceField(choices=[(one, one) for one in ("no_comments", "sent", TAKE_BACK)])

    def __init__(self, *args, parties: Sequence[ProgramParty], **kwargs):
        super().__init__(*args, **kwargs)
        self.parties = {str(party.pk): party for party in parties}
        self.fields["party"].choices = [(pk, pk) for pk in self.parties]

    @property
    def party_chosen(self) -> ProgramParty:
        return self.parties[self.cleaned_data["party"]]


def stored_comment(comment: Comment) -> dict:
    """A comment under the names of the form's fields."""
    place = f"{comment.about}-{comment.place_key}"
    return {"place": place, "text": comment.text, "proposed": comment.proposed, "revision": comment.revision}


def _grouped(places: Sequence[Place]) -> list:
    """The whole first, then by kind in the order of the document."""
    groups: dict[str, list] = {}
    for place in places:
        groups.setdefault(place.kind, []).append((place.code, _short(place)))
    whole = groups.pop(PlaceKind.WHOLE, [])
    return whole + [(str(PlaceKind(kind).label), options) for kind, options in groups.items()]


def _short(place: Place) -> str:
    shown = f"{place.label}. {place.text}" if place.is_basis else place.label
    return shown if len(shown) <= _LONGEST_CHOICE else f"{shown[:_LONGEST_CHOICE].rstrip()}…"
