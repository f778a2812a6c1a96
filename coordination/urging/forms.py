"""An urging letter as a form: who writes it, about which tasks, by when it is to be answered, what else is asked."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.directory.lineage import existing_on
from agencies.models import Agency, Membership
from coordination.tasks.models import Task
from coordination.urging.models import UrgingLetter
from coordination.urging.queries import usual_answer_day
from coordination.urging.services import LONGEST_WORDS
from records import clock
from records.fields import DayField, ProseField, SeveralField
from records.forms import PortalForm
from records.wording import day


class LetterForm(PortalForm):
    """What a letter says; whose it is is asked once, when it is drawn up."""

    issuer = forms.ModelChoiceField(
        label=_("Issued by"), queryset=Agency.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    tasks = SeveralField(label=_("Overdue tasks"), queryset=Task.objects.none(), widget=forms.CheckboxSelectMultiple)
    answer_by = DayField(label=_("Answer by"), help_text=_("Day/month/year"))
    words = ProseField(
        label=_("What else is asked"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Each line becomes a numbered point of the letter."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)

    def __init__(self, *args, actor: Membership, tasks: Sequence[Task], letter: UrgingLetter | None = None, **kwargs):
        kwargs.setdefault("initial", stored_letter(letter) if letter else _proposed(tasks))
        super().__init__(*args, **kwargs)
        listed = Task.objects.visible_to(actor).filter(pk__in=[task.pk for task in tasks])
        listed = listed.select_related("program").prefetch_related("program__parties")
        self.fields["tasks"].queryset = listed.order_by("deadline", "code")
        self.fields["tasks"].label_from_instance = _named
        if letter is None:
            mine = existing_on(Agency.objects.filter(pk__in=actor.agency_ids()), clock.today()).in_protocol_order()
            self.fields["issuer"].queryset = mine
            self.initial.setdefault("issuer", _usual_issuer(list(mine), tasks))
            del self.fields["revision"]
        else:
            del self.fields["issuer"]


def stored_letter(letter: UrgingLetter) -> dict:
    """A letter under the names of the form's fields."""
    return {
        "tasks": [urged.task_id for urged in letter.urged.all()],
        "answer_by": letter.answer_by,
        "words": letter.words,
        "revision": letter.revision,
    }


def _proposed(tasks: Sequence[Task]) -> dict:
    return {"tasks": [task.pk for task in tasks], "answer_by": usual_answer_day(clock.today())}


def _usual_issuer(mine: list[Agency], tasks: Sequence[Task]) -> Agency | None:
    """The first agency that keeps, or is party to, every program the tasks belong to."""
    concerned = [
        {task.program.drafting_agency_id, *(party.agency_id for party in task.program.parties.all())} for task in tasks
    ]
    return next((one for one in mine if all(one.pk in agencies for agencies in concerned)), mine[0] if mine else None)


def _named(task: Task) -> str:
    return f"{task.short_code} {task.title} ({day(task.deadline)})"
