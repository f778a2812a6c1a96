"""Creating and editing a task: one crispy form in three numbered parts."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Membership
from coordination.programs.models import Program
from coordination.tasks.enums import ScheduleKind, TargetOperator, UpdateCycle
from coordination.tasks.forms.layout import SELDOM_FIELDS, layout_of
from coordination.tasks.forms.parts import PartFields
from coordination.tasks.forms.schedule import ScheduleFields
from coordination.tasks.forms.targets import TargetFields
from coordination.tasks.forms.wording import advice_of
from coordination.tasks.queries import areas_of, parties_of
from coordination.tasks.queries.entering import Offered, offered_agencies
from coordination.tasks.services import LeadDraft, TaskDraft, draft_of
from coordination.tasks.services.checks import problems
from coordination.tasks.services.drafts import TITLE_LIMIT
from records.fields import DayField, LineField, ProseField, QuantityField
from records.forms import PortalForm
from records.wording import day

_CHOOSE = ("", _("Choose"))
_NUMBER_ERROR = _("Enter a number only: the month 1–12, the quarter 1–4 or the half-year 1–2")
_TARGET_ERROR = _("The target takes a number only, for example 25. The unit goes in the box beside it")
_TOO_LONG = _("The task name has at most 200 characters")


class TaskForm(ScheduleFields, TargetFields, PartFields, PortalForm):
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
    find_agency = LineField(
        label=_("Find an agency"),
        help_text=_("A few letters of its name or code, without marks if you like."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
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
    opened = forms.CharField(widget=forms.HiddenInput, required=False)
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
        others = self._others_offered(parties)
        self.agencies = {str(agency.pk): agency for agency in [*parties, *others.agencies]}
        self._offer(parties, others, programs)
        self.offer_parts()
        self.order_fields([name for name in self.fields if name not in SELDOM_FIELDS])
        first, last = day(program.period_start), day(program.period_end)
        self.fields["due_on"].help_text = gettext(
            "Day/month/year, from %(first)s to %(last)s. Leave it empty for a month, a quarter, a year or ongoing work."
        ) % {
            "first": first,
            "last": last,
        }
        self.helper.layout = layout_of(self, is_new=task is None)

    def clean(self):
        """All rules a plan breaks are shown at once, each at its field."""
        typed = super().clean()
        if self.program_chosen:
            self.settle_parts([lead.agency for lead in self._leads()], list(self._coordinators()))
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
            coordinators=self._coordinators(),
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
            **self.schedule_values(),
            **self.target_values(),
            **self.part_values(),
        )

    @property
    def advice(self) -> list:
        """What could be said more clearly; nothing is refused for it."""
        return advice_of(self)

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

    def _coordinators(self) -> tuple[Agency, ...]:
        """The agencies ticked in either list."""
        chosen = [self.cleaned_data.get(name) or () for name in ("coordinators", "other_coordinators")]
        return tuple(self.agencies[pk] for several in chosen for pk in several)

    def _kept_office(self, lead: LeadDraft) -> LeadDraft:
        """The form does not ask for office-holders, so one already named stays with its agency."""
        kept = [each for each in (self.base.leads if self.base else ()) if each.agency == lead.agency]
        return replace(lead, office=kept[0].office) if kept else lead

    def _others_offered(self, parties: list[Agency]) -> Offered:
        """The agencies beside the parties: where they are many, those ticked and those the reader looks for."""
        ticked, words = self["other_coordinators"].value() or (), self["find_agency"].value() or ""
        return offered_agencies(self.actor, parties, self.task, chosen=ticked, words=str(words)[:100])

    def _offer(self, parties: list[Agency], others: Offered, programs: list[Program]) -> None:
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
        self.fields["other_coordinators"].choices = [
            (str(agency.pk), agency.current_name) for agency in others.agencies
        ]
        if others.is_all:
            del self.fields["find_agency"]
        if others.is_all and not others.agencies:
            del self.fields["other_coordinators"]
