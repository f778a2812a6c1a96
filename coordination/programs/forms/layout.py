from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.programs.queries import Layout
from records.forms import PortalForm


class PaperRulesForm(PortalForm):
    """By whose rules the paper is laid out: as usual, or by those of another party."""

    rules = forms.ChoiceField(label=gettext_lazy("Rules of the paper"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args, layout: Layout, **kwargs):
        super().__init__(*args, initial={"rules": str(layout.chosen or "")}, **kwargs)
        usual = _("As usual for these parties: %(rules)s") % {"rules": layout.usual.label}
        others = [(rules.value, rules.label) for rules in layout.offered if rules != layout.usual]
        self.fields["rules"].choices = [("", usual), *others]
