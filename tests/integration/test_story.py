"""Đầm Hà, from the programs of 2021 to the signed ones of 2022 and both papers: every fact is found where it lives."""

import html
import re
from collections import Counter
from datetime import date

import pdfplumber
import pytest
from django.urls import reverse

from coordination.models import Program, Task
from coordination.programs.enums import ProgramState, SignatureState
from coordination.tasks.enums import Bucket, Standing
from portal.demo.facts import FACTS, Fact
from portal.demo.story import Story
from records.audit.verification import faults
from records.models import AuditEntry
from tests.factories.story import told_story

DAY = date(2022, 3, 30)


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), told_story() as told:
        yield told


@pytest.fixture(autouse=True)
def _database(db):
    """Each test of the module writes into a savepoint of its own."""


@pytest.fixture
def secretary(story, sign_in):
    return sign_in(story.cast.secretary)


def plain(markup: str) -> str:
    """A page's words as a reader sees them, without tags."""
    return html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<(style|script)[\s\S]*?</\1>", " ", markup)))


def address_of(place: str, story: Story) -> str:
    conference = {"conference": story.conference.slug}
    return {
        "conference": reverse("coordination:conference-detail", kwargs=conference),
        "conference-people": reverse("coordination:conference-people", kwargs=conference),
        "conference-records": reverse("coordination:conference-records", kwargs=conference),
        "conference-minutes": reverse("coordination:conference-minutes", kwargs=conference),
        "conference-conclusions": reverse("coordination:conference-conclusions", kwargs=conference),
        "evaluation": reverse("coordination:evaluation-findings", kwargs={"key": 2021}),
        "signing-B": reverse("coordination:program-signing", kwargs={"program": story.programs_2022["B"].slug}),
        "report-paper": reverse("reports:conference-report-pdf", kwargs=conference),
    }[place]


def read(client, place: str, story: Story, folder) -> str:
    response = client.get(address_of(place, story))
    assert response.status_code == 200, place
    if response["Content-Type"] != "application/pdf":
        return plain(response.content.decode())
    path = folder / "paper.pdf"
    path.write_bytes(b"".join(response.streaming_content) if response.streaming else response.content)
    with pdfplumber.open(path) as paper:
        return " ".join(page.extract_text() for page in paper.pages)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"fact-{fact.number}")
def test_fact_is_found_by_its_words_where_it_lives(fact: Fact, story, secretary, tmp_path):
    missing = fact.missing_from(read(secretary, fact.place, story, tmp_path))
    assert not missing, f"fact {fact.number} ({fact.says}) is not told on {fact.place}: {missing}"


def test_all_29_facts_are_listed_once():
    assert [fact.number for fact in FACTS] == list(range(1, 30))


def test_year_2021_ends_with_46_tasks_in_their_buckets(story):
    buckets = Counter(
        Task.objects.filter(program__in=story.programs_2021.values()).judged_on(DAY).values_list("bucket", flat=True)
    )
    assert buckets == {Bucket.DONE_ON_TIME: 36, Bucket.DONE_LATE: 7, Bucket.OVERDUE: 3}


def test_year_2022_stands_as_on_the_day_of_the_conference(story):
    standings = Counter(
        Task.objects.filter(program__in=story.programs_2022.values()).judged_on(DAY).values_list("standing", flat=True)
    )
    assert standings == {
        Standing.COMPLETED: 7,
        Standing.IN_PROGRESS: 21,
        Standing.AWAITING: 3,
        Standing.OVERDUE: 3,
        Standing.NOT_STARTED: 14,
    }


def test_unfinished_tasks_of_2021_live_on_in_2022_with_what_they_had_reached(story):
    carried = Task.objects.filter(program__in=story.programs_2022.values(), continues__isnull=False)
    reached = {task.short_code: (task.continues.code, task.last_value) for task in carried.select_related("continues")}
    assert reached == {
        "02.03": ("DH-2021-02.03", 38),
        "02.07": ("DH-2021-02.19", 1),
        "02.08": ("DH-2021-02.25", 6),
    }


def test_programs_of_2022_are_signed_by_every_party_on_the_day(story):
    for program in Program.objects.filter(pk__in=[p.pk for p in story.programs_2022.values()]):
        assert (program.state, program.signed_on) == (ProgramState.IN_FORCE, DAY)
        version = program.versions.get(for_signing=True)
        assert set(version.slots.values_list("state", flat=True)) == {SignatureState.SIGNED}
        assert version.slots.count() == program.parties.count()


def test_only_the_persons_the_account_names_are_named(story):
    names = set(story.programs_2022["B"].versions.get(for_signing=True).slots.values_list("signer_name", flat=True))
    assert names == {"Đặng Văn Tuấn", "Trần Việt Dũng", ""}


def test_unknown_numbers_stay_unknown(story):
    numbers = Program.objects.filter(unit__code="DH").values_list("document_number", flat=True)
    assert set(numbers) == {None}


def test_everything_that_happened_is_in_an_unbroken_audit(story):
    assert AuditEntry.objects.count() > 500
    assert list(faults()) == []
