"""Forms of the conclusions and the tasks they become."""

from collections.abc import Iterator

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Membership
from coordination.conferences.forms.fields import offer, text_field
from coordination.conferences.models import Conclusion, Conference
from coordination.conferences.queries.triage import Proposed
from coordination.conferences.services import RowRefused, TaskAsked
from coordination.programs.models import Program
from coordination.tasks.enums import TaskOrigin, TaskState
from coordination.tasks.forms.from_words import WordsForm, WorkOffer, as_title
from coordination.tasks.models import Task
from records.errors import RuleBroken
from records.fields import DayField, ProseField, SeveralField
from records.forms import PortalForm

MOST_TASKS = 12


class ConclusionForm(PortalForm):
    """One conclusion: what, by whom, by when."""

    text = text_field(_("Conclusion"))
    agencies = SeveralField(
        label=_("Given to"), queryset=Agency.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )
    due_on = DayField(label=_("Due date"), required=False, help_text=_("Day/month/year"))

    def __init__(self, *args, actor: Membership, conference: Conference, **kwargs):
        super().__init__(*args, **kwargs)
        own = Agency.objects.visible_to(actor).filter(unit_id__in=actor.unit_ids())
        self.fields["agencies"].label_from_instance = lambda agency: agency.current_short_name
        offer(self.fields["agencies"], own, conference.held_on)


class ConclusionEditForm(ConclusionForm):
    """A conclusion changed: with the revision it was opened at."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1 << 30)

    def __init__(self, *args, conclusion: Conclusion, **kwargs):
        had = list(conclusion.agencies.all())
        first = {
            "text": conclusion.text,
            "agencies": [agency.pk for agency in had],
            "due_on": conclusion.due_on,
            "revision": conclusion.revision,
        }
        super().__init__(*args, initial=first, **kwargs)
        listed = [pk for pk, _label in self.fields["agencies"].choices]
        self.fields["agencies"].choices += [(one.pk, one.current_short_name) for one in had if one.pk not in listed]


class TaskLinkForm(PortalForm):
    """A task that carries out a conclusion."""

    task = forms.ModelChoiceField(label=_("Task"), queryset=Task.objects.none(), empty_label=_("Choose a task"))

    def __init__(self, *args, actor: Membership, conference: Conference, **kwargs):
        super().__init__(*args, **kwargs)
        planned = Program.objects.covering(conference.plan_year).values("pk")
        tasks = Task.objects.visible_to(actor).filter(program_id__in=planned).exclude(state=TaskState.CANCELLED)
        self.fields["task"].queryset = tasks.order_by("code")
        self.fields["task"].label_from_instance = lambda task: f"{task.code} – {task.title}"


class SettleForm(PortalForm):
    """Why a conclusion needs no task of its own."""

    reason = ProseField(
        label=_("Why it needs no task"),
        help_text=_("Everybody who sees the conference can read it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TriageRow:
    """One conclusion of the triage and the forms of the tasks it is to become; unticked, it goes on waiting."""

    def __init__(self, proposed: Proposed, sent: QueryDict | None, actor: Membership, work: WorkOffer):
        self.proposed = proposed
        # By its number, not its place: conclusions may be put in another order while this page is open.
        self.name = f"k{proposed.row.conclusion.pk}"
        self.is_ticked = sent is None or self.name in sent
        self.tasks = self._number_of_tasks(sent)
        self.forms = [self._form(place, sent, actor, work) for place in range(self.tasks)]

    @property
    def conclusion(self) -> Conclusion:
        return self.proposed.row.conclusion

    @property
    def may_add(self) -> bool:
        return self.tasks < MOST_TASKS

    def _number_of_tasks(self, sent: QueryDict | None) -> int:
        """How many tasks were on the page, and one more where that was asked for."""
        typed = sent.get(f"{self.name}-tasks", "1") if sent is not None else "1"
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else 1
        number += sent is not None and sent.get("more") == self.name
        return max(1, min(number, MOST_TASKS))

    def _form(self, place: int, sent: QueryDict | None, actor: Membership, work: WorkOffer) -> WordsForm:
        prefix = f"{self.name}-{place}"
        typed = sent if sent is not None and f"{prefix}-title" in sent else None
        lead, others = self._led(work)
        program = work.program_of(lead)
        first = {
            "title": as_title(self.conclusion.text) if place == 0 else "",
            "program": program and program.pk,
            "area": work.areas[0].pk if len(work.areas) == 1 else None,
            "lead": lead and lead.pk,
            "coordinators": [one.pk for one in others],
            "due_on": self.proposed.due_on,
        }
        is_sent = typed is not None and self.is_ticked and "more" not in typed
        first = _as_typed(typed, prefix) if typed is not None else first
        return WordsForm(
            typed if is_sent else None,
            actor=actor,
            offer=work,
            named=self.proposed.agencies,
            prefix=prefix,
            initial=first,
        )

    def _led(self, work: WorkOffer) -> tuple[Agency | None, list[Agency]]:
        """Who is proposed to lead, the first of its agencies that is party to a program, and who coordinates."""
        parties = {one.pk for one in work.agencies}
        lead = next((one for one in self.proposed.agencies if one.pk in parties), None)
        return lead, [one for one in self.proposed.agencies if one != lead]


class Triage:
    """All conclusions that wait, sent at once: either every ticked one becomes its tasks, or none does."""

    def __init__(self, proposed: list[Proposed], sent: QueryDict | None, *, actor: Membership, work: WorkOffer):
        self.rows = [TriageRow(one, sent, actor, work) for one in proposed]
        self.refusals: list[str] = []

    def __iter__(self) -> Iterator[BoundField]:
        """The fields of what was ticked: what a summary of all mistakes reads."""
        return (field for _row, form in self.forms for field in form)

    def non_field_errors(self) -> list[str]:
        """What stands at no field, of all rows."""
        return [*self.refusals, *(words for _row, form in self.forms for words in form.non_field_errors())]

    @property
    def forms(self) -> list[tuple[TriageRow, WordsForm]]:
        """The forms of what was ticked, in order."""
        return [(row, form) for row in self.rows if row.is_ticked for form in row.forms]

    def is_valid(self) -> bool:
        """All at once, so that every mistake is shown."""
        answers = [form.is_valid() for _row, form in self.forms]
        return all(answers)

    def asked(self) -> list[TaskAsked]:
        """What the service takes; a conclusion longer than a task's name is kept whole in its note."""
        return [
            TaskAsked(
                row.conclusion,
                form.cleaned_data["program"],
                form.draft(origin=TaskOrigin.CONCLUSION, note=_note(row.conclusion, form.cleaned_data["title"])),
            )
            for row, form in self.forms
        ]

    def add_refusal(self, refusal: RuleBroken) -> None:
        """Show what the service refused in the form of its row, or above all of them where it names none."""
        if isinstance(refusal, RowRefused):
            self.forms[refusal.row][1].add_refusal(refusal)
        else:
            self.refusals.append(str(refusal))


def _as_typed(sent: QueryDict, prefix: str) -> dict:
    """What was typed into a form that is not to be saved now, so that nothing is lost."""
    names = ("program", "title", "area", "lead", "due_on", "deliverable")
    several = {"coordinators": sent.getlist(f"{prefix}-coordinators")}
    return {name: sent.get(f"{prefix}-{name}", "") for name in names} | several


def _note(conclusion: Conclusion, title: str) -> str:
    return "" if as_title(conclusion.text) == title and not title.endswith("…") else conclusion.text
