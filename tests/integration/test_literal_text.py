"""Markup, braces and formulas typed into a text are shown and printed as typed, and never run."""

import html
import io
import re
from datetime import date

import pdfplumber
import pytest

from coordination.conferences import services as conferences
from coordination.conferences.enums import SpeechKind
from coordination.findings import services as findings
from coordination.findings.enums import FindingKind
from coordination.programs import services as programs
from coordination.tasks import services as tasks
from records import clock
from tests.conftest import MOMENT
from tests.factories.story import told_story
from tests.integration.hostile_stage import set_the_stage

pytestmark = pytest.mark.on_sqlite

PAYLOADS = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(2)'>",
    "{{ 7*7 }} {% now 'Y' %}",
    "{0.__init__} %(x)s %s",
    "=HYPERLINK(1) @SUM +1",
    "<link rel=attachment href=file:///etc/passwd>",
    "</style><style>*{display:none}</style>",
    "&lt;b&gt; &amp;amp;",
)
TITLE = " ".join(PAYLOADS[:2])
TEXT = " ".join(PAYLOADS)


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), told_story() as story, clock.standing_at(MOMENT):
        stage = set_the_stage(story, MOMENT.date())
        _write_into(stage, story.cast)
        yield stage


@pytest.fixture(autouse=True)
def _database(db):
    """Each test of the module writes into a savepoint of its own."""


def _write_into(stage, cast) -> None:
    """The payloads in every kind of free text a person can write."""
    secretary, draft, running = cast.secretary, stage.draft, stage.running
    programs.edit_program(
        draft, actor=secretary, revision=draft.revision, title=TITLE, short_title=PAYLOADS[0], opening=TEXT,
        effect_clause=TEXT, recipients=TEXT, place=PAYLOADS[0], document_symbol=PAYLOADS[0], legal_bases=[TEXT],
    )  # fmt: skip
    programs.write_section(draft, actor=secretary, numbering="<b>I</b>", heading=TEXT, body=TEXT)
    task = stage.running_task
    draft_plan = tasks.draft_of(task)
    tasks.edit_task(
        task, actor=secretary, revision=task.revision,
        draft=type(draft_plan)(**{**vars(draft_plan), "title": TITLE, "deliverable": TEXT, "note": TEXT}),
    )  # fmt: skip
    tasks.report_progress(
        task, actor=cast.members["chuyen-vien-mttq"], value=task.last_value, percent=None, result=TEXT, proposal=TEXT,
        obstacles=TEXT,
    )  # fmt: skip
    conferences.record_speech(
        running, actor=secretary, kind=SpeechKind.CONTRIBUTION,
        speaker_name=PAYLOADS[0], speaker_title=TITLE, summary=TEXT,
    )  # fmt: skip
    conferences.record_attendance(running, actor=secretary, group=TITLE, invited=3, present=2)
    conferences.conclude(running, actor=secretary, text=TEXT, due_on=date(2022, 6, 30))
    conferences.advance_agenda(
        running.agenda.first(), actor=secretary, state=running.agenda.first().state, minutes=TEXT
    )
    findings.add_finding(stage.story.evaluation, actor=secretary, kind=FindingKind.STRENGTH, heading=TITLE, text=TEXT)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def pages(stage) -> dict[str, tuple[str, ...]]:
    """Address -> payloads that stand there."""
    draft, task, running = stage.draft.slug, stage.running_task.slug, stage.running.slug
    return {
        "/chuong-trinh/": PAYLOADS[:1],
        f"/chuong-trinh/{draft}/": PAYLOADS,
        f"/chuong-trinh/{draft}/soan/": PAYLOADS,
        f"/chuong-trinh/{draft}/ky-ket/": PAYLOADS[:1],
        f"/chuong-trinh/{draft}/van-ban/": PAYLOADS[:1],
        f"/chuong-trinh/{draft}/lich-su/": PAYLOADS[:1],
        "/nhiem-vu/?q=alert": PAYLOADS[:2],
        f"/nhiem-vu/{task}/": PAYLOADS,
        f"/nhiem-vu/{task}/sua/": PAYLOADS,
        f"/nhiem-vu/{task}/gia-han/": PAYLOADS[:2],
        f"/hoi-nghi/{running}/": PAYLOADS[:1],
        f"/hoi-nghi/{running}/bien-ban/": PAYLOADS,
        f"/hoi-nghi/{running}/thanh-phan/": PAYLOADS[:2],
        f"/hoi-nghi/{running}/ket-luan/": PAYLOADS,
        "/danh-gia/2021/nhan-dinh/": PAYLOADS,
        "/bao-cao/": PAYLOADS[:1],
        "/tim-kiem/?q=<script>alert(1)</script>": PAYLOADS[:1],
    }


def test_pages_show_what_was_typed_and_run_none_of_it(stage, sign_in):
    client, faults = sign_in(stage.story.cast.secretary), []
    for address, payloads in pages(stage).items():
        answer = client.get(address)
        markup = answer.content.decode()
        assert answer.status_code == 200, address
        shown = squeezed(html.unescape(markup))
        faults += [f"{address} lacks {payload}" for payload in payloads if squeezed(payload) not in shown]
        raw = [
            part
            for part in ("<script>alert", "<img src=x", "<link rel=attachment", "</style><style>")
            if part in markup
        ]
        faults += [f"{address} lets through {part}" for part in raw]
    assert not faults, "\n".join(faults)


def test_the_paper_prints_what_was_typed_and_embeds_nothing(stage, sign_in):
    answer = sign_in(stage.story.cast.secretary).get(f"/bao-cao/chuong-trinh/{stage.draft.slug}.pdf")
    content = answer.content
    assert answer["Content-Type"] == "application/pdf"
    assert b"/EmbeddedFile" not in content
    assert b"/JavaScript" not in content
    with pdfplumber.open(io.BytesIO(content)) as paper:
        printed = squeezed("".join(page.extract_text() for page in paper.pages))
    for payload in PAYLOADS:
        assert squeezed(payload) in printed, payload
    assert "root:x:0" not in printed
