"""The task form on the page: three numbered parts; what few tasks need lies folded behind them."""

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django.utils.translation import gettext

from coordination.tasks.forms.parts import ORIGIN_FIELDS, SHARING_FIELDS, origin_layout
from coordination.tasks.forms.schedule import SCHEDULE_FIELDS, schedule_layout
from coordination.tasks.forms.targets import TARGET_FIELDS, targets_layout
from records.forms import PortalForm

# What few tasks say: folded away, and told last where something in it is wrong.
SELDOM_FIELDS = (*SCHEDULE_FIELDS, *TARGET_FIELDS, *SHARING_FIELDS, *ORIGIN_FIELDS, "proof")
_RELOAD = """{% include "coordination/tasks/_show_parties.html" only %}"""


def layout_of(form: PortalForm, *, is_new: bool) -> Layout:
    """The parts of the form in the order in which an official fills them in."""
    program = [Div("program", HTML(_RELOAD))] if is_new else []
    return Layout(
        Fieldset(
            gettext("Content"), *program, Div("section", "area", css_class="pf-fields"), "title", *_advice("title")
        ),
        Fieldset(gettext("Assignment"), *_assignment(form)),
        Fieldset(gettext("Time and result"), *_time_and_result(form)),
        *([] if is_new else ["program"]),
        "revision",
        "opened",
        "form_token",
    )


def fold(form: PortalForm, words: str, *content, opened_by: tuple[str, ...]) -> list:
    """What few tasks need, folded away; open as soon as one of the named fields says something or is wrong."""
    names = [name for name in opened_by if name in form.fields]
    says = " or ".join(f"form.{name}.errors or form.{name}.value" for name in names)
    is_open = f"{{% if {says} %}} open{{% endif %}}" if names else ""
    return [
        HTML(f'<details class="pf-fold"{is_open}><summary>{words}</summary>'),
        *content,
        HTML("</details>"),
    ]


def _assignment(form: PortalForm) -> list:
    return [
        "lead",
        "coordinators",
        *_others(form),
        *fold(
            form,
            gettext("A second lead agency, a body inside it, who confirms"),
            Div("lead_body", "second_lead", css_class="pf-fields"),
            "confirming_agency",
            opened_by=("lead_body", "second_lead", "confirming_agency"),
        ),
        *fold(
            form,
            gettext("Groups, what each agency contributes, parts of the work"),
            *(["groups"] if "groups" in form.fields else []),
            "contributions",
            "items",
            opened_by=SHARING_FIELDS,
        ),
    ]


def _time_and_result(form: PortalForm) -> list:
    return [
        Div("schedule_kind", "schedule_number", css_class="pf-fields"),
        *_advice("schedule_kind"),
        Div("start_on", "due_on", css_class="pf-fields"),
        *_advice("due_on"),
        *fold(
            form,
            gettext("Several quarters, waves, after another task, a time of day"),
            *schedule_layout(),
            opened_by=SCHEDULE_FIELDS,
        ),
        Div("target_operator", "target_value", "target_unit", css_class="pf-fields"),
        "deliverable",
        *_advice("deliverable"),
        *fold(
            form,
            gettext("Several targets, the parts of a total"),
            *targets_layout(),
            opened_by=TARGET_FIELDS,
        ),
        *fold(
            form,
            gettext("A limit set by law, a target in words, what proves the result, how often progress is reported"),
            "legal_due_on",
            "target_words",
            "proof",
            "update_cycle",
            opened_by=("legal_due_on", "target_words", "proof"),
        ),
        *fold(form, gettext("Where the task comes from"), *origin_layout(), opened_by=ORIGIN_FIELDS[1:]),
    ]


def _others(form: PortalForm) -> list:
    """The agencies beside the parties; where they are many, with the box to look for one."""
    if "other_coordinators" not in form.fields:
        return []
    find = ["find_agency", HTML(_FIND)] if "find_agency" in form.fields else []
    words = gettext("Other agencies that coordinate without signing")
    return fold(form, words, *find, "other_coordinators", opened_by=("other_coordinators", "find_agency"))


def _advice(field: str) -> list:
    """Where vague wording in a field is spoken of."""
    return [HTML(f'{{% include "coordination/tasks/_advice.html" with field="{field}" advice=form.advice only %}}')]


_FIND = """{% include "coordination/tasks/_find_agencies.html" only %}"""
