"""The history of programs, tasks, conferences, evaluations, agencies: plain words, seen by whoever sees the object."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from agencies.models import Agency
from coordination.models import Task
from coordination.tasks import services as tasks
from records import clock
from records.audit.enums import AuditAction
from records.audit.history import vocabulary_of
from records.audit.services import record
from records.models import AuditEntry
from tests.factories.audit import fill_log
from tests.factories.story import told_story

HISTORIES = {
    "program": ("coordination:program-history", lambda story: {"program": story.programs_2022["B"].slug}),
    "task": ("coordination:task-history", lambda story: {"task": f"{story.programs_2022['B'].slug}.03"}),
    "conference": ("coordination:conference-history", lambda story: {"conference": story.conference.slug}),
    "evaluation": ("coordination:evaluation-history", lambda story: {"key": 2021}),
    "agency": ("agencies:agency-history", lambda story: {"unit": "dh", "agency": "hnd"}),
}


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), told_story() as told:
        yield told


@pytest.fixture(autouse=True)
def _database(db):
    """Each test of the module writes into a savepoint of its own."""


def address(kind: str, story) -> str:
    route, parts = HISTORIES[kind]
    return reverse(route, kwargs=parts(story))


class Text(HTMLParser):
    """The words a page shows in its timeline."""

    def __init__(self, page: str):
        super().__init__()
        self.words: list[str] = []
        self.feed(page[page.index('class="pf-time"') : page.index("</main>")])

    def handle_data(self, data):
        self.words.append(data)

    def __str__(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.mark.parametrize("kind", HISTORIES)
def test_no_column_name_json_or_code_of_the_program_is_shown(kind, story, sign_in):
    """Every value a code could hide behind is looked for: names with underscores, brackets, states as stored."""
    shown = str(Text(sign_in(story.cast.secretary).get(address(kind, story)).content.decode()))
    assert not re.findall(r"\b[a-z]+_[a-z_]+\b", shown)
    assert not re.findall(r"[{}\[\]]|None|True|False|\bnull\b", shown)
    stored = {value for value in re.findall(r"\b[a-z]{4,}\b", shown) if value.isascii()}
    assert not stored & {"signed", "agreed", "awaiting", "completed", "running", "held", "range", "planned", "monthly"}


@pytest.mark.parametrize("kind", HISTORIES)
def test_each_event_says_who_and_when(kind, story, sign_in):
    events = sign_in(story.cast.secretary).get(address(kind, story)).context["history"].events
    assert events and all(event.who and event.text and event.at for event in events)
    assert [event.sequence for event in events] == sorted((event.sequence for event in events), reverse=True)


def test_a_change_shows_the_old_value_and_the_new_with_the_reason(story, sign_in):
    secretary, task = story.cast.secretary, running_task(story)
    before = task.due_on
    tasks.move_due_date(
        task, actor=secretary, new_due_on=clock.today().replace(month=11), reason="Mưa lũ kéo dài", decision="12/QĐ"
    )
    page = sign_in(secretary).get(reverse("coordination:task-history", args=[task.slug]))
    event = page.context["history"].events[0]
    assert event.reason == "Mưa lũ kéo dài"
    assert {change.label: (change.before, change.after) for change in event.changes} == {
        "Hạn": (f"{before:%d/%-m/%Y}" if before.month > 2 else f"{before:%d/%m/%Y}", "30/11/2022"),
        "Văn bản cho phép": ("", "12/QĐ"),
    }
    assert "“30/11/2022”" in page.content.decode() and "Mưa lũ kéo dài" in page.content.decode()


def test_only_what_changed_is_shown(story, sign_in):
    """A task edited in its title alone tells of nothing else, whatever the form sent along."""
    secretary, task = story.cast.secretary, running_task(story)
    draft = tasks.draft_of(task)
    from dataclasses import replace

    tasks.edit_task(task, actor=secretary, revision=task.revision, draft=replace(draft, title="Tên mới của việc"))
    event = sign_in(secretary).get(reverse("coordination:task-history", args=[task.slug])).context["history"].events[0]
    assert [(change.before, change.after) for change in event.changes] == [(draft.title, "Tên mới của việc")]


def running_task(story) -> Task:
    tasks_of_year = Task.objects.filter(program=story.programs_2022["B"], state="in_progress", due_on__isnull=False)
    return tasks_of_year.select_related("program").order_by("ordinal").first()


# Rows: who. Columns as HISTORIES.
ANSWERS = {
    "thu-ky": (200, 200, 200, 200, 200),
    "chuyen-vien-hnd": (200, 200, 200, 200, 200),
    "can-bo-xa-tan-binh": (200, 404, 200, 404, 404),
    "thu-ky-hai-ha": (404, 404, 404, 404, 404),
    "quan-tri": (404, 404, 404, 404, 200),
}


@pytest.mark.parametrize("who", ANSWERS)
def test_whoever_sees_the_object_sees_its_history_and_nobody_else(who, story, sign_in):
    """Administrators see no content: of these only the agency."""
    client = sign_in(story.cast.members[who])
    assert tuple(client.get(address(kind, story)).status_code for kind in HISTORIES) == ANSWERS[who]


def test_single_scores_are_told_to_those_who_gave_them_and_those_who_keep_the_round(story, sign_in):
    """Rule: R-SEE-6."""
    kept = _judgements(sign_in(story.cast.secretary), story)
    party = story.cast.members["chuyen-vien-hnd"]
    own = _judgements(sign_in(party), story)
    assert own and set(own) < set(kept)
    given = AuditEntry.objects.filter(object_kind="coordination.evaluation", sequence__in=own)
    assert {entry.after["by_agency"]["id"] for entry in given} == {party.agency_id}


def _judgements(client, story) -> list[int]:
    found, page = [], address("evaluation", story)
    while page:
        told = client.get(page).context["history"]
        found += [event.sequence for event in told.events]
        page = f"{address('evaluation', story)}?before={told.older}" if told.older else ""
    judged = AuditEntry.objects.filter(sequence__in=found, object_kind="coordination.evaluation")
    return list(judged.values_list("sequence", flat=True))


def test_a_conference_names_no_program_or_task_its_reader_does_not_see(story, sign_in):
    """Rule: R-SEE-4. The propaganda board's officials see program A, not B, and the reverse for the Farmers' Union."""
    farmers = sign_in(story.cast.members["chuyen-vien-hnd"])
    seen = {program.code for program in story.programs_2022.values()}
    told = " ".join(_texts(farmers, address("conference", story)))
    hidden = {code for code in seen if farmers.get(f"/chuong-trinh/{code.lower()}/").status_code == 404}
    assert hidden and not any(code in told for code in hidden)
    assert all(code in " ".join(_texts(sign_in(story.cast.secretary), address("conference", story))) for code in seen)


def _texts(client, page: str) -> list[str]:
    told = client.get(page).context["history"]
    texts = [event.text for event in told.events]
    return texts + (_texts(client, f"{page.partition('?')[0]}?before={told.older}") if told.older else [])


def test_reading_and_refusals_are_not_part_of_a_history(story, sign_in):
    task = running_task(story)
    client, page = sign_in(story.cast.secretary), reverse("coordination:task-history", args=[task.slug])
    before = len(client.get(page).context["history"].events)
    for action in (AuditAction.EXPORTED, AuditAction.DOWNLOADED, AuditAction.REFUSED):
        record(action, actor=story.cast.secretary, about=task)
    assert len(client.get(page).context["history"].events) == before


@pytest.mark.parametrize("asked", ["", "?before=abc", "?before=-1", f"?before={10**30}", "?after=%00", "?after=²"])
def test_an_address_that_makes_no_sense_begins_with_the_newest(asked, story, sign_in):
    client, page = sign_in(story.cast.secretary), address("program", story)
    assert client.get(page + asked).context["history"].events == client.get(page).context["history"].events


def test_a_long_history_is_read_in_stretches_both_ways(story, sign_in):
    agency = Agency.objects.get(unit__code="DH", code="hnd")
    for number in range(120):
        record(AuditAction.CHANGED, actor=story.cast.secretary, about=agency, after={"short_name": f"Tên {number}"})
    client, page = sign_in(story.cast.secretary), address("agency", story)
    first = client.get(page).context["history"]
    second = client.get(f"{page}?before={first.older}").context["history"]
    again = client.get(f"{page}?after={second.newer}").context["history"]
    assert len(first.events) == len(second.events) == 50 and first.newer is None
    assert first.events[-1].sequence > second.events[0].sequence
    assert again.events == first.events


# Queries of the page with one entry and with many more: the session, the actor and the frame among them.
BUDGETS = {"program": 24, "task": 14, "conference": 19, "evaluation": 16, "agency": 12}


@pytest.mark.parametrize("kind", HISTORIES)
def test_a_history_keeps_its_budget_however_long_it_is(kind, story, sign_in, django_assert_max_num_queries):
    client, page = sign_in(story.cast.secretary), address(kind, story)
    with django_assert_max_num_queries(BUDGETS[kind]):
        assert client.get(page).status_code == 200
    fill_log(story.cast.secretary, 60)
    with django_assert_max_num_queries(BUDGETS[kind]):
        assert client.get(page).status_code == 200


def test_every_value_the_story_records_has_its_word(story):
    """What is put together when it is recorded is found here; what is written out, in the consistency tests."""
    from agencies.log.words import COMMON

    nameless = {
        (entry.object_kind, name)
        for entry in AuditEntry.objects.exclude(object_kind="")
        for name in {*entry.before, *entry.after} - {*vocabulary_of(entry.object_kind).words, *COMMON}
    }
    assert nameless == set()
