"""The wall of a conference: which slides there are, for whom, with which figures."""

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.conferences import services as conferences
from coordination.conferences.enums import AgendaKind, AgendaState, HalfDay
from coordination.conferences.models import Conference
from coordination.programs.models import Program
from records import clock
from reports.composer import services as composer
from reports.projection.slides import projection_of
from tests.factories.conferences import make_conference
from tests.factories.people import make_agency, make_member
from tests.factories.programs import make_program, secretary_of
from tests.factories.tasks import make_task

pytestmark = [pytest.mark.django_db, pytest.mark.on_sqlite]


@pytest.fixture(scope="module")
def built(ground) -> int:
    """A conference in session that reviews a program with one task done, and signs it again."""
    program = make_program("signed")
    make_task(program, "completed")
    made = make_conference(
        "running",
        organiser=program.drafting_agency,
        actor=secretary_of(program.drafting_agency),
        reviews=[program],
        signs=[program],
    )
    Conference.objects.filter(pk=made.pk).update(review_year=program.year)
    keeper = secretary_of(program.drafting_agency)
    conferences.add_agenda_item(
        made, actor=keeper, kind=AgendaKind.REPORT, title="Báo cáo kết quả", program=program, duration_minutes=10
    )
    conferences.add_agenda_item(made, actor=keeper, kind=AgendaKind.SIGNING, title="Ký kết")
    conferences.conclude(made, actor=keeper, text="Làm tốt công tác phối hợp")
    return made.pk


@pytest.fixture
def conference(built) -> Conference:
    return Conference.objects.get(pk=built)


@pytest.fixture
def program(conference) -> Program:
    return conference.program_links.first().program


@pytest.fixture
def keeper(conference) -> Membership:
    return secretary_of(conference.organiser)


def keys(actor: Membership, conference: Conference) -> list[str]:
    return [slide.key for slide in projection_of(actor, conference).slides]


def test_slides_follow_the_agenda_and_nothing_is_shown_twice(conference, program, keeper):
    shown = keys(keeper, conference)
    assert len(set(shown)) == len(shown)
    figures, signing = f"so-lieu-{program.slug}", f"ky-{program.slug}-1"
    assert shown[:2] == ["bia", "chuong-trinh-1"]
    assert shown.index("muc-3") + 1 == shown.index(figures)
    assert shown.index("muc-4") + 1 == shown.index(signing)
    assert shown[-1] == "ket-luan-1"  # no item of the agenda is the conclusion


def test_a_guest_who_sees_no_program_is_shown_none(conference, program, keeper, sign_in):
    agency = make_agency(conference.unit, "phong", "Phòng Văn hóa")
    conferences.record_attendance(conference, actor=keeper, group="Các phòng", agency=agency)
    guest = make_member(agency, Role.OFFICIAL)
    assert not [key for key in keys(guest, conference) if program.slug in key]
    page = sign_in(guest).get(reverse("reports:projection", args=[conference.slug]))
    assert page.status_code == 200
    assert program.code not in page.content.decode()


def test_the_wall_and_its_script_are_for_those_who_see_the_conference(conference, sign_in):
    stranger = make_member(make_agency(conference.unit, "ngoai"), Role.SECRETARY)
    for name in ("projection", "projection-worker"):
        address = reverse(f"reports:{name}", args=[conference.slug])
        assert sign_in(stranger).get(address).status_code == 404
        assert sign_in(stranger).post(address).status_code == 405


def test_the_wall_opens_before_anything_is_on_the_agenda(program, keeper, sign_in):
    planned = make_conference(organiser=program.drafting_agency, actor=keeper, items=0, half_day=HalfDay.MORNING)
    answer = sign_in(keeper).get(reverse("reports:projection", args=[planned.slug]))
    assert answer.status_code == 200


def test_the_script_comes_from_below_the_slides_and_may_keep_nothing_else(conference, keeper, sign_in):
    """Its address is what bounds it: a browser lets it act for addresses below its own only."""
    wall = reverse("reports:projection", args=[conference.slug])
    answer = sign_in(keeper).get(reverse("reports:projection-worker", args=[conference.slug]))
    assert answer.request["PATH_INFO"].startswith(wall)
    assert answer["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer
    assert "private" in answer["Cache-Control"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_the_item_under_way_is_the_slide_to_go_to(conference, keeper):
    assert projection_of(keeper, conference).now_key == ""
    item = conference.agenda.get(number=3)
    conferences.advance_agenda(item, actor=keeper, state=AgendaState.RUNNING)
    projection = projection_of(keeper, conference)
    assert projection.now_key == "muc-3"
    assert projection.live.row.item == item


def test_figures_are_those_of_the_day_until_the_report_froze_them(conference, program, keeper):
    def shown():
        slides = projection_of(keeper, conference).slides
        return next(slide.content for slide in slides if slide.key == f"so-lieu-{program.slug}")

    before = shown()
    assert (int(before.tally.done), before.is_frozen, before.as_of) == (1, False, clock.today())
    composer.begin_conference_report(conference, actor=keeper, cut_off_on=clock.today())
    frozen = shown()
    assert (int(frozen.tally.done), frozen.is_frozen) == (1, True)
    assert frozen.figures is not None
    make_task(program, "completed")
    later = shown()
    assert (int(later.tally.done), later.is_frozen) == (1, True)  # one total stands in the room
    assert later.figures is None  # a chart that no longer agrees with it is not shown
