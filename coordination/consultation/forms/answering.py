"""What the drafter answers."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.consultation.enums import ANSWERS
from coordination.consultation.models import Comment
from coordination.consultation.services.answers import LONGEST_ANSWER, can_be_taken_over
from coordination.programs.models import Section
from records.fields import ProseField
from records.forms import PortalForm


class AnswerForm(PortalForm):
    """Accepted, accepted in part or explained; the words; and whether the proposed wording goes into the text."""

    state = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=[(state.value, state.label) for state in ANSWERS],
        widget=forms.RadioSelect,
    )
    words = ProseField(
        label=pgettext_lazy("comment", "Answer"),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Printed in the table. Needed unless the comment is accepted whole."),
    )
    take_over = forms.BooleanField(label=_("Put the proposed wording into the text now"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    section_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, comment: Comment, section: Section | None, **kwargs):
        stored = {
            "state": comment.state if comment.is_answered else None,
            "words": comment.answer,
            "revision": comment.revision,
            "section_revision": section.revision if section else None,
        }
        super().__init__(*args, **{"initial": stored, **kwargs})
        if not can_be_taken_over(comment, section):
            del self.fields["take_over"], self.fields["section_revision"]

    def given(self) -> dict:
        """The cleaned values under the names the service takes."""
        values = {name: self.cleaned_data[name] for name in ("state", "words", "revision")}
        if self.cleaned_data.get("take_over"):
            values["section_revision"] = self.cleaned_data.get("section_revision") or 0
        return values
