"""A post: what it is called, how its holder signs, where it stands, how many hold it."""

from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.directory.enums import SigningAuthority
from agencies.people.models import MOST_SEATS, Office
from records import clock
from records.fields import DayField, LineField
from records.forms import PortalForm

LAST_PLACE = 32_767


class SmallNumberField(forms.IntegerField):
    """A whole number from 1 to some small one."""

    def __init__(self, *, most: int, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        said = _("Enter a whole number from 1 to %(most)s") % {"most": most}
        kwargs["error_messages"] = {"invalid": said, "min_value": said, "max_value": said}
        super().__init__(min_value=1, max_value=most, **kwargs)


class OfficeForm(PortalForm):
    """A post that is there: another title from a day on, another place, more holders."""

    title = LineField(
        label=_("Title in texts"), max_length=120, help_text=_("As it stands after a name in a text, with the agency.")
    )
    printed_title = LineField(
        label=_("Title as printed"),
        max_length=80,
        help_text=_("As it stands above a signature, in capitals, without the agency."),
    )
    authority = forms.ChoiceField(
        label=_("Signs"),
        choices=SigningAuthority.choices,
        required=False,
        help_text=_("The head signs as the agency does; choose KT. for deputies."),
    )
    since = DayField(
        label=_("Called so from"),
        required=False,
        help_text=_("Day/month/year. Needed when a title or the ground of signing changes."),
    )
    protocol_order = SmallNumberField(
        label=_("Place in the order"),
        most=LAST_PLACE,
        help_text=_("Smaller numbers come first; the head is always first."),
    )
    seats = SmallNumberField(
        label=_("Number of holders"), most=MOST_SEATS, help_text=_("How many people may hold it at the same time.")
    )

    def __init__(self, *args, office: Office, **kwargs):
        titles = office.title_on(clock.today())
        stored = {name: getattr(titles, name) for name in ("title", "printed_title", "authority")}
        stored |= {"protocol_order": office.protocol_order, "seats": office.seats}
        super().__init__(*args, initial=stored, **kwargs)
        if office.is_head:
            for name in ("protocol_order", "seats"):
                del self.fields[name]
        self.office = office
        rest = [] if office.is_head else [Row("protocol_order", "seats")]
        self.helper.layout = Layout("title", "printed_title", Row("authority", "since"), *rest)

    def facts(self) -> dict:
        """The cleaned values under the names the service takes; the head's place and number are not for choice."""
        placed = {"protocol_order": self.office.protocol_order, "seats": self.office.seats}
        return placed | self.cleaned_data


class NewOfficeForm(PortalForm):
    """A new post of an agency."""

    title = OfficeForm.base_fields["title"]
    printed_title = OfficeForm.base_fields["printed_title"]
    authority = OfficeForm.base_fields["authority"]
    protocol_order = OfficeForm.base_fields["protocol_order"]
    seats = OfficeForm.base_fields["seats"]
    is_head = forms.BooleanField(
        label=_("This is the head of the agency"),
        required=False,
        help_text=_("An agency has one post of head, with one holder at a time."),
    )

    def __init__(self, *args, **kwargs):
        usual = {"authority": SigningAuthority.DEPUTY, "protocol_order": 100, "seats": 1}
        super().__init__(*args, initial=usual, **kwargs)
        self.helper.layout = Layout("title", "printed_title", "authority", Row("protocol_order", "seats"), "is_head")


class CloseOfficeForm(PortalForm):
    """The last day of a post."""

    last_day = DayField(label=_("Last day"), help_text=_("Day/month/year. The post can be held up to this day."))
