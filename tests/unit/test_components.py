"""Components draw what they are given and refuse unknown arguments; forms show each error once, at its field."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.paginator import Paginator
from django.db import models
from django.http import QueryDict
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from portal.navigation import PLACES
from portal.templatetags.components.icons import drawing, named_icon, same_icon
from portal.templatetags.components.states import percent_done, relative_note
from records.errors import RuleBroken
from records.fields import DayField, LineField
from records.forms import PortalForm
from records.markup import filled, joined
from tests.consistency.tree import PROJECT, Tree

LATE = SimpleNamespace(label="Completed late", tone="late", icon="clock-history")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def _shown(words: str, **values) -> str:
    return Template(words).render(Context(values))


@pytest.mark.parametrize(
    "words",
    [
        "{% status_tag status titel='x' %}",
        "{% progress value=1 maximum=2 colour='red' %}",
        "{% progress 1 2 %}",
        "{% panel titel='x' %}{% endpanel %}",
        "{% empty_state text='x' %}",
        "{% note kind='bad' %}x{% endnote %}",
        "{% icon 'inbox' size=3 %}",
    ],
)
def test_a_misspelt_argument_is_an_error(words):
    with pytest.raises(TemplateSyntaxError):
        Template(words)


def test_status_has_icon_and_words():
    shown = _shown("{% status_tag status %}", status=LATE)
    assert "pf-tag--late" in shown and "Completed late" in shown
    assert drawing("clock-history") in shown


def test_an_unknown_icon_is_named():
    with pytest.raises(LookupError, match="no-such-icon"):
        _shown("{% icon 'no-such-icon' %}")
    with pytest.raises(LookupError):
        drawing("../../../records/clock")


def test_every_icon_that_is_named_is_vendored():
    tree = Tree(PROJECT)
    named = {
        name
        for path in tree.files(".html", under=("templates",))
        for name in re.findall(r"(?:icon |icon=)[\"']([a-z0-9-]+)[\"']", tree.text(path))
    }
    named |= {place.icon for place in PLACES}
    named |= {getattr(member, "icon", None) for choices in _all_choices() for member in choices} - {None}
    assert {"inbox", "list-check", "hourglass-split"} <= named
    assert all(drawing(name) for name in named)


def _all_choices(kind: type = models.TextChoices) -> list[type]:
    return [each for sub in kind.__subclasses__() for each in (sub, *_all_choices(sub))]


@pytest.mark.parametrize(
    ("day", "note", "tone"),
    [
        (date(2022, 3, 15), "15 days overdue", "pf-due--bad"),
        (date(2022, 3, 29), "1 day overdue", "pf-due--bad"),
        (date(2022, 3, 30), "Today", "pf-due--soon"),
        (date(2022, 3, 31), "Tomorrow", "pf-due--soon"),
        (date(2022, 4, 2), "3 days left", "pf-due--soon"),
    ],
)
def test_due_shows_the_day_and_how_far_it_is(day, note, tone, today):
    shown = _shown("{% due day today %}", day=day, today=today)
    assert f"<small>{note}</small>" in shown and tone in shown


def test_due_is_calm_when_far_away_or_done(today):
    far = _shown("{% due day today %}", day=date(2022, 4, 10), today=today)
    assert "11 days left" in far and "pf-due--" not in far
    done = _shown("{% due day today True %}", day=date(2022, 3, 15), today=today)
    assert "15/3/2022" in done and "overdue" not in done and "pf-due--" not in done
    assert relative_note(200) == ""


@pytest.mark.parametrize(
    ("value", "maximum", "percent"),
    [(38, 45, 84), (44.9, 45, 99), (45, 45, 100), (60, 45, 100), (0, 45, 0), (5, 0, None)],
)
def test_progress_says_100_only_when_the_target_is_reached(value, maximum, percent):
    assert percent_done(value, maximum) == percent


def test_progress_without_a_target_shows_only_the_quantity():
    shown = _shown("{% progress value=3 maximum=None note='3 households' %}")
    assert "<progress" not in shown and "3 households" in shown


def test_panel_labels_its_region_and_escapes_its_title():
    shown = _shown("{% panel title=title %}<p>{{ inside }}</p>{% endpanel %}", title="Tiến độ <1>", inside="<i>")
    heading = re.search(r'<h2 id="([^"]+)">(.*?)</h2>', shown)
    assert f'aria-labelledby="{heading[1]}"' in shown
    assert heading[2] == "Tiến độ &lt;1&gt;"
    assert "<p>&lt;i&gt;</p>" in shown


def test_links_to_pages_keep_the_query():
    request = RequestFactory().get("/nhiem-vu/", {"status": "overdue", "area": ["a", "b"], "page": "2"})
    page = Paginator(range(60), 20).page(2)
    shown = _shown("{% pagination page %}", request=request, page=page)
    assert "?status=overdue&amp;area=a&amp;area=b&amp;page=3" in shown
    assert "21–40" in shown
    assert _shown("{% query_with year=2021 page='' %}", request=request) == (
        "?status=overdue&amp;area=a&amp;area=b&amp;year=2021"
    )


class TaskForm(PortalForm):
    title = LineField(label="Task name", help_text="Begin with a verb")
    lead = forms.ChoiceField(label="Lead agency", choices=[("", "Choose"), ("u", "UBND")])
    partners = forms.MultipleChoiceField(
        label="Coordinating agencies",
        required=False,
        choices=[("u", "UBND"), ("m", "MTTQ")],
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = DayField(label="Due date")
    agreed = forms.BooleanField(label="I have read it")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(Fieldset("What", "title", Row("lead", "due_on"), "partners", "agreed"))


def _drawn(form: forms.Form) -> str:
    return _shown("{% load crispy_forms_tags %}{% crispy form %}", form=form)


def _failed(**values) -> TaskForm:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    form = TaskForm(data)
    assert not form.is_valid()
    return form


def test_missing_values_are_asked_for_by_name():
    errors = _failed().errors
    assert errors["title"] == ["Enter task name"]
    assert errors["lead"] == ["Choose lead agency"]
    assert errors["agreed"] == ["Tick “I have read it”"]
    assert _failed(lead="x").errors["lead"] == ["Choose one of the listed values"]


def test_a_field_with_an_error_says_so_to_eye_and_ear():
    drawn = _drawn(_failed(title="", due_on="31/02/2022"))
    control = re.search(r"<input[^>]*name=\"title\"[^>]*>", drawn)[0]
    assert 'aria-invalid="true"' in control
    described_by = re.search(r'aria-describedby="([^"]+)"', control)[1].split()
    assert described_by == ["id_title_helptext", "id_title_error"]
    assert all(f'id="{name}"' in drawn for name in described_by)
    assert 'value="31/02/2022"' in drawn
    assert drawn.index('for="id_title"') < drawn.index("id_title_helptext") < drawn.index("id_title_error")
    assert drawn.index('id="id_title_error"') < drawn.index('name="title"')


def test_optional_fields_are_marked_and_groups_have_a_legend():
    drawn = _drawn(TaskForm())
    assert drawn.count("(optional)") == 1
    assert re.search(r"<legend[^>]*>\s*Coordinating agencies", drawn)
    assert drawn.count('class="form-check-input"') == 3
    assert '<div class="pf-fields">' in drawn
    assert "asteriskField" not in drawn and "csrfmiddlewaretoken" not in drawn and "<form" not in drawn


def test_what_was_ticked_stays_ticked():
    drawn = _drawn(_failed(partners=["m"]))
    boxes = re.findall(r"<input[^>]*name=\"partners\"[^>]*>", drawn)
    assert [("checked" in box) for box in boxes] == [False, True]


def test_error_summary_links_each_error_to_its_control():
    form = _failed(title="x", partners=["nobody"])
    form.add_refusal(RuleBroken("The program is closed"))
    form.add_refusal(RuleBroken("The lead cannot coordinate as well", field="partners"))
    form.add_refusal(RuleBroken("Not a field of this form", field="elsewhere"))
    shown = _shown("{% error_summary form %}", form=form)
    links = dict(re.findall(r'<a href="#([^"]+)">([^<]+)</a>', shown))
    assert links["id_lead"] == "Choose lead agency"
    assert links["id_partners_0"] == "The lead cannot coordinate as well"
    assert "<li>The program is closed</li>" in shown and "<li>Not a field of this form</li>" in shown
    assert "Not saved: 7 items to correct" in shown
    assert 'tabindex="-1"' in shown and "autofocus" in shown
    assert _shown("{% error_summary form %}", form=TaskForm()).strip() == ""


@pytest.mark.parametrize(
    "value",
    ['<b onclick="go()">\'&', gettext_lazy("<Tasks>"), format_html("<i>{}</i>", "<"), 7, None, "", "Đầm Hà", "{0}{}"],
)
def test_markup_put_together_escapes_as_django_does(value):
    for markup in ("<td>{}</td>", '<td class="{}">', "{}{{}}"):
        assert filled(markup, value) == format_html(markup, value)
    assert filled("<td>{name}</td>", name=value) == format_html("<td>{name}</td>", name=value)
    assert joined([value, value]) == format_html("{}{}", value, value)
    assert isinstance(filled("{}", value), SafeString)


def test_an_icon_drawn_before_is_pointed_to():
    assert str(drawing("clock-history")) in named_icon("clock-history")
    assert re.search(r'<g id="(i-clock-history)">', named_icon("clock-history"))
    assert '<use href="#i-clock-history"/>' in same_icon("clock-history")
