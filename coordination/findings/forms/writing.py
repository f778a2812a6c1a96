"""The form of a finding."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.directory.lineage import existing_on
from agencies.models import Agency, Membership
from coordination.evaluations.models import EvaluationRound
from coordination.findings.enums import CauseKind, FindingKind
from coordination.findings.models import Finding
from coordination.findings.queries import earlier_limitations
from coordination.programs.models import Program
from records import clock
from records.fields import LineField, ProseField
from records.forms import PortalForm

_LONGEST = 90
# Which kinds a field is for; the others are for all of them.
_FOR = {
    "repeats": (FindingKind.LIMITATION,),
    "cause_kind": (FindingKind.CAUSE,),
    "of_limitation": (FindingKind.CAUSE, FindingKind.LESSON, FindingKind.RECOMMENDATION),
    "addressee": (FindingKind.RECOMMENDATION,),
    "addressee_words": (FindingKind.RECOMMENDATION,),
}


class FindingForm(PortalForm):
    """A finding of the round; which field belongs to which kind stands beside it."""

    kind = forms.ChoiceField(label=_("Kind of finding"), choices=FindingKind.choices)
    heading = LineField(label=_("Heading"), required=False, max_length=150)
    text = ProseField(label=_("Finding"), max_length=10000, widget=forms.Textarea(attrs={"rows": 4}))
    program = forms.ModelChoiceField(
        label=_("Program"), queryset=Program.objects.none(), required=False, empty_label=_("All programs")
    )
    repeats = forms.ModelChoiceField(
        label=_("Repeats a limitation of an earlier evaluation"),
        help_text=_("Only for a limitation"),
        queryset=Finding.objects.none(),
        required=False,
        empty_label=_("A new one"),
    )
    cause_kind = forms.ChoiceField(
        label=_("Kind of cause"),
        help_text=_("Only for a cause"),
        choices=[("", _("Not a cause")), *CauseKind.choices],
        required=False,
    )
    of_limitation = forms.ModelChoiceField(
        label=_("Limitation it belongs to"),
        help_text=_("For a cause, a lesson or a recommendation"),
        queryset=Finding.objects.none(),
        required=False,
        empty_label=_("No single one"),
    )
    addressee = forms.ModelChoiceField(
        label=_("Addressed to"),
        help_text=_("Only for a recommendation"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("Nobody in particular"),
    )
    addressee_words = LineField(
        label=_("Addressed to somebody else"),
        help_text=_("Only for a recommendation: a body that is not in the list, for example the Provincial Committee"),
        required=False,
        max_length=200,
    )
    is_doubtful = forms.BooleanField(label=_("The source is damaged or unclear here"), required=False)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=1 << 30)

    def __init__(
        self,
        *args,
        actor: Membership,
        round: EvaluationRound,
        finding: Finding | None = None,
        kind: FindingKind | None = None,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.revises = finding is not None
        seen = Program.objects.visible_to(actor).filter(evaluation_rounds=round)
        self.fields["program"].queryset = seen.order_by("code")
        self.fields["program"].label_from_instance = lambda program: f"{program.code} – {program.short_title}"
        self.fields["repeats"].queryset = _with_own(earlier_limitations(actor, round), finding)
        self.fields["repeats"].label_from_instance = lambda one: f"{one.round.span.words}: {_short(one)}"
        tied = Finding.objects.visible_to(actor).limitations().filter(round=round)
        self.fields["of_limitation"].queryset = tied.exclude(pk=finding.pk) if finding else tied
        self.fields["of_limitation"].label_from_instance = lambda one: f"{one.position}. {_short(one)}"
        self._offer_addressees(actor, round, finding)
        if kind is not None:
            self._ask_only_for(kind)

    def _ask_only_for(self, kind: FindingKind) -> None:
        """Where the kind is settled, ask for nothing that does not belong to it."""
        self.fields["kind"].widget = forms.HiddenInput()
        self.fields["kind"].choices = [(kind.value, kind.label)]
        self.fields["kind"].initial = kind.value
        for name, kinds in _FOR.items():
            if kind not in kinds:
                del self.fields[name]
            else:
                self.fields[name].help_text = ""
        if kind == FindingKind.CAUSE:
            self.fields["cause_kind"].choices = CauseKind.choices
            self.fields["cause_kind"].required = True

    def _offer_addressees(self, actor: Membership, round: EvaluationRound, finding: Finding | None) -> None:
        there = existing_on(Agency.objects.visible_to(actor), clock.today()).filter(unit_id=round.unit_id)
        named = finding.addressee if finding else None
        field = self.fields["addressee"]
        field.queryset = Agency.objects.visible_to(actor)
        listed = list(there.in_protocol_order())
        listed += [named] if named and named not in listed else []
        field.choices = [("", field.empty_label), *((one.pk, one.current_name) for one in listed)]

    def said(self) -> dict:
        """What the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


def initial_of(finding: Finding) -> dict:
    """A finding as the form's first values."""
    return {
        "kind": finding.kind,
        "heading": finding.heading,
        "text": finding.text,
        "program": finding.program_id,
        "repeats": finding.repeats_id,
        "cause_kind": finding.cause_kind,
        "of_limitation": finding.of_limitation_id,
        "addressee": finding.addressee_id,
        "addressee_words": finding.addressee_words,
        "is_doubtful": finding.is_doubtful,
        "revision": finding.revision,
    }


def _with_own(earlier: QuerySet[Finding], finding: Finding | None) -> QuerySet[Finding]:
    """What the finding repeats already stays chosen, also where it would not be offered anew."""
    if finding is None or finding.repeats_id is None:
        return earlier
    return Finding.objects.filter(pk__in=[finding.repeats_id, *earlier.values_list("pk", flat=True)]).select_related(
        "round"
    )


def _short(finding: Finding) -> str:
    line = " ".join(str(finding).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rpartition(' ')[0]} …"
