"""The reform of 1/7/2025 on the sample year: prepared in 2022, applied in July 2025, undone; papers never change."""

import hashlib
import re
from datetime import datetime, timedelta

import pytest

from agencies.models import AdminUnit, AgencySuccession, Membership, UnitParent, UnitSuccession
from agencies.reorganisation.enums import ReorganisationState
from coordination.models import Handover, Task
from coordination.reorganisation.queries import preview_of
from records import clock
from tests.conftest import MOMENT
from tests.factories.reorganisations import apply, changed, everything, undo
from tests.factories.story import told_story

JULY = datetime.fromisoformat("2025-07-02T08:00:00+07:00")
PAPERS = ("/bao-cao/chuong-trinh/dh-2022-01.pdf", "/bao-cao/chuong-trinh/dh-2022-02.pdf")
REPORT = "/bao-cao/hoi-nghi/{}.pdf"
NEXT_DAY = MOMENT + timedelta(days=1)


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), told_story() as told:
        yield told


@pytest.fixture(autouse=True)
def _database(db, story):
    """Each test of the module writes into a savepoint of its own; the act in hand is read anew after it."""
    story.reform.refresh_from_db()


@pytest.fixture
def july():
    with clock.standing_at(JULY):
        yield JULY


def posted(client, act, **changes):
    """The button of the preview, as a browser sends it."""
    page = client.get(f"/quan-tri/sap-xep/{act.pk}/")
    form = page.context["form"]
    return client.post(
        f"/quan-tri/sap-xep/{act.pk}/ap-dung/", {name: form[name].value() for name in form.fields} | changes
    )


class TestPrepared:
    """Until its day the decision is read and nothing happens."""

    def test_the_decision_is_the_real_one(self, story):
        act = story.reform
        assert (act.number, f"{act.decided_on:%d/%m/%Y}") == ("Nghị quyết 1679/NQ-UBTVQH15", "16/06/2025")
        assert act.state == ReorganisationState.PREPARED
        assert AdminUnit.objects.filter(code__startswith="DH-", valid_to=None).count() == 9
        assert not UnitSuccession.objects.exists()

    def test_it_is_read_in_2022_and_cannot_be_applied_yet(self, story, sign_in):
        client = sign_in(story.cast.members["quan-tri"])
        page = client.get(f"/quan-tri/sap-xep/{story.reform.pk}/").content.decode()
        assert "Đã chuẩn bị. Áp dụng được từ ngày 01/7/2025" in page
        assert f'action="/quan-tri/sap-xep/{story.reform.pk}/ap-dung/"' not in page
        before = everything()
        assert posted(client, story.reform).status_code == 422
        assert everything() == before

    def test_it_names_no_content(self, story, sign_in, july):
        """Administrators see codes and counts, never what a task or program is about."""
        page = sign_in(story.cast.members["quan-tri"]).get(f"/quan-tri/sap-xep/{story.reform.pk}/").content.decode()
        assert "DH-2022-02.23" in page
        titles = Task.objects.values_list("title", flat=True)
        assert [title for title in titles if title in page] == []
        assert not any(program.title in page or program.short_title in page for program in story.programs_2022.values())

    def test_the_directory_says_that_it_comes(self, story, sign_in):
        official = sign_in(story.cast.members["can-bo-xa-tan-binh"]).get("/co-quan/").content.decode()
        assert story.reform.title in official
        assert f"/quan-tri/sap-xep/{story.reform.pk}/" not in official
        assert "01/7/2025" in official
        assert story.reform.title not in sign_in(story.cast.members["thu-ky-hai-ha"]).get("/co-quan/").content.decode()
        landing = sign_in(story.cast.members["quan-tri"]).get("/quan-tri/").content.decode()
        assert f"/quan-tri/sap-xep/{story.reform.pk}/" in landing


