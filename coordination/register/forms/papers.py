"""The forms about the paper of a program: its number, its issue, its amendment."""

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.programs.enums import AmendmentWay
from coordination.programs.models import Program
from coordination.register.forms.numbers import whole_number
from coordination.register.queries import Proposal, usual_recipients
from coordination.register.queries.amendments import proposed_title
from coordination.register.services.numbers import LONGEST_SUBJECT
from records import clock
from records.fields import DayField, LineField, ProseField
from records.forms import PortalForm

LONGEST_LIST = 40_000


class NumberForm(PortalForm):
    """The number and symbol of the paper, as proposed from the register."""

    number = whole_number(_("Document number"), help_text=_("Proposed from the register."))
    symbol = LineField(label=_("Symbol"), max_length=60, help_text=_("Such as CTPH-UBND-MTTQ, without the number."))
    skipped = LineField(
        label=_("What became of numbers skipped"),
        max_length=LONGEST_SUBJECT,
        required=False,
        help_text=_("Only where numbers before this one were used on papers kept outside the portal."),
    )

    def __init__(self, *args, proposal: Proposal, **kwargs):
        proposed = {"number": proposal.number, "symbol": proposal.symbol}
        super().__init__(*args, initial=proposed, **kwargs)
        self.helper.layout = Layout(Div("number", "symbol", css_class="pf-fields"), "skipped")


class IssueForm(PortalForm):
    """The day a program was sent out, and to whom."""

    issued_on = DayField(label=_("Day of issue"), help_text=_("Day/month/year"))
    recipients = ProseField(
        label=_("Recipients"),
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One on each line."),
    )

    def __init__(self, *args, program: Program, **kwargs):
        proposed = {"issued_on": clock.today(), "recipients": "\n".join(usual_recipients(program))}
        super().__init__(*args, initial=proposed, **kwargs)


class AmendForm(PortalForm):
    """How a program is amended, under which title, until when."""

    by = forms.ChoiceField(
        label=_("Way of amending"),
        choices=AmendmentWay.choices,
        initial=AmendmentWay.PROGRAM,
        widget=forms.RadioSelect,
    )
    title = LineField(label=_("Program title"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    period_end = DayField(
        label=_("Holds until"), help_text=_("Day/month/year. The period can be lengthened, not shortened.")
    )
    beside_another = forms.BooleanField(
        label=_("I know that another amendment is under way and begin this one beside it"), required=False
    )

    def __init__(self, *args, first: Program, number: int, open_one: Program | None, **kwargs):
        proposed = {"title": proposed_title(first, number), "period_end": first.period_end}
        super().__init__(*args, initial=proposed, **kwargs)
        if open_one is None:
            del self.fields["beside_another"]
        self.helper.layout = Layout(*self.fields)
