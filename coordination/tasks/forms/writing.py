"""Creating and editing a task: one crispy form in three numbered parts."""

from dataclasses import replace

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Membership
from coordination.programs.models import Program
from coordination.tasks.enums import ScheduleKind, TargetOperator, UpdateCycle
from coordination.tasks.models import Task
from coordination.tasks.queries import areas_of, other_agencies, parties_of
from coordination.tasks.services import LeadDraft, TaskDraft, draft_of
from coordination.tasks.services.drafts import TITLE_LIMIT, problems
from records.fields import DayField, LineField, ProseField, QuantityField
from records.forms import PortalForm
from records.wording import day

_CHOOSE = ("", _("Choose"))
_NUMBER_ERROR = _("Enter a number only: the month 1–12, the quarter 1–4 or the half-year 1–2")
_TARGET_ERROR = _("The target takes a number only, for example 25. The unit goes in the box beside it")
_TOO_LONG = _("The task name has at most 200 characters")


class TaskForm(PortalForm):
    """What is planned about a task. All choices belong to the program; anything else is no listed value."""

    program = forms.ChoiceField(label=_("Program"))
    section = forms.ChoiceField(label=_("Section of the program"), required=False)
    area = forms.ChoiceField(label=_("Area"))
    title = LineField(
        label=_("Task name"),
        help_text=_("Start with a verb, say what and where. At most 200 characters."),
        max_length=TITLE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Enter the task name"), "max_length": _TOO_LONG},
    )
    lead = forms.ChoiceField(
        label=_("Lead agency"),
        help_text=_("Only one agency carries the main responsibility and reports progress."),
        error_messages={"required": _("Choose the lead agency")},
    )
    lead_body = LineField(
        label=_("Body inside the lead agency"),
        help_text=_("A department or office, when it works in the agency's name."),
        max_length=150,
        required=False,
    )
    second_lead = forms.ChoiceField(
        label=_("Second lead agency"), help_text=_("Only when the paper names two."), required=False
    )
    coordinators = forms.MultipleChoiceField(
        label=_("Coordinating agencies"), widget=forms.CheckboxSelectMultiple, required=False
    )
    other_coordinators = forms.MultipleChoiceField(
        label=_("Agencies that do not sign the program"), widget=forms.CheckboxSelectMultiple, required=False
    )
    confirming_agency = forms.ChoiceField(
        label=_("Agency that confirms the result"),
        help_text=_("Left empty, the first party that does not lead the task confirms."),
        required=False,
    )
    schedule_kind = forms.ChoiceField(
        label=_("Time of work"), choices=ScheduleKind.choices, initial=ScheduleKind.RANGE.value
    )
    schedule_number = forms.IntegerField(
        label=_("Which month, quarter or half-year"),
        help_text=_("A number, only for “in a month”, “in a quarter”, “in a half-year”."),
        required=False,
        min_value=1,
        max_value=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _NUMBER_ERROR, "min_value": _NUMBER_ERROR, "max_value": _NUMBER_ERROR},
    )
    start_on = DayField(label=_("Start date"), help_text=_("Day/month/year"), required=False)
    due_on = DayField(label=_("Due date"), required=False)
    legal_due_on = DayField(
        label=_("Limit set by law"), help_text=_("Where there is one, lateness goes by it."), required=False
    )
    target_operator = forms.ChoiceField(label=_("The target is"), choices=TargetOperator.choices)
    target_value = QuantityField(
        label=_("Target"),
        help_text=_("The number to reach, by which progress is counted"),
        required=False,
        error_messages={"invalid": _TARGET_ERROR},
    )
    target_unit = LineField(
        label=_("Unit"), help_text=_("Households, meetings, km, m²…"), max_length=40, required=False
    )
    target_words = LineField(
        label=_("Target in words"), help_text=_("When it cannot be counted."), max_length=300, required=False
    )
    deliverable = ProseField(
        label=_("Deliverable or result to reach"),
        help_text=_("As the program puts it, so that the parties can confirm it when it is done."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Enter the deliverable or result to reach")},
    )
    update_cycle = forms.ChoiceField(
        label=_("Progress is updated"), choices=UpdateCycle.choices, initial=UpdateCycle.MONTHLY.value
    )
    revision = forms.CharField(widget=forms.HiddenInput, required=False)
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, actor: Membership, program: Program, programs: list[Program], task=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.actor, self.program, self.task = actor, program, task
        self.base = draft_of(task) if task else None
        self.sections = {str(section.pk): section for section in program.sections.all()}
        self.areas = {str(area.pk): area for area in areas_of(program)}
        if task is not None:
            self.areas.setdefault(str(task.area_id), task.area)
        parties = parties_of(program)
        others = list(other_agencies(actor, parties, task))
        self.agencies = {str(agency.pk): agency for agency in [*parties, *others]}
        self._offer(parties, others, programs)
        first, last = day(program.period_start), day(program.period_end)
        self.fields["due_on"].help_text = gettext(
            "Day/month/year, from %(first)s to %(last)s. Leave it empty for a month, a quarter, a year or ongoing work."
        ) % {
            "first": first,
            "last": last,
        }
        self.helper.layout = self._layout()

    def clean(self):
        """All rules a plan breaks are shown at once, each at its field."""
        typed = super().clean()
        if self.program_chosen:
            for refusal in problems(self.draft(), self.program, actor=self.actor, task=self.task):
                if refusal.field not in self.errors:
                    self.add_refusal(refusal)
        return typed

    @property
    def program_chosen(self) -> bool:
        """Whether the program posted is the one whose parties were offered."""
        return self.cleaned_data.get("program") == self.program.slug

    def draft(self) -> TaskDraft:
        """The plan as typed; fields with faults are left empty."""
        typed = self.cleaned_data
        words_only = typed.get("target_value") is None and typed.get("target_words")
        return replace(
            self.base or TaskDraft(title="", area=None, leads=()),
            title=typed.get("title", "") or "–",
            area=self.areas.get(typed.get("area", "")),
            leads=self._leads(),
            coordinators=tuple(
                self.agencies[pk] for name in ("coordinators", "other_coordinators") for pk in typed.get(name) or ()
            ),
            section=self.sections.get(typed.get("section", "")),
            deliverable=typed.get("deliverable", ""),
            schedule_kind=ScheduleKind(typed.get("schedule_kind") or ScheduleKind.RANGE),
            schedule_number=typed.get("schedule_number"),
            start_on=typed.get("start_on"),
            due_on=typed.get("due_on"),
            legal_due_on=typed.get("legal_due_on"),
            target_operator=TargetOperator(
                TargetOperator.IN_WORDS if words_only else typed.get("target_operator") or TargetOperator.EXACTLY
            ),
            target_value=typed.get("target_value"),
            target_unit=typed.get("target_unit", ""),
            target_words=typed.get("target_words", ""),
            update_cycle=UpdateCycle(typed.get("update_cycle") or UpdateCycle.MONTHLY),
            confirming_agency=self.agencies.get(typed.get("confirming_agency", "")),
        )

    @property
    def chosen_section(self):
        """The section the reader is planning in, for the page's side."""
        value = self.data.get("section") if self.is_bound else self.initial.get("section")
        return self.sections.get(str(value or ""))

    def _leads(self) -> tuple[LeadDraft, ...]:
        typed = self.cleaned_data
        leads = []
        for name, body in (("lead", typed.get("lead_body", "")), ("second_lead", "")):
            agency: Agency | None = self.agencies.get(typed.get(name, ""))
            if agency is not None:
                leads.append(self._kept_office(LeadDraft(agency, body)))
        return tuple(leads)

    def _kept_office(self, lead: LeadDraft) -> LeadDraft:
        """The form does not ask for office-holders, so one already named stays with its agency."""
        kept = [each for each in (self.base.leads if self.base else ()) if each.agency == lead.agency]
        return replace(lead, office=kept[0].office) if kept else lead

    def _offer(self, parties: list[Agency], others: list[Agency], programs: list[Program]) -> None:
        named = [(str(agency.pk), agency.current_name) for agency in parties]
        self.fields["program"].choices = [(each.slug, f"{each.code} · {each.short_title}") for each in programs]
        self.fields["section"].choices = [
            ("", _("No particular section")),
            *((pk, str(section)[:120]) for pk, section in self.sections.items()),
        ]
        self.fields["area"].choices = [_CHOOSE, *((pk, area.name) for pk, area in self.areas.items())]
        one_of = gettext("Choose one of the %(count)s parties of the program") % {"count": len(parties)}
        self.fields["lead"].choices = [("", one_of), *named]
        self.fields["second_lead"].choices = [("", _("None")), *named]
        self.fields["confirming_agency"].choices = [("", _("Chosen by the portal")), *named]
        self.fields["coordinators"].choices = named
        self.fields["other_coordinators"].choices = [(str(agency.pk), agency.current_name) for agency in others]
        if not others:
            del self.fields["other_coordinators"]

    def _layout(self) -> Layout:
        program = [] if self.task else [Div("program", HTML(_RELOAD))]
        return Layout(
            Fieldset(gettext("Content"), *program, Div("section", "area", css_class="pf-fields"), "title"),
            Fieldset(
                gettext("Assignment"),
                "lead",
                Div("lead_body", "second_lead", css_class="pf-fields"),
                "coordinators",
                *self._others(),
                "confirming_agency",
            ),
            Fieldset(
                gettext("Time and result"),
                Div("schedule_kind", "schedule_number", css_class="pf-fields"),
                Div("start_on", "due_on", css_class="pf-fields"),
                "legal_due_on",
                Div("target_operator", "target_value", "target_unit", css_class="pf-fields"),
                "target_words",
                "deliverable",
                "update_cycle",
            ),
            *(["program"] if self.task else []),
            "revision",
            "form_token",
        )

    def _others(self) -> list:
        if "other_coordinators" not in self.fields:
            return []
        is_open = "{% if form.other_coordinators.errors or form.other_coordinators.value %} open{% endif %}"
        words = gettext("Other agencies that coordinate without signing")
        return [
            HTML(f'<details class="pf-fold"{is_open}><summary>{words}</summary>'),
            "other_coordinators",
            HTML("</details>"),
        ]


_RELOAD = """{% include "coordination/tasks/_show_parties.html" only %}"""


def initial_of(task: Task) -> dict:
    """A task's plan as the form's first values."""
    draft = draft_of(task)
    parties = {agency.pk for agency in parties_of(task.program)}
    chosen = [agency.pk for agency in draft.coordinators]
    return {
        "program": task.program.slug,
        "section": _pk(draft.section),
        "area": _pk(draft.area),
        "title": draft.title,
        "lead": _pk(draft.leads[0].agency) if draft.leads else "",
        "lead_body": draft.leads[0].body if draft.leads else "",
        "second_lead": _pk(draft.leads[1].agency) if len(draft.leads) > 1 else "",
        "coordinators": [str(pk) for pk in chosen if pk in parties],
        "other_coordinators": [str(pk) for pk in chosen if pk not in parties],
        "confirming_agency": _pk(draft.confirming_agency),
        "schedule_kind": draft.schedule_kind.value,
        "schedule_number": draft.schedule_number,
        "start_on": draft.start_on,
        "due_on": draft.due_on,
        "legal_due_on": draft.legal_due_on,
        "target_operator": draft.target_operator.value,
        "target_value": draft.target_value,
        "target_unit": draft.target_unit,
        "target_words": draft.target_words,
        "deliverable": draft.deliverable,
        "update_cycle": draft.update_cycle.value,
        "revision": task.revision,
    }


def _pk(row) -> str:
    return str(row.pk) if row is not None else ""