class TestApplied:
    """Nine units become two, as previewed."""

    def test_through_the_page_and_back(self, story, sign_in, july):
        client = sign_in(story.cast.members["quan-tri"])
        before = everything()
        assert posted(client, story.reform).status_code == 302
        story.reform.refresh_from_db()
        units = UnitSuccession.objects.filter(effective_on="2025-07-01")
        assert units.count() == 9
        assert sorted(units.values_list("successor__current_name", flat=True).distinct()) == [
            "xã Quảng Tân",
            "xã Đầm Hà",
        ]
        assert AgencySuccession.objects.count() == 18
        assert not AdminUnit.objects.filter(code__startswith="DH-", valid_to=None).exists()
        new = UnitParent.objects.filter(unit__code__in=("DH25", "QT25"), valid_to=None)
        assert set(new.values_list("parent__code", flat=True)) == {"QN"}
        assert Handover.objects.filter(merged=False).count() == 2
        page = client.get(f"/quan-tri/sap-xep/{story.reform.pk}/")
        assert "Biên bản bàn giao" in page.content.decode()
        answer = client.post(
            f"/quan-tri/sap-xep/{story.reform.pk}/hoan-tac/",
            {"reason": "Nhập nhầm ngày", "revision": story.reform.revision},
        )
        assert answer.status_code == 302
        after = everything()
        assert changed(before, after) == set()
        assert after == before | {"sessions.session": after.get("sessions.session")} or after == before

    def test_the_commune_official_acts_in_the_new_commune_and_keeps_its_tasks(self, story, sign_in, july):
        client = sign_in(story.cast.members["can-bo-xa-tan-binh"])
        seen = set(_tasks_seen(client))
        assert seen
        act = story.reform
        apply(act)
        answer = client.get("/nhiem-vu/?year=2022")
        assert answer.wsgi_request.actor.agency.current_name == "UBND xã Đầm Hà"
        assert answer.wsgi_request.actor.title == "Công chức Văn phòng UBND xã Đầm Hà"
        assert seen <= set(_tasks_seen(client))
        task = Task.objects.get(code="DH-2022-02.21")
        assert client.get(f"/nhiem-vu/{task.slug}/").status_code == 200
        undo(act)
        assert client.get("/nhiem-vu/").wsgi_request.actor.agency.current_name == "UBND xã Tân Bình"

    def test_the_successors_page_tells_what_it_was(self, story, sign_in, july):
        apply(story.reform)
        client = sign_in(story.cast.members["quan-tri"])
        page = client.get("/co-quan/dh25/ubnd-xa-dam-ha/").content.decode()
        for name in ("UBND thị trấn Đầm Hà", "UBND xã Tân Bình", "UBND xã Đại Bình", "UBND xã Tân Lập"):
            assert name in page
        old = client.get("/co-quan/dh-tb/ubnd-tan-binh/").content.decode()
        assert "UBND xã Đầm Hà" in old
        assert "30/6/2025" in old


class TestPapers:
    """What was printed with the old names is printed so for ever, byte for byte."""

    def test_papers_of_2022_are_the_same_bytes_before_and_after(self, story, sign_in, july):
        client = sign_in(story.cast.members["thu-ky"])
        before = _papers(client, story)
        apply(story.reform)
        assert _papers(client, story) == before
        undo(story.reform)
        assert _papers(client, story) == before

    def test_they_are_the_same_after_parties_themselves_are_merged(self, story, sign_in, land_act):
        """In 2022 already: the Propaganda Board, a party of both programs, passes to the Party's standing committee."""
        client = sign_in(story.cast.members["thu-ky"])
        with clock.standing_at(MOMENT):
            before = _papers(client, story)
        with clock.standing_at(NEXT_DAY):
            apply(land_act)
            assert _papers(client, story) == before
            page = client.get("/chuong-trinh/dh-2022-01/").content.decode()
        assert "nay là" in page
        assert Membership.objects.usable_on(NEXT_DAY.date()).filter(user__username="thu-ky-tuyen-giao").exists()

    @pytest.fixture
    def land_act(self, story):
        from agencies.reorganisation import services as acts
        from agencies.reorganisation.enums import StepKind, Subject
        from tests.factories.reorganisations import add

        act = acts.prepare(
            actor=story.cast.members["quan-tri"], title="Nhập Ban Tuyên giáo", scope=story.cast.units["DH"],
            number="Quyết định 5-QĐ/TU", decided_on=MOMENT.date() - timedelta(days=9), effective_on=NEXT_DAY.date(),
        )  # fmt: skip
        add(act, Subject.AGENCY, StepKind.MERGE, [story.cast.agencies["btg"]], [story.cast.agencies["tthu"]])
        return act


def test_the_preview_stays_within_its_queries(story, july, django_assert_max_num_queries):
    """Nine units with eighteen agencies take no more than one step of one agency would."""
    with django_assert_max_num_queries(30):
        preview_of(story.reform)


def _papers(client, story) -> dict[str, str]:
    """The digest of every paper by its address: bytes that differ are told in a line, not compared letter by letter."""
    return {address: _digest(client.get(address)) for address in (*PAPERS, REPORT.format(story.conference.slug))}


def _digest(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert content.startswith(b"%PDF")
    return hashlib.sha256(content).hexdigest()


def _tasks_seen(client) -> list[str]:
    return re.findall(r'href="/nhiem-vu/([a-z0-9-]+\.[0-9]+)/"', client.get("/nhiem-vu/?year=2022").content.decode())
