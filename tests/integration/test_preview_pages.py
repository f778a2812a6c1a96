"""Every kind of paper on the screen and as a Word file: the same words, looked at without a trace."""

import re
from collections import Counter
from html import unescape

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from coordination.programs.models import Program
from portal.demo.story import Story
from records import clock
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from reports.documents.comment_table import TablePaper
from reports.documents.enums import PaperKind
from reports.documents.kinds import KINDS, Kind
from reports.documents.layout_profiles import PROFILES
from reports.documents.render import paper_html, table_html
from reports.docx.engine import paper_docx
from tests.checkers.word import opened
from tests.factories.consultations import make_round
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_program, secretary_of
from tests.factories.story import told_story
from tests.integration.hostile import says_vietnamese

pytestmark = pytest.mark.on_sqlite

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), told_story() as told:
        yield told


@pytest.fixture(autouse=True)
def _database(db):
    """Each test of the module writes into a savepoint of its own."""


def subject_in(kind: Kind, story: Story):
    """The first thing of the story the secretary can make such a paper about; None where the story has none."""
    secretary = story.cast.secretary
    return next((one for one in kind.subjects(secretary) if kind.can_make(secretary, one)), None)


def words_of(html: str) -> Counter[str]:
    body = html[html.index("<body") :]
    body = re.sub(r"<svg.*?</svg>", " ", body, flags=re.DOTALL)
    body = re.sub(r'<div class="strip">.*?</div>\s*</div>', " ", body, flags=re.DOTALL)
    return Counter(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_the_table_of_kinds_is_told_by_the_story(story: Story):
    told = [kind.slug for kind in KINDS if subject_in(kind, story)]
    assert {"chuong-trinh", "bao-cao-hoi-nghi", "bien-ban", "giay-moi", "thong-bao-ket-luan"} <= set(told)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_every_kind_says_the_same_on_screen_on_paper_and_in_word(kind: Kind, story: Story, sign_in):
    """Where the story has nothing to make it of, the page says so or is not found; it never fails."""
    subject = subject_in(kind, story)
    if subject is None:
        assert kind.subjects(story.cast.secretary).count() == 0
        return
    client, key = sign_in(story.cast.secretary), kind.key_of(subject)
    page = client.get(reverse("reports:paper-preview", args=[kind.slug, key]))
    if page.status_code == 422:
        assert says_vietnamese(page.context["reason"])
        return
    paper = kind.build(subject, actor=story.cast.secretary, day=clock.today())
    html = table_html(paper) if isinstance(paper, TablePaper) else paper_html(paper)
    written = opened(paper_docx(paper)).words
    # Word has no text that stands on its head: of a plate, read from both sides, it holds the one side.
    assert (written + written if kind.code == PaperKind.NAME_PLATES else written) == words_of(html)
    shown = words_of(page.content.decode())
    assert [word for word, count in words_of(html).items() if shown[word] < count] == []


def test_report_and_program_are_reached_on_the_screen_and_so_as_word_files(story: Story, sign_in):
    """What only an address leads to is made for nobody."""
    reader = sign_in(story.cast.secretary)
    doors = {"bao-cao-hoi-nghi": "coordination:conference-documents", "chuong-trinh": "coordination:program-documents"}
    listed = reader.get(reverse("reports:report-list"), {"nam": "2022"}).content.decode()
    for slug, door in doors.items():
        [kind] = [kind for kind in KINDS if kind.slug == slug]
        key = kind.key_of(subject_in(kind, story))
        address = reverse("reports:paper-preview", args=[slug, key])
        assert address in reader.get(reverse(door, args=[key])).content.decode()
        assert reverse("reports:paper-preview", args=[slug, "x"]).removesuffix("x/") in listed


def test_looking_leaves_no_trace_and_taking_the_file_leaves_one(story: Story, sign_in):
    client, program = sign_in(story.cast.secretary), story.programs_2022["B"]
    before = AuditEntry.objects.count()
    assert client.get(reverse("reports:paper-preview", args=["chuong-trinh", program.slug])).status_code == 200
    assert AuditEntry.objects.count() == before
    answer = client.get(reverse("reports:paper-word", args=["chuong-trinh", program.slug]))
    assert (answer.status_code, answer["Content-Type"]) == (200, WORD)
    assert answer["Content-Disposition"].startswith("attachment;") and answer["X-Content-Type-Options"] == "nosniff"
    entry = AuditEntry.objects.get(sequence__gt=before)
    assert entry.action == AuditAction.EXPORTED and entry.after["file"].endswith(".docx")
    assert opened(answer.content).document.core_properties.identifier == entry.after["content_digest"]


def shown(program: Program, sign_in) -> str:
    client = sign_in(secretary_of(program.drafting_agency))
    return client.get(reverse("reports:paper-preview", args=["chuong-trinh", program.slug])).content.decode()


@pytest.mark.parametrize(("state", "is_draft"), [("draft", True), ("signing", False), ("signed", False)])
def test_a_draft_is_marked_on_every_sheet_and_no_other_paper_is(state, is_draft, sign_in):
    page = shown(make_program(state, parties=2), sign_in)
    assert ('data-mark="DỰ THẢO"' in page) is is_draft
    assert ('class="draft-mark"' in page) is is_draft


def test_a_draft_names_the_version_sent_and_whether_it_was_changed_since(sign_in):
    program = make_round(make_program("draft", parties=2)).program
    page = shown(program, sign_in)
    assert 'data-mark="DỰ THẢO 0.1"' in page and "(Bản 0.1)" in page
    program.sections.filter(pk=program.sections.first().pk).update(body="Viết thêm sau khi gửi.")
    page = shown(program, sign_in)
    assert 'data-mark="DỰ THẢO 0.1+"' in page and "(Sửa sau bản 0.1)" in page


@pytest.mark.parametrize("door", ["paper-preview", "paper-word"])
def test_a_stranger_finds_no_paper_and_a_missing_one_answers_alike(door, sign_in):
    program = make_program("draft", parties=2)
    stranger = sign_in(make_member(make_agency(make_unit(), "ubnd"), Role.SECRETARY))
    for kind, key in (("chuong-trinh", program.slug), ("chuong-trinh", "xx-2022-99"), ("khong-co", program.slug)):
        assert stranger.get(reverse(f"reports:{door}", args=[kind, key])).status_code == 404


@pytest.mark.parametrize("code", PROFILES)
def test_the_rules_of_a_layout_are_served_once_and_asked_for_by_their_tag(code, client):
    answer = client.get(reverse("reports:paper-style", args=[code.lower()]))
    assert answer.status_code == 200 and answer["Content-Type"] == "text/css; charset=utf-8"
    again = client.get(reverse("reports:paper-style", args=[code.lower()]), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert client.get(reverse("reports:paper-style", args=["khong-co"])).status_code == 404
